package workshop

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// CustomerView is what the customer sees of their own order: no internal note,
// no name of whoever works.
type CustomerView struct {
	order.State
	Customer customer.Customer
	Notes    []string // words meant for the customer, oldest first
	MovedWhy string   // why the promised date moved last; empty where it did not or nobody said
}

// link finds the live link of a token; one sentence answers a wrong and an old one.
func (w *Workshop) link(ctx context.Context, tx Tx, token string) (customer.Link, error) {
	l, err := tx.Link(ctx, ident.HashToken(token))
	if fault.Is(err, fault.NotFound) || err == nil && w.Now().After(l.Until) {
		return l, fault.New(fault.NotFound, "link.unknown")
	}
	return l, err
}

// CheckLink tells whether the link lives, before any proof is asked for.
func (w *Workshop) CheckLink(ctx context.Context, token string) error {
	return w.Book.View(ctx, func(ctx context.Context, tx Tx) error { _, err := w.link(ctx, tx, token); return err })
}

// Prove checks what opens a link beside its token: see customer.Proof. Five
// wrong ones in a row lock it for a quarter of an hour, twenty close it for good.
func (w *Workshop) Prove(ctx context.Context, token, proof string) error {
	var verdict error
	err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		l, err := w.link(ctx, tx, token)
		if err != nil {
			return err
		}
		if w.Now().Before(l.Locked) {
			return fault.New(fault.Unavailable, "link.locked", int(l.Locked.Sub(w.Now()).Minutes())+1)
		}
		s, _, err := state(ctx, tx, l.Sheet)
		if err != nil {
			return err
		}
		c, err := tx.Customer(ctx, s.Customer)
		if err != nil {
			return err
		}
		want := c.Proof()
		given := strings.ToLower(strings.Join(strings.Fields(proof), ""))
		ok := want != "" && subtle.ConstantTimeCompare([]byte(given), []byte(want)) == 1
		verdict = nil
		if ok {
			l.Wrong = 0
		} else {
			l.Wrong++
			var bad fault.Problems
			bad.Add("proof", "link.wrong_proof")
			verdict = bad.Err()
			if l.Wrong%customer.LinkTries == 0 {
				l.Locked = w.Now().Add(customer.LinkLock)
			}
			if l.Wrong >= customer.LinkMost {
				l.Until = w.Now()
			}
		}
		return tx.PutLink(ctx, l) // the count is kept although the proof was wrong
	})
	if err != nil {
		return err
	}
	return verdict
}

// CustomerPage reads the order behind a proved link.
func (w *Workshop) CustomerPage(ctx context.Context, token string) (v CustomerView, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		l, err := w.link(ctx, tx, token)
		if err != nil {
			return err
		}
		var entries []journal.Entry
		if v.State, entries, err = state(ctx, tx, l.Sheet); err != nil {
			return err
		}
		if v.Customer, err = tx.Customer(ctx, v.State.Customer); err != nil {
			return err
		}
		v.MovedWhy = movedWhy(entries)
		all, err := words(ctx, tx, entries, v.Customer, true)
		for _, n := range v.State.Notes {
			if !n.Internal && all[n.Words.ID] != "" {
				v.Notes = append(v.Notes, all[n.Words.ID])
			}
		}
		return err
	})
	return v, err
}

// movedWhy is the reason given with the last promise.
func movedWhy(entries []journal.Entry) string {
	for i := len(entries) - 1; i >= 0; i-- {
		var p order.Promise
		if entries[i].Kind == order.KindPromise && entries[i].Decode(&p) == nil {
			return p.Why
		}
	}
	return ""
}

// AnswerByLink records what the customer decided on their page.
func (w *Workshop) AnswerByLink(ctx context.Context, token, entry string, yes bool, x order.Answering) (order.State, error) {
	a, err := w.linkAct(ctx, token, entry)
	if err != nil {
		return order.State{}, err
	}
	x.Mode = "link"
	if yes {
		return w.decide(ctx, a, order.AcceptQuote(x), w.alerting(a, "accepted"))
	}
	return w.decide(ctx, a, order.DeclineQuote(x), w.alerting(a, "declined"))
}

// WithdrawByLink takes an acceptance back until the work starts (L221-21); a
// receipt with its date and hour follows by e-mail.
func (w *Workshop) WithdrawByLink(ctx context.Context, token, entry string) (order.State, error) {
	a, err := w.linkAct(ctx, token, entry)
	if err != nil {
		return order.State{}, err
	}
	receipt := func(ctx context.Context, tx Tx, s order.State) error {
		return w.follow(ctx, tx, a, s.Seq+1, afterQuit, map[string]string{"token": token})
	}
	return w.decide(ctx, a, order.WithdrawQuote(order.Answering{Mode: "link"}), w.alerting(a, "withdrawn"), receipt)
}

// AskByLink puts the customer's question on the sheet.
func (w *Workshop) AskByLink(ctx context.Context, token, entry, text string) (order.State, error) {
	a, err := w.linkAct(ctx, token, entry)
	if err != nil {
		return order.State{}, err
	}
	return w.note(ctx, a, text, false, w.alerting(a, "asked"))
}

// alerting has the house told what the customer did.
func (w *Workshop) alerting(a Act, what string) prepare {
	return func(ctx context.Context, tx Tx, s order.State) error {
		return w.follow(ctx, tx, a, s.Seq+1, afterAlert, map[string]string{"what": what})
	}
}

func (w *Workshop) linkAct(ctx context.Context, token, entry string) (a Act, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		l, err := w.link(ctx, tx, token)
		if entry == "" {
			entry = ident.New()
		}
		a = Act{Who: staff.Customer(), Sheet: l.Sheet, Seen: -1, Entry: entry}
		return err
	})
	return a, err
}

// LinkFor makes a new link for the counter to show.
func (w *Workshop) LinkFor(ctx context.Context, a Act) (string, error) {
	if err := a.Who.Must(staff.SeeCustomer); err != nil {
		return "", err
	}
	token := ident.Token()
	err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		return tx.PutLink(ctx, customer.Link{Hash: ident.HashToken(token), Sheet: a.Sheet, Until: w.Now().Add(linkDays * 24 * time.Hour)})
	})
	return w.Base + "/c/" + token, err
}
