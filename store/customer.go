package store

import (
	"context"
	"slices"

	"etabli.example/trade/customer"
)

const customerColumns = `c.house, c.id, c.name, c.given, c.phone, c.email, c.address, c.postcode, c.city, c.lang, c.channel, c.business, c.created`

func scanCustomer(r scanner) (c customer.Customer, err error) {
	var created int64
	err = r.Scan(&c.House, &c.ID, &c.Name, &c.Given, &c.Phone, &c.Email, &c.Address, &c.Postcode, &c.City, &c.Lang, &c.Channel, &c.Business, &created)
	c.Created = instant(created)
	return c, err
}

const (
	sqlCustomerPut = `insert into customer (house, id, name, given, phone, email, address, postcode, city, lang, channel, business, created)` +
		` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (house, id) do update set name = excluded.name,` +
		` given = excluded.given, phone = excluded.phone, email = excluded.email, address = excluded.address, postcode = excluded.postcode,` +
		` city = excluded.city, lang = excluded.lang, channel = excluded.channel, business = excluded.business, created = excluded.created`
	sqlCustomer = `select ` + customerColumns + ` from customer c where c.house = $1 and c.id = $2`
)

// PutCustomer writes a customer and the words they are found by. Their orders
// are found by the new words at once: an order's own words are not touched.
func (t *Tx) PutCustomer(ctx context.Context, c customer.Customer) error {
	before, err := list(ctx, t, scanCustomer, sqlCustomer, t.house, c.ID)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, sqlCustomerPut, t.house, c.ID, c.Name, c.Given, c.Phone, c.Email, c.Address, c.Postcode, c.City, c.Lang,
		c.Channel, c.Business, micros(c.Created))
	if err != nil {
		return err
	}
	if err := t.setTerms(ctx, domainCustomer, c.ID, customerTerms(c)); err != nil {
		return err
	}
	words := vocabularyOf(c)
	if err := t.learn(ctx, words); err != nil {
		return err
	}
	var gone []string
	for _, old := range before {
		for _, w := range vocabularyOf(old) {
			if !slices.Contains(words, w) {
				gone = append(gone, w)
			}
		}
	}
	return t.unlearn(ctx, gone)
}

// Customer returns one customer: who was merged into another is that other.
func (t *Tx) Customer(ctx context.Context, id string) (customer.Customer, error) {
	id, err := t.Survivor(ctx, id)
	if err != nil {
		return customer.Customer{}, err
	}
	return one(ctx, t, "store.Customer", scanCustomer, sqlCustomer, t.house, id)
}
