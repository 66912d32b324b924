package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
)

// A repair that goes beyond replacement pauses its branch, is told to whoever
// decides, and stays until they do.
func TestAlertPage(t *testing.T) {
	d := newDesk(t)
	j := d.working(t)
	want(t, j.submit("samir", "/work", "/work/alert", url.Values{"about": {"repair_needed"}, "step": {"1.2"}, "note": {"pivot cassé"}}), 303)
	of := strconv.FormatInt(j.state().Seq, 10)
	want(t, j.get("samir", j.at("/work")), 200, "en pause : une alerte attend", "pivot cassé")
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.2"}, "do": {"done"}}), 409, "en pause")
	want(t, j.submit("samir", "/work", "/work/alert", url.Values{"about": {"other"}}), 422, "Dites en quelques mots")
	want(t, j.get("nadia", "/board"), 200, "1 alerte ouverte")
	want(t, j.get("samir", "/alerts"), 200, "Cette alerte est pour", "pivot cassé")
	answer := url.Values{"order": {j.state().Number}, "of": {of}, "do": {"settle"}, "outcome": {"go_on"}, "note": {""}, "seen": {"-1"}}
	want(t, j.post("samir", "/alerts", answer), 403)
	want(t, j.post("paul", "/alerts", answer), 422, "pivot cassé", `value="go_on" checked`)
	want(t, j.post("paul", "/alerts", url.Values{"order": {j.state().Number}, "of": {of}, "do": {"read"}, "seen": {"-1"}}), 303)
	want(t, j.get("paul", "/alerts"), 200, "Lue par")
	want(t, j.post("paul", "/alerts", set(answer, "note", "pivot repris ici")), 303)
	want(t, j.get("paul", "/alerts"), 200, "Aucune alerte ouverte")
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.2"}, "do": {"done"}}), 303)
	want(t, j.post("paul", "/alerts", url.Values{"order": {"PAR-26-999999-Z"}, "of": {of}, "do": {"read"}}), http.StatusNotFound)
}

// What the dismantling shows beyond what was agreed stops one step, and the
// customer's answer lets it go on.
func TestSupplementPage(t *testing.T) {
	j := newDesk(t).working(t)
	want(t, j.submit("samir", "/work", "/work/finding", url.Values{"component": {"Roue de centre"}, "state": {"worn"}, "grade": {"4"}, "verdict": {"revises"}}), 303)
	more := url.Values{"step": {"1.3"}, "label": {"Roue de centre"}, "amount": {"45,00"}, "why": {"Dents usées"}}
	want(t, j.submit("samir", "/work", "/work/supplement", set(more, "amount", "x")), 422, "Dents usées")
	want(t, j.submit("samir", "/work", "/work/supplement", set(more, "amount", "45,00")), 303)
	want(t, j.get("samir", j.at("/work")), 200, "usure 4 sur 4", "Révise le diagnostic", "attend la réponse du client", "45,00")
	x := j.state().Supplements[0]
	if x.Finding == 0 {
		t.Error("the supplement does not name the finding that made it")
	}
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.3"}, "do": {"done"}}), 409)
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.4"}, "do": {"done"}}), 303)
	yes := url.Values{"of": {strconv.FormatInt(x.Seq, 10)}, "do": {"accept"}, "mode": {"phone"}}
	want(t, j.submit("samir", "/work", "/work/answer", yes), 403)
	want(t, j.submit("nadia", "/work", "/work/answer", yes), 303)
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.3"}, "do": {"done"}}), 303)
	if got := j.state().Agreed(); got != 3500+4500 {
		t.Errorf("agreed %v", got)
	}
}

func TestSafetyCardsOnTheBench(t *testing.T) {
	j := newDesk(t).working(t)
	want(t, j.submit("samir", "/work", "/work/finding", url.Values{"component": {"pile"}, "state": {"leaking"}}), 303)
	want(t, j.get("samir", j.at("/work")), 200, "Pile coulée", "constat noté")
	want(t, j.submit("samir", "/work", "/safety", url.Values{"card": {"leaking_cell"}}), 303)
	want(t, j.get("samir", j.at("/work")), 200, "lue par")
	want(t, j.submit("samir", "/work", "/safety", url.Values{"card": {"leaking_cell"}}), 409)
	want(t, j.submit("nadia", "/work", "/safety", url.Values{"card": {"leaking_cell"}}), 403)
	if s := j.state().Safety["leaking_cell"]; s.By == "" {
		t.Error("nobody acknowledged it")
	}
}
