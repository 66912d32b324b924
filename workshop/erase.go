package workshop

import (
	"context"
	"strings"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// everyOrder reads all orders of a customer, and of whoever was entered twice
// and is them.
func everyOrder(ctx context.Context, tx Tx, id string) (rows []order.Row, ids []string, err error) {
	ids = []string{id}
	twice, err := tx.Aliases(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range twice {
		ids = append(ids, a.ID)
	}
	seen := map[string]bool{}
	for _, one := range ids {
		for q := (order.Query{Customer: one, Limit: 200}); ; {
			page, err := tx.Orders(ctx, q)
			if err != nil {
				return nil, nil, err
			}
			for _, r := range page {
				if !seen[r.Sheet] {
					seen[r.Sheet] = true
					rows = append(rows, r)
				}
			}
			if len(page) < q.Limit {
				break
			}
			q.After = page[len(page)-1].Number
		}
	}
	return rows, ids, nil
}

// heldOpen refuses to erase while an order, or a complaint about one, is open: the
// contract is not performed, and the words are evidence.
func heldOpen(rows []order.Row) error {
	for _, r := range rows {
		if !r.Closed {
			return fault.New(fault.Conflict, "customer.held", r.Number)
		}
	}
	return nil
}

// EraseCustomer erases a person for ever: their names and addresses, and every
// word of theirs or about them. Orders, numbers and documents stay; each sheet
// says that words were erased, by whom and why, and its chain stays whole.
// Conflict while an order is open. It is noted outside the book first, so that a
// backup made before can be brought to forget as well.
func (w *Workshop) EraseCustomer(ctx context.Context, who staff.Actor, id, why string) error {
	if err := who.Must(staff.Erase); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	var bad fault.Problems
	bad.Text("why", why, 500)
	if why == "" {
		bad.Add("why", "order.why_needed")
	}
	if err := bad.Err(); err != nil {
		return err
	}
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		if _, err := tx.Customer(ctx, id); err != nil {
			return err
		}
		rows, _, err := everyOrder(ctx, tx, id)
		if err == nil {
			err = heldOpen(rows)
		}
		return err
	})
	if err == nil && w.Erased != nil {
		err = w.Erased(id)
	}
	if err != nil {
		return err
	}
	return w.forget(ctx, who, id, why, true)
}

// EraseAgain erases in a restored book whoever had been erased after the backup
// was made; who is not in it is no error. What was decided then is not asked again.
func (w *Workshop) EraseAgain(ctx context.Context, id string) error {
	err := w.forget(ctx, staff.System(), id, "replayed", false)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

func (w *Workshop) forget(ctx context.Context, who staff.Actor, id, why string, hold bool) error {
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		rows, ids, err := everyOrder(ctx, tx, id)
		if err == nil && hold {
			err = heldOpen(rows)
		}
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := w.forgetWords(ctx, tx, who, r.Sheet, why); err != nil {
				return err
			}
			if err := forgetAsked(ctx, tx, r.Sheet); err != nil {
				return err
			}
		}
		for _, one := range ids {
			c, err := tx.Customer(ctx, one)
			if err != nil {
				return err
			}
			nobody := customer.Customer{House: c.House, ID: c.ID, Name: customer.Nobody, Lang: c.Lang, Created: c.Created}
			if err := tx.PutCustomer(ctx, nobody); err != nil {
				return err
			}
		}
		return nil
	})
}

// forgetAsked drops what the person asked for at a reception, kept or not.
func forgetAsked(ctx context.Context, tx Tx, sheet string) error {
	a, err := tx.Accommodation(ctx, sheet)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	a.Keep = false
	if err := tx.PutAccommodation(ctx, a); err != nil {
		return err
	}
	return tx.PurgeAccommodation(ctx, sheet)
}

// forgetWords erases every word a sheet points at, and says so on it.
func (w *Workshop) forgetWords(ctx context.Context, tx Tx, who staff.Actor, sheet, why string) error {
	entries, err := tx.Sheet(ctx, sheet)
	if err != nil {
		return err
	}
	for _, e := range entries {
		for _, ref := range sayings(e) {
			if _, err := tx.Said(ctx, ref.ID); fault.Is(err, fault.NotFound) {
				continue // erased before
			} else if err != nil {
				return err
			}
			act := Act{Who: who, Sheet: sheet, Seen: -1, Entry: ident.New()}
			if _, err := w.decide(ctx, act, order.Erase(order.Erasure{Saying: ref.ID, Why: why})); err != nil {
				return err
			}
			if err := tx.EraseSaid(ctx, ref.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// Personal is everything the house knows of one person, as it is handed to them.
type Personal struct {
	Customer customer.Customer `json:"customer"`
	Orders   []PersonalOrder   `json:"orders"`
}

// PersonalOrder is one order of theirs, with every word said in it.
type PersonalOrder struct {
	Number  string          `json:"number"`
	Watch   string          `json:"watch"`
	Stage   order.Stage     `json:"stage"`
	Entries []PersonalEntry `json:"entries"`
}

// PersonalEntry is an entry as its sheet has it, and the words it points at.
type PersonalEntry struct {
	Kind  journal.Kind `json:"kind"`
	At    string       `json:"at"` // RFC 3339
	Words []string     `json:"words,omitempty"`
}

// ExportCustomer gathers what the house knows of a person, for them. It is noted
// among what administrators see.
func (w *Workshop) ExportCustomer(ctx context.Context, who staff.Actor, id string) (p Personal, err error) {
	if err := who.Must(staff.Erase); err != nil {
		return p, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		p = Personal{Orders: []PersonalOrder{}}
		if p.Customer, err = tx.Customer(ctx, id); err != nil {
			return err
		}
		rows, _, err := everyOrder(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, r := range rows {
			o := PersonalOrder{Number: r.Number, Watch: strings.TrimSpace(r.Brand + " " + r.Model), Stage: r.Stage}
			entries, err := tx.Sheet(ctx, r.Sheet)
			if err != nil {
				return err
			}
			all, err := words(ctx, tx, entries, p.Customer, true)
			if err != nil {
				return err
			}
			for _, e := range entries {
				x := PersonalEntry{Kind: e.Kind, At: e.Recorded.UTC().Format("2006-01-02T15:04:05Z")}
				for _, ref := range sayings(e) {
					if all[ref.ID] != "" {
						x.Words = append(x.Words, all[ref.ID])
					}
				}
				o.Entries = append(o.Entries, x)
			}
			p.Orders = append(p.Orders, o)
		}
		return nil
	})
	if err == nil {
		err = w.NoteAttempt(ctx, staff.Attempt{Why: staff.Exported, Person: who.ID, Route: "customer " + id})
	}
	return p, err
}
