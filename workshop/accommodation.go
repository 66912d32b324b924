package workshop

import (
	"context"
	"time"

	"etabli.example/fault"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// accommodate keeps what the person asked for at the reception of an order.
func (w *Workshop) accommodate(ctx context.Context, tx Tx, s order.State, a customer.Accommodation) error {
	if len(a.Asked) == 0 {
		return nil
	}
	a.Sheet, a.Customer, a.At = s.Sheet, s.Customer, w.Now().UTC().Truncate(time.Microsecond)
	return tx.PutAccommodation(ctx, a)
}

// Accommodation is what the person asked for, for this order; its zero value
// where nothing was, or where it was purged.
func (w *Workshop) Accommodation(ctx context.Context, who staff.Actor, sheet string) (a customer.Accommodation, err error) {
	if err := who.Must(staff.SeeCustomer); err != nil {
		return a, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { a, err = tx.Accommodation(ctx, sheet); return noneFound(err) })
	return a, err
}

// UsualAccommodation is what a customer asked to keep for their next visits.
func (w *Workshop) UsualAccommodation(ctx context.Context, who staff.Actor, id string) (a customer.Accommodation, err error) {
	if err := who.Must(staff.SeeCustomer); err != nil {
		return a, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { a, err = tx.LastAccommodation(ctx, id); return noneFound(err) })
	return a, err
}

func noneFound(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}
