package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"etabli.example/mail"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

// Whoever scans the code reads what was done, signed, without an account and
// without the owner's name; a changed word is found out.
func TestPassportPage(t *testing.T) {
	d := newDesk(t)
	j := d.worked(t, 2)
	sheet := j.state().Sheet
	stranger := func(lang string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/passport/"+sheet, nil)
		r.Header.Set("Accept-Language", lang)
		w := httptest.NewRecorder()
		j.pages.ServeHTTP(w, r)
		return w
	}
	want(t, stranger("fr"), 404, "Aucun passeport")
	want(t, j.submit("paul", "/control", "/control", url.Values{"do": {"pass"}, "item": order.ControlItems(), "out": {"lu deux fois"}}), 303)
	want(t, j.submit("nadia", "/return", "/return", url.Values{"do": {"hand"}, "to": {"customer"}, "shown": {"1"}, "parts_returned": {"1"}}), 303)
	if _, err := j.shop.Follow(t.Context(), mail.NewOutbox(20, j.shop.Now)); err != nil {
		t.Fatal(err)
	}
	page := want(t, stranger("fr"), 200, "Signature valide", "Jeu de joints", "noindex")
	want(t, stranger("en"), 200, "The signature is valid")
	v, err := j.shop.Sheet(t.Context(), j.by("paul").Who, sheet)
	if err != nil || v.Customer == nil {
		t.Fatal(err)
	}
	for _, name := range []string{v.Customer.Name, v.Customer.Phone, v.Customer.Email} {
		if name != "" && strings.Contains(page, name) {
			t.Errorf("the passport names the owner: %s", name)
		}
	}
	want(t, j.get("nadia", j.at("/return")), 200, "Passeport de la montre", "/passport/"+sheet)
	p := *j.state().Passport
	p.Text = strings.Replace(p.Text, "Jeu de joints", "Révision complète", 1)
	if _, err := workshop.CheckPassport(p); err == nil {
		t.Error("a changed text passes")
	}
	if n := strings.Count(j.state().Passport.Text, "customer"); n != 0 {
		t.Error("the signed text speaks of a customer")
	}
}
