package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"etabli.example/ident"
	"etabli.example/trade/customer"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// administrator signs somebody in who may do everything.
func (d *desk) administrator() {
	d.t.Helper()
	p, err := d.shop.SavePerson(d.t.Context(), staff.System(), staff.Person{Login: "ines", Name: "Ines Roux", Active: true, Roles: []staff.Role{staff.Administrator}}, "")
	if err == nil {
		d.tokens["ines"], err = d.shop.Choose(d.t.Context(), p.ID, "test")
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// Where the firm is not named, the board says so, and a receipt says once what is missing.
func TestBoardSaysThatTheFirmIsMissing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.administrator()
	number := d.received(vasseur())
	lacks(t, want(t, d.get("nadia", "/board"), http.StatusOK), "identité de l’entreprise")
	err := d.shop.Book.Do(t.Context(), func(ctx context.Context, tx workshop.Tx) error { return tx.PutSetting(ctx, "firm", "{}") })
	if err != nil {
		t.Fatal(err)
	}
	page := want(t, d.get("nadia", "/board"), http.StatusOK, "L’identité de l’entreprise est incomplète", "nom, adresse, médiateur de la consommation")
	lacks(t, page, `href="/house"`, "⟦")
	want(t, d.get("ines", "/board"), http.StatusOK, `href="/house"`, "Compléter l’identité")
	page = want(t, d.get("nadia", "/orders/"+number+"/receipt.pdf"), http.StatusConflict, "ne peut pas être imprimé")
	if n := strings.Count(page, "Il manque"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

// What is late and due is counted over every order, not over the cards shown.
func TestBoardCountsEveryOrder(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for range 43 {
		in := workshop.Intake{Customer: customer.Customer{Name: "Vasseur", Phone: "06 39 98 10 47"}, Watch: leLocle, Request: "Elle retarde."}
		in.Purpose, in.Channel, in.ReadBack, in.Promised = "repair", "counter", true, d.shop.Today()
		if _, err := d.shop.Receive(t.Context(), workshop.Act{Who: d.people["nadia"].Actor(""), Sheet: ident.New(), Seen: -1}, in); err != nil {
			t.Fatal(err)
		}
	}
	want(t, d.get("nadia", "/board"), http.StatusOK, ">43<", "et 41 autres", "encore 3")
}

// A person's bar holds what they may open.
func TestBarHoldsWhatOneMayOpen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want(t, d.get("paul", "/board"), http.StatusOK, `href="/figures"`)
	lacks(t, want(t, d.get("nadia", "/board"), http.StatusOK), `href="/figures"`)
	want(t, d.get("nadia", "/figures"), http.StatusForbidden)
}

// A stage with more watches than places says so.
func TestPlacesOfAStage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.administrator()
	d.received(vasseur())
	d.received(vasseur())
	want(t, d.post("ines", "/house/places", url.Values{"places_received": {"1O"}}), http.StatusUnprocessableEntity, `value="1O"`, "lettre O")
	want(t, d.post("nadia", "/house/places", url.Values{"places_received": {"1"}}), http.StatusForbidden)
	want(t, d.post("ines", "/house/places", url.Values{"places_received": {"1"}}), http.StatusSeeOther)
	want(t, d.get("nadia", "/board"), http.StatusOK, "trop plein")
}
