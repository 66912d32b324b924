package workshop

import (
	"cmp"
	"context"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// RaiseAlert raises an alert and has those it is for written to.
func (w *Workshop) RaiseAlert(ctx context.Context, a Act, x order.Alert) (order.State, error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	return w.decide(ctx, a, order.RaiseAlert(x), w.raising(a))
}

// raising has the house written to about the alert that follows.
func (w *Workshop) raising(a Act) prepare {
	return func(ctx context.Context, tx Tx, s order.State) error {
		return w.follow(ctx, tx, a, s.Seq+1, afterRaised, map[string]int64{"of": s.Seq + 1})
	}
}

// AcknowledgeAlert says that whoever acts has read an alert.
func (w *Workshop) AcknowledgeAlert(ctx context.Context, a Act, of int64) (order.State, error) {
	return w.decide(ctx, a, order.AcknowledgeAlert(order.AlertAnswer{Of: of}))
}

// SettleAlert ends an alert with what was decided.
func (w *Workshop) SettleAlert(ctx context.Context, a Act, x order.AlertAnswer) (order.State, error) {
	return w.decide(ctx, a, order.SettleAlert(x))
}

// Raised is an open alert with the order it is about.
type Raised struct {
	Row   order.Row
	Alert order.AlertState
}

// Alerts lists every open alert, those nobody read first, the oldest first.
func (w *Workshop) Alerts(ctx context.Context, who staff.Actor) (out []Raised, people map[string]string, err error) {
	if err := who.Must(staff.See); err != nil {
		return nil, nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		out = nil
		rows, err := tx.AlertedOrders(ctx)
		if err != nil {
			return err
		}
		for _, row := range rows {
			s, _, err := state(ctx, tx, row.Sheet)
			if err != nil {
				return err
			}
			for _, a := range s.OpenAlerts() {
				out = append(out, Raised{row, a})
			}
		}
		people, err = names(ctx, tx)
		return err
	})
	slices.SortStableFunc(out, func(a, b Raised) int {
		if read := a.Alert.Acknowledged.IsZero(); read != b.Alert.Acknowledged.IsZero() {
			if read {
				return -1
			}
			return 1
		}
		return cmp.Or(a.Alert.Since.Compare(b.Alert.Since), cmp.Compare(a.Row.Number, b.Row.Number))
	})
	return out, people, err
}

// WatchOver is the house's clockwork over alerts: it raises one for every promise
// that was broken, and sends further up those nobody read in time. It returns how
// many it wrote, and is harmless when repeated.
func (w *Workshop) WatchOver(ctx context.Context) (n int, err error) {
	overdue, err := w.raiseOverdue(ctx)
	if err != nil {
		return overdue, err
	}
	var due []Raised
	all, _, err := w.Alerts(ctx, staff.Actor{ID: staff.SystemID, Roles: []staff.Role{staff.Manager}})
	if err != nil {
		return overdue, err
	}
	rules, err := w.BenchRules(ctx)
	if err != nil {
		return overdue, err
	}
	for _, r := range all {
		opens := rules.NextOpen(r.Alert.Since.Add(order.AlertPatience).In(w.Zone))
		if r.Alert.Due(w.Now()) && !w.Now().Before(opens) {
			due = append(due, r)
		}
	}
	n = overdue
	for _, r := range due {
		a := Act{Who: staff.System(), Sheet: r.Row.Sheet, Seen: -1, Entry: ident.New()}
		// Whoever has it now is written to again.
		again := func(ctx context.Context, tx Tx, s order.State) error {
			return w.follow(ctx, tx, a, s.Seq+1, afterRaised, map[string]int64{"of": r.Alert.Seq})
		}
		if _, err := w.decide(ctx, a, order.EscalateAlert(r.Alert.Seq), again); err != nil {
			if fault.Is(err, fault.Conflict) {
				continue // somebody read it meanwhile
			}
			return n, err
		}
		n++
	}
	return n, nil
}

// distinctRows drops rows read twice.
func distinctRows(rows []order.Row) []order.Row {
	seen := map[string]bool{}
	return slices.DeleteFunc(rows, func(r order.Row) bool {
		twice := seen[r.Sheet]
		seen[r.Sheet] = true
		return twice
	})
}

// raiseOverdue raises an alert, once per promise, for every order that is late.
func (w *Workshop) raiseOverdue(ctx context.Context) (n int, err error) {
	today := w.Now().In(w.Zone)
	var late []order.Row
	yesterday := today.AddDate(0, 0, -1).Format(time.DateOnly)
	for from, more := "0000-00-00", true; more; {
		var page []order.Row
		err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) {
			page, err = tx.OrdersDue(ctx, from, yesterday)
			return err
		})
		if err != nil {
			return 0, err
		}
		late = append(late, page...)
		// A page is full of one day only where two hundred broke their promise together.
		more = len(page) > 0 && page[len(page)-1].Promised != from
		if more {
			from = page[len(page)-1].Promised
		}
	}
	late = distinctRows(late)
	for _, r := range late {
		if !r.Late(w.Today()) {
			continue
		}
		// One id per order and promise: raised before, it is not raised again.
		a := Act{Who: staff.System(), Sheet: r.Sheet, Seen: -1, Entry: r.Sheet + "-late-" + r.Promised}
		wrote := false
		x := order.Alert{About: order.Overdue, To: staff.Manager, Day: r.Promised}
		_, err := w.decide(ctx, a, order.RaiseAlert(x), func(ctx context.Context, tx Tx, s order.State) error {
			wrote = true
			return w.raising(a)(ctx, tx, s)
		})
		if err != nil && !fault.Is(err, fault.Conflict) {
			return n, err
		}
		if err == nil && wrote {
			n++
		}
	}
	return n, nil
}
