package workshop

import (
	"context"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// Intake is everything said over the counter, in one go. A customer or a watch
// with an ID is known already and is changed only where the fields differ.
type Intake struct {
	Customer customer.Customer
	Watch    watch.Watch
	Request  string // in the customer's own words
	order.Reception
	Marks []order.Mark
	Asked customer.Accommodation // by the person, with their consent
}

// Receive opens an order: customer, watch, request and condition are written in
// one unit of work, so that nothing is half there. The act's sheet and entry ids
// are made with the form: sent twice, it opens one order.
func (w *Workshop) Receive(ctx context.Context, a Act, in Intake) (order.State, error) {
	if err := a.Who.Must(staff.Receive); err != nil {
		return order.State{}, err
	}
	if err := w.CheckIntake(a, in); err != nil {
		return order.State{}, err
	}
	if a.Sheet == "" {
		a.Sheet = ident.New()
	}
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	said := journal.Said{ID: a.Entry + "-r", Text: strings.TrimSpace(in.Request), Salt: ident.Token()}
	now := w.Now().UTC().Truncate(time.Microsecond)
	var out order.State
	err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		entries, err := tx.Sheet(ctx, a.Sheet)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		s, err := order.Fold(entries)
		if err != nil {
			return fault.Wrap("workshop.Receive", err)
		}
		if wrote(entries, a.Entry) {
			out = s
			return nil
		}
		r, err := w.take(ctx, tx, a.Who, in, said, s)
		if err != nil {
			return err
		}
		f := order.Facts{Now: now, Who: a.Who, EntryID: a.Entry}
		drafts, err := order.Receive(r)(s, f)
		if err != nil {
			return err
		}
		if out, err = w.write(ctx, tx, a.Sheet, s, drafts, now); err != nil {
			return err
		}
		if out, err = w.describe(ctx, tx, out, f, a.Entry, in.Marks); err != nil {
			return err
		}
		if out, err = w.develop(ctx, tx, out, f); err != nil {
			return err
		}
		return w.accommodate(ctx, tx, out, in.Asked)
	})
	return out, err
}

// describe writes the condition, where any defect was noted.
func (w *Workshop) describe(ctx context.Context, tx Tx, s order.State, f order.Facts, entry string, marks []order.Mark) (order.State, error) {
	if len(marks) == 0 {
		return s, nil
	}
	f.EntryID = entry + "-c"
	drafts, err := order.Describe(order.Condition{Marks: marks})(s, f)
	if err != nil {
		return s, err
	}
	return w.write(ctx, tx, s.Sheet, s, drafts, f.Now)
}

// CheckIntake returns everything that is wrong with the form at once, before
// anything is written: a field's problems beside that field.
func (w *Workshop) CheckIntake(a Act, in Intake) error {
	var bad fault.Problems
	gather := func(prefix string, err error) {
		if e, ok := err.(*fault.Error); ok {
			for field, m := range e.Fields {
				bad.Add(prefix+field, m.Key, m.Args...)
			}
		}
	}
	gather("customer.", in.Customer.Check())
	gather("watch.", in.Watch.Check())
	gather("", in.Asked.Check())
	if n := len([]rune(strings.TrimSpace(in.Request))); n < 3 {
		bad.Add("request", "order.no_request")
	}
	bad.Text("request", in.Request, fault.Page)
	// The rules of the entry itself, with stand-ins for what is numbered later.
	r := in.Reception
	r.Customer, r.WatchID, r.Request.ID = "x", "x", "x"
	r.Watch = order.FactsOf(in.Watch, "")
	if r.Watch.Brand == "" {
		r.Watch.Brand = "?"
	}
	_, err := order.Receive(r)(order.State{}, order.Facts{Now: w.Now(), Who: a.Who, EntryID: "x"})
	gather("", err)
	if in.Watch.Precious() && (in.Customer.Address == "" || in.Customer.Postcode == "" || in.Customer.City == "") {
		// The deposit slip that replaces the register of precious metals names the address.
		bad.Add("customer.address", "order.precious_address")
	}
	return bad.Err()
}

// take saves customer, watch and words, gives the number, and returns the
// reception complete.
func (w *Workshop) take(ctx context.Context, tx Tx, who staff.Actor, in Intake, said journal.Said, s order.State) (order.Reception, error) {
	r := in.Reception
	if err := w.putCustomer(ctx, tx, &in.Customer); err != nil {
		return r, err
	}
	in.Watch.Customer = in.Customer.ID
	if in.Watch.ID == "" {
		in.Watch.ID = ident.New()
		in.Watch.Created = w.Now().UTC()
	}
	if err := tx.PutWatch(ctx, in.Watch); err != nil {
		return r, err
	}
	said.Person = in.Customer.ID
	if err := tx.PutSaid(ctx, said); err != nil {
		return r, err
	}
	site, err := w.siteCode(ctx, tx, who)
	if err != nil {
		return r, err
	}
	r.Number = s.Number
	if r.Number == "" {
		year := w.Now().In(w.Zone).Year()
		seq, err := tx.NextNumber(ctx, site, year, "order")
		if err != nil {
			return r, err
		}
		r.Number = ident.Number{Site: site, Year: year, Seq: seq}.String()
	}
	r.Accommodation = len(in.Asked.Asked) > 0
	r.Site, r.Customer, r.WatchID, r.Request = site, in.Customer.ID, in.Watch.ID, said.Saying()
	r.Watch = order.FactsOf(in.Watch, Beyond(in.Watch))
	return r, nil
}

// Beyond says why a watch is out of the technician's perimeter, as a key of
// package locale, or "" where nothing says so: the calibre's functions, or what
// was ticked at the counter.
func Beyond(x watch.Watch) string {
	functions := x.Functions
	if c, ok := horology.CalibreOf(x.CalibreMaker, x.Calibre); ok {
		functions = append(append([]string(nil), functions...), c.Functions...)
		if c.Simple == horology.No {
			if reason, out := horology.OutOfPerimeter(functions); out {
				return reason
			}
			return "complication"
		}
	}
	reason, _ := horology.OutOfPerimeter(functions)
	return reason
}

// Announce opens an order for a watch that is to come: by post, or from a
// retailer. What is not known yet is completed when it is received.
func (w *Workshop) Announce(ctx context.Context, a Act, in Intake) (order.State, error) {
	if err := a.Who.Must(staff.Receive); err != nil {
		return order.State{}, err
	}
	if a.Sheet == "" {
		a.Sheet = ident.New()
	}
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	said := journal.Said{ID: a.Entry + "-r", Text: strings.TrimSpace(in.Request), Salt: ident.Token()}
	return w.decide(ctx, a, func(s order.State, f order.Facts) ([]journal.Draft, error) {
		return order.Announce(in.Reception)(s, f)
	}, func(ctx context.Context, tx Tx, s order.State) (err error) {
		in.Reception, err = w.take(ctx, tx, a.Who, in, said, s)
		return err
	})
}
