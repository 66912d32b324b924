package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"etabli.example/horology"
)

func TestCalibrePages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	page := want(t, d.get("samir", "/calibres?q=eta+2824"), http.StatusOK, "ETA 2824-2", "/calibres/ETA/2824-2")
	lacks(t, page, "⟦")
	want(t, d.get("samir", "/calibres?q=zzzzzz"), http.StatusOK, "Aucun calibre pour")
	page = want(t, d.get("samir", "/calibres/ETA/2824-2"), http.StatusOK, "28", "Angles de levée par source", "appliquée", "Pas encore assez de lectures")
	lacks(t, page, "⟦")
	page = want(t, d.get("samir", "/calibres/ETA/F06.111"), http.StatusOK, "Bobine")
	lacks(t, page, "⟦")
	want(t, d.get("samir", "/calibres/ETA/none"), http.StatusNotFound)
	if w := d.get("", "/calibres"); w.Code != http.StatusSeeOther {
		t.Errorf("nobody gets %d", w.Code)
	}
}

// Every calibre of the catalogue is shown in words: no code, no source id that
// cannot be broken into lines, nothing untranslated.
func TestCalibrePagesInWords(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, c := range horology.Calibres() {
		if i%7 != 0 && len(c.Functions) < 6 && c.Disagreement == "" {
			continue // plain ones are alike
		}
		page := want(t, d.get("samir", "/calibres/"+url.PathEscape(c.Maker)+"/"+url.PathEscape(c.Name)), http.StatusOK)
		lacks(t, page, "⟦", "directional")
		for word := range strings.FieldsSeq(page) {
			if strings.Contains(word, "id7109") && strings.Contains(word, "+") {
				t.Errorf("%s %s: %s", c.Maker, c.Name, word)
			}
		}
	}
}
