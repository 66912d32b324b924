package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"etabli.example/trade/customer"
)

func TestCustomer_mergedAndSeparated(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	nadia := d.people["nadia"].Actor("")
	save := func(name string) customer.Customer {
		c, err := d.shop.SaveCustomer(t.Context(), nadia, customer.Customer{Name: name, Given: "Claire", Phone: "06 39 98 10 47"}, "")
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	a, b := save("Vasseur"), save("Vaseur")
	at := "/customers/" + a.ID
	want(t, d.get("nadia", at), http.StatusOK, "Peut-être la même personne", "Réunir Claire Vaseur")
	want(t, d.post("samir", at+"/merge", url.Values{"twice": {b.ID}}), http.StatusForbidden)
	want(t, d.post("nadia", at+"/merge", url.Values{"twice": {b.ID}}), http.StatusSeeOther)
	want(t, d.post("nadia", at+"/merge", url.Values{"twice": {b.ID}}), http.StatusConflict)
	want(t, d.post("nadia", at+"/merge", url.Values{"twice": {"nobody"}}), http.StatusNotFound)
	want(t, d.get("nadia", "/customers/"+b.ID), http.StatusOK, "Claire Vasseur", "Séparer")
	if n := strings.Count(want(t, d.get("nadia", "/reception/customers?q=vaseur"), http.StatusOK), "<li>"); n != 1 {
		t.Errorf("%d people found, want 1", n)
	}
	want(t, d.post("nadia", at+"/merge", url.Values{"twice": {b.ID}, "undo": {"1"}}), http.StatusSeeOther)
	want(t, d.get("nadia", "/customers/"+b.ID), http.StatusOK, "Claire Vaseur", "Réunir")
}
