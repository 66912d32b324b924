package workshop

import (
	"context"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// figureDays is the window of what is over: closed orders, answers, controls.
const figureDays = 90

// mostCounted is where a count of entries of the window ends.
const mostCounted = 1_000_000

// riskDays is how many days before its promise an order that is not ready is at risk.
const riskDays = 3

// AgeBounds are the upper bounds, in whole days at a stage, of the bands work in
// progress is shown in; beyond the last is one more band.
func AgeBounds() []int { return []int{2, 7, 14, 30} }

// StageLoad is the work in progress at one stage.
type StageLoad struct {
	Stage order.Stage
	Bands []int // one per bound of AgeBounds, and one beyond
	Count int
}

// Figures is the workshop in numbers.
type Figures struct {
	Today    string
	Days     int // of the window
	Load     []StageLoad
	Open     int
	Late     int
	AtRisk   int
	Unsaid   int // quotes sent and not answered
	UnsaidBy []int
	Closed   int
	Turn     []order.Turnaround
	P50, P90 int  // days
	HasTurn  bool // false where nothing was closed in the window
	Accepted int
	Declined int
	Expired  int
	Passed   int // controls
	Refused  int
}

// AcceptanceRate is the share of answered or expired quotes that were accepted;
// false where there were none.
func (f Figures) AcceptanceRate() (float64, bool) {
	n := f.Accepted + f.Declined + f.Expired
	return share(f.Accepted, n), n > 0
}

// RefusalRate is the share of controls that refused the watch; false where there were none.
func (f Figures) RefusalRate() (float64, bool) {
	n := f.Passed + f.Refused
	return share(f.Refused, n), n > 0
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Figures reads the workshop's numbers.
func (w *Workshop) Figures(ctx context.Context, who staff.Actor) (f Figures, err error) {
	if err := who.Must(staff.SeeFigures); err != nil {
		return f, err
	}
	f.Today, f.Days = w.Today(), figureDays
	since := w.figuresSince()
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		waiting, err := tx.WaitingOrders(ctx, w.Now())
		if err != nil {
			return err
		}
		f.load(waiting)
		due, err := tx.DueOrders(ctx, w.dayFrom(riskDays))
		if err != nil {
			return err
		}
		f.promises(due)
		if f.Turn, err = tx.Turnarounds(ctx, since); err != nil {
			return err
		}
		for _, c := range []struct {
			into *int
			kind journal.Kind
		}{{&f.Accepted, order.KindQuoteAccepted}, {&f.Declined, order.KindQuoteDeclined}, {&f.Expired, order.KindQuoteExpired},
			{&f.Passed, order.KindControlPassed}, {&f.Refused, order.KindControlRefused}} {
			if *c.into, err = tx.CountEntries(ctx, c.kind, since, mostCounted); err != nil {
				return err
			}
		}
		return nil
	})
	for _, t := range f.Turn {
		f.Closed += t.Count
	}
	f.P50, f.HasTurn = order.Quantile(f.Turn, .5)
	f.P90, _ = order.Quantile(f.Turn, .9)
	return f, err
}

func (w *Workshop) figuresSince() time.Time { return w.Now().AddDate(0, 0, -figureDays) }

// dayFrom is the ISO date n days from today.
func (w *Workshop) dayFrom(n int) string {
	return w.Now().In(w.Zone).AddDate(0, 0, n).Format(time.DateOnly)
}

// load sorts work in progress into bands of age, stages in the order of the spine.
func (f *Figures) load(waiting []order.Waiting) {
	by := map[order.Stage]*StageLoad{}
	bounds := AgeBounds()
	f.UnsaidBy = make([]int, len(bounds)+1)
	for _, c := range waiting {
		l := by[c.Stage]
		if l == nil {
			l = &StageLoad{Stage: c.Stage, Bands: make([]int, len(bounds)+1)}
			by[c.Stage] = l
		}
		band := len(bounds)
		for i, b := range bounds {
			if c.Days <= b {
				band = i
				break
			}
		}
		l.Bands[band] += c.Count
		l.Count += c.Count
		f.Open += c.Count
		if c.Stage == order.QuoteSent {
			f.Unsaid += c.Count
			f.UnsaidBy[band] += c.Count
		}
	}
	for _, s := range order.Stages() {
		if l := by[s]; l != nil {
			f.Load = append(f.Load, *l)
		}
	}
}

// promises counts what is late and what is at risk: promised within riskDays and
// not ready. A watch that is ready broke no promise.
func (f *Figures) promises(due []order.Due) {
	for _, d := range due {
		switch {
		case d.Stage == order.Ready:
		case d.Promised < f.Today:
			f.Late += d.Count
		case d.Stage != order.InControl:
			f.AtRisk += d.Count
		}
	}
}

// behind are the kinds of entry that stand behind the figures of answers and controls.
var behind = map[string]journal.Kind{
	"accepted": order.KindQuoteAccepted, "declined": order.KindQuoteDeclined, "expired": order.KindQuoteExpired,
	"passed": order.KindControlPassed, "refused": order.KindControlRefused,
}

// Behind returns the orders that a figure counts, at most 200: "late", "at_risk",
// "closed", "accepted", "declined", "expired", "passed", "refused".
func (w *Workshop) Behind(ctx context.Context, who staff.Actor, figure string) (rows []order.Row, err error) {
	if err := who.Must(staff.SeeFigures); err != nil {
		return nil, err
	}
	kind, byEntry := behind[figure]
	today := w.Today()
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		switch {
		case figure == "closed":
			rows, err = tx.OrdersClosed(ctx, w.figuresSince())
		case figure == "late":
			rows, err = tx.OrdersDue(ctx, "", w.dayFrom(-1))
			rows = slices.DeleteFunc(rows, func(r order.Row) bool { return !r.Late(today) })
		case figure == "at_risk":
			rows, err = tx.OrdersDue(ctx, today, w.dayFrom(riskDays))
			rows = slices.DeleteFunc(rows, func(r order.Row) bool { return r.Stage == order.Ready || r.Stage == order.InControl })
		case byEntry:
			rows, err = ordersWith(ctx, tx, kind, w.figuresSince())
		default:
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return err
	})
	return rows, err
}

func ordersWith(ctx context.Context, tx Tx, kind journal.Kind, since time.Time) ([]order.Row, error) {
	sheets, err := tx.SheetsWith(ctx, kind, since)
	if err != nil {
		return nil, err
	}
	var rows []order.Row
	for _, sheet := range sheets {
		r, err := tx.Order(ctx, sheet)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}
