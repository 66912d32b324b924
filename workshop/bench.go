package workshop

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

const benchKey = "bench"

// BenchRules is how this house wants its watches tested; the usual rules where
// nobody set any.
func (w *Workshop) BenchRules(ctx context.Context) (order.BenchRules, error) {
	r := order.UsualRules()
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) { r, err = benchRules(ctx, tx); return err })
	return r, err
}

func benchRules(ctx context.Context, tx Tx) (order.BenchRules, error) {
	r := order.UsualRules()
	text, err := tx.Setting(ctx, benchKey)
	if err != nil || text == "" {
		return r, err
	}
	return r, fault.Wrap("workshop.benchRules", json.Unmarshal([]byte(text), &r))
}

// SaveBenchRules changes them.
func (w *Workshop) SaveBenchRules(ctx context.Context, who staff.Actor, r order.BenchRules) error {
	if err := who.Must(staff.ManageRules); err != nil {
		return err
	}
	if err := r.Check(); err != nil {
		return err
	}
	text, err := json.Marshal(r)
	if err != nil {
		return fault.Wrap("workshop.SaveBenchRules", err)
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutSetting(ctx, benchKey, string(text)) })
}

// Treat records what was done to the watch between two measurements.
func (w *Workshop) Treat(ctx context.Context, a Act, x order.Treatment) (order.State, error) {
	return w.decide(ctx, a, order.Treat(x))
}

// Adjust records one turn of the regulation.
func (w *Workshop) Adjust(ctx context.Context, a Act, x order.Adjustment) (order.State, error) {
	return w.decide(ctx, a, order.Adjust(x))
}

// benchFacts is what the protocol of a watch depends on beside its sheet.
func (w *Workshop) benchFacts(s order.State, r order.BenchRules) order.BenchFacts {
	c := calibreOf(s.Watch, time.Time{})
	f := order.BenchFacts{Now: w.Now().In(w.Zone), Rules: r, Rest: horology.RestAfterWinding(c)}
	if c != nil && c.PowerReserveH != nil {
		f.Reserve = *c.PowerReserveH
	}
	return f
}

// BenchProtocol is the protocol of one watch as it stands now.
func (w *Workshop) BenchProtocol(ctx context.Context, s order.State) ([]order.Line, order.BenchFacts, error) {
	r, err := w.BenchRules(ctx)
	f := w.benchFacts(s, r)
	return s.Protocol(f), f, err
}

// Reminder is a test that waits for its hour: it is read off the sheet, so that
// it survives whatever happens to the server.
type Reminder struct {
	Row  order.Row
	Line order.Line
}

// reminderDays is how far back a winding still calls for something.
const reminderDays = 7

// Reminders lists what falls due at the bench, the soonest first: the end of a
// rest, the session after 24 hours, the end of a power reserve.
func (w *Workshop) Reminders(ctx context.Context, who staff.Actor) (out []Reminder, err error) {
	if err := who.Must(staff.See); err != nil {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		out = nil
		rules, err := benchRules(ctx, tx)
		if err != nil {
			return err
		}
		sheets, err := tx.SheetsWith(ctx, order.KindTreated, w.Now().AddDate(0, 0, -reminderDays))
		if err != nil {
			return err
		}
		slices.Sort(sheets)
		for _, sheet := range slices.Compact(sheets) {
			found, err := w.remind(ctx, tx, sheet, rules)
			if err != nil {
				return err
			}
			out = append(out, found...)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Reminder) int { return a.Line.Due.Compare(b.Line.Due) })
	return out, err
}

// remind reads what one order waits for.
func (w *Workshop) remind(ctx context.Context, tx Tx, sheet string, rules order.BenchRules) ([]Reminder, error) {
	s, _, err := state(ctx, tx, sheet)
	if err != nil {
		return nil, err
	}
	if s.Stage.Closed() {
		return nil, nil
	}
	var out []Reminder
	for _, l := range s.Protocol(w.benchFacts(s, rules)) {
		if !l.Due.IsZero() && l.State != order.LineDone && l.State != order.LineVoid && l.Why != "work_first" && l.Why != "too_late" {
			out = append(out, Reminder{order.RowOf(s), l})
		}
	}
	return out, nil
}

// DueAt tells whether a reminder's hour has come.
func (r Reminder) DueAt(now time.Time) bool { return !now.Before(r.Line.Due) }
