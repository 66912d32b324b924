package store

import (
	"context"

	"etabli.example/trade/customer"
)

func scanLink(r scanner) (l customer.Link, err error) {
	var until, locked int64
	err = r.Scan(&l.House, &l.Hash, &l.Sheet, &until, &l.Wrong, &locked)
	l.Until, l.Locked = instant(until), instant(locked)
	return l, err
}

const (
	sqlLinkPut = `insert into link (house, hash, sheet, until, wrong, locked) values ($1, $2, $3, $4, $5, $6) on conflict (house, hash) do update set` +
		` sheet = excluded.sheet, until = excluded.until, wrong = excluded.wrong, locked = excluded.locked`
	sqlLink = `select house, hash, sheet, until, wrong, locked from link where house = $1 and hash = $2`
)

// PutLink writes a customer's link.
func (t *Tx) PutLink(ctx context.Context, l customer.Link) error {
	_, err := t.exec(ctx, sqlLinkPut, t.house, l.Hash, l.Sheet, micros(l.Until), l.Wrong, micros(l.Locked))
	return err
}

// Link returns the link of a token's hash, run out or locked or not.
func (t *Tx) Link(ctx context.Context, hash string) (customer.Link, error) {
	return one(ctx, t, "store.Link", scanLink, sqlLink, t.house, hash)
}
