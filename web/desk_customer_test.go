package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"etabli.example/trade/customer"
)

var versionField = regexp.MustCompile(`name="version" value="([0-9a-f]+)"`)

// Two people at one customer's file: the second sees what the first wrote, and
// overwrites it only once they have.
func TestCustomer_stale(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c, err := d.shop.SaveCustomer(t.Context(), d.people["nadia"].Actor(""), customer.Customer{Name: "Vasseur", Given: "Claire", Phone: "06 39 98 10 47", City: "Paris"}, "")
	if err != nil {
		t.Fatal(err)
	}
	at := "/customers/" + c.ID
	version := func(page string) string {
		m := versionField.FindStringSubmatch(page)
		if m == nil {
			t.Fatal("the form does not say which file it shows")
		}
		return m[1]
	}
	seen := version(want(t, d.get("nadia", at), http.StatusOK))
	lyon := url.Values{"name": {"Vasseur"}, "given": {"Claire"}, "phone": {"06 39 98 10 47"}, "city": {"Lyon"}, "lang": {"fr"}, "channel": {"sms"}, "version": {seen}}
	want(t, d.post("nadia", at, lyon), http.StatusSeeOther)
	nice := with(lyon, nil, "city", "Nice")
	page := want(t, d.post("paul", at, nice), http.StatusConflict, `value="Nice"`, "Maintenant : Lyon", "Quelqu’un a changé cette fiche")
	want(t, d.get("nadia", at), http.StatusOK, `value="Lyon"`)
	bad := with(nice, nil, "name", "", "version", version(page))
	page = want(t, d.post("paul", at, bad), http.StatusUnprocessableEntity)
	want(t, d.post("paul", at, with(nice, nil, "version", version(page))), http.StatusSeeOther)
	want(t, d.get("nadia", at), http.StatusOK, `value="Nice"`)
}
