package workshop

import (
	"context"

	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Held are the orders whose quote waits for approval, the soonest deadline first.
func (w *Workshop) Held(ctx context.Context, who staff.Actor) (held []HeldQuote, err error) {
	if err := who.Must(staff.See); err != nil {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		held = nil
		rows, err := tx.HeldOrders(ctx)
		if err != nil {
			return err
		}
		people, err := names(ctx, tx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			s, entries, err := state(ctx, tx, r.Sheet)
			if err != nil {
				return err
			}
			if q := s.LastQuote(); q != nil && q.Held() {
				held = append(held, HeldQuote{Row: r, Quote: *q, By: people[entries[q.Seq-1].By], Late: w.Now().After(q.Review.Until)})
			}
		}
		return nil
	})
	return held, err
}

// HeldQuote is one quote of the queue.
type HeldQuote struct {
	order.Row
	Quote order.Quote
	By    string // who priced it
	Late  bool   // its deadline is over
}

// ApproveQuote lets a quote beyond the limits go to the customer.
func (w *Workshop) ApproveQuote(ctx context.Context, a Act, x order.Approval) (order.State, error) {
	return w.decide(ctx, a, order.ApproveQuote(x))
}

// ReturnQuote gives it back to whoever priced it.
func (w *Workshop) ReturnQuote(ctx context.Context, a Act, x order.Approval) (order.State, error) {
	return w.decide(ctx, a, order.ReturnQuote(x))
}

// RemarkQuote leaves a word on it.
func (w *Workshop) RemarkQuote(ctx context.Context, a Act, x order.Approval) (order.State, error) {
	return w.decide(ctx, a, order.RemarkQuote(x))
}
