package web_test

import (
	"bytes"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"etabli.example/ident"
	"etabli.example/timing/synth"
	"etabli.example/timing/wave"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
	"etabli.example/workshop"
)

// examined receives a watch and takes it into diagnosis.
func (d *desk) examined(t *testing.T, w watch.Watch) *job {
	t.Helper()
	j := d.taken(t, w)
	if _, err := d.shop.Examine(t.Context(), j.by("samir")); err != nil {
		t.Fatal(err)
	}
	return j
}

// taken receives a watch.
func (d *desk) taken(t *testing.T, w watch.Watch) *job {
	t.Helper()
	j := &job{desk: d, sheet: ident.New()}
	in := workshop.Intake{Customer: customer.Customer{Given: "Claire", Name: "Vasseur", Phone: "06 39 98 10 47", Channel: "sms"}, Watch: w,
		Request: "Elle retarde, appelez Claire Vasseur au 06 39 98 10 47."}
	in.Purpose, in.Channel, in.ReadBack = "repair", "counter", true
	s, err := d.shop.Receive(t.Context(), j.by("nadia"), in)
	if err != nil {
		t.Fatal(err)
	}
	j.number = s.Number
	return j
}

var (
	leLocle  = watch.Watch{Brand: "Tissot", Model: "Le Locle", CalibreMaker: "ETA", Calibre: "2824-2", Kind: watch.Automatic, BPH: 28800, LiftDeg: 50, WaterBar: 3, Material: "steel"}
	newport  = watch.Watch{Brand: "Herbelin", Model: "Newport", CalibreMaker: "ETA", Calibre: "F06.111", Kind: watch.Quartz, WaterBar: 10, Material: "steel"}
	moonless = watch.Watch{Brand: "Festina", Model: "Chrono", CalibreMaker: "ETA", Calibre: "G10.211", Kind: watch.Quartz, Functions: []string{"chrono"}, Material: "steel"}
)

// sent posts the form of a page, with what the page carries.
func (j *job) sent(login, from, to string, form url.Values) *httptest.ResponseRecorder {
	j.t.Helper()
	page := want(j.t, j.get(login, j.at(from)), http.StatusOK)
	return j.post(login, j.at(to), with(form, carried(page)))
}

// dropped posts a file as the field "sound".
func (j *job) dropped(login string, content []byte, form url.Values) *httptest.ResponseRecorder {
	j.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(form)) {
		_ = m.WriteField(name, form.Get(name)) // a bytes.Buffer does not fail
	}
	f, err := m.CreateFormFile("sound", "watch.wav")
	if err != nil {
		j.t.Fatal(err)
	}
	_, _ = f.Write(content)
	m.Close()
	return j.do(login, http.MethodPost, j.at("/measure/file"), m.FormDataContentType(), &b)
}

// recording is ten seconds of a watch that gains 24 s/d, as WAV.
func recording(t *testing.T) []byte {
	t.Helper()
	clip, _ := synth.Make(synth.Watch{RateSD: 24.4, AmplitudeDeg: 271, LiftDeg: 50, BeatErrorMS: .3}, synth.Options{Rate: 48000, Seconds: 10, SNR: 30, Seed: 3})
	var b bytes.Buffer
	if err := wave.EncodeWAV(&b, clip, 16); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var about = url.Values{"phase": {"before"}, "winding": {"0h"}, "position": {"CH"}, "lift": {"50"}, "beat": {"28800"}}

func TestMeasurePage(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/measure")), http.StatusOK, `data-socket="/live/`+j.number+`"`, `data-position="12H"`, `data-phase="before"`, "±12", "Velociphile, 2006", "Écouter la montre")
	lacks(t, page, "⟦", "Vasseur", "06 39 98")
	want(t, j.get("samir", j.at("/measure?source=simulated&preset=knocking&position=CB&winding=24h")), http.StatusOK, `data-preset="knocking"`, `data-position="CB"`, `data-winding="24h"`)
	page = want(t, j.get("samir", j.at("/measure?lift=5O")), http.StatusOK, `value="5O"`, "lettre O")
	if !strings.Contains(page, `class="setup open"`) {
		t.Error("the form that was wrong is not shown")
	}
	page = want(t, j.get("nadia", j.at("/measure")), http.StatusOK, "garder une mesure")
	lacks(t, page, "Écouter la montre")
	want(t, j.get("samir", "/orders/PAR-26-999999-9/measure"), http.StatusNotFound)
	if w := j.get("", j.at("/measure")); w.Code != http.StatusSeeOther {
		t.Errorf("nobody gets %d", w.Code)
	}
}

func TestFileIsMeasuredThenKept(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/measure")), http.StatusOK)
	page = want(t, j.dropped("samir", recording(t), with(about, carried(page))), http.StatusOK, "&#43;24,", "Hors tolérance", "<svg class=\"strip\"", "Garder CH", "data-held")
	if n := len(j.state().Readings); n != 0 {
		t.Fatalf("%d readings on the sheet before anybody kept one", n)
	}
	held := strings.SplitN(strings.SplitN(page, `name="held" value="`, 2)[1], `"`, 2)[0]
	form := with(about, carried(page), "held", held)
	for range 2 { // the button is pressed twice
		want(t, j.post("samir", j.at("/measure/keep"), form), http.StatusSeeOther)
	}
	s := j.state()
	if len(s.Readings) != 1 || s.Readings[0].How != "file" || s.Readings[0].VerdictOf("rate") != "out" || s.Readings[0].Sound == "" {
		t.Fatalf("kept %+v", s.Readings)
	}
	page = want(t, j.get("samir", j.at("/readings")), http.StatusOK, "&#43;24,", "CH", "Les positions ensemble")
	lacks(t, page, "⟦")
	page = want(t, j.get("samir", j.at("/readings/3")), http.StatusOK, "&#43;24,", "Velociphile, 2006 ; Caliber Corner", "/blob/"+s.Readings[0].Sound, "confiance élevée")
	lacks(t, page, "⟦")
	want(t, j.get("samir", j.at("/readings/1")), http.StatusNotFound)
}

func TestBadFiles(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	silent := bytes.Buffer{}
	if err := wave.EncodeWAV(&silent, wave.Clip{Rate: 24000, Channels: [][]float32{make([]float32, 5*24000)}}, 16); err != nil {
		t.Fatal(err)
	}
	whole := recording(t)
	slow := slices.Clone(whole)
	copy(slow[24:28], []byte{0x70, 0x17, 0, 0}) // 6,000 Hz
	for _, sc := range []struct {
		name   string
		file   []byte
		status int
		says   string
	}{
		{"a picture", picture(t), 422, "ni un WAV ni un FLAC"},
		{"nothing", nil, 422, "Choisissez un fichier"},
		{"a head alone", whole[:30], 422, "s’arrête avant le son"},
		{"6 kHz", slow, 422, "8 à 192"},
		{"silence", silent.Bytes(), 200, "Aucune montre entendue"},
	} {
		t.Run(sc.name, func(t *testing.T) {
			page := want(t, j.dropped("samir", sc.file, about), sc.status, sc.says)
			lacks(t, page, "⟦", "data-held")
		})
	}
	t.Run("seventy megabytes", func(t *testing.T) {
		r, w := io.Pipe()
		m := multipart.NewWriter(w)
		go func() {
			f, _ := m.CreateFormFile("sound", "long.wav") // a pipe fails only where its reader went away
			_, _ = f.Write(make([]byte, 70<<20))
			_ = w.CloseWithError(m.Close())
		}()
		answer := j.do("samir", http.MethodPost, j.at("/measure/file"), m.FormDataContentType(), r)
		r.Close()
		want(t, answer, 422, "64")
	})
}

func TestTypedReading(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	typed := func(more ...string) url.Values { return with(about, nil, more...) }
	for _, sc := range []struct {
		name string
		form url.Values
		says []string
	}{
		{"an absurd amplitude", typed("rate", "+3,2", "amplitude", "3400"), []string{`value="&#43;3,2"`, `value="3400"`, "virgule"}},
		{"a letter", typed("rate", "1O"), []string{`value="1O"`, "lettre O"}},
		{"nothing", typed(), []string{"au moins une valeur"}},
	} {
		t.Run(sc.name, func(t *testing.T) {
			page := want(t, j.sent("samir", "/measure", "/measure/typed", sc.form), 422, sc.says...)
			lacks(t, page, "⟦")
		})
	}
	want(t, j.sent("nadia", "/measure", "/measure/typed", typed("rate", "3")), http.StatusForbidden)
	if n := len(j.state().Readings); n != 0 {
		t.Fatalf("%d readings half-written", n)
	}
	w := j.sent("samir", "/measure", "/measure/typed", typed("rate", "\u22129,4", "amplitude", "243", "beat_error", "0,7", "instrument", "other", "instrument_other", "poste 2"))
	want(t, w, http.StatusSeeOther)
	if to := w.Header().Get("Location"); !strings.Contains(to, "position=CB") {
		t.Errorf("led to %s, want CB", to)
	}
	if r := j.state().Readings[0]; *r.Rate != -9.4 || *r.Amplitude != 243 || r.Instrument != "poste 2" || len(r.Verdicts) != 3 {
		t.Errorf("kept %+v", r)
	}
	// Measured again: both stay, the later counts.
	want(t, j.sent("samir", "/measure", "/measure/typed", typed("rate", "-8")), http.StatusSeeOther)
	want(t, j.get("samir", j.at("/readings")), http.StatusOK, "ne compte pas")
}

func TestStaleReading(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/measure")), http.StatusOK)
	mine := with(about, carried(page), "rate", "3")
	want(t, j.sent("paul", "/measure", "/measure/typed", with(about, nil, "rate", "5")), http.StatusSeeOther)
	want(t, j.post("samir", j.at("/measure/typed"), mine), 422, `value="3"`)
	if n := len(j.state().Readings); n != 1 {
		t.Errorf("%d readings of one position, want the first alone", n)
	}
	elsewhere := with(mine, nil, "position", "6H", "entry", ident.New())
	want(t, j.post("samir", j.at("/measure/typed"), elsewhere), http.StatusSeeOther)
}

func TestChecks(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/checks")), http.StatusOK, "Aimantation", "Masse et remontage automatique", "Étanchéité", "Marquée 3")
	lacks(t, page, "⟦", "Mesures au fil")
	want(t, j.sent("samir", "/checks", "/checks", url.Values{"phase": {"before"}, "result.rotor": {"not_tested"}, "note.hands": {"jeu faible"}}), 422, "Dites pourquoi", `value="jeu faible"`)
	want(t, j.sent("samir", "/checks", "/checks", url.Values{"phase": {"before"}}), 422, "au moins un essai")
	want(t, j.sent("samir", "/checks", "/checks", url.Values{"phase": {"before"}, "value.power_reserve": {"trente"}}), 422, `value="trente"`, "pas un nombre")
	want(t, j.sent("samir", "/checks", "/checks", url.Values{"phase": {"before"}, "result.magnetism": {"fault"}, "value.power_reserve": {"38,5"}, "do": {"rest"}}), http.StatusSeeOther)
	items := map[string]order.CheckItem{}
	for _, it := range j.state().Checks[0].Items {
		items[it.Item] = it
	}
	if items["magnetism"].Result != "fault" || items["rotor"].Result != "ok" || *items["power_reserve"].Value != 38.5 {
		t.Errorf("kept %+v", items)
	}
}

func TestWater(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	form := func(more ...string) url.Values {
		return with(url.Values{"phase": {"before"}, "method": {"dry_pressure"}, "bar": {"2"}, "seconds": {"60"}, "passed": {"yes"}}, nil, more...)
	}
	for says, f := range map[string]url.Values{
		"dépasse le marquage": form("bar", "6"), "essai à sec": form("method", "wet"), "dépasse l’appareil": form("bar", "600"),
		"Choisissez dans la liste": form("passed", ""), "Indiquez un nombre": form("bar", ""), "La dépression d’abord": form(), "l’accord du client": form("bar", "3"),
		"température ambiante": form("celsius", "34"), "n’est pas réussi": form("leak", "80"), "Le point n° 2": form("curve", "0;1\n1"),
	} {
		page := want(t, j.sent("samir", "/checks", "/checks/water", f), 422, says)
		lacks(t, page, "⟦")
	}
	want(t, j.sent("samir", "/checks", "/checks/water", form("method", "dry_vacuum", "bar", "-0,4")), http.StatusSeeOther)
	want(t, j.sent("samir", "/checks", "/checks/water", form("leak", "12", "deformation", "-0,3", "celsius", "21", "curve", "0;0\n10;-0,2\n20\t-0,3")), http.StatusSeeOther)
	if x := j.state().Waters[1]; len(x.Curve) != 3 || x.Curve[2] != (order.CurvePoint{S: 20, V: -.3}) || *x.Leak != 12 || *x.Deformation != -.3 {
		t.Errorf("kept %+v", x)
	}
	want(t, j.get("samir", j.at("/checks")), http.StatusOK, "12\u00a0µg/min", "−0,30", "21\u00a0°C", "Courbe")
	if x := j.state().Waters[1]; x.Bar != 2 || !x.Passed || x.Criterion == "" {
		t.Errorf("kept %+v", x)
	}
	want(t, j.sent("samir", "/checks", "/checks/water", form("method", "wet", "bar", "3", "agreed", "1")), http.StatusSeeOther)
}

func TestElectric(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, newport)
	page := want(t, j.get("samir", j.at("/checks")), http.StatusOK, "Mesures au fil", "Tension de la pile")
	lacks(t, page, "⟦")
	want(t, j.sent("samir", "/checks", "/checks/electric", url.Values{"phase": {"before"}, "battery_v": {"155"}}), 422, `value="155"`, "Vérifiez l’unité")
	want(t, j.sent("samir", "/checks", "/checks/electric", url.Values{"phase": {"before"}, "battery_v": {"1,31"}, "coil_kohm": {"1,6"}}), http.StatusSeeOther)
	if x := j.state().Electric[0]; *x.BatteryV != 1.31 || len(x.Verdicts) != 2 {
		t.Errorf("kept %+v", x)
	}
}
