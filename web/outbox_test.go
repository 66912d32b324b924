package web_test

import (
	"io"
	"log/slog"
	"net/url"
	"testing"
	"time"

	"etabli.example/mail"
	"etabli.example/web"
)

// The demonstration's messages lead to the customer's page, and name customers:
// the bench does not see them.
func TestOutbox(t *testing.T) {
	d := newDesk(t)
	outbox := mail.NewOutbox(10, time.Now)
	var err error
	if d.pages, err = web.New(web.Config{Workshop: d.shop, Outbox: outbox, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}); err != nil {
		t.Fatal(err)
	}
	want(t, d.get("nadia", "/outbox"), 200, "Aucun message")
	j := d.diagnosed(t)
	want(t, j.submit("samir", "/quote", "/quote", set(lines([4]string{"obligatory", "<b>Révision</b>", "1", "290"}), "do", "save")), 303)
	want(t, j.submit("nadia", "/quote", "/quote/send", url.Values{"channel": {"email"}}), 200)
	if n, err := d.shop.Follow(t.Context(), outbox); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	want(t, d.get("nadia", "/outbox"), 200, "claire@mail.example", `<a href="`+d.shop.Base+"/c/", j.number)
	want(t, d.get("samir", "/outbox"), 403)
}
