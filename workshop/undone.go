package workshop

import (
	"context"
	"strings"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Undone is something that should have followed an entry and has not.
type Undone struct {
	journal.After
	Number string // of the order; empty where it is about none
}

// Undone lists what waits, what was given up first, at most 200.
func (w *Workshop) Undone(ctx context.Context, who staff.Actor) (out []Undone, err error) {
	if err := who.Must(staff.Operate); err != nil {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		rows, err := tx.AfterWaiting(ctx, 200)
		if err != nil {
			return err
		}
		for _, a := range rows {
			u := Undone{After: a}
			row, err := tx.Order(ctx, a.Sheet)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			u.Number = row.Number
			out = append(out, u)
		}
		return nil
	})
	return out, err
}

// TryAgain gives what was given up a new chance.
func (w *Workshop) TryAgain(ctx context.Context, who staff.Actor, id string) error {
	if err := who.Must(staff.Operate); err != nil {
		return err
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.ReviveAfter(ctx, id, w.Now().UTC()) })
}

// Drop leaves undone what was given up; who decided so and why is written on the
// sheet it is about.
func (w *Workshop) Drop(ctx context.Context, who staff.Actor, id, why string) error {
	if err := who.Must(staff.Operate); err != nil {
		return err
	}
	if why = strings.TrimSpace(why); why == "" || len(why) > 500 {
		var bad fault.Problems
		bad.Add("why", "order.why_needed")
		return bad.Err()
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		a, err := tx.AfterRow(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.DropAfter(ctx, id); err != nil {
			return err
		}
		if a.Sheet == "" {
			return nil
		}
		act := Act{Who: who, Sheet: a.Sheet, Seen: -1, Entry: ident.New()}
		_, err = w.decide(ctx, act, order.Drop(order.Dropped{What: a.Kind, Why: why}))
		return err
	})
}
