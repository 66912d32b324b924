package store

import "context"

const sqlNumberNext = `insert into number (house, site, year, kind, last) values ($1, $2, $3, $4, 1)` +
	` on conflict (house, site, year, kind) do update set last = number.last + 1 returning last`

// NextNumber takes the next of a series without gaps: one row per site, year
// and kind. Where the unit of work fails, the number was not taken.
func (t *Tx) NextNumber(ctx context.Context, site string, year int, kind string) (int, error) {
	return change(ctx, t, "store.NextNumber", value[int], sqlNumberNext, t.house, site, year, kind)
}

const (
	sqlNumberLast  = `select last from number where house = $1 and site = $2 and year = $3 and kind = $4`
	sqlNumberBegin = `insert into number (house, site, year, kind, last) values ($1, $2, $3, $4, $5)` +
		` on conflict (house, site, year, kind) do update set last = excluded.last`
)

// LastNumber returns the last number taken of a series; 0 where none was.
func (t *Tx) LastNumber(ctx context.Context, site string, year int, kind string) (int, error) {
	all, err := list(ctx, t, value[int], sqlNumberLast, t.house, site, year, kind)
	if err != nil || len(all) == 0 {
		return 0, err
	}
	return all[0], nil
}

// BeginNumber lets a series go on after last. Whoever calls it sees to it that
// no number was given yet.
func (t *Tx) BeginNumber(ctx context.Context, site string, year int, kind string, last int) error {
	_, err := t.exec(ctx, sqlNumberBegin, t.house, site, year, kind, last)
	return err
}
