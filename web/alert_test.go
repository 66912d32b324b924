package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"etabli.example/trade/order"
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

// The customer answers a supplementary quote on their page, once; the message that
// tells them of it carries the link.
func TestSupplementOnTheCustomersPage(t *testing.T) {
	j := newDesk(t).working(t)
	more := url.Values{"step": {"1.3"}, "label": {"Roue de centre"}, "amount": {"45,00"}, "why": {"Dents usées"}}
	want(t, j.submit("samir", "/work", "/work/supplement", more), 303)
	x := j.state().Supplements[0]
	v := j.visitor()
	want(t, v.press("more_accept", url.Values{"of": {strconv.FormatInt(x.Seq, 10)}}), 422) // no proof: no act
	v.press("prove", url.Values{"proof": {"047"}})
	want(t, v.open(), 200, "Un travail de plus", "Dents usées", "Roue de centre", "45,00")
	want(t, v.press("more_accept", url.Values{"of": {"2"}}), http.StatusNotFound)
	want(t, v.press("more_accept", url.Values{"of": {"x"}}), 422)
	want(t, v.press("more_accept", url.Values{"of": {strconv.FormatInt(x.Seq, 10)}}), 303)
	want(t, v.press("more_decline", url.Values{"of": {strconv.FormatInt(x.Seq, 10)}}), 409)
	want(t, v.open(), 200, "Roue de centre, 45,00")
	if x := j.state().Supplements[0]; x.Answer != "accepted" || j.state().Agreed() != 3500+4500 {
		t.Errorf("%+v, agreed %v", x, j.state().Agreed())
	}
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.3"}, "do": {"done"}}), 303)

	want(t, j.submit("samir", "/work", "/work/supplement", set(more, "step", "1.4")), 303)
	want(t, v.press("more_decline", url.Values{"of": {strconv.FormatInt(j.state().Supplements[1].Seq, 10)}, "reason": {"trop cher"}}), 303)
	want(t, j.get("samir", j.at("/work")), 200, "le client a refusé", "trop cher")
}

// Polishing waits for the customer's word, given to the house or on their page;
// where hallmarks could fade they are told first.
func TestPolishConsentOnBothPages(t *testing.T) {
	j := newDesk(t).diagnosed(t)
	form := lines([4]string{"obligatory", "Polissage", "1", "90"})
	form.Set("line_operation", "POL")
	want(t, j.submit("samir", "/quote", "/quote", set(form, "do", "save")), 303)
	want(t, j.submit("nadia", "/quote", "/quote/send", url.Values{"channel": {"counter"}}), 200)
	q := j.state().LastQuote()
	want(t, j.submit("nadia", "/quote", "/quote/answer", url.Values{"do": {"accept"}, "version": {"1"}, "hash": {q.Hash}, "start_now": {"1"}}), 303)
	page := want(t, j.get("samir", j.at("/prepare")), 200)
	if wished := slices.Contains(j.state().Wishes, "no_polish"); wished != strings.Contains(page, "Polissage : l’accord du client") {
		t.Fatalf("asked for consent: %v, wished no polish: %v", !wished, wished)
	}
	if _, err := j.shop.AgreePolish(t.Context(), j.by("nadia"), order.PolishConsent{Mode: "phone"}); err != nil { // says no
		t.Fatal(err)
	}
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"plan"}, "acknowledged": {"1"}}), 303)
	want(t, j.submit("samir", "/prepare", "/prepare", url.Values{"do": {"start"}, "item": order.WorkstationItems()}), 303)
	want(t, j.get("samir", j.at("/work")), 200, "attend l’accord du client sur le polissage", "Le client a refusé le polissage")
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.1"}, "do": {"started"}}), 409, "accord du client")
	want(t, j.submit("samir", "/work", "/polish", url.Values{"do": {"agree"}, "mode": {"phone"}}), 403)
	want(t, j.submit("nadia", "/work", "/polish", url.Values{"do": {"agree"}, "mode": {"phone"}}), 303)
	want(t, j.submit("samir", "/work", "/work/step", url.Values{"step": {"1.1"}, "do": {"started"}}), 303)
	v := j.visitor()
	v.press("prove", url.Values{"proof": {"047"}})
	want(t, v.press("polish_decline", nil), 303)
	if p := j.state().Polish; p == nil || p.Agreed || p.Mode != "link" {
		t.Errorf("%+v", p)
	}
}
