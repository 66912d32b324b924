package store

import (
	"context"

	"etabli.example/money"
	"etabli.example/trade/price"
)

func scanPrice(r scanner) (p price.Price, err error) {
	var gross, vat int64
	err = r.Scan(&p.House, &p.Operation, &p.Kind, &p.From, &gross, &vat)
	p.Gross, p.VAT = money.Cents(gross), money.VATRate(vat)
	return p, err
}

const (
	sqlPricePut = `insert into price (house, operation, kind, begins, gross, vat) values ($1, $2, $3, $4, $5, $6)` +
		` on conflict (house, operation, kind, begins) do update set gross = excluded.gross, vat = excluded.vat`
	sqlPrices = `select house, operation, kind, begins, gross, vat from price where house = $1 order by operation asc, kind asc, begins asc`
)

// PutPrice writes one line of the price list; one of the same operation, kind
// and first day is replaced.
func (t *Tx) PutPrice(ctx context.Context, p price.Price) error {
	_, err := t.exec(ctx, sqlPricePut, t.house, p.Operation, p.Kind, p.From, int64(p.Gross), int64(p.VAT))
	return err
}

// Prices returns the whole list, past and coming prices as well.
func (t *Tx) Prices(ctx context.Context) (price.List, error) {
	return list(ctx, t, scanPrice, sqlPrices, t.house)
}
