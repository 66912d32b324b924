package workshop

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/mail"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Leases and tries of what follows an entry.
const (
	followLease = time.Minute
	followMost  = 8 // tries before a row waits for somebody to decide
)

// Follow does what is due after entries, until there is nothing more, and
// returns how much was done. Each row is harmless when repeated.
func (w *Workshop) Follow(ctx context.Context, send mail.Sender) (done int, err error) {
	for {
		var due []journal.After
		err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) (err error) {
			due, err = tx.ClaimAfter(ctx, w.Now().UTC(), followLease, 16)
			return err
		})
		if err != nil || len(due) == 0 {
			return done, err
		}
		for _, a := range due {
			if err := w.followOne(ctx, a, send); err != nil {
				return done, err
			}
			done++
		}
	}
}

// followOne does one row; a failure puts it back with a longer wait.
func (w *Workshop) followOne(ctx context.Context, a journal.After, send mail.Sender) error {
	failed := w.tell(ctx, a, send)
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		if failed == nil {
			return tx.DoneAfter(ctx, a.ID)
		}
		wait := 30 * time.Second << min(a.Tries, 10)
		return tx.RetryAfter(ctx, a.ID, w.Now().UTC().Add(wait), failed.Error(), a.Tries+1 >= followMost)
	})
}

// tell writes to the customer what the row says; who left no e-mail is not
// written to, and the sheet does not claim it.
func (w *Workshop) tell(ctx context.Context, a journal.After, send mail.Sender) error {
	var data struct {
		Token string `json:"token"`
	}
	if err := json.Unmarshal(a.Data, &data); err != nil {
		return fault.Wrap("workshop.tell", err)
	}
	var s order.State
	var c customer.Customer
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) {
		if s, _, err = state(ctx, tx, a.Sheet); err != nil {
			return err
		}
		c, err = tx.Customer(ctx, s.Customer)
		return err
	})
	if err != nil || c.Email == "" {
		return err
	}
	link := w.Base + "/c/" + data.Token
	firm, err := w.Firm(ctx)
	if err != nil {
		return err
	}
	from := mail.Workshop{Name: firm.Name, Address: strings.Join(firm.Address, ", "), Phone: firm.Phone}
	var m mail.Message
	switch a.Kind {
	case "quote_ready":
		q := mail.Quote{To: c.Email, Name: c.FullName(), Order: s.Number, Link: link, Workshop: from}
		if last := s.LastQuote(); last != nil {
			q.Until = last.Until
		}
		m = mail.QuoteReady(q, c.Lang)
	case "watch_ready":
		m = mail.WatchReady(mail.Watch{To: c.Email, Name: c.FullName(), Order: s.Number, Link: link, Workshop: from}, c.Lang)
	default:
		return fault.New(fault.Internal, "fault.internal", a.Kind)
	}
	if err := send.Send(ctx, m); err != nil {
		return err
	}
	act := Act{Who: staff.System(), Sheet: a.Sheet, Seen: -1, Entry: a.ID + "-m"}
	_, err = w.decide(ctx, act, order.Tell(order.MessageSent{Template: a.Kind, Channel: "email"}))
	return err
}
