package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"etabli.example/trade/order"
)

func TestDiagnosis(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	j := d.taken(t, leLocle)
	page := want(t, j.get("samir", j.at("/diagnosis")), http.StatusOK, "Commencer le diagnostic", "Constats")
	lacks(t, page, "⟦", "Vasseur", "06 39 98", "Retenir cette cause")
	want(t, j.sent("nadia", "/diagnosis", "/diagnosis/examine", nil), http.StatusForbidden)
	want(t, j.sent("samir", "/diagnosis", "/diagnosis/examine", nil), http.StatusSeeOther)
	if s := j.state(); s.Stage != order.InDiagnosis {
		t.Fatalf("at %s", s.Stage)
	}
	seen := "/diagnosis/ranking?seen=" + strconv.FormatInt(j.state().Seq, 10)
	want(t, j.get("samir", j.at(seen)), http.StatusNoContent)
	for i, f := range [][2]string{{"-9,4", "243"}, {"-6,8", "239"}, {"-21,5", "208"}, {"-12,2", "212"}, {"2,1", "205"}, {"-5,6", "210"}} {
		form := with(about, nil, "position", []string{"CH", "CB", "3H", "6H", "9H", "12H"}[i], "rate", f[0], "amplitude", f[1], "beat_error", "0,7")
		want(t, j.sent("samir", "/measure", "/measure/typed", form), http.StatusSeeOther)
	}
	part := want(t, j.get("samir", j.at(seen)), http.StatusOK, "Marche moyenne X", "hx-get")
	lacks(t, part, "<html", "⟦")
	page = want(t, j.get("samir", j.at("/diagnosis")), http.StatusOK, "Retenir cette cause", "Écarter, parce que", "Test le plus utile", "Marche moyenne X")
	lacks(t, page, "⟦")
	first := causeIn(t, page, 0)
	second := causeIn(t, page, 1)

	want(t, j.sent("samir", "/diagnosis", "/diagnosis/reject", url.Values{"reject": {second}, "why": {" "}}), 422, "Écarter :")
	want(t, j.sent("samir", "/diagnosis", "/diagnosis/reject", url.Values{"reject": {second}, "why": {"Vu sain à la loupe."}}), http.StatusSeeOther)
	page = want(t, j.get("samir", j.at("/diagnosis")), http.StatusOK, "Vu sain à la loupe.")
	lacks(t, page, `id="cause-`+second+`"`)

	third := causeIn(t, page, 1)
	keep := url.Values{"keep": {third}, "operation": {"REV-AUTO"}, "perimeter": {"technician"}, "summary": {"Les huiles ont séché."}}
	want(t, j.sent("samir", "/diagnosis?keep="+third, "/diagnosis", keep), 422, "dites pourquoi", "Les huiles ont séché.")
	want(t, j.sent("nadia", "/diagnosis", "/diagnosis", keep), http.StatusForbidden)

	keep = with(keep, nil, "keep", first, "part_more", "STD-770", "part.", "worn", "operation_more", "ET")
	page = want(t, j.get("samir", j.at("/diagnosis?keep="+first)), http.StatusOK, "Établir le diagnostic")
	keep = with(keep, carried(page))
	for range 2 {
		want(t, j.post("samir", j.at("/diagnosis"), keep), http.StatusSeeOther)
	}
	got := j.state().Diagnosis
	if got == nil || got.Causes[0] != first || strings.Join(got.Operations, " ") != "REV-AUTO ET" || len(got.Proposed) == 0 {
		t.Fatalf("established %+v", got)
	}
	want(t, j.get("samir", j.at("/diagnosis")), http.StatusOK, "Diagnostic établi", "Chiffrer le devis")
	if n := j.kinds(order.KindDiagnosed); n != 1 {
		t.Errorf("%d diagnoses written, want 1", n)
	}
}

// causeIn is the id of the nth cause that the page draws.
func causeIn(t *testing.T, page string, n int) string {
	t.Helper()
	parts := strings.Split(page, ` id="cause-`)
	if len(parts) < n+2 {
		t.Fatalf("fewer than %d causes", n+1)
	}
	return strings.SplitN(parts[n+1], `"`, 2)[0]
}

// kinds counts the entries of a kind.
func (j *job) kinds(kind any) int {
	j.t.Helper()
	v, err := j.shop.Sheet(j.t.Context(), j.people["paul"].Actor(""), j.sheet)
	if err != nil {
		j.t.Fatal(err)
	}
	n := 0
	for _, e := range v.Entries {
		if any(e.Kind) == kind {
			n++
		}
	}
	return n
}

func TestOutOfPerimeterIsSaid(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, moonless)
	page := want(t, j.get("samir", j.at("/diagnosis")), http.StatusOK, "Hors de votre périmètre")
	lacks(t, page, "Retenir cette cause", "⟦")
}

func TestUncase(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	want(t, j.sent("samir", "/diagnosis", "/diagnosis/uncase", url.Values{"case_type": {"hammer"}, "gasket": {"good"}, "crystal": {"good"}, "calibre_seen": {"2824"}}), 422, `value="2824"`)
	want(t, j.sent("samir", "/diagnosis", "/diagnosis/uncase", url.Values{"case_type": {"screw_back"}, "gasket": {"worn"}, "crystal": {"cracked"}, "tools": {"clé à fond, binoculaire"}}), http.StatusSeeOther)
	if u := j.state().Uncased; u == nil || u.Gasket != "worn" || len(u.Tools) != 2 {
		t.Fatalf("uncased %+v", u)
	}
	// A cracked crystal forbids every pressure, and the page says so.
	want(t, j.get("samir", j.at("/checks")), http.StatusOK, "Glace fêlée")
}

func TestBench(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	j := d.examined(t, leLocle)
	page := want(t, d.get("samir", "/bench"), http.StatusOK, "Tissot Le Locle", "Diagnostiquer", j.at("/diagnosis"), "1 montre vous est confiée")
	lacks(t, page, "⟦", "Vasseur", "06 39 98")
	want(t, d.get("paul", "/bench"), http.StatusOK, "Aucune montre ne vous est confiée", "Samir Benali")
}
