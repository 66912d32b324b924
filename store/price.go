package store

import (
	"context"
	"slices"

	"etabli.example/money"
	"etabli.example/trade/price"
)

func scanPrice(r scanner) (p price.Price, err error) {
	var gross, vat int64
	err = r.Scan(&p.House, &p.Operation, &p.Kind, &p.Family, &p.Case, &p.From, &p.Until, &gross, &vat)
	p.Gross, p.VAT = money.Cents(gross), money.VATRate(vat)
	return p, err
}

const (
	sqlPricePut = `insert into price_list (house, operation, kind, family, casing, begins, ends, gross, vat) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)` +
		` on conflict (house, operation, kind, family, casing, begins) do update set ends = excluded.ends, gross = excluded.gross, vat = excluded.vat`
	sqlPrices = `select house, operation, kind, family, casing, begins, ends, gross, vat from price_list where house = $1` +
		` order by operation asc, kind asc, family asc, casing asc, begins asc`
	sqlPricesBefore = `select house, operation, kind, '', '', begins, '', gross, vat from price where house = $1 order by operation asc, kind asc, begins asc`
)

// PutPrice writes one line of the price list; one of the same operation, watch and
// first day is replaced.
func (t *Tx) PutPrice(ctx context.Context, p price.Price) error {
	_, err := t.exec(ctx, sqlPricePut, t.house, p.Operation, p.Kind, p.Family, p.Case, p.From, p.Until, int64(p.Gross), int64(p.VAT))
	return err
}

// Prices returns the whole list, past and coming prices as well. Those from before
// prices had families and cases are among them, unless they were set anew.
func (t *Tx) Prices(ctx context.Context) (price.List, error) {
	now, err := list(ctx, t, scanPrice, sqlPrices, t.house)
	if err != nil {
		return nil, err
	}
	before, err := list(ctx, t, scanPrice, sqlPricesBefore, t.house)
	if err != nil {
		return nil, err
	}
	for _, p := range before {
		again := func(q price.Price) bool { return q.Operation == p.Operation && q.For == p.For && q.From == p.From }
		if !slices.ContainsFunc(now, again) {
			now = append(now, p)
		}
	}
	return now, nil
}
