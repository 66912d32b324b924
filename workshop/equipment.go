package workshop

import (
	"context"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/equipment"
	"etabli.example/trade/staff"
)

// mostTools bounds the list of tools.
const mostTools = 1000

// Tools returns the tools of the house, those withdrawn last, soonest due first.
func (w *Workshop) Tools(ctx context.Context, who staff.Actor) (rows []equipment.Row, err error) {
	if err := who.Must(staff.See); err != nil {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { rows, err = tx.Tools(ctx, mostTools); return err })
	return rows, err
}

// Instruments returns the measuring instruments whose figures may be relied on
// today: in service, not stopped, in date.
func (w *Workshop) Instruments(ctx context.Context) ([]equipment.Row, error) {
	var rows []equipment.Row
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) { rows, err = tx.Tools(ctx, mostTools); return err })
	today := w.Today()
	var out []equipment.Row
	for _, r := range rows {
		if r.Instrument && r.Usable(today) {
			out = append(out, r)
		}
	}
	return out, err
}

// ToolView is a tool's sheet as it is read.
type ToolView struct {
	equipment.State
	Entries []journal.Entry
	People  map[string]string
	Status  equipment.Status
	Broken  error // nil where the chain is whole
}

// Tool opens a tool's sheet.
func (w *Workshop) Tool(ctx context.Context, who staff.Actor, sheet string) (v ToolView, err error) {
	if err := who.Must(staff.See); err != nil {
		return v, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		if _, err := tx.Tool(ctx, sheet); err != nil {
			if fault.Is(err, fault.NotFound) {
				err = fault.New(fault.NotFound, "tool.unknown")
			}
			return err
		}
		if v.Entries, err = tx.Sheet(ctx, sheet); err != nil {
			return err
		}
		if v.State, err = equipment.Fold(v.Entries); err != nil {
			return fault.Wrap("workshop.Tool", err)
		}
		v.People, err = names(ctx, tx)
		return err
	})
	v.Status = equipment.RowOf(v.State).StatusOn(w.Today())
	v.Broken = journal.Check(v.House, sheet, v.Entries)
	return v, err
}

// RegisterTool opens the sheet of a tool; procedure and acceptance are those of
// its kind in the trade's catalogue.
func (w *Workshop) RegisterTool(ctx context.Context, a Act, r equipment.Registration) (equipment.State, error) {
	for _, k := range horology.Tools() {
		if k.FR == r.Kind {
			r.Procedure, r.Acceptance = k.CalibrationFR, k.AcceptanceFR
		}
	}
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	a.Sheet, a.Seen = a.Entry, 0
	return w.decideTool(ctx, a, equipment.Register(r))
}

// VerifyTool records a verification.
func (w *Workshop) VerifyTool(ctx context.Context, a Act, v equipment.Verification) (equipment.State, error) {
	return w.decideTool(ctx, a, equipment.Verify(v))
}

// CheckTool records a reading of a test piece.
func (w *Workshop) CheckTool(ctx context.Context, a Act, c equipment.Check) (equipment.State, error) {
	return w.decideTool(ctx, a, equipment.CheckWith(c))
}

// ReportTool records an incident.
func (w *Workshop) ReportTool(ctx context.Context, a Act, x equipment.Incident) (equipment.State, error) {
	return w.decideTool(ctx, a, equipment.Report(x))
}

// WithdrawTool takes a tool out of service.
func (w *Workshop) WithdrawTool(ctx context.Context, a Act, x equipment.Change) (equipment.State, error) {
	return w.decideTool(ctx, a, equipment.Withdraw(x))
}

// BringToolBack puts a tool back in service.
func (w *Workshop) BringToolBack(ctx context.Context, a Act, x equipment.Change) (equipment.State, error) {
	return w.decideTool(ctx, a, equipment.BringBack(x))
}

func (w *Workshop) decideTool(ctx context.Context, a Act, d equipment.Decision) (equipment.State, error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	now := w.Now().UTC().Truncate(time.Microsecond)
	var s equipment.State
	err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		entries, err := tx.Sheet(ctx, a.Sheet)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if s, err = equipment.Fold(entries); err != nil {
			return fault.Wrap("workshop.decideTool", err)
		}
		if wrote(entries, a.Entry) {
			return nil
		}
		drafts, err := d(s, equipment.Facts{Now: now, Today: w.Today(), Who: a.Who, EntryID: a.Entry})
		if err != nil {
			return err
		}
		if raced(entries, a.Seen, a.Own, drafts) {
			return fault.New(fault.Stale, "tool.stale")
		}
		written, _, err := tx.Append(ctx, a.Sheet, s.Seq, drafts, now)
		if err != nil {
			return err
		}
		for _, e := range written {
			if err := s.Apply(e); err != nil {
				return fault.Wrap("workshop.decideTool", err)
			}
		}
		return tx.PutTool(ctx, equipment.RowOf(s))
	})
	return s, err
}
