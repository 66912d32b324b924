package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
)

// A position read twice keeps both and says which counts; the other is made to count
// with a reason, and what the positions say together follows.
func TestWhichReadingCounts(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	for _, rate := range []string{"4", "9"} {
		f := url.Values{"phase": {"before"}, "position": {"CH"}, "winding": {"0h"}, "rate": {rate}, "amplitude": {"280"}, "instrument_other": {"Witschi"}}
		want(t, j.sent("samir", "/measure", "/measure/typed", f), http.StatusSeeOther)
	}
	want(t, j.sent("samir", "/measure", "/measure/typed", url.Values{"phase": {"before"}, "position": {"6H"}, "winding": {"0h"}, "rate": {"2"}, "amplitude": {"260"}, "instrument_other": {"Witschi"}}), http.StatusSeeOther)
	first := j.state().Readings[0].Seq
	of := "/readings/" + strconv.FormatInt(first, 10)
	lacks(t, want(t, j.get("samir", j.at("/readings?phase=before")), http.StatusOK, "ne compte pas", ">compte<", "&#43;5,5"), "⟦")
	page := want(t, j.get("samir", j.at(of)), http.StatusOK, "Une autre lecture de la même position compte", "Faire compter cette lecture")
	lacks(t, page, "⟦")
	want(t, j.sent("samir", of, of+"/count", url.Values{"why": {""}}), http.StatusUnprocessableEntity, "Faire compter")
	if w := j.sent("nadia", of, of+"/count", url.Values{"why": {"x"}}); w.Code != http.StatusForbidden {
		t.Errorf("the counter chooses: %d", w.Code)
	}
	form := with(url.Values{"why": {"la seconde pendant le passage du tram"}}, carried(page))
	for range 2 { // pressed twice
		if w := j.post("samir", j.at(of+"/count"), form); w.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	lacks(t, want(t, j.get("samir", j.at("/readings?phase=before")), http.StatusOK, "&#43;3,0", "passage du tram"), "&#43;5,5")
	want(t, j.get("samir", j.at(of)), http.StatusOK, "Choisie par Samir Benali")
	want(t, j.get("samir", j.at("")), http.StatusOK, "Lecture qui compte", "passage du tram")
}
