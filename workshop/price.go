package workshop

import (
	"bytes"
	"context"
	"strings"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/paper"
	"etabli.example/trade/order"
	"etabli.example/trade/price"
	"etabli.example/trade/staff"
)

// Prices returns the house's price list.
func (w *Workshop) Prices(ctx context.Context) (l price.List, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { l, err = tx.Prices(ctx); return err })
	return l, err
}

// SavePrice sets a price, from today on where no day is named.
func (w *Workshop) SavePrice(ctx context.Context, who staff.Actor, p price.Price) error {
	if who.ID != staff.SystemID {
		if err := who.Must(staff.ManagePrices); err != nil {
			return err
		}
	}
	if p.From == "" {
		p.From = w.Today()
	}
	if err := p.Check(); err != nil {
		return err
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutPrice(ctx, p) })
}

// PriceImport is what a file of prices would change, or has changed.
type PriceImport struct {
	New, Changed price.List
	Before       map[int]price.Price // index in Changed → the line it replaces
	Same         int                 // lines that say what the list says already
	Wrong        []price.Wrong
	Done         bool
}

// ImportPrices reads a file of prices. It writes nothing unless keep is set and every
// line is right: a list half taken over would be worse than none.
func (w *Workshop) ImportPrices(ctx context.Context, who staff.Actor, file []byte, keep bool) (x PriceImport, err error) {
	if err := who.Must(staff.ManagePrices); err != nil {
		return x, err
	}
	rows, wrong, err := price.ReadCSV(file, func(code string) bool { _, ok := horology.OperationByCode(code); return ok })
	if err != nil {
		return x, err
	}
	work := func(ctx context.Context, tx Tx) error {
		x = PriceImport{Wrong: wrong, Before: map[int]price.Price{}}
		list, err := tx.Prices(ctx)
		if err != nil {
			return err
		}
		type key struct {
			operation, from string
			what            price.For
		}
		known := map[key]price.Price{}
		for _, p := range list {
			known[key{p.Operation, p.From, p.For}] = p
		}
		for _, p := range rows {
			old, ok := known[key{p.Operation, p.From, p.For}]
			p.House = old.House
			switch {
			case !ok:
				x.New = append(x.New, p)
			case old == p:
				x.Same++
				continue
			default:
				x.Before[len(x.Changed)] = old
				x.Changed = append(x.Changed, p)
			}
			if keep && len(wrong) == 0 {
				if err := tx.PutPrice(ctx, p); err != nil {
					return err
				}
			}
		}
		x.Done = keep && len(wrong) == 0
		return nil
	}
	if keep {
		return x, w.Book.Do(ctx, work)
	}
	return x, w.Book.View(ctx, work)
}

// PricesFile is the whole list as a file, past and coming prices as well.
func (w *Workshop) PricesFile(ctx context.Context, who staff.Actor) ([]byte, error) {
	if err := who.Must(staff.See); err != nil {
		return nil, err
	}
	list, err := w.Prices(ctx)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = list.WriteCSV(&b)
	return b.Bytes(), fault.Wrap("workshop.PricesFile", err)
}

// PriceDisplay is the public display of the prices that hold today.
func (w *Workshop) PriceDisplay(ctx context.Context, who staff.Actor, lang locale.Lang) ([]byte, error) {
	if err := who.Must(staff.See); err != nil {
		return nil, err
	}
	f, err := w.Firm(ctx)
	if err != nil {
		return nil, err
	}
	list, err := w.Prices(ctx)
	if err != nil {
		return nil, err
	}
	p, today := locale.For(lang), w.Today()
	in := paper.PriceListInput{Firm: paperFirm(f), At: w.Now().In(w.Zone)}
	for _, op := range horology.Operations() {
		row := paper.PriceRow{Label: capital(order.Text{FR: op.FR, EN: op.EN}.In(lang))}
		for _, x := range list.Holding(op.Code, today) {
			if x.Holds(today) {
				row.Prices = append(row.Prices, paper.PricedFor{For: pricedFor(p, x), Gross: x.Gross})
			}
		}
		if len(row.Prices) > 0 {
			in.Rows = append(in.Rows, row)
		}
	}
	if len(in.Rows) == 0 {
		return nil, fault.New(fault.Conflict, "price.none_yet")
	}
	return paper.PriceList(in, lang)
}

// pricedFor says which watches a price is for; "" for any.
func pricedFor(p *locale.Printer, x price.Price) string {
	var out []string
	if x.Kind != "" {
		out = append(out, p.T("price.for."+x.Kind))
	}
	if x.Family != "" {
		out = append(out, x.Family)
	}
	if x.Case != "" {
		out = append(out, p.T("price.case."+x.Case))
	}
	return strings.Join(out, ", ")
}
