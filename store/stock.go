package store

import (
	"context"
	"errors"

	"etabli.example/trade/stock"
)

const lotColumns = `l.house, l.sheet, l.code, l.label, l.lot, l.place, l.came, l.qty, l.unit, l.expiry, l.supplier, l.origin, l.ended, l.last, l.seq`

func scanLot(s scanner) (r stock.Row, err error) {
	var last int64
	err = s.Scan(&r.House, &r.Sheet, &r.Code, &r.Label, &r.Lot, &r.Place, &r.Quantity, &r.OnHand, &r.Unit, &r.Expiry, &r.Supplier, &r.Origin, &r.Ended, &last, &r.Seq)
	r.Last = instant(last)
	if r.Expiry == never {
		r.Expiry = ""
	}
	return r, err
}

const (
	sqlLotPut = `insert into lot_row (house, sheet, code, label, lot, lot_key, place, came, qty, unit, expiry, supplier, origin, ended, last, seq)` +
		` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict (house, sheet) do update set` +
		` code = excluded.code, label = excluded.label, lot = excluded.lot, lot_key = excluded.lot_key, place = excluded.place, came = excluded.came,` +
		` qty = excluded.qty, unit = excluded.unit, expiry = excluded.expiry, supplier = excluded.supplier, origin = excluded.origin,` +
		` ended = excluded.ended, last = excluded.last, seq = excluded.seq`
	sqlLotTake = `update lot_row set qty = qty - $1 where house = $2 and sheet = $3 and qty >= $1`
	sqlLot     = `select ` + lotColumns + ` from lot_row l where l.house = $1 and l.sheet = $2`
	sqlLots    = `select ` + lotColumns + ` from lot_row l where l.house = $1 and not l.ended order by l.code asc, l.expiry asc, l.sheet asc limit $2`
	sqlLotsOf  = `select ` + lotColumns + ` from lot_row l where l.house = $1 and l.lot_key = $2` +
		` order by l.ended asc, l.expiry asc, l.sheet asc limit $3`
)

// PutLot writes a lot's row.
func (t *Tx) PutLot(ctx context.Context, r stock.Row) error {
	if r.Sheet == "" {
		return t.wrap(errors.New("a lot's row without its sheet"))
	}
	_, err := t.exec(ctx, sqlLotPut, t.house, r.Sheet, r.Code, r.Label, r.Lot, serialKey(r.Lot), r.Place, r.Quantity, r.OnHand, r.Unit,
		dueOf(r.Expiry), r.Supplier, r.Origin, r.Ended, micros(r.Last), r.Seq)
	return err
}

// TakeLot takes n pieces off a lot's row, and reports false, changing nothing,
// where it holds fewer.
func (t *Tx) TakeLot(ctx context.Context, sheet string, n int) (bool, error) {
	changed, err := t.exec(ctx, sqlLotTake, n, t.house, sheet)
	return changed == 1, err
}

// Lot returns the row of a sheet.
func (t *Tx) Lot(ctx context.Context, sheet string) (stock.Row, error) {
	return one(ctx, t, "store.Lot", scanLot, sqlLot, t.house, sheet)
}

// Lots returns the lots that are not over, by part, soonest expiry first.
func (t *Tx) Lots(ctx context.Context, limit int) ([]stock.Row, error) {
	return list(ctx, t, scanLot, sqlLots, t.house, limit)
}

// LotsNamed returns the lots that carry this number, however it was typed:
// those that are not over first, then soonest expiry.
func (t *Tx) LotsNamed(ctx context.Context, lot string) ([]stock.Row, error) {
	key := serialKey(lot)
	if key == "" {
		return nil, nil
	}
	return list(ctx, t, scanLot, sqlLotsOf, t.house, key, usualOrders)
}

func scanMinimum(s scanner) (m stock.Minimum, err error) {
	return m, s.Scan(&m.House, &m.Code, &m.Label, &m.Level)
}

const (
	sqlMinimumPut = `insert into part_minimum (house, code, label, level) values ($1, $2, $3, $4)` +
		` on conflict (house, code, label) do update set level = excluded.level`
	sqlMinimumDelete = `delete from part_minimum where house = $1 and code = $2 and label = $3`
	sqlMinimums      = `select house, code, label, level from part_minimum where house = $1 order by code asc, label asc`
)

// PutMinimum sets the least the house wants to have of a part; 0 forgets it.
func (t *Tx) PutMinimum(ctx context.Context, m stock.Minimum) error {
	if m.Level == 0 {
		_, err := t.exec(ctx, sqlMinimumDelete, t.house, m.Code, m.Label)
		return err
	}
	_, err := t.exec(ctx, sqlMinimumPut, t.house, m.Code, m.Label, m.Level)
	return err
}

// Minimums returns the minimum of every part that has one.
func (t *Tx) Minimums(ctx context.Context) ([]stock.Minimum, error) {
	return list(ctx, t, scanMinimum, sqlMinimums, t.house)
}
