package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"etabli.example/trade/order"
)

// What somebody types into a quote is kept before it is saved, theirs alone, and
// forgotten once it is saved.
func TestQuoteKeepsADraft(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	if _, err := j.shop.Diagnose(t.Context(), j.by("samir"), order.Diagnosis{Causes: []string{"OIL_DIRTY"}, Why: "vu", Perimeter: "technician"}); err != nil {
		t.Fatal(err)
	}
	page := want(t, j.get("paul", j.at("/quote")), http.StatusOK, `data-form="quote-`+j.sheet+`"`)
	lacks(t, page, "Brouillon du")
	form := url.Values{"line_id": {"1"}, "line_kind": {"obligatory"}, "line_operation": {""}, "line_fr": {"Travail de l’après-midi"}, "line_en": {"Afternoon’s work"}, "line_qty": {"1"}, "line_price": {"85"}, "line_vat": {"2000"},
		"summary": {"Huile sale."}, "summary_en": {"Dirty oil."}, "until": {"2040-01-05"}}
	want(t, j.do("paul", http.MethodPut, "/draft/quote-"+j.sheet, "application/x-www-form-urlencoded", strings.NewReader(form.Encode())), http.StatusNoContent)
	want(t, j.get("paul", j.at("/quote")), http.StatusOK, "Travail de l’après-midi", "Brouillon du", "Dirty oil.")
	lacks(t, want(t, j.get("samir", j.at("/quote")), http.StatusOK), "Travail de l’après-midi")
	want(t, j.sent("paul", "/quote", "/quote", with(form, nil, "do", "save")), http.StatusSeeOther)
	page = want(t, j.get("paul", j.at("/quote")), http.StatusOK, "Travail de l’après-midi")
	lacks(t, page, "Brouillon du")
	if q := j.state().LastQuote(); q.Found().In("en") != "Dirty oil." || q.Found().In("fr") != "Huile sale." || q.Found().Written("en") != "en" {
		t.Errorf("summary %+v", q)
	}
}
