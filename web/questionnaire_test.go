package web_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
)

func TestQuestionnaire(t *testing.T) {
	d := newDesk(t)
	page := d.get("nadia", "/questionnaire?"+url.Values{"watch.kind": {"automatic"}, "request": {"elle s'arrête la nuit"}}.Encode())
	answered(t, "questions", page.Code, page.Body.String(), 200, "Facile à lire", "Je ne sais pas", `name="answer.wear"`)
	easy := d.get("nadia", "/questionnaire?watch.kind=automatic&easy=1")
	answered(t, "easy to read", easy.Code, easy.Body.String(), 200, "Langage courant", "?")
	told := d.get("nadia", "/questionnaire?"+url.Values{"watch.kind": {"manual"}, "request": {"elle s'arrête"}, "answer.winding": {"nothing"}}.Encode())
	answered(t, "an answer calls for work with its price", told.Code, told.Body.String(), 200, "€", "Ce n’est pas un diagnostic")
	beyond := d.get("nadia", "/questionnaire?"+url.Values{"request": {"mon chronographe s'arrête"}}.Encode())
	answered(t, "out of the perimeter nothing is asked", beyond.Code, beyond.Body.String(), 200, "Rien à demander de plus", "!name=\"answer.")
	odd := d.get("nadia", "/questionnaire?watch.kind=sundial&answer.nothing=no")
	answered(t, "an unknown kind is not known", odd.Code, odd.Body.String(), 200)
	pdf := d.get("nadia", "/questionnaire.pdf?watch.kind=quartz&request=en+panne&easy=1&lang=fr")
	if pdf.Code != 200 || !bytes.HasPrefix(pdf.Body.Bytes(), []byte("%PDF")) {
		t.Errorf("paper: %d", pdf.Code)
	}
	out := d.get("", "/questionnaire")
	if out.Code == 200 {
		t.Error("a stranger is asked")
	}
	goes := told.Body.String()
	if !strings.Contains(goes, "/reception?answer.winding=nothing&amp;request=elle") {
		t.Error("the answers do not go on to the reception")
	}
	taken := d.get("nadia", "/reception?"+url.Values{"watch.kind": {"manual"}, "request": {"elle s'arrête"}, "answer.winding": {"nothing"}}.Encode())
	answered(t, "the reception takes the answers over, to be confirmed, with what they may call for", taken.Code, taken.Body.String(), 200,
		`name="symptom" value="wind_no_resistance|0|" checked`, `name="answer.winding" value="nothing" checked`, "Ce n’est pas un diagnostic", "€")
	off := d.get("nadia", "/reception/understood?"+url.Values{"watch.kind": {"manual"}, "request": {"elle s'arrête"}, "answer.winding": {"nothing"}, "offered": {"wind_no_resistance|0|"}}.Encode())
	answered(t, "what was ticked off stays off", off.Code, off.Body.String(), 200, `value="wind_no_resistance|0|"><span>`)
}

// TestSafetyIsSaidAtTheCounter: what endangers whoever takes the watch in is said
// where it is taken in, beside the questions and at the reception.
func TestSafetyIsSaidAtTheCounter(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct{ kind, request, said string }{
		{"manual", "cadran au radium, elle s'arrête", "ne pas gratter"},
		{"quartz", "la pile a coulé", "électrolyte caustique"},
		{"quartz", "la pile est gonflée", "ne pas percer"},
		{"quartz", "ma montre connectée ne s'allume plus", "ne jamais demander de code"},
	} {
		q := url.Values{"watch.kind": {c.kind}, "request": {c.request}}.Encode()
		for _, at := range []string{"/questionnaire?", "/reception?", "/reception/understood?"} {
			page := d.get("nadia", at+q)
			answered(t, at+c.request, page.Code, page.Body.String(), 200, c.said)
		}
	}
	page := d.get("nadia", "/questionnaire?"+url.Values{"watch.kind": {"manual"}, "request": {"elle retarde"}}.Encode())
	answered(t, "a watch that endangers nobody", page.Code, page.Body.String(), 200, "!ne pas gratter", "!caustique")
}
