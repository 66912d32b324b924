package web_test

import (
	"bytes"
	"math"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"etabli.example/timing/synth"
	"etabli.example/timing/wave"
	"etabli.example/trade/equipment"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
	"etabli.example/workshop"
)

// motorSound is a recording of a motor through a card that is 37 ppm fast.
func motorSound(t *testing.T, w synth.Stepper) []byte {
	t.Helper()
	w.PulseMS, w.Pickup = 4, synth.CoilVoltage
	clip, _ := synth.MakeQuartz(w, synth.Options{Rate: 16000, Seconds: 45, SNR: 40, Seed: 2, ClockPPM: 37})
	var b bytes.Buffer
	if err := wave.EncodeWAV(&b, clip, 16); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// posted sends a form with the file "sound".
func (d *desk) posted(login, to string, content []byte, form url.Values) *httptest.ResponseRecorder {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name := range form {
		_ = m.WriteField(name, form.Get(name)) // a bytes.Buffer does not fail
	}
	if content != nil {
		f, _ := m.CreateFormFile("sound", "reference.wav") // nor here
		_, _ = f.Write(content)
	}
	m.Close()
	return d.do(login, http.MethodPost, to, m.FormDataContentType(), &b)
}

// A sound card is calibrated by a reference quartz; from then on a quartz watch
// recorded through it is judged, and the page says by which clock.
func TestCardIsCalibrated(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	tool, err := d.shop.RegisterTool(t.Context(), workshop.Act{Who: d.people["paul"].Actor("")}, equipment.Registration{Name: "Carte son, poste 2", Kind: "chronocomparateur", Instrument: true, Since: "2026-01-10"})
	if err != nil {
		t.Fatal(err)
	}
	at := "/tools/" + tool.Sheet + "/clock"
	page := want(t, d.get("samir", at), http.StatusOK, "jamais été étalonnée", "Écouter la référence 150 s")
	lacks(t, page, "⟦")
	reference := motorSound(t, synth.Stepper{MotorS: 1, RateSD: .02, CrystalSD: 3, InhibitionS: 10})
	form := with(url.Values{"reference": {"quartz témoin n° 2"}, "reference_s": {"+0,02"}, "reference_u": {"0,01"}, "do": {"calibrate"}}, carried(page))
	want(t, d.posted("samir", at, nil, form), 422, "quartz témoin n° 2", "Choisissez un fichier")
	want(t, d.posted("samir", at, []byte("noise"), form), 422, "ni un WAV ni un FLAC")
	want(t, d.posted("samir", at, reference, with(form, nil, "reference_u", "0")), 422, "plus grande que zéro")
	want(t, d.posted("samir", at, reference, with(form, nil, "reference_s", "1O")), 422, "lettre O")
	want(t, d.posted("nadia", at, reference, form), http.StatusForbidden)
	want(t, d.posted("samir", at, reference, form), http.StatusSeeOther)
	want(t, d.posted("samir", at, reference, form), http.StatusSeeOther) // sent twice, written once
	page = want(t, d.get("samir", at), http.StatusOK, "quartz témoin n° 2", "37", "ppm")
	v, err := d.shop.Tool(t.Context(), d.people["samir"].Actor(""), tool.Sheet)
	if err != nil || len(v.Entries) != 2 || v.Clock == nil || math.Abs(v.Clock.PPM-37) > 3*v.Clock.UPPM || v.Clock.UPPM > .3 {
		t.Fatalf("%+v %v", v.Clock, err)
	}
	want(t, d.get("samir", "/tools/"+tool.Sheet), http.StatusOK, "Horloge étalonnée", "37")
	if strings.Contains(page, "jamais") {
		t.Error("still said never to be calibrated")
	}
}

// What was heard through a calibrated card is corrected by it and judged.
func TestCalibratedCardJudges(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	tool, err := d.shop.RegisterTool(t.Context(), workshop.Act{Who: d.people["paul"].Actor("")}, equipment.Registration{Name: "Carte son, poste 2", Kind: "chronocomparateur", Instrument: true, Since: "2026-01-10"})
	if err != nil {
		t.Fatal(err)
	}
	act := workshop.Act{Who: d.people["samir"].Actor(""), Sheet: tool.Sheet, Seen: -1}
	reference := motorSound(t, synth.Stepper{MotorS: 1, RateSD: .02, CrystalSD: 3, InhibitionS: 10})
	if _, err := d.shop.CalibrateCard(t.Context(), act, bytes.NewReader(reference), equipment.Calibration{Reference: "quartz témoin", ReferenceS: .02, ReferenceU: .01}); err != nil {
		t.Fatal(err)
	}
	clock, err := d.shop.CardClock(t.Context(), tool.Sheet)
	if err != nil || !clock.Known() || clock.HalfSD() > .06 {
		t.Fatalf("%+v %v", clock, err)
	}
	heard := motorSound(t, synth.Stepper{MotorS: 1, RateSD: -.3, CrystalSD: 4, InhibitionS: 10})
	for name, c := range map[string]struct {
		clock   workshop.CardClock
		rate    float64
		verdict string
	}{"calibrated": {clock, -.3, "in"}, "not": {workshop.CardClock{}, -.3 - 37*.0864, "unknown"}} {
		m, err := d.shop.MeasureStepping(bytes.NewReader(heard), c.clock.Stepping())
		if err != nil {
			t.Fatal(err)
		}
		r, err := workshop.Judged(order.WatchFacts{Kind: watch.Quartz, CalibreMaker: "Miyota", Calibre: "2035"}, m)
		if err != nil || math.Abs(*r.Rate-c.rate) > .05 || r.VerdictOf("rate") != c.verdict {
			t.Errorf("%s: %v s/d is %q, want %v %q (%v)", name, *r.Rate, r.VerdictOf("rate"), c.rate, c.verdict, err)
		}
	}
	if _, err := d.shop.ReportTool(t.Context(), act, equipment.Incident{What: "tombée", Stop: true}); err != nil {
		t.Fatal(err)
	}
	if clock, err = d.shop.CardClock(t.Context(), tool.Sheet); err != nil || clock.Known() {
		t.Errorf("a stopped card still counts: %+v %v", clock, err)
	}
	if clock, err = d.shop.CardClock(t.Context(), "nothing"); err != nil || clock.Known() {
		t.Errorf("an unknown card counts: %+v %v", clock, err)
	}
}
