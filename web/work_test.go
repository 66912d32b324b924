package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

// accepted is a job whose quote of one catalogue operation was accepted.
func (d *desk) accepted(t *testing.T) *job {
	t.Helper()
	j := d.diagnosed(t)
	form := lines([4]string{"obligatory", "Jeu de joints", "1", "35"})
	form.Set("line_operation", "JOI")
	want(t, j.submit("samir", "/quote", "/quote", set(form, "do", "save")), 303)
	want(t, j.submit("nadia", "/quote", "/quote/send", url.Values{"channel": {"counter"}}), 200)
	q := j.state().LastQuote()
	want(t, j.submit("nadia", "/quote", "/quote/answer", url.Values{"do": {"accept"}, "version": {"1"}, "hash": {q.Hash}}), 303)
	return j
}

func TestPreparation(t *testing.T) {
	j := newDesk(t).accepted(t)
	want(t, j.get("samir", j.at("/prepare")), 200, "Remplacement jeu de joints", "Nettoyer gorges", "ouvre-boîte")
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"plan"}, "extra": {"Photo du cadran"}}), 422, "Cochez que le dossier est lu", "Photo du cadran")
	want(t, j.submit("nadia", "/prepare", "/prepare", url.Values{"do": {"plan"}, "acknowledged": {"1"}}), 403)
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"await"}, "parts": {"Joint de fond\nJoint de couronne"}, "expected": {"2026-12-04"}}), 303)
	want(t, j.get("samir", j.at("/prepare")), 200, "Joint de couronne", "04/12/2026")
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"here"}}), 303)
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"plan"}, "acknowledged": {"1"}, "extra": {"Photo du cadran"}}), 303)
	if p := j.state().Plan; p == nil || p.Steps[len(p.Steps)-1].LabelFR != "Photo du cadran" {
		t.Fatalf("plan %+v", p)
	}
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"start"}, "item": {"clean", "light"}}), 409, "liste du poste")
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"start"}, "item": order.WorkstationItems()}), 303)
	if st := j.state().Stage; st != order.InWork {
		t.Errorf("stage %s", st)
	}
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"nonsense"}}), 422)
}

// working is a job at work.
func (d *desk) working(t *testing.T) *job {
	t.Helper()
	j := d.accepted(t)
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"plan"}, "acknowledged": {"1"}}), 303)
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"start"}, "item": order.WorkstationItems()}), 303)
	return j
}

// tap posts one step as htmx does.
func (j *job) tap(form url.Values) *httptest.ResponseRecorder {
	j.t.Helper()
	v := carried(want(j.t, j.get("samir", j.at("/work")), 200))
	maps.Copy(v, form)
	r := httptest.NewRequest(http.MethodPost, j.at("/work/step"), strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("HX-Request-Type", "partial")
	r.AddCookie(&http.Cookie{Name: "session", Value: j.tokens["samir"]})
	r.AddCookie(&http.Cookie{Name: "how", Value: "helped"})
	w := httptest.NewRecorder()
	j.pages.ServeHTTP(w, r)
	return w
}

func TestWork_steps(t *testing.T) {
	j := newDesk(t).working(t)
	body := want(t, j.tap(url.Values{"step": {"1.1"}, "do": {"done"}}), 200, `id="step-1-1"`, `id="step-1-2"`, "work-count", "faite")
	if strings.Contains(body, "<html") || strings.Contains(body, `id="step-1-3"`) {
		t.Error("one tap answers with more than its row, the next and the count")
	}
	if st := j.state().Steps["1.1"]; st.Act != "done" || st.How != "helped" {
		t.Errorf("step %+v", st)
	}
	want(t, j.tap(url.Values{"step": {"1.1"}, "do": {"done"}}), 200, "déjà")
	want(t, j.tap(url.Values{"step": {"1.2"}, "do": {"skipped"}, "reason": {""}}), 200, "class=\"msg\"")
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.2"}, "do": {"skipped"}, "reason": {" "}}), 422)
	want(t, j.tap(url.Values{"step": {"1.1"}, "do": {"undone"}}), 200)
	if st, still := j.state().Steps["1.1"]; still {
		t.Errorf("taken back, and still %+v", st)
	}
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.1"}, "do": {"done"}}), 303) // without htmx
	want(t, j.submit("nadia", "/work", "/work/step", url.Values{"step": {"1.2"}, "do": {"done"}}), 403)
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"9.9"}, "do": {"done"}}), 422)
	want(t, j.submit("samir", "/work", "/work/finish", nil), 409, "étapes ouvertes")

	// Two tablets: steps of different rows do not disturb each other, the same row does.
	seen := carried(want(t, j.get("samir", j.at("/work")), 200))
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.3"}, "do": {"done"}}), 303)
	late := set(set(maps.Clone(seen), "step", "1.4"), "do", "done")
	want(t, j.post("paul", j.at("/work/step"), late), 303)
	late = set(set(set(maps.Clone(seen), "step", "1.5"), "do", "started"), "entry", ident.New())
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.5"}, "do": {"started"}}), 303)
	want(t, j.post("paul", j.at("/work/step"), set(late, "do", "done")), 409)
}

func TestWork_findingsPartsCasing(t *testing.T) {
	j := newDesk(t).working(t)
	want(t, j.submit("samir", "/work", "/work/finding", url.Values{"component": {""}, "state": {"dry"}, "note": {"huile sèche"}}), 422, "huile sèche", "Nommez le composant")
	want(t, j.submit("samir", "/work", "/work/finding", url.Values{"component": {"Roue de centre"}, "state": {"dry"}}), 303)
	want(t, j.submit("samir", "/work", "/work/part", url.Values{"code": {"JTF"}, "origin": {"generic"}, "old": {"recycled"}}), 422, "a demandé ses pièces")
	want(t, j.submit("samir", "/work", "/work/part", url.Values{"code": {"JTF"}, "origin": {"generic"}, "old": {"returned"}, "lot": {"J-2291"}}), 303)
	want(t, j.submit("samir", "/work", "/work/casing", url.Values{"dust_free": {"1"}, "gasket": {"new"}}), 422, "À vérifier")
	whole := url.Values{"dust_free": {"1"}, "hands_clear": {"1"}, "closed_to_torque": {"1"}, "gasket": {"new"}}
	for torque, say := range map[string]string{"250": "n’est pas possible ici", "fort": "fort"} {
		want(t, j.submit("samir", "/work", "/work/casing", set(maps.Clone(whole), "torque", torque)), 422, say, `value="`+torque+`"`)
	}
	want(t, j.submit("samir", "/work", "/work/casing", set(whole, "torque", "2,5")), 303)
	if c := j.state().Cased; c == nil || c.TorqueNm == nil || *c.TorqueNm != 2.5 {
		t.Errorf("cased %+v", c)
	}
	want(t, j.get("samir", j.at("/work")), 200, "Roue de centre", "J-2291", "Emboîtée")
	if f := j.state().Findings[0]; f.Component != "STD-206" {
		t.Errorf("the component's name was kept as %q, not as its code", f.Component)
	}
}

// worked is a job whose steps are done and whose watch was measured.
func (d *desk) worked(t *testing.T, rate float64) *job {
	t.Helper()
	j := d.working(t)
	want(t, j.submit("samir", "/work", "/work/part", url.Values{"code": {"JTF"}, "origin": {"generic"}, "old": {"returned"}}), 303)
	for _, st := range j.state().Plan.Steps {
		want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {st.ID}, "do": {"done"}}), 303)
	}
	j.measure(rate)
	want(t, j.submit("samir", "/work", "/work/finish", nil), 303)
	return j
}

func (j *job) measure(rate float64) {
	j.t.Helper()
	m := workshop.Sounding{Reading: order.Reading{Phase: order.After, Position: "CH", Winding: "0h", How: "typed", Rate: &rate}}
	if _, err := j.shop.KeepReading(j.t.Context(), j.by("samir"), m); err != nil {
		j.t.Fatal(err)
	}
}

func TestControlAndReturn(t *testing.T) {
	j := newDesk(t).worked(t, 900) // fifteen minutes a day: out of any tolerance
	all := url.Values{"do": {"pass"}, "item": order.ControlItems()}
	want(t, j.get("samir", j.at("/control")), 200, "900,0", "Pourquoi cela passe")
	want(t, j.submit("samir", "/control", "/control", url.Values{"do": {"pass"}, "item": {"dust"}}), 422, "À contrôler avant de passer")
	want(t, j.submit("samir", "/control", "/control", all), 422, "pas dans la tolérance")
	want(t, j.submit("nadia", "/control", "/control", all), 403)
	want(t, j.submit("samir", "/control", "/control", url.Values{"do": {"refuse"}, "cause": {""}}), 422, "Écrivez la cause")
	want(t, j.submit("nadia", "/return", "/return", url.Values{"do": {"hand"}, "to": {"customer"}, "shown": {"1"}}), 409)
	want(t, j.submit("samir", "/control", "/control", url.Values{"do": {"refuse"}, "cause": {"Joint mal assis"}, "step": {"1.5"}}), 303)
	want(t, j.get("samir", j.at("/work")), 200, "Joint mal assis", "le contrôle renvoie ici")
	want(t, j.submit("samir", "/work", "/work/start", nil), 303)
	want(t, j.submit("samir", "/work", "/work/finish", nil), 409) // the step named is open again
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.5"}, "do": {"done"}}), 303)
	want(t, j.submit("samir", "/work", "/work/finish", nil), 303)
	want(t, j.submit("samir", "/control", "/control", all), 409, "mesure après") // measured before it was taken up again
	j.measure(2)
	want(t, j.submit("samir", "/control", "/control", set(maps.Clone(all), "out", "Incertitude inconnue, lu deux fois.")), 303)

	want(t, j.submit("nadia", "/return", "/return", url.Values{"do": {"hand"}, "to": {"customer"}, "till_receipt": {"T-77"}}), 422, "Présentez la montre", `value="T-77"`, "rendez-les")
	want(t, j.submit("samir", "/return", "/return", url.Values{"do": {"hand"}, "to": {"customer"}, "shown": {"1"}, "parts_returned": {"1"}}), 403)
	want(t, j.submit("nadia", "/return", "/return", url.Values{"do": {"parcel"}, "carrier": {"Poste"}}), 422, "numéro de suivi", `value="Poste"`)
	want(t, j.submit("nadia", "/return", "/return", url.Values{"do": {"abandoned"}, "why": {"x"}}), 409, "un an")
	back := url.Values{"do": {"hand"}, "to": {"customer"}, "shown": {"1"}, "parts_returned": {"1"}, "advice": {"water", "nonsense"}, "till_receipt": {"T-77"}}
	want(t, j.submit("nadia", "/return", "/return", back), 303)
	h := j.state().Handover
	if h == nil || h.Receipt != "T-77" || len(h.Advice) != 1 || h.Guarantee == "" {
		t.Fatalf("handover %+v", h)
	}
	want(t, j.get("nadia", j.at("/return")), 200, "T-77", "Garantie jusqu’au")
	want(t, j.get("nadia", j.at("/report.pdf")), 200, "%PDF")
	v := j.visitor()
	want(t, v.send(http.MethodGet, v.path+"/report.pdf", nil), 303) // no proof
	v.press("prove", url.Values{"proof": {"047"}})
	want(t, v.open(), 200, "report.pdf", "Travaux garantis")
	want(t, v.send(http.MethodGet, v.path+"/report.pdf", nil), 200, "%PDF")
}

func TestReturn_unrepaired(t *testing.T) {
	j := newDesk(t).quoted(t)
	q := j.state().LastQuote()
	want(t, j.submit("nadia", "/quote", "/quote/answer", url.Values{"do": {"decline"}, "version": {"1"}, "hash": {q.Hash}, "reason": {"Trop cher."}}), 303)
	want(t, j.submit("nadia", "/return", "/return", url.Values{"do": {"unrepaired"}, "to": {"customer"}, "why": {""}}), 422)
	want(t, j.submit("nadia", "/return", "/return", url.Values{"do": {"unrepaired"}, "to": {"customer"}, "why": {"Devis refusé."}}), 303)
	if st := j.state().Stage; st != order.ReturnedUnrepaired {
		t.Errorf("stage %s", st)
	}
}
