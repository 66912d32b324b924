package workshop

import (
	"context"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Merge says that two customers are one, entered twice: the file of the one that
// stays holds the watches and orders of both. Neither row is changed, so that
// Unmerge undoes it exactly.
func (w *Workshop) Merge(ctx context.Context, who staff.Actor, stays, twice string) error {
	if err := mayMerge(who); err != nil {
		return err
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		stays, err := tx.Survivor(ctx, stays)
		if err != nil {
			return err
		}
		if twice, err = tx.Survivor(ctx, twice); err != nil {
			return err
		}
		if stays == twice {
			return fault.New(fault.Conflict, "customer.same")
		}
		for _, id := range []string{stays, twice} {
			if _, err := tx.Customer(ctx, id); err != nil {
				return err
			}
		}
		return tx.PutAlias(ctx, customer.Alias{ID: twice, Survivor: stays, Who: who.ID, At: w.Now().UTC().Truncate(time.Microsecond)})
	})
}

// Unmerge takes it back: two files again, each with its own watches and orders.
func (w *Workshop) Unmerge(ctx context.Context, who staff.Actor, twice string) error {
	if err := mayMerge(who); err != nil {
		return err
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.DeleteAlias(ctx, twice) })
}

func mayMerge(who staff.Actor) error {
	if err := who.Must(staff.SeeCustomer); err != nil {
		return err
	}
	return who.Must(staff.Receive)
}

// gather reads the watches and orders of a customer and of who was merged into them.
func (f *CustomerFile) gather(ctx context.Context, tx Tx) (err error) {
	if f.Merged, err = tx.Aliases(ctx, f.Customer.ID); err != nil {
		return err
	}
	ids := []string{f.Customer.ID}
	for _, a := range f.Merged {
		ids = append(ids, a.ID)
	}
	for _, id := range ids {
		watches, err := tx.WatchesOf(ctx, id)
		if err != nil {
			return err
		}
		orders, err := tx.Orders(ctx, order.Query{Customer: id, Limit: 50})
		if err != nil {
			return err
		}
		f.Watches, f.Orders = append(f.Watches, watches...), append(f.Orders, orders...)
	}
	slices.SortStableFunc(f.Orders, func(a, b order.Row) int { return b.Opened.Compare(a.Opened) })
	return nil
}

// alike finds who may be the same person: the same telephone, or a name that
// reads or sounds like theirs.
func (f *CustomerFile) alike(ctx context.Context, tx Tx) error {
	for _, words := range []string{f.Customer.Digits(), f.Customer.FullName()} {
		if words == "" {
			continue
		}
		found, err := tx.FindCustomers(ctx, words, 8)
		if err != nil {
			return err
		}
		for _, c := range found {
			if c.ID != f.Customer.ID && !slices.Contains(f.Alike, c) {
				f.Alike = append(f.Alike, c)
			}
		}
	}
	return nil
}
