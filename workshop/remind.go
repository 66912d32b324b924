package workshop

import (
	"context"
	"fmt"
	"time"

	"etabli.example/ident"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// remindAfter are the ages of an unanswered quote at which its customer is
// reminded; remindBefore the time left at which they are told for the last time.
var (
	remindAfter  = []time.Duration{3 * 24 * time.Hour, 10 * 24 * time.Hour}
	remindBefore = 2 * 24 * time.Hour
)

// The hours in which nobody is written to: at night, and on Sundays.
const quietFrom, quietTo = 20, 8

func (w *Workshop) quiet() bool {
	at := w.Now().In(w.Zone)
	return at.Weekday() == time.Sunday || at.Hour() >= quietFrom || at.Hour() < quietTo
}

// reminder is which reminder of a quote is due now, from 1; 0 where none is.
func reminder(q order.Quote, now time.Time) int {
	due := 0
	for i, age := range remindAfter {
		if now.Sub(q.SentAt) >= age {
			due = i + 1
		}
	}
	if left := q.Until.Sub(now); left > 0 && left <= remindBefore && now.Sub(q.SentAt) >= remindAfter[0] {
		due = len(remindAfter) + 1
	}
	return due
}

// RemindQuotes reminds customers of quotes they have not answered, never at
// night nor on a Sunday, each reminder once, and returns how many it asked for.
// A reminder that was missed is not made up for: the latest due one is sent.
func (w *Workshop) RemindQuotes(ctx context.Context) (n int, err error) {
	if w.quiet() {
		return 0, nil
	}
	for after := ""; ; {
		var page []order.Row
		err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) {
			page, err = tx.Orders(ctx, order.Query{Stages: []order.Stage{order.QuoteSent}, After: after, Limit: 200})
			return err
		})
		if err != nil {
			return n, err
		}
		for _, r := range page {
			sent, err := w.nudge(ctx, r.Sheet)
			if err != nil {
				return n, err
			}
			n += sent
		}
		if len(page) < 200 {
			return n, nil
		}
		after = page[len(page)-1].Number
	}
}

// nudge asks for the reminder that is due on one sheet, if any is.
func (w *Workshop) nudge(ctx context.Context, sheet string) (sent int, err error) {
	err = w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		sent = 0
		s, entries, err := state(ctx, tx, sheet)
		if err != nil || s.Stage != order.QuoteSent {
			return err
		}
		q := s.LastQuote()
		due := reminder(*q, w.Now())
		if due == 0 {
			return nil
		}
		a := Act{Who: staff.System(), Sheet: sheet, Entry: fmt.Sprintf("%s-r%d-%d", sheet, q.Version, due)}
		if wrote(entries, a.Entry+"-"+afterRemind+"-m") {
			return nil
		}
		c, err := tx.Customer(ctx, s.Customer)
		if err != nil || c.Email == "" {
			return err
		}
		token := ident.Token()
		if err := tx.PutLink(ctx, customer.Link{Hash: ident.HashToken(token), Sheet: sheet, Until: w.Now().AddDate(0, 0, linkDays)}); err != nil {
			return err
		}
		sent = 1
		return w.follow(ctx, tx, a, s.Seq, afterRemind, map[string]string{"token": token})
	})
	return sent, err
}
