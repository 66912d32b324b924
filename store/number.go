package store

import "context"

const sqlNumberNext = `insert into number (house, site, year, kind, last) values ($1, $2, $3, $4, 1)` +
	` on conflict (house, site, year, kind) do update set last = number.last + 1 returning last`

// NextNumber takes the next of a series without gaps: one row per site, year
// and kind. Where the unit of work fails, the number was not taken.
func (t *Tx) NextNumber(ctx context.Context, site string, year int, kind string) (int, error) {
	return change(ctx, t, "store.NextNumber", value[int], sqlNumberNext, t.house, site, year, kind)
}
