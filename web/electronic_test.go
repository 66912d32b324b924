package web_test

import (
	"bytes"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"etabli.example/timing/synth"
	"etabli.example/timing/wave"
	"etabli.example/trade/equipment"
	"etabli.example/workshop"
)

// A quartz watch is measured for what it has: no balance, no lift angle.
func TestElectronicWatchIsMeasured(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, newport)
	page := want(t, j.get("samir", j.at("/measure")), http.StatusOK, "Mesure d’une montre à quartz", "s/mois", "Tension de la pile", "période d’inhibition", "Écouter le moteur", "jamais étalonnée", `data-socket="/live/`)
	lacks(t, page, "⟦", `name="lift"`, "A/h", "bench-meter", `name="amplitude"`, "Vasseur")
	form := url.Values{"phase": {"before"}, "rate": {"-12,5"}, "rate_unit": {"month"}, "instrument": {"other"}, "instrument_other": {"testeur du voisin"}}
	want(t, j.sent("samir", "/measure", "/measure/typed", with(form, nil, "rate", "1O")), 422, `value="1O"`, "lettre O", `value="testeur du voisin"`)
	want(t, j.sent("samir", "/measure", "/measure/typed", with(form, nil, "instrument_other", "")), 422, `value="-12,5"`, "À remplir.")
	want(t, j.sent("nadia", "/measure", "/measure/typed", form), http.StatusForbidden)
	if n := len(j.state().Readings); n != 0 {
		t.Fatalf("%d readings half-written", n)
	}
	want(t, j.sent("samir", "/measure", "/measure/typed", form), http.StatusSeeOther)
	r := j.state().Readings[0]
	if r.Rate == nil || math.Abs(*r.Rate+12.5/workshop.DaysPerMonth) > 1e-9 || r.Instrument != "testeur du voisin" || r.Amplitude != nil || r.LiftDeg != 0 {
		t.Errorf("kept %+v", r)
	}
	want(t, j.get("samir", j.at("/measure")), http.StatusOK, "−12,5", "−0,41 s/j", "testeur du voisin")
	page = want(t, j.get("samir", j.at("/readings")), http.StatusOK, "−12,5", "s/mois")
	lacks(t, page, "Amplitude", "Repère", "DVH", "⟦")
}

// A recording of the motor is measured, shown with what was found in it, and kept
// when asked; a sound that is none says so.
func TestMotorOfAFileIsKept(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, newport)
	clip, _ := synth.MakeQuartz(synth.Stepper{MotorS: 1, RateSD: 0.5, CrystalSD: 4, InhibitionS: 10, PulseMS: 4, Pickup: synth.CoilVoltage},
		synth.Options{Rate: 16000, Seconds: 45, SNR: 40, Seed: 5})
	var b bytes.Buffer
	if err := wave.EncodeWAV(&b, clip, 16); err != nil {
		t.Fatal(err)
	}
	page := want(t, j.dropped("samir", b.Bytes(), with(url.Values{"phase": {"before"}}, carried(j.get("samir", j.at("/measure")).Body.String()))), http.StatusOK,
		"15,2", "0,50", "Période d’inhibition", "10\u00a0s", `name="held"`, `<span data-verdict="na">`)
	lacks(t, page, "⟦")
	if n := len(j.state().Readings); n != 0 {
		t.Fatalf("%d readings before anybody kept one", n)
	}
	form := with(url.Values{"phase": {"before"}, "held": {heldSound(t, page)}}, carried(page))
	want(t, j.post("samir", j.at("/measure/keep"), form), http.StatusSeeOther)
	r := j.state().Readings[0]
	if r.Stepping == nil || r.Stepping.InhibitionS == nil || *r.Stepping.InhibitionS != 10 || math.Abs(*r.Rate-.5) > .01 || r.VerdictOf("rate") != "unknown" {
		t.Errorf("kept %+v", r)
	}
	want(t, j.get("samir", j.at("/readings/1")), http.StatusNotFound)
	want(t, j.get("samir", j.at(fmt.Sprint("/readings/", r.Seq))), http.StatusOK, "Pas du moteur", "Largeur d’impulsion", "4,0")
	want(t, j.dropped("samir", recording(t), with(url.Values{"phase": {"before"}}, carried(page))), http.StatusOK, "un balancier qui bat")
	want(t, j.dropped("samir", []byte("no sound"), with(url.Values{"phase": {"before"}}, carried(page))), 422, "ni un WAV ni un FLAC")
}

// heldSound is the name of the sound a page holds.
func heldSound(t *testing.T, page string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `name="held" value="`)
	if !ok {
		t.Fatal("the page holds no sound")
	}
	name, _, _ := strings.Cut(rest, `"`)
	return name
}

// The rate of a quartz watch is held to the rule on a month, told by the day.
func TestElectronicRateIsJudged(t *testing.T) {
	miyota := newport
	miyota.CalibreMaker, miyota.Calibre = "Miyota", "2035"
	j := newDesk(t).examined(t, miyota)
	for month, verdict := range map[string]string{"19": "in", "-19": "in", "25": "out"} {
		want(t, j.sent("samir", "/measure", "/measure/typed", url.Values{"phase": {"before"}, "rate": {month}, "rate_unit": {"month"}}), http.StatusSeeOther)
		all := j.state().Readings
		if got := all[len(all)-1].VerdictOf("rate"); got != verdict {
			t.Errorf("%s s a month is %q, want %q", month, got, verdict)
		}
	}
	want(t, j.get("samir", j.at("/measure")), http.StatusOK, "Tolérance ±20 s/mois")
}

// The instruments of the house are offered by name; one that is not in date is not.
func TestInstrumentsAreOffered(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	tool, err := d.shop.RegisterTool(t.Context(), workshop.Act{Who: d.people["paul"].Actor("")}, equipment.Registration{Name: "Witschi X1 G3", Kind: "chronocomparateur", Serial: "4411", Instrument: true, Since: "2024-01-10"})
	if err != nil {
		t.Fatal(err)
	}
	late, err := d.shop.RegisterTool(t.Context(), workshop.Act{Who: d.people["paul"].Actor("")}, equipment.Registration{Name: "Vieux Vibrograf", Kind: "chronocomparateur", Instrument: true, Interval: 30, Since: "2024-01-10"})
	if err != nil {
		t.Fatal(err)
	}
	j := d.examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/measure")), http.StatusOK, "Witschi X1 G3, 4411", "autre instrument")
	if strings.Contains(page, "Vieux Vibrograf") {
		t.Error("an instrument that is out of date is offered")
	}
	want(t, j.sent("samir", "/measure", "/measure/typed", with(about, nil, "rate", "3", "instrument", late.Sheet)), 422, "n’est plus en règle")
	want(t, j.sent("samir", "/measure", "/measure/typed", with(about, nil, "rate", "3", "instrument", tool.Sheet)), http.StatusSeeOther)
	if r := j.state().Readings[0]; r.Instrument != "Witschi X1 G3, 4411" {
		t.Errorf("instrument %q", r.Instrument)
	}
}
