package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

const orderColumns = `o.house, o.sheet, o.number, o.site, o.year, o.ord, o.stage, o.stage_since, o.opened, o.last, o.closed,` +
	` o.customer, o.watch, o.brand, o.model, o.calibre, o.kind, o.case_no, o.technician, o.due, o.purpose, o.beyond, o.quote_until, o.alerts, o.alerted, o.approval, o.seq`

// never is the due date of what was not promised: after every promise, which the
// rules of the trade hold to twenty years.
const never = "9999-12-31"

func dueOf(promised string) string {
	if promised == "" {
		return never
	}
	return promised
}

func scanOrder(s scanner) (r order.Row, err error) {
	var stage, kind string
	var since, opened, last, until int64
	err = s.Scan(&r.House, &r.Sheet, &r.Number, &r.Site, &r.Year, &r.Ord, &stage, &since, &opened, &last, &r.Closed,
		&r.Customer, &r.WatchID, &r.Brand, &r.Model, &r.Calibre, &kind, &r.CaseNo, &r.Technician, &r.Promised, &r.Purpose, &r.Beyond, &until, &r.Alerts, &r.Alerted, &r.Approval, &r.Seq)
	r.Stage, r.Kind = order.Stage(stage), watch.Kind(kind)
	r.StageSince, r.Opened, r.Last, r.QuoteUntil = instant(since), instant(opened), instant(last), instant(until)
	if r.Promised == never {
		r.Promised = ""
	}
	return r, err
}

const sqlOrderPut = `insert into order_row (house, sheet, number, site, year, ord, stage, stage_since, opened, last, closed,` +
	` customer, watch, brand, model, calibre, kind, case_no, technician, due, purpose, beyond, quote_until, alerts, alerted, approval, seq)` +
	` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)` +
	` on conflict (house, sheet) do update set number = excluded.number, site = excluded.site, year = excluded.year, ord = excluded.ord,` +
	` stage = excluded.stage, stage_since = excluded.stage_since, opened = excluded.opened, last = excluded.last, closed = excluded.closed,` +
	` customer = excluded.customer, watch = excluded.watch, brand = excluded.brand, model = excluded.model, calibre = excluded.calibre,` +
	` kind = excluded.kind, case_no = excluded.case_no, technician = excluded.technician, due = excluded.due, purpose = excluded.purpose,` +
	` beyond = excluded.beyond, quote_until = excluded.quote_until, alerts = excluded.alerts, alerted = excluded.alerted, approval = excluded.approval, seq = excluded.seq`

// PutOrder writes an order's row and the words it is found by. A number that
// another sheet has is a Conflict.
func (t *Tx) PutOrder(ctx context.Context, r order.Row, terms []string) error {
	if r.Sheet == "" {
		return t.wrap(errors.New("an order's row without its sheet"))
	}
	_, err := t.exec(ctx, sqlOrderPut, t.house, r.Sheet, r.Number, r.Site, r.Year, r.Ord, string(r.Stage), micros(r.StageSince),
		micros(r.Opened), micros(r.Last), r.Closed, r.Customer, r.WatchID, r.Brand, r.Model, r.Calibre, string(r.Kind), r.CaseNo,
		r.Technician, dueOf(r.Promised), r.Purpose, r.Beyond, micros(r.QuoteUntil), r.Alerts, r.Alerted, r.Approval, r.Seq)
	if err != nil {
		return err
	}
	return t.putTerms(ctx, domainOrder, r.Sheet, terms)
}

const (
	sqlOrdersAlerted = `select ` + orderColumns + ` from order_row o where o.house = $1 and o.alerted <> ''` +
		` order by o.alerted asc, o.sheet asc limit $2`
	sqlOrdersHeld = `select ` + orderColumns + ` from order_row o where o.house = $1 and o.approval <> ''` +
		` order by o.approval asc, o.sheet asc limit $2`
	sqlOrder         = `select ` + orderColumns + ` from order_row o where o.house = $1 and o.sheet = $2`
	sqlOrderByNumber = `select ` + orderColumns + ` from order_row o where o.house = $1 and o.number = $2 and o.number <> ''`
	sqlOrdersByOrd   = `select ` + orderColumns + ` from order_row o where o.house = $1 and o.ord = $2` +
		` order by o.year desc, o.number desc, o.sheet desc limit $3`
)

// AlertedOrders returns the orders with an open alert, the oldest first, at most
// mostOrders.
func (t *Tx) AlertedOrders(ctx context.Context) ([]order.Row, error) {
	return list(ctx, t, scanOrder, sqlOrdersAlerted, t.house, mostOrders)
}

// HeldOrders returns the orders whose quote waits for approval, the soonest deadline
// first, at most mostOrders.
func (t *Tx) HeldOrders(ctx context.Context) ([]order.Row, error) {
	return list(ctx, t, scanOrder, sqlOrdersHeld, t.house, mostOrders)
}

// Order returns the row of a sheet.
func (t *Tx) Order(ctx context.Context, sheet string) (order.Row, error) {
	return one(ctx, t, "store.Order", scanOrder, sqlOrder, t.house, sheet)
}

// OrderByNumber returns the row of a whole number, as typed or scanned.
func (t *Tx) OrderByNumber(ctx context.Context, number string) (order.Row, error) {
	if n, err := ident.ParseNumber(number); err == nil {
		number = n.String()
	}
	return one(ctx, t, "store.OrderByNumber", scanOrder, sqlOrderByNumber, t.house, number)
}

// OrdersBySequence finds numbers typed without site and year, newest first, at
// most mostOrders.
func (t *Tx) OrdersBySequence(ctx context.Context, ord int) ([]order.Row, error) {
	return list(ctx, t, scanOrder, sqlOrdersByOrd, t.house, ord, mostOrders)
}

// usualOrders and mostOrders are how many rows a page has: unasked, and at most.
const usualOrders, mostOrders = 50, 200

// Orders returns a page, newest number first: year, then sequence, then site.
// q.After names the last row of the page before, by number, or by sheet where it
// has none yet. Several stages are read one by one and merged, so that each is a
// walk along one index however many orders are closed.
func (t *Tx) Orders(ctx context.Context, q order.Query) ([]order.Row, error) {
	if q.Limit <= 0 {
		q.Limit = usualOrders
	}
	q.Limit = min(q.Limit, mostOrders)
	var from *order.Row
	if q.After != "" {
		r, err := t.orderAfter(ctx, q.After)
		if err != nil {
			return nil, err
		}
		from = &r
	}
	if len(q.Stages) == 0 {
		return t.page(ctx, q, order.None, from)
	}
	var all []order.Row
	for _, stage := range slices.Compact(slices.Sorted(slices.Values(q.Stages))) {
		page, err := t.page(ctx, q, stage, from)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
	}
	slices.SortFunc(all, newestFirst)
	return all[:min(len(all), q.Limit)], nil
}

// newestFirst is the order of every list of orders.
func newestFirst(a, b order.Row) int {
	switch {
	case a.Year != b.Year:
		return b.Year - a.Year
	case a.Ord != b.Ord:
		return b.Ord - a.Ord
	case a.Number != b.Number:
		return strings.Compare(b.Number, a.Number)
	}
	return strings.Compare(b.Sheet, a.Sheet)
}

// orderAfter finds the row a page begins after. One that is gone from the list
// meanwhile still has a place there, by its number.
func (t *Tx) orderAfter(ctx context.Context, after string) (order.Row, error) {
	r, err := t.OrderByNumber(ctx, after)
	if !fault.Is(err, fault.NotFound) {
		return r, err
	}
	if n, errNumber := ident.ParseNumber(after); errNumber == nil {
		return order.Row{Number: n.String(), Year: n.Year, Ord: n.Seq}, nil
	}
	return t.Order(ctx, after)
}

// page reads one page of orders: of one stage, or of any where stage is None.
func (t *Tx) page(ctx context.Context, q order.Query, stage order.Stage, from *order.Row) ([]order.Row, error) {
	f := ordersFilter{stage: stage != order.None, technician: q.Technician != "", customer: q.Customer != "", watch: q.WatchID != "",
		site: q.Site != "", open: q.Open, after: from != nil}
	args := []any{t.house}
	for _, a := range []struct {
		set   bool
		value string
	}{{f.stage, string(stage)}, {f.technician, q.Technician}, {f.customer, q.Customer}, {f.watch, q.WatchID}, {f.site, q.Site}} {
		if a.set {
			args = append(args, a.value)
		}
	}
	if from != nil {
		args = append(args, from.Year, from.Ord, from.Number, from.Sheet)
	}
	return list(ctx, t, scanOrder, ordersSQL(f), append(args, q.Limit)...)
}

// ordersFilter says which conditions a page has.
type ordersFilter struct{ stage, technician, customer, watch, site, open, after bool }

// ordersSQL writes the statement of a page. There are 128 of them.
func ordersSQL(f ordersFilter) string {
	var b strings.Builder
	b.WriteString(`select ` + orderColumns + ` from order_row o where o.house = $1`)
	n := 1
	place := func() string { n++; return fmt.Sprintf("$%d", n) }
	for _, c := range []struct {
		set  bool
		text string
	}{{f.stage, ` and o.stage = `}, {f.technician, ` and o.technician = `}, {f.customer, ` and o.customer = `},
		{f.watch, ` and o.watch = `}, {f.site, ` and o.site = `}} {
		if c.set {
			b.WriteString(c.text + place())
		}
	}
	if f.open {
		b.WriteString(` and not o.closed`)
	}
	if f.after {
		b.WriteString(` and (o.year, o.ord, o.number, o.sheet) < (` + place() + `, ` + place() + `, ` + place() + `, ` + place() + `)`)
	}
	b.WriteString(` order by o.year desc, o.ord desc, o.number desc, o.sheet desc limit ` + place())
	return b.String()
}
