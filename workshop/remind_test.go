package workshop_test

import (
	"strings"
	"testing"
	"time"

	"etabli.example/ident"
	"etabli.example/mail"
	"etabli.example/trade/order"
)

// A quote that waits is recalled to its customer after three days, after ten and
// two days before it ends, each once, never at night nor on a Sunday; who takes
// an acceptance back is given a receipt with its date and hour.
func TestQuoteIsRemindedAndWithdrawn(t *testing.T) {
	x := open(t)
	_, link := x.quoted()
	box := mail.NewOutbox(40, x.Now)
	sent := func() int {
		t.Helper()
		if _, err := x.RemindQuotes(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Follow(t.Context(), box); err != nil {
			t.Fatal(err)
		}
		return len(box.List())
	}
	start := x.at // Tuesday, 24 November 2026, 9 h
	if n := sent(); n != 1 {
		t.Fatalf("%d messages with the quote, want 1", n)
	}
	for _, c := range []struct {
		what string
		at   time.Time
		want int
	}{
		{"the next day", start.AddDate(0, 0, 1), 1}, {"at night after three days", start.AddDate(0, 0, 3).Add(14 * time.Hour), 1},
		{"after three days", start.AddDate(0, 0, 4), 2}, {"once", start.AddDate(0, 0, 4).Add(time.Hour), 2}, {"on a Sunday", start.AddDate(0, 0, 12), 2},
		{"after ten", start.AddDate(0, 0, 13), 3}, {"once more", start.AddDate(0, 0, 14), 3}, {"before it ends", start.AddDate(0, 0, 29), 4}, {"and no more", start.AddDate(0, 0, 29).Add(2 * time.Hour), 4},
	} {
		x.at = c.at
		if n := sent(); n != c.want {
			t.Errorf("%s: %d messages, want %d", c.what, n, c.want)
		}
	}
	if m := box.List()[0]; !strings.Contains(m.Subject, "attend votre réponse") || !strings.Contains(m.Text, "/c/") {
		t.Errorf("the last reminder: %q", m.Subject)
	}
	token := link[strings.LastIndex(link, "/")+1:]
	v, err := x.CustomerPage(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	q := v.LastQuote()
	if _, err := x.AnswerByLink(t.Context(), token, ident.New(), true, order.Answering{Version: q.Version, Hash: q.Hash}); err != nil {
		t.Fatal(err)
	}
	if _, err := x.WithdrawByLink(t.Context(), token, ident.New()); err != nil {
		t.Fatal(err)
	}
	before := len(box.List())
	if n := sent(); n != before+1 {
		t.Fatalf("%d messages after the withdrawal, want one more than %d", n, before)
	}
	if m := box.List()[0]; !strings.Contains(m.Text, "rétractation le mercredi 23 décembre 2026 à ") || !strings.Contains(m.Text, q.Number) {
		t.Errorf("the receipt says %q", m.Text)
	}
}
