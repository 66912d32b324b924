package store

import (
	"context"
	"time"

	"etabli.example/journal"
	"etabli.example/trade/order"
)

// Every one of these reads open orders, or closed ones and entries since an
// instant, along an index; never the whole past.
const (
	sqlFigureWaiting = `select o.stage, ($1 - o.stage_since) / 86400000000 as d, count(*) from order_row o where o.house = $2 and not o.closed group by o.stage, d`
	sqlFigureDue     = `select o.stage, o.due, count(*) from order_row o where o.house = $1 and o.due <= $2 and not o.closed group by o.stage, o.due`
	sqlFigureClosed  = `select (o.stage_since - o.opened) / 86400000000 as d, count(*) from order_row o` +
		` where o.house = $1 and o.closed = true and o.stage_since >= $2 group by d`
	sqlFigureEntries = `select count(*) from (select 1 from entry e where e.house = $1 and e.kind = $2 and e.happened >= $3 limit $4) x`

	sqlOrdersDue = `select ` + orderColumns + ` from order_row o where o.house = $1 and o.due >= $2 and o.due <= $3 and not o.closed` +
		` order by o.due asc, o.year asc, o.ord asc, o.sheet asc limit $4`
	sqlOrdersClosed = `select ` + orderColumns + ` from order_row o where o.house = $1 and o.closed = true and o.stage_since >= $2` +
		` order by o.stage_since desc, o.sheet desc limit $3`
	sqlSheetsByKind = `select e.sheet from entry e where e.house = $1 and e.kind = $2 and e.happened >= $3` +
		` order by e.happened desc, e.sheet desc, e.seq desc limit $4`
	sqlSheetsBy  = `select e.sheet from entry e where e.house = $1 and e.who = $2 order by e.happened desc, e.sheet desc, e.seq desc limit $3`
	sqlSheetKind = `select kind from sheet where house = $1 and sheet = $2`
)

func scanWaiting(r scanner) (c order.Waiting, err error) {
	var stage string
	err = r.Scan(&stage, &c.Days, &c.Count)
	c.Stage = order.Stage(stage)
	return c, err
}

// WaitingOrders counts the open orders by stage and by whole days at it.
func (t *Tx) WaitingOrders(ctx context.Context, now time.Time) ([]order.Waiting, error) {
	return list(ctx, t, scanWaiting, sqlFigureWaiting, micros(now), t.house)
}

func scanDue(r scanner) (c order.Due, err error) {
	var stage string
	err = r.Scan(&stage, &c.Promised, &c.Count)
	c.Stage = order.Stage(stage)
	return c, err
}

// DueOrders counts the open orders promised up to an ISO date, by stage and date.
func (t *Tx) DueOrders(ctx context.Context, until string) ([]order.Due, error) {
	return list(ctx, t, scanDue, sqlFigureDue, t.house, until)
}

func scanTurnaround(r scanner) (c order.Turnaround, err error) { return c, r.Scan(&c.Days, &c.Count) }

// Turnarounds counts the orders closed since an instant by the whole days from
// their opening to their closing.
func (t *Tx) Turnarounds(ctx context.Context, since time.Time) ([]order.Turnaround, error) {
	return list(ctx, t, scanTurnaround, sqlFigureClosed, t.house, micros(since))
}

// CountEntries counts the entries of a kind that happened since an instant, at
// most so many: who asks about years says when it is enough.
func (t *Tx) CountEntries(ctx context.Context, k journal.Kind, since time.Time, most int) (int, error) {
	return one(ctx, t, "store.CountEntries", value[int], sqlFigureEntries, t.house, string(k), micros(since), most)
}

// OrdersDue returns the open orders promised between two ISO dates, both
// included, soonest first, at most mostOrders.
func (t *Tx) OrdersDue(ctx context.Context, from, until string) ([]order.Row, error) {
	return list(ctx, t, scanOrder, sqlOrdersDue, t.house, from, until, mostOrders)
}

// OrdersClosed returns the orders closed since an instant, the last first, at
// most mostOrders.
func (t *Tx) OrdersClosed(ctx context.Context, since time.Time) ([]order.Row, error) {
	return list(ctx, t, scanOrder, sqlOrdersClosed, t.house, micros(since), mostOrders)
}

// SheetsWith returns the sheets that have an entry of a kind since an instant,
// the latest first, each once, at most mostOrders.
func (t *Tx) SheetsWith(ctx context.Context, k journal.Kind, since time.Time) ([]string, error) {
	all, err := list(ctx, t, value[string], sqlSheetsByKind, t.house, string(k), micros(since), mostOrders)
	return distinct(all, mostOrders), err
}

// mostEntriesBy is how many of a person's last entries are looked at for the
// sheets they wrote on.
const mostEntriesBy = 3000

// SheetsBy returns the sheets a person wrote on, the latest first, each once,
// at most limit.
func (t *Tx) SheetsBy(ctx context.Context, person string, limit int) ([]string, error) {
	all, err := list(ctx, t, value[string], sqlSheetsBy, t.house, person, mostEntriesBy)
	return distinct(all, limit), err
}

// SheetKind returns what a sheet is about: SheetOfOrder, SheetOfLot,
// SheetOfTool, SheetOfRegister.
func (t *Tx) SheetKind(ctx context.Context, sheet string) (string, error) {
	return one(ctx, t, "store.SheetKind", value[string], sqlSheetKind, t.house, sheet)
}

func distinct(all []string, limit int) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range all {
		if !seen[s] && len(out) < limit {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
