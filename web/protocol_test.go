package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"etabli.example/ident"
)

func TestProtocolPage(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/protocol")), http.StatusOK, "Marche telle que reçue", "à faire maintenant", "D’abord : Marche telle que reçue", "20", "Witschi")
	lacks(t, page, "⟦", "Vasseur")
	want(t, j.get("samir", "/orders/PAR-26-999999-9/protocol"), http.StatusNotFound)

	// Winding before the watch was read as received is the person's choice: it is
	// noted, and the line says what was lost.
	// The button is pressed twice: it is written once.
	form := url.Values{"phase": {"before"}, "act": {"wound"}, "entry": {ident.New()}}
	for range 2 {
		if w := j.post("samir", j.at("/protocol"), form); w.Code != http.StatusSeeOther {
			t.Fatalf("winding: %d %s", w.Code, w.Body)
		}
	}
	if n := len(j.state().Treatments); n != 1 {
		t.Errorf("%d windings on the sheet", n)
	}
	page = want(t, j.get("samir", j.at("/protocol")), http.StatusOK, "n’est plus telle que reçue", "count-down data-until", "La montre tourne")
	lacks(t, page, "⟦")
	want(t, j.get("samir", "/bench"), http.StatusOK, "Rappels", "Laisser tourner")

	for name, f := range map[string]url.Values{
		"an unknown act":   {"phase": {"before"}, "act": {"polished"}},
		"an unknown phase": {"phase": {"later"}, "act": {"wound"}},
		"stopped unwound":  {"phase": {"after"}, "act": {"stopped"}},
	} {
		if w := j.sent("samir", "/protocol", "/protocol", f); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if w := j.sent("nadia", "/protocol", "/protocol", url.Values{"phase": {"before"}, "act": {"wound"}}); w.Code != http.StatusForbidden {
		t.Errorf("the counter wound a watch: %d", w.Code)
	}
}

func TestBenchRulesPage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	j := d.examined(t, leLocle)
	form := url.Values{"positions": {"10"}, "asked": {"2,5"}, "legacy": {"1"}, "wet": {"1"}, "open2": {"08:30-12:00"}}
	save := func(login string, f url.Values) int { return d.post(login, "/bench/rules", f).Code }
	if c := save("samir", form); c != http.StatusForbidden {
		t.Errorf("a technician sets the rules: %d", c)
	}
	if c := save("paul", form); c != http.StatusSeeOther {
		t.Fatalf("the manager may not: %d", c)
	}
	got, err := d.shop.BenchRules(t.Context())
	if err != nil || got.Positions != 10 || got.Asked != 2.5 || !got.Legacy || !got.Wet || got.Day || got.Open != [7]string{2: "08:30-12:00"} {
		t.Errorf("kept %+v, %v", got, err)
	}
	page := want(t, j.get("samir", j.at("/protocol")), http.StatusOK, "DU", "CL")
	lacks(t, page, "⟦")
	w := d.post("paul", "/bench/rules", url.Values{"positions": {"10"}, "asked": {"beaucoup"}, "open0": {"toute la journée"}})
	want(t, w, http.StatusUnprocessableEntity, "beaucoup", "Écrivez un nombre")
	w = d.post("paul", "/bench/rules", url.Values{"positions": {"10"}, "open0": {"toute la journée"}})
	want(t, w, http.StatusUnprocessableEntity, "toute la journée", "Écrivez les heures comme")
}

func TestRegulationPage(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/regulation")), http.StatusOK, "Aucune lecture")
	lacks(t, page, "⟦")
	w := j.sent("samir", "/regulation", "/regulation", url.Values{"what": {"rate"}, "way": {"slower"}, "why": {"vis tournée d’un quart"}})
	want(t, w, http.StatusConflict, "vis tournée d’un quart")
	if n := len(j.state().Adjustments); n != 0 {
		t.Errorf("%d adjustments before the work began", n)
	}
}
