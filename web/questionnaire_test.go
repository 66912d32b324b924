package web_test

import (
	"bytes"
	"net/url"
	"testing"
)

func TestQuestionnaire(t *testing.T) {
	d := newDesk(t)
	page := d.get("nadia", "/questionnaire?"+url.Values{"kind": {"automatic"}, "words": {"elle s'arrête la nuit"}}.Encode())
	answered(t, "questions", page.Code, page.Body.String(), 200, "Facile à lire", "Je ne sais pas", `name="a.wear"`)
	easy := d.get("nadia", "/questionnaire?kind=automatic&easy=1")
	answered(t, "easy to read", easy.Code, easy.Body.String(), 200, "Langage courant", "?")
	told := d.get("nadia", "/questionnaire?"+url.Values{"kind": {"manual"}, "words": {"elle s'arrête"}, "a.winding": {"nothing"}}.Encode())
	answered(t, "an answer calls for work with its price", told.Code, told.Body.String(), 200, "€", "Ce n’est pas un diagnostic")
	beyond := d.get("nadia", "/questionnaire?"+url.Values{"words": {"mon chronographe s'arrête"}}.Encode())
	answered(t, "out of the perimeter nothing is asked", beyond.Code, beyond.Body.String(), 200, "Rien à demander de plus", "!name=\"a.")
	odd := d.get("nadia", "/questionnaire?kind=sundial&a.nothing=no")
	answered(t, "an unknown kind is not known", odd.Code, odd.Body.String(), 200)
	pdf := d.get("nadia", "/questionnaire.pdf?kind=quartz&words=en+panne&easy=1&lang=fr")
	if pdf.Code != 200 || !bytes.HasPrefix(pdf.Body.Bytes(), []byte("%PDF")) {
		t.Errorf("paper: %d", pdf.Code)
	}
	out := d.get("", "/questionnaire")
	if out.Code == 200 {
		t.Error("a stranger is asked")
	}
}
