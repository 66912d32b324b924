package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"etabli.example/journal"
	"etabli.example/trade/customer"
	"etabli.example/trade/watch"
)

// Whole is one order's sheet with what belongs to it, all of it new to the book:
// how many orders are brought in at once, from another system or made up.
type Whole struct {
	Customer *customer.Customer // nil where they are in the book
	Watch    watch.Watch
	Said     journal.Said
	Entries  []journal.Entry
	Folded   Folded
}

// PutWhole writes new orders, many rows a statement. The caller made chains and
// rows; verify proves them like any other. Conflict where anything is there already.
func (t *Tx) PutWhole(ctx context.Context, orders []Whole) error {
	var b bulk
	var words []string
	for _, w := range orders {
		if w.Customer != nil {
			c := *w.Customer
			b.add(bulkCustomers, t.house, c.ID, c.Name, c.Given, c.Phone, c.Email, c.Address, c.Postcode, c.City, c.Lang, c.Channel, c.Business, micros(c.Created))
			b.terms(t.house, domainCustomer, c.ID, customerTerms(c))
			words = append(words, vocabularyOf(c)...)
		}
		if err := b.watch(t.house, w.Watch); err != nil {
			return err
		}
		s := w.Said
		b.add(bulkSayings, t.house, s.ID, s.Person, s.Text, s.Salt, s.Expiry, false)
		b.order(t.house, w.Folded)
		for _, e := range w.Entries {
			c := columnsOf(e)
			b.add(bulkEntries, c.house, c.sheet, c.seq, c.id, c.kind, c.who, c.bench, c.happened, c.recorded, c.text, c.prev, c.hash)
		}
		last := w.Entries[len(w.Entries)-1]
		b.add(bulkSheets, t.house, last.Sheet, SheetOfOrder, last.Seq, string(last.Hash), micros(last.Recorded))
	}
	if err := b.write(ctx, t); err != nil {
		return err
	}
	slices.Sort(words)
	return t.learn(ctx, slices.Compact(words))
}

// bulkTable is where rows are put in bulk.
type bulkTable int

const (
	bulkCustomers bulkTable = iota
	bulkWatches
	bulkSayings
	bulkOrders
	bulkTerms
	bulkEntries
	bulkSheets
	bulkTables
)

var bulkInto = [bulkTables]string{
	bulkCustomers: `customer (house, id, name, given, phone, email, address, postcode, city, lang, channel, business, created)`,
	bulkWatches: `watch (house, id, customer, brand, model, reference, case_no, movement_no, calibre_maker, calibre, kind, bph, lift_deg,` +
		` water_bar, material, functions, year, created, brand_key, case_key)`,
	bulkSayings: `saying (house, id, person, text, salt, expiry, erased)`,
	bulkOrders: `order_row (house, sheet, number, site, year, ord, stage, stage_since, opened, last, closed,` +
		` customer, watch, brand, model, calibre, kind, case_no, technician, due, purpose, beyond, quote_until, seq)`,
	bulkTerms:   `term (house, domain, target, word)`,
	bulkEntries: `entry (` + entryColumns + `)`,
	bulkSheets:  `sheet (house, sheet, kind, seq, hash, recorded)`,
}

// bulk gathers rows until they are written.
type bulk struct {
	rows [bulkTables][]any // flat
}

func (b *bulk) add(into bulkTable, values ...any) { b.rows[into] = append(b.rows[into], values...) }

func (b *bulk) terms(house, domain, target string, words []string) {
	for _, w := range words {
		b.add(bulkTerms, house, domain, target, w)
	}
}

func (b *bulk) order(house string, f Folded) {
	r := f.Row
	b.add(bulkOrders, house, r.Sheet, r.Number, r.Site, r.Year, r.Ord, string(r.Stage), micros(r.StageSince), micros(r.Opened), micros(r.Last), r.Closed,
		r.Customer, r.WatchID, r.Brand, r.Model, r.Calibre, string(r.Kind), r.CaseNo, r.Technician, dueOf(r.Promised), r.Purpose, r.Beyond, micros(r.QuoteUntil), r.Seq)
	b.terms(house, domainOrder, r.Sheet, termsOf(f.Terms...))
}

func (b *bulk) watch(house string, w watch.Watch) error {
	functions, err := jsonText(w.Functions)
	if err != nil {
		return err
	}
	b.add(bulkWatches, house, w.ID, w.Customer, w.Brand, w.Model, w.Reference, w.CaseNo, w.MovementNo, w.CalibreMaker, w.Calibre, string(w.Kind),
		w.BPH, w.LiftDeg, w.WaterBar, w.Material, functions, w.Year, micros(w.Created), serialKey(w.Brand), serialKey(w.CaseNo))
	return nil
}

// bulkRows are how many rows one statement holds: few texts, prepared once each.
// PostgreSQL is far away and takes many; SQLite is here, and keeps a journal of its
// own for each statement of several rows, which costs more than it saves.
func (s *Store) bulkRows() []int {
	if s.engine.name == "sqlite" {
		return []int{1}
	}
	return []int{64, 8, 1}
}

func (b *bulk) write(ctx context.Context, t *Tx) error {
	for into, flat := range b.rows {
		wide := strings.Count(bulkInto[into], ",") + 1
		for _, n := range t.u.store.bulkRows() {
			for ; len(flat) >= n*wide; flat = flat[n*wide:] {
				if _, err := t.exec(ctx, bulkSQL(bulkTable(into), n), flat[:n*wide]...); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// bulkSQL writes the statement that puts so many rows into a table.
func bulkSQL(into bulkTable, rows int) string {
	var b strings.Builder
	b.WriteString(`insert into ` + bulkInto[into] + ` values `)
	wide := strings.Count(bulkInto[into], ",") + 1
	for i := range rows {
		if i > 0 {
			b.WriteString(`, `)
		}
		for j := range wide {
			b.WriteString([2]string{`, `, `(`}[max(0, 1-j)])
			fmt.Fprintf(&b, "$%d", i*wide+j+1)
		}
		b.WriteString(`)`)
	}
	return b.String()
}

const sqlNumbersNext = `insert into number (house, site, year, kind, last) values ($1, $2, $3, $4, $5)` +
	` on conflict (house, site, year, kind) do update set last = number.last + excluded.last returning last`

// NextNumbers takes n numbers of a series at once and returns the last of them.
func (t *Tx) NextNumbers(ctx context.Context, site string, year int, kind string, n int) (last int, err error) {
	return change(ctx, t, "store.NextNumbers", value[int], sqlNumbersNext, t.house, site, year, kind, n)
}
