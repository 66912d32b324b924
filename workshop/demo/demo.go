// Package demo fills a workshop with invented people and about sixty watches,
// one after another through the same acts that people use, so that everything
// shown is really on a sheet. It knows no SQL and no page, and is never run on a
// workshop that has people already.
package demo

import (
	"context"
	"fmt"
	"time"

	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// Fill makes the demonstration. A workshop that has people already is left as
// it is: the folder was filled before.
func Fill(ctx context.Context, w *workshop.Workshop) error {
	there, err := w.People(ctx)
	if err != nil || len(there) > 0 {
		return err
	}
	real := w.Now
	defer func() { w.Now = real }()
	f := &filler{w: w, today: real(), people: map[string]staff.Person{}}
	w.Now = func() time.Time { return f.at }
	if err := f.house(ctx); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if err := w.Book.Do(ctx, func(ctx context.Context, _ workshop.Tx) error { return f.backroom(ctx) }); err != nil {
		return fmt.Errorf("demo: back room: %w", err)
	}
	if err := f.documents(ctx); err != nil {
		return fmt.Errorf("demo: shelf: %w", err)
	}
	for _, plan := range f.plans() {
		// One unit of work an order: the acts inside join it, and the disk is waited for once.
		if err := w.Book.Do(ctx, func(ctx context.Context, _ workshop.Tx) error { return f.order(ctx, plan) }); err != nil {
			return fmt.Errorf("demo: order %d to %s: %w", plan.n, plan.goal, err)
		}
	}
	return nil
}

// filler carries the demo's own clock.
type filler struct {
	w      *workshop.Workshop
	today  time.Time
	at     time.Time
	people map[string]staff.Person
	known  []customer.Customer
	spent  int // readings of real sound made so far
}

// plan is one order to be told.
type plan struct {
	n      int
	goal   order.Stage
	opened time.Time
	piece  piece
	owner  customer.Customer
}

// house makes people, customers and prices.
func (f *filler) house(ctx context.Context) error {
	f.at = f.today.AddDate(0, 0, -500)
	for _, p := range people {
		p.Active, p.Lang = true, "fr"
		saved, err := f.w.SavePerson(ctx, staff.System(), p, "")
		if err != nil {
			return err
		}
		f.people[p.Login] = saved
	}
	if err := f.w.SaveFirm(ctx, staff.System(), firm); err != nil {
		return err
	}
	if err := f.w.SaveSites(ctx, f.people["ines"].Actor(""), sites); err != nil {
		return err
	}
	if err := f.w.SaveAccessRegister(ctx, f.people["paul"].Actor(""), accessRegister); err != nil {
		return err
	}
	for code, cents := range prices {
		if err := f.w.SavePrice(ctx, staff.System(), priceOf(code, cents)); err != nil {
			return err
		}
	}
	for _, c := range customers {
		if c.Lang == "" {
			c.Lang = "fr"
		}
		saved, err := f.w.SaveCustomer(ctx, f.people["nadia"].Actor(""), c, "")
		if err != nil {
			return err
		}
		f.known = append(f.known, saved)
	}
	return nil
}

// plans lists the orders, oldest first, so that numbers rise with time.
func (f *filler) plans() []plan {
	var out []plan
	for _, fate := range fates {
		for i := range fate.count {
			n := len(out)
			opened := f.today.AddDate(0, 0, -fate.days-i).Add(-time.Duration(n%7) * 47 * time.Minute)
			out = append(out, plan{n: n, goal: fate.stage, opened: opened, piece: pieces[(n*7+i)%len(pieces)], owner: f.known[n%len(f.known)]})
		}
	}
	for i := 1; i < len(out); i++ {
		for j := i; j > 0 && out[j].opened.Before(out[j-1].opened); j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}
