package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"etabli.example/horology/exchange"
)

const table = "Position;Marche (s/j);Amplitude;Repère (ms)\nCH;+4,2;285;0,1\n6H;−3;3400;0,2\nFH;5;280;0,3\n"

// TestImport looks at a table before it is kept, keeps what can be, and finds
// the map of columns again.
func TestImport(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/import")), http.StatusOK, "Importer des lectures")
	form := func(text string, more ...string) url.Values {
		f := with(carried(page), url.Values{"instrument": {"Weishi"}, "phase": {"before"}, "winding": {"0h"}, "text": {text}})
		for i := 0; i+1 < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		return f
	}
	page = want(t, j.post("samir", j.at("/import/preview"), form(table)), http.StatusOK, "&#43;4,2", "3400", "ne se peut pas", "Garder 2 lectures")
	lacks(t, page, "⟦")
	if n := len(j.state().Readings); n != 0 {
		t.Fatalf("%d readings before anybody kept one", n)
	}
	keep := form(table, "mapped", "yes", "column.position", "Position", "column.rate", "Marche (s/j)", "column.amplitude", "Amplitude")
	for range 2 { // the button is pressed twice
		want(t, j.post("samir", j.at("/import"), keep), http.StatusSeeOther)
	}
	s := j.state()
	if len(s.Readings) != 2 || s.Readings[0].How != "imported" || s.Readings[0].Instrument != "Weishi" || *s.Readings[0].Rate != 4.2 || s.Readings[1].Position != "CB" {
		t.Fatalf("kept %+v", s.Readings)
	}
	if s.Readings[0].BeatError != nil {
		t.Error("a column nobody mapped was read")
	}
	want(t, j.get("samir", j.at("/import")), http.StatusOK, "Weishi")
	page = want(t, j.get("samir", j.at("/readings")), http.StatusOK, "importée")
	lacks(t, page, "⟦")
	w := j.get("samir", j.at("/session.csv"))
	got, err := exchange.DecodeCSV(w.Body)
	if err != nil || len(got.Readings) != 2 || *got.Readings[0].RateSD != 4.2 {
		t.Errorf("%v %+v", err, got)
	}
	if x, err := exchange.DecodeJSON(j.get("samir", j.at("/session.json")).Body); err != nil || len(x.Readings) != 2 {
		t.Errorf("%v", err)
	}
}

func TestBadImports(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/import")), http.StatusOK)
	for text, says := range map[string]string{
		"":                              "Choisissez un fichier",
		"Bonjour,\nla montre est prête": "Aucun tableau",
		`{"format":"tg"}`:               "séance de mesure",
		"rate;amplitude\n3;280\n":       "Garder",
	} {
		f := with(carried(page), url.Values{"instrument": {"Weishi"}, "text": {text}})
		w := j.post("samir", j.at("/import"), f)
		if says == "Garder" {
			want(t, w, http.StatusUnprocessableEntity, "où était la montre")
			continue
		}
		want(t, w, http.StatusUnprocessableEntity, says)
	}
	want(t, j.post("samir", j.at("/import/preview"), with(carried(page), url.Values{"text": {table}})), http.StatusUnprocessableEntity, "Nommez l’appareil")
	if n := len(j.state().Readings); n != 0 {
		t.Errorf("%d readings kept", n)
	}
}
