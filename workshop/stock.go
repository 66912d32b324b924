package workshop

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/stock"
)

// mostLots bounds the list of the stock.
const mostLots = 2000

// Stock is the house's parts and their lots.
type Stock struct {
	Parts []stock.Part
	Today string
	Whole bool // false where there are more lots than are shown
}

// Stock returns what is on hand, parts by name.
func (w *Workshop) Stock(ctx context.Context, who staff.Actor) (out Stock, err error) {
	if err := who.Must(staff.See); err != nil {
		return out, err
	}
	out.Today = w.Today()
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		rows, err := tx.Lots(ctx, mostLots)
		if err != nil {
			return err
		}
		levels, err := tx.Minimums(ctx)
		out.Parts, out.Whole = stock.Parts(rows, levels, out.Today), len(rows) < mostLots
		return err
	})
	slices.SortStableFunc(out.Parts, func(a, b stock.Part) int { return cmp.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label)) })
	return out, err
}

// LotView is a lot's sheet as it is read.
type LotView struct {
	stock.State
	Entries []journal.Entry
	People  map[string]string
	Broken  error // nil where the chain is whole
}

// Lot opens a lot's sheet.
func (w *Workshop) Lot(ctx context.Context, who staff.Actor, sheet string) (v LotView, err error) {
	if err := who.Must(staff.See); err != nil {
		return v, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		if v.State, v.Entries, err = lotState(ctx, tx, sheet); err != nil {
			return err
		}
		v.People, err = names(ctx, tx)
		return err
	})
	v.Broken = journal.Check(v.House, sheet, v.Entries)
	return v, err
}

// lotState folds a lot's sheet; a sheet of something else is not found.
func lotState(ctx context.Context, tx Tx, sheet string) (stock.State, []journal.Entry, error) {
	if _, err := tx.Lot(ctx, sheet); err != nil {
		if fault.Is(err, fault.NotFound) {
			err = fault.New(fault.NotFound, "stock.unknown_lot")
		}
		return stock.State{}, nil, err
	}
	entries, err := tx.Sheet(ctx, sheet)
	if err != nil {
		return stock.State{}, nil, err
	}
	s, err := stock.Fold(entries)
	return s, entries, fault.Wrap("workshop.lotState", err)
}

// ReceiveLot opens the sheet of a lot. The act's entry names the sheet too: sent
// twice, it opens one.
func (w *Workshop) ReceiveLot(ctx context.Context, a Act, r stock.Receipt) (stock.State, error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	a.Sheet, a.Seen = a.Entry, 0
	return w.decideLot(ctx, a, stock.Receive(r))
}

// CountLot records a count of a lot.
func (w *Workshop) CountLot(ctx context.Context, a Act, c stock.Count) (stock.State, error) {
	return w.decideLot(ctx, a, stock.CountLot(c))
}

// EndLot ends a lot that still holds something.
func (w *Workshop) EndLot(ctx context.Context, a Act, x stock.End) (stock.State, error) {
	return w.decideLot(ctx, a, stock.EndLot(x))
}

// SetMinimum sets the least the house wants to have of a part; 0 forgets it.
func (w *Workshop) SetMinimum(ctx context.Context, who staff.Actor, m stock.Minimum) error {
	if err := who.Must(staff.ManageStock); err != nil {
		return err
	}
	var bad fault.Problems
	if m.Level < 0 || m.Level > 100_000 {
		bad.Add("level", "fault.out_of_range", 0, 100_000)
	}
	if strings.TrimSpace(m.Code) == "" {
		bad.Add("code", "fault.required")
	}
	if err := bad.Err(); err != nil {
		return err
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutMinimum(ctx, m) })
}

func (w *Workshop) decideLot(ctx context.Context, a Act, d stock.Decision) (out stock.State, err error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	err = w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { out, err = w.lot(ctx, tx, a, d); return err })
	return out, err
}

// lot runs a decision on a lot's sheet in the caller's unit of work. What is
// taken is taken off the row under the condition that there is enough.
func (w *Workshop) lot(ctx context.Context, tx Tx, a Act, d stock.Decision) (stock.State, error) {
	now := w.Now().UTC().Truncate(time.Microsecond)
	entries, err := tx.Sheet(ctx, a.Sheet)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return stock.State{}, err
	}
	s, err := stock.Fold(entries)
	if err != nil {
		return s, fault.Wrap("workshop.lot", err)
	}
	if wrote(entries, a.Entry) {
		return s, nil
	}
	drafts, err := d(s, stock.Facts{Now: now, Today: w.Today(), Who: a.Who, EntryID: a.Entry})
	if err != nil {
		return s, err
	}
	if raced(entries, a.Seen, a.Own, drafts) {
		return s, fault.New(fault.Stale, "stock.stale")
	}
	taken := 0
	for i := range drafts {
		if i > 0 {
			drafts[i].ID += "-" + string(rune('a'+i))
		}
		if drafts[i].Kind == stock.KindUsed {
			var u stock.Use
			if err := drafts[i].Decode(&u); err != nil {
				return s, err
			}
			taken += u.Quantity
		}
	}
	written, _, err := tx.Append(ctx, a.Sheet, s.Seq, drafts, now)
	if err != nil {
		return s, err
	}
	for _, e := range written {
		if err := s.Apply(e); err != nil {
			return s, fault.Wrap("workshop.lot", err)
		}
	}
	if taken > 0 {
		ok, err := tx.TakeLot(ctx, a.Sheet, taken)
		if err != nil {
			return s, err
		}
		if !ok {
			return s, stock.NotEnough(s.Lot, s.OnHand)
		}
	}
	return s, tx.PutLot(ctx, stock.RowOf(s))
}

// takePart takes one piece of the lot that an order's entry names, where the
// house keeps that lot; a lot nobody received (a bag bought for this watch) is
// only written down.
func (w *Workshop) takePart(a Act, x order.PartUsed) prepare {
	return func(ctx context.Context, tx Tx, s order.State) error {
		if strings.TrimSpace(x.Lot) == "" {
			return nil
		}
		rows, err := tx.LotsNamed(ctx, x.Lot)
		if err != nil || len(rows) == 0 {
			return err
		}
		row := rows[0]
		for _, r := range rows {
			if r.Code == x.Code && !r.Ended && !r.Expired(w.Today()) {
				row = r
				break
			}
		}
		use := stock.Use{Quantity: 1, Order: s.Number, Step: x.Step, Code: x.Code}
		_, err = w.lot(ctx, tx, Act{Who: a.Who, Sheet: row.Sheet, Seen: -1, Entry: a.Entry + takenFrom}, stock.Take(use))
		return err
	}
}

// putBack puts the piece back that a part's entry took, where the house keeps the
// lot: the entry is being corrected.
func (w *Workshop) putBack(a Act, of journal.Entry) prepare {
	return func(ctx context.Context, tx Tx, s order.State) error {
		var x order.PartUsed
		if err := of.Decode(&x); err != nil || strings.TrimSpace(x.Lot) == "" || s.Corrected[of.Seq] != 0 {
			return err
		}
		rows, err := tx.LotsNamed(ctx, x.Lot)
		if err != nil {
			return err
		}
		for _, row := range rows {
			entries, err := tx.Sheet(ctx, row.Sheet)
			if err != nil {
				return err
			}
			if !wrote(entries, of.ID+takenFrom) {
				continue
			}
			use := stock.Use{Quantity: 1, Order: s.Number, Step: x.Step}
			_, err = w.lot(ctx, tx, Act{Who: a.Who, Sheet: row.Sheet, Seen: -1, Entry: a.Entry + takenFrom}, stock.PutBack(use))
			if fault.Is(err, fault.Conflict) {
				return nil // the lot is over: the correction of the order does not wait for it
			}
			return err
		}
		return nil
	}
}

// takenFrom ends the id of an entry on a lot's sheet that follows one on an order's.
const takenFrom = "-l"

// FittingLots returns the lots an order's part can be taken from: not over, not
// expired, holding something, soonest expiry first.
func (w *Workshop) FittingLots(ctx context.Context) (rows []stock.Row, err error) {
	today := w.Today()
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { rows, err = tx.Lots(ctx, mostLots); return err })
	return slices.DeleteFunc(rows, func(r stock.Row) bool { return r.OnHand == 0 || r.Expired(today) }), err
}
