package workshop

import (
	"context"

	"etabli.example/fault"
	"etabli.example/trade/competence"
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

// OrderProofs returns what one order's sheet proves.
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
		p.People, err = names(ctx, tx)
		return err
	})
	p.Sheets, p.Whole = 1, true
	return p, err
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
	}
	return w.proofs.of(ctx, tx, sheet, competence.Of)
}
