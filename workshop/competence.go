package workshop

import (
	"context"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/competence"
	"etabli.example/trade/equipment"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// mostSheets is how many of a person's latest sheets are read for their proofs.
const mostSheets = 60

// Proofs is what sheets prove of the nineteen competences, without any customer.
type Proofs struct {
	Proofs []competence.Proof
	People map[string]string
	Number string // the order, where they are of one
	Person staff.Person
	Sheets int  // how many were read
	Whole  bool // false where the person wrote on more sheets than were read
}

// OrderProofs returns what one order's sheet proves, and what the sheets of the
// instruments that its figures came from prove of their upkeep.
func (w *Workshop) OrderProofs(ctx context.Context, who staff.Actor, sheet string) (p Proofs, err error) {
	if err := who.Must(staff.See); err != nil {
		return p, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		entries, err := tx.Sheet(ctx, sheet)
		if err != nil {
			return err
		}
		if p.Proofs, err = competence.Of(entries); err != nil {
			return fault.Wrap("workshop.OrderProofs", err)
		}
		upkeep, err := w.upkeepFor(ctx, tx, entries)
		if err != nil {
			return fault.Wrap("workshop.OrderProofs", err)
		}
		p.Proofs = append(p.Proofs, upkeep...)
		p.People, err = names(ctx, tx)
		return err
	})
	p.Sheets, p.Whole = 1, true
	return p, err
}

// upkeepFor returns, of every instrument that a reading of an order names, the
// verification it was relied on by: the last before the last reading (C12).
func (w *Workshop) upkeepFor(ctx context.Context, tx Tx, entries []journal.Entry) ([]competence.Proof, error) {
	s, err := order.Fold(entries)
	if err != nil {
		return nil, err
	}
	used := map[string]time.Time{} // by what the instrument is called: when it was read last
	for _, r := range s.Readings {
		if r.Instrument != "" && s.Corrected[r.Seq] == 0 {
			used[r.Instrument] = entries[r.Seq-1].Happened
		}
	}
	if len(used) == 0 {
		return nil, nil
	}
	tools, err := tx.Tools(ctx, mostTools)
	if err != nil {
		return nil, err
	}
	var out []competence.Proof
	for _, tool := range tools {
		last, was := used[tool.Called()]
		if !was {
			continue
		}
		found, err := w.proofsOf(ctx, tx, tool.Sheet)
		if err != nil {
			return nil, err
		}
		for _, x := range slices.Backward(found) {
			if x.Kind == equipment.KindVerified && !x.At.After(last) {
				x.Watch = string(s.Watch.Kind)
				out = append(out, x)
				break
			}
		}
	}
	return out, nil
}

// PersonProofs returns what a person's latest sheets (orders, lots, tools) prove
// of what they did themselves. It is for that person, a manager, or whoever
// keeps the accounts.
func (w *Workshop) PersonProofs(ctx context.Context, who staff.Actor, person string) (p Proofs, err error) {
	if who.ID != person {
		if err := who.Must(staff.SeeFigures); err != nil {
			return p, err
		}
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		if p.Person, err = tx.Person(ctx, person); err != nil {
			return err
		}
		sheets, err := tx.SheetsBy(ctx, person, mostSheets+1)
		if err != nil {
			return err
		}
		p.Sheets, p.Whole = min(len(sheets), mostSheets), len(sheets) <= mostSheets
		for _, sheet := range sheets[:p.Sheets] {
			found, err := w.proofsOf(ctx, tx, sheet)
			if err != nil {
				return fault.Wrap("workshop.PersonProofs", err)
			}
			for _, x := range found {
				if x.By == person {
					p.Proofs = append(p.Proofs, x)
				}
			}
		}
		p.People, err = names(ctx, tx)
		return err
	})
	return p, err
}

// Countersign records a tutor's word on what an entry of an order proves.
func (w *Workshop) Countersign(ctx context.Context, a Act, c order.Countersignature) (order.State, error) {
	var by string
	var proves []string
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		entries, err := tx.Sheet(ctx, a.Sheet)
		if err != nil {
			return err
		}
		found, err := competence.Of(entries)
		for _, p := range found {
			if p.Seq == c.Of {
				by, proves = p.By, append(proves, p.Competence)
			}
		}
		return err
	})
	if err != nil {
		return order.State{}, err
	}
	return w.decide(ctx, a, order.Countersign(c, by, proves))
}

// proofsOf reads one sheet by what it is about.
func (w *Workshop) proofsOf(ctx context.Context, tx Tx, sheet string) ([]competence.Proof, error) {
	kind, err := tx.SheetKind(ctx, sheet)
	if err != nil {
		return nil, err
	}
	switch kind {
	case "lot":
		return w.proofs.of(ctx, tx, sheet, competence.OfLot)
	case "tool":
		return w.proofs.of(ctx, tx, sheet, competence.OfTool)
	case "register":
		return w.proofs.of(ctx, tx, sheet, competence.OfRegister)
	}
	return w.proofs.of(ctx, tx, sheet, competence.Of)
}
