package web_test

import (
	"bytes"
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

// A diagnosed part is bagged under its own label, followed like the others, shown
// with its state and its picture to whoever prices; a missing one is never bagged.
func TestDiagnosedParts(t *testing.T) {
	j := newDesk(t).diagnosed(t)
	x := order.Diagnosis{Causes: []string{"STEM_BROKEN"}, Why: "vu", Perimeter: "technician", Operations: []string{"REV-AUTO"},
		Parts: []order.PartNeeded{{Code: "STD-401", State: "broken"}, {Code: "JTC", State: "missing"}}}
	if _, err := j.shop.Diagnose(t.Context(), j.by("samir"), x); err != nil {
		t.Fatal(err)
	}
	code := order.PieceCode(j.state().Number, order.PartPiece("STD-401"))
	want(t, j.get("samir", j.at("/pieces")), 200, code, "cassée", "Pas encore ensachée", "Manquante")
	want(t, j.submit("samir", "/pieces", "/pieces", url.Values{"scan": {code}, "place": {"tiroir B"}}), 303)
	if p := j.state().DiagnosedParts(); len(p) != 2 || !p[0].Bagged || p[0].Place != "tiroir B" || p[1].Bagged || j.state().Apart() {
		t.Errorf("%+v", p)
	}
	want(t, j.get("samir", j.at("/pieces")), 200, "En sachet : tiroir B", "étiquette lue")
	want(t, j.submit("samir", "/pieces", "/pieces", url.Values{"scan": {code}, "place": {"magasin"}}), 303)
	want(t, j.submit("samir", "/pieces", "/pieces", url.Values{"piece": {order.PartPiece("JTC")}, "place": {"tiroir B"}}), 422)
	want(t, j.submit("samir", "/pieces", "/pieces", url.Values{"piece": {order.PartPiece("GLS")}, "place": {"tiroir B"}}), 422)
	want(t, j.get("samir", j.at("")), 200, "en sachet", "magasin")
	want(t, j.get("paul", j.at("/quote")), 200, "telles que trouvées", "cassée", "manquante", "magasin")
	want(t, j.get("samir", j.at("/piece.pdf?piece="+order.PartPiece("STD-401"))), 200, "%PDF")
	want(t, j.get("samir", j.at("/piece.pdf?piece=movement")), 200, "%PDF")
	want(t, j.get("samir", j.at("/piece.pdf?piece=part.GLS")), 404)
	want(t, j.submit("samir", "/pieces", "/pieces/photo", url.Values{"part": {"STD-401"}}), 422)
	if _, err := j.shop.AddPartPhoto(t.Context(), j.by("samir"), bytes.NewReader(picture(t)), "STD-401", "Tige"); err != nil {
		t.Fatal(err)
	}
	want(t, j.get("paul", j.at("/quote")), 200, "/blob/")
	if _, err := j.shop.AddPartPhoto(t.Context(), j.by("samir"), bytes.NewReader(picture(t)), "GLS", "Verre"); err == nil {
		t.Error("a picture of a part nobody diagnosed is kept under it")
	}
}
