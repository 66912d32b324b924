package store

import (
	"context"
	"strings"

	"etabli.example/trade/customer"
)

func scanAccommodation(r scanner) (a customer.Accommodation, err error) {
	var asked string
	var at int64
	err = r.Scan(&a.House, &a.Sheet, &a.Customer, &asked, &a.Keep, &at)
	a.Asked, a.Consent, a.At = strings.Fields(asked), true, instant(at)
	return a, err
}

const (
	sqlAccommodationPut = `insert into accommodation (house, sheet, customer, asked, keep, at) values ($1, $2, $3, $4, $5, $6)` +
		` on conflict (house, sheet) do update set customer = excluded.customer, asked = excluded.asked, keep = excluded.keep, at = excluded.at`
	sqlAccommodation     = `select house, sheet, customer, asked, keep, at from accommodation where house = $1 and sheet = $2`
	sqlAccommodationLast = `select house, sheet, customer, asked, keep, at from accommodation where house = $1 and customer = $2 and keep = $3` +
		` order by at desc, sheet desc limit 1`
	sqlAccommodationPurge = `delete from accommodation where house = $1 and sheet = $2 and keep = $3`
	sqlAccommodationDrop  = `delete from accommodation where house = $1 and sheet = $2`
)

// PutAccommodation keeps what a person asked for; asked for nothing, it is dropped.
func (t *Tx) PutAccommodation(ctx context.Context, a customer.Accommodation) error {
	if len(a.Asked) == 0 {
		_, err := t.exec(ctx, sqlAccommodationDrop, t.house, a.Sheet)
		return err
	}
	_, err := t.exec(ctx, sqlAccommodationPut, t.house, a.Sheet, a.Customer, strings.Join(a.Asked, " "), a.Keep, micros(a.At))
	return err
}

// Accommodation returns what was asked for an order.
func (t *Tx) Accommodation(ctx context.Context, sheet string) (customer.Accommodation, error) {
	return one(ctx, t, "store.Accommodation", scanAccommodation, sqlAccommodation, t.house, sheet)
}

// LastAccommodation returns what a customer asked to keep for their next visits.
func (t *Tx) LastAccommodation(ctx context.Context, who string) (customer.Accommodation, error) {
	return one(ctx, t, "store.LastAccommodation", scanAccommodation, sqlAccommodationLast, t.house, who, true)
}

// PurgeAccommodation drops what was asked for one visit only.
func (t *Tx) PurgeAccommodation(ctx context.Context, sheet string) error {
	_, err := t.exec(ctx, sqlAccommodationPurge, t.house, sheet, false)
	return err
}
