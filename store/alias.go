package store

import (
	"context"
	"slices"

	"etabli.example/fault"
	"etabli.example/trade/customer"
)

func scanAlias(r scanner) (a customer.Alias, err error) {
	var at int64
	err = r.Scan(&a.House, &a.ID, &a.Survivor, &a.Who, &at)
	a.At = instant(at)
	return a, err
}

const (
	sqlAliasPut = `insert into customer_alias (house, id, survivor, who, at) values ($1, $2, $3, $4, $5) on conflict (house, id) do update set` +
		` survivor = excluded.survivor, who = excluded.who, at = excluded.at`
	sqlAlias       = `select house, id, survivor, who, at from customer_alias where house = $1 and id = $2`
	sqlAliases     = `select house, id, survivor, who, at from customer_alias where house = $1 and survivor = $2 order by id asc`
	sqlAliasDelete = `delete from customer_alias where house = $1 and id = $2`
)

// mostAliases bounds a chain of merged customers, and so what a loop may cost.
const mostAliases = 20

// PutAlias says that a customer was entered twice.
func (t *Tx) PutAlias(ctx context.Context, a customer.Alias) error {
	_, err := t.exec(ctx, sqlAliasPut, t.house, a.ID, a.Survivor, a.Who, micros(a.At))
	return err
}

// DeleteAlias takes that back; one that is not there is no error.
func (t *Tx) DeleteAlias(ctx context.Context, id string) error {
	_, err := t.exec(ctx, sqlAliasDelete, t.house, id)
	return err
}

// Aliases returns who was merged into a customer, and into those in turn.
func (t *Tx) Aliases(ctx context.Context, survivor string) (all []customer.Alias, err error) {
	for at := []string{survivor}; len(at) > 0 && len(all) < mostAliases; at = at[1:] {
		found, err := list(ctx, t, scanAlias, sqlAliases, t.house, at[0])
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			if a.ID != survivor && !slices.ContainsFunc(all, func(b customer.Alias) bool { return a.ID == b.ID }) {
				all, at = append(all, a), append(at, a.ID)
			}
		}
	}
	return all, nil
}

// Survivor returns who a customer is now: themselves unless they were merged.
func (t *Tx) Survivor(ctx context.Context, id string) (string, error) {
	for range mostAliases {
		a, err := one(ctx, t, "store.Survivor", scanAlias, sqlAlias, t.house, id)
		if fault.Is(err, fault.NotFound) {
			return id, nil
		}
		if err != nil {
			return id, err
		}
		id = a.Survivor
	}
	return id, nil
}

// surviving puts who they are now in the place of merged customers, each once.
func (t *Tx) surviving(ctx context.Context, found []customer.Customer) (out []customer.Customer, err error) {
	for _, c := range found {
		id, err := t.Survivor(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		if id != c.ID {
			if c, err = one(ctx, t, "store.FindCustomers", scanCustomer, sqlCustomer, t.house, id); err != nil {
				return nil, err
			}
		}
		if !slices.ContainsFunc(out, func(o customer.Customer) bool { return o.ID == c.ID }) {
			out = append(out, c)
		}
	}
	return out, nil
}
