package workshop

import (
	"context"
	"strings"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// FindCustomers searches by any words of a customer; names are only for those
// who may see them.
func (w *Workshop) FindCustomers(ctx context.Context, who staff.Actor, words string) (found []customer.Customer, err error) {
	if err := who.Must(staff.SeeCustomer); err != nil {
		return nil, err
	}
	if strings.TrimSpace(words) == "" {
		return nil, nil
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { found, err = tx.FindCustomers(ctx, words, 8); return err })
	return found, err
}

// mostAnswered bounds how many people a question at the counter is about.
const mostAnswered = 3

// HasHere returns the open orders of the people found, so that "is it ready?"
// is answered from a name or a telephone; none where more were found than a
// question can be about.
func (w *Workshop) HasHere(ctx context.Context, who staff.Actor, found []customer.Customer) (rows []order.Row, err error) {
	if err := who.Must(staff.SeeCustomer); err != nil || len(found) > mostAnswered {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		rows = nil
		for _, c := range found {
			orders, err := tx.Orders(ctx, order.Query{Customer: c.ID, Limit: 20})
			if err != nil {
				return err
			}
			for _, r := range orders {
				if !r.Closed {
					rows = append(rows, r)
				}
			}
		}
		return nil
	})
	return rows, err
}

// CustomerFile is a customer with everything the counter sees of them.
type CustomerFile struct {
	Customer customer.Customer
	Watches  []watch.Watch
	Orders   []order.Row
	Merged   []customer.Alias    // who was entered twice and is this customer
	Alike    []customer.Customer // who may be
}

// CustomerFile opens the customer's file.
func (w *Workshop) CustomerFile(ctx context.Context, who staff.Actor, id string) (f CustomerFile, err error) {
	if err := who.Must(staff.SeeCustomer); err != nil {
		return f, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		f = CustomerFile{}
		if f.Customer, err = tx.Customer(ctx, id); err != nil {
			return err
		}
		if err := f.gather(ctx, tx); err != nil {
			return err
		}
		return f.alike(ctx, tx)
	})
	return f, err
}

// SaveCustomer makes or changes a customer.
func (w *Workshop) SaveCustomer(ctx context.Context, who staff.Actor, c customer.Customer, seen string) (customer.Customer, error) {
	if err := who.Must(staff.Receive); err != nil {
		return c, err
	}
	if err := c.Check(); err != nil {
		return c, err
	}
	err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		if now, err := tx.Customer(ctx, c.ID); seen != "" && err == nil && now.Version() != seen {
			return fault.New(fault.Stale, "customer.stale")
		}
		return w.putCustomer(ctx, tx, &c)
	})
	return c, err
}

func (w *Workshop) putCustomer(ctx context.Context, tx Tx, c *customer.Customer) error {
	if c.ID == "" {
		c.ID = ident.New()
	}
	if old, err := tx.Customer(ctx, c.ID); err == nil {
		c.Created = old.Created
	}
	if c.Created.IsZero() {
		c.Created = w.Now().UTC()
	}
	if c.Lang == "" {
		c.Lang = "fr"
	}
	return tx.PutCustomer(ctx, *c)
}
