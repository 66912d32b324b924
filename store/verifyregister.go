package store

import (
	"context"
	"fmt"

	"etabli.example/fault"
)

// newest is the highest number of one site in one year.
type newest struct{ year, ord int }

func scanNewest(r scanner) (n newest, err error) { return n, r.Scan(&n.year, &n.ord) }

const (
	sqlNextSite = `select site from order_row where house = $1 and site > $2 order by site asc limit 1`
	// the newest of a site before a year: one seek a year
	sqlNewestBefore = `select year, ord from order_row where house = $1 and site = $2 and year < $3` +
		` order by year desc, ord desc, number desc, sheet desc limit 1`
)

// noYear lies beyond every year.
const noYear = 1 << 20

// numbers verifies that no series lags behind the orders that have its numbers:
// the next order would be refused, or given a number that another has.
func (v *verifier) numbers(ctx context.Context, tx *Tx) error {
	sites, err := list(ctx, tx, value[string], sqlNextSite, tx.house, "")
	for ; err == nil && len(sites) > 0; sites, err = list(ctx, tx, value[string], sqlNextSite, tx.house, sites[0]) {
		if err := v.numbersOf(ctx, tx, sites[0]); err != nil {
			return err
		}
	}
	return err
}

func (v *verifier) numbersOf(ctx context.Context, tx *Tx, site string) error {
	found, err := list(ctx, tx, scanNewest, sqlNewestBefore, tx.house, site, noYear)
	for ; err == nil && len(found) > 0; found, err = list(ctx, tx, scanNewest, sqlNewestBefore, tx.house, site, found[0].year) {
		n := found[0]
		last, err := tx.LastNumber(ctx, site, n.year, "order")
		if err != nil {
			return err
		}
		if last < n.ord {
			v.report.add(Flaw{Kind: FlawNumber, House: tx.house, Detail: fmt.Sprintf("the series of %s, %d ends at %d, its orders at %d", site, n.year, last, n.ord)})
		}
	}
	return err
}

// noted verifies that what an attachment is was noted: without it the page
// cannot show what the entry names.
func (v *verifier) noted(ctx context.Context, tx *Tx, seq int64, hash string, flaw addFlaw) error {
	_, _, err := tx.Blob(ctx, hash)
	if fault.Is(err, fault.NotFound) {
		flaw(FlawBlob, seq, "%s: nothing is noted of it", hash)
		return nil
	}
	return err
}
