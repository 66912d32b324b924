package web_test

import (
	"net/http"
	"testing"
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
