package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// The house's own values: set by who may, with a reason; shown before the catalogue's;
// a reading is held against the one that holds when it is taken.
func TestOwnValues(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const at = "/calibres/ETA/2824-2/own"
	set := func(login string, f url.Values) (int, string) {
		t.Helper()
		if !f.Has("entry") {
			f.Set("entry", ident.New())
		}
		f.Set("do", "set")
		w := d.post(login, at, f)
		return w.Code, w.Body.String()
	}
	want(t, d.get("samir", at), http.StatusOK, "Aucune valeur de la maison")
	if c, _ := set("samir", url.Values{"quantity": {"rate"}, "max": {"2"}, "why": {"x"}}); c != http.StatusForbidden {
		t.Errorf("a technician sets a value of the house: %d", c)
	}
	for name, c := range map[string]struct {
		f   url.Values
		say string
	}{
		"without a reason": {url.Values{"quantity": {"rate"}, "min": {"-4"}, "max": {"6"}}, "Dites pourquoi"},
		"without a limit":  {url.Values{"quantity": {"rate"}, "why": {"essai"}}, "au moins une limite"},
		"upside down":      {url.Values{"quantity": {"rate"}, "min": {"6"}, "max": {"-4"}, "why": {"essai"}}, "sous la limite basse"},
		"an absurd angle":  {url.Values{"quantity": {"lift_angle"}, "min": {"500"}, "why": {"essai"}}, "n’est pas possible ici"},
		"no number":        {url.Values{"quantity": {"rate"}, "min": {"beaucoup"}, "why": {"essai"}}, "beaucoup"},
		"another quantity": {url.Values{"quantity": {"leak"}, "max": {"3"}, "why": {"essai"}}, "essai"},
	} {
		if code, page := set("paul", c.f); code != http.StatusUnprocessableEntity || !strings.Contains(page, c.say) {
			t.Errorf("%s: %d, %q not said", name, code, c.say)
		}
	}
	form := url.Values{"quantity": {"rate"}, "min": {"-4"}, "max": {"6,5"}, "why": {"Fiche technique du 3 mars"}, "entry": {ident.New()}}
	for range 2 { // pressed twice: set once
		if c, page := set("paul", form); c != http.StatusSeeOther {
			t.Fatalf("%d %s", c, page)
		}
	}
	page := want(t, d.get("samir", at), http.StatusOK, "Fiche technique du 3 mars", "−4 à 6,5", "Paul Morel")
	if n := strings.Count(page, "Fiche technique du 3 mars"); n != 1 {
		t.Errorf("set %d times", n)
	}
	lacks(t, page, "⟦")
	lacks(t, want(t, d.get("samir", "/calibres/ETA/2824-2"), http.StatusOK, "valeur de la maison", "Fiche technique du 3 mars", "/calibres/ETA/2824-2/own"), "⟦")
	values, err := d.shop.OwnValues(t.Context(), staff.Actor{ID: d.people["samir"].ID, Roles: d.people["samir"].Roles}, "eta", "2824 2")
	if err != nil || len(values) != 1 || values[0].Since.IsZero() || values[0].By != d.people["paul"].ID {
		t.Fatalf("%v %+v", err, values)
	}
	end := url.Values{"do": {"end"}, "id": {values[0].ID}}
	want(t, d.post("paul", at, end), http.StatusUnprocessableEntity, "Dites pourquoi")
	end.Set("end_why", "fiche retirée")
	if w := d.post("samir", at, end); w.Code != http.StatusForbidden {
		t.Errorf("a technician ends it: %d", w.Code)
	}
	if w := d.post("paul", at, end); w.Code != http.StatusSeeOther {
		t.Fatalf("%d", w.Code)
	}
	want(t, d.get("samir", at), http.StatusOK, "fiche retirée", "Fiche technique du 3 mars")

	// Readings are held against what held when they were taken.
	j := d.examined(t, leLocle)
	take := func() order.Judged {
		t.Helper()
		w := j.sent("samir", "/measure", "/measure/typed", url.Values{"phase": {"before"}, "position": {"CH"}, "winding": {"0h"}, "rate": {"5"}, "amplitude": {"280"}})
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		all := j.state().Readings
		return all[len(all)-1].Verdicts[0]
	}
	if v := take(); v.Own != "" || v.Source == "" {
		t.Errorf("after the value ended: %+v", v)
	}
	set("paul", url.Values{"quantity": {"rate"}, "min": {"-3"}, "max": {"3"}, "why": {"contrat de la marque"}})
	v := take()
	if v.Own == "" || v.Verdict != "out" || *v.Max != 3 || v.OwnBy != d.people["paul"].ID || v.Source != "contrat de la marque" {
		t.Errorf("under the house's value: %+v", v)
	}
	all := j.state().Readings
	lacks(t, want(t, j.get("samir", j.at("/readings/"+strconv.FormatInt(all[len(all)-1].Seq, 10))), http.StatusOK, "contrat de la marque", "Paul Morel"), "⟦")
	want(t, j.get("samir", j.at("/measure")), http.StatusOK, "valeur de la maison du")
}

// The page names the lift angle to confirm and what its uncertainty counts; once the
// house set the angle, it is measured with and nothing is left to confirm.
func TestLiftAngleToConfirm(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	unknown := leLocle
	unknown.CalibreMaker, unknown.Calibre, unknown.LiftDeg = "Standard", "1686", 0
	j := d.examined(t, unknown)
	page := want(t, j.get("samir", j.at("/measure")), http.StatusOK, "Angle de levée supposé, à confirmer", "52°", "±2°", "/calibres/Standard/1686/own")
	lacks(t, page, "⟦")
	want(t, j.get("samir", j.at("/readings")), http.StatusOK, "à confirmer")
	w := d.post("paul", "/calibres/Standard/1686/own", url.Values{"do": {"set"}, "entry": {ident.New()}, "quantity": {"lift_angle"}, "min": {"48"}, "why": {"mesuré à la caméra"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	page = want(t, j.get("samir", j.at("/measure")), http.StatusOK, "48°")
	lacks(t, page, "à confirmer")
	want(t, d.get("samir", "/calibres/Standard/1686"), http.StatusOK, "48°", "fixé par la maison")

	// Sources that disagree are named.
	doubtful := leLocle
	doubtful.LiftDeg = 53
	j = d.examined(t, doubtful)
	want(t, j.get("samir", j.at("/measure")), http.StatusOK, "Angle de levée à confirmer", "Les sources donnent", "50°")
}
