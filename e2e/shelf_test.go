package e2e

import (
	"bytes"
	"image"
	"image/png"
	"net/url"
	"testing"

	"etabli.example/ident"
	"etabli.example/trade/shelf"
	"etabli.example/trade/staff"
)

// A document of the maker is read at the bench with the network away: the tablet
// kept it when the work was opened. Signing out throws it away.
func TestOfflineShelf(t *testing.T) {
	h := openHouse(t)
	number, sheet := h.atWork(t, 2)
	boss := staff.Actor{ID: h.person(t, "paul"), Roles: []staff.Role{staff.Manager}}
	s, err := h.shop.State(t.Context(), boss, sheet)
	if err != nil {
		t.Fatal(err)
	}
	var plan bytes.Buffer
	if err := png.Encode(&plan, image.NewGray(image.Rect(0, 0, 317, 200))); err != nil {
		t.Fatal(err)
	}
	d := shelf.Document{ID: ident.New(), Maker: s.Watch.Brand, Title: "Plan de la boîte", Licence: "essai"}
	if err := h.shop.AddDocument(t.Context(), boss, d, &plan, ""); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(h.url)
	if err != nil {
		t.Fatal(err)
	}
	c := plug(t, u.Host)
	h.url = "http://" + c.Addr().String()
	b := h.open(t, "")
	b.as("samir", "fr")
	b.to("/orders/" + number + "/work")
	b.await(`document.querySelector("offline-queue[data-ready]") && navigator.serviceWorker.controller !== null`)

	c.pull(true)
	b.to("/orders/" + number + "/shelf")
	b.await(`document.body.textContent.includes("Plan de la boîte")`)
	b.to("/shelf/" + d.ID + "/file")
	b.await(`document.images[0]?.naturalWidth === 317`)

	c.pull(false)
	b.to("/board")
	b.await(`caches.has("bench-shelf")`)
	eval[bool](b, `(fetch("/signout", {method: "POST"}), true)`)
	b.await(`caches.has("bench-shelf").then((x) => !x)`)
}
