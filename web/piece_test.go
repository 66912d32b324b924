package web_test

import (
	"net/url"
	"strconv"
	"testing"

	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// The three pieces are followed by their labels; another order's label moves nothing.
func TestPiecesPage(t *testing.T) {
	j := newDesk(t).working(t)
	code := order.PieceCode(j.state().Number, "movement")
	want(t, j.get("samir", j.at("/pieces")), 200, code, "Avec la montre")
	want(t, j.submit("samir", "/pieces", "/pieces", url.Values{"scan": {code}, "place": {"poste 2"}}), 303)
	want(t, j.submit("samir", "/pieces", "/pieces", url.Values{"piece": {"case"}, "place": {"polissage"}}), 303)
	want(t, j.get("samir", j.at("/pieces")), 200, "poste 2", "étiquette lue", "endroits différents")
	want(t, j.submit("samir", "/pieces", "/pieces", url.Values{"scan": {"PAR-26-999999-Z/M"}, "piece": {"bracelet"}, "place": {"coffre"}}), 422, "coffre")
	want(t, j.submit("samir", "/pieces", "/pieces", url.Values{"piece": {"bracelet"}, "place": {" "}}), 422, "Dites où elle est")
	if p := j.state().Pieces["movement"]; p.Place != "poste 2" || !p.Scan {
		t.Errorf("%+v", p)
	}
}

// A tutor countersigns what another person's work proves, and the page shows it.
func TestCountersignPage(t *testing.T) {
	j := newDesk(t).working(t)
	want(t, j.submit("samir", "/work", "/work/finding", url.Values{"component": {"JTF"}, "state": {"worn"}}), 303)
	of := strconv.FormatInt(j.state().Seq, 10)
	word := url.Values{"of": {of}, "competence": {"C15"}, "verdict": {"acquired"}, "note": {"vu au binoculaire"}}
	want(t, j.get("samir", j.at("/competences")), 200)
	want(t, j.post("samir", j.at("/competences"), word), 403)
	want(t, j.get("paul", j.at("/competences")), 200, "Contresigner")
	want(t, j.post("paul", j.at("/competences"), set(url.Values{"of": {of}, "verdict": {"acquired"}}, "competence", "C19")), 404)
	want(t, j.post("paul", j.at("/competences"), word), 303)
	want(t, j.get("samir", j.at("/competences")), 200, "acquise, vu au binoculaire")
	want(t, j.post("paul", j.at("/competences"), word), 409)
}

// Where the workshop asks for a second person, whoever worked does not control.
func TestControl_secondPerson(t *testing.T) {
	j := newDesk(t).worked(t, 2)
	rules := order.UsualRules()
	rules.Second = true
	if err := j.shop.SaveBenchRules(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, rules); err != nil {
		t.Fatal(err)
	}
	pass := url.Values{"do": {"pass"}, "item": order.ControlItems(), "out": {"lu deux fois"}}
	want(t, j.submit("samir", "/control", "/control", pass), 403, "une autre personne")
	rules.Endurance = 72
	if err := j.shop.SaveBenchRules(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, rules); err != nil {
		t.Fatal(err)
	}
	want(t, j.submit("paul", "/control", "/control", pass), 409, "tourner 72 h")
	rules.Endurance = 0
	if err := j.shop.SaveBenchRules(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, rules); err != nil {
		t.Fatal(err)
	}
	want(t, j.submit("paul", "/control", "/control", pass), 303)
	if c := j.state().Controls; !c[len(c)-1].Second {
		t.Error("the entry does not say that a second person was asked for")
	}
}
