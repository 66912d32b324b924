package store

import (
	"cmp"
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

// Gathered is orders on their way into the book: every row they give, ready to
// be written.
type Gathered struct {
	rows  bulk
	words []string // of their customers, for the vocabulary
}

// Gather makes the rows of new orders, which nothing needs the book for: one
// batch can be made ready while the one before is being written.
func (h *House) Gather(orders []Whole) (g Gathered, err error) {
	b := &g.rows
	for _, w := range orders {
		if w.Customer != nil {
			c := *w.Customer
			b.add(bulkCustomers, h.house, c.ID, c.Name, c.Given, c.Phone, c.Email, c.Address, c.Postcode, c.City, c.Lang, c.Channel, c.Business, micros(c.Created))
			b.terms(h.house, domainCustomer, c.ID, customerTerms(c))
			g.words = append(g.words, vocabularyOf(c)...)
		}
		if err := b.watch(h.house, w.Watch); err != nil {
			return g, err
		}
		s := w.Said
		b.add(bulkSayings, h.house, s.ID, s.Person, s.Text, s.Salt, s.Expiry, false)
		b.order(h.house, w.Folded)
		for _, e := range w.Entries {
			c := columnsOf(e)
			b.add(bulkEntries, c.house, c.sheet, c.seq, c.id, c.kind, c.who, c.bench, c.happened, c.recorded, c.text, c.prev, c.hash)
		}
		last := w.Entries[len(w.Entries)-1]
		b.add(bulkSheets, h.house, last.Sheet, SheetOfOrder, last.Seq, string(last.Hash), micros(last.Recorded))
	}
	b.putTerms()
	slices.Sort(g.words)
	g.words = slices.Compact(g.words)
	return g, nil
}

// PutGathered writes new orders. The caller made chains and rows; verify proves
// them like any other. Conflict where anything is there already.
func (t *Tx) PutGathered(ctx context.Context, g Gathered) error {
	if err := g.rows.write(ctx, t); err != nil {
		return err
	}
	return t.learn(ctx, g.words)
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
	rows  [bulkTables][]any // flat
	words []targetWord
}

// targetWord is one word that a thing is found by.
type targetWord struct{ house, domain, target, word string }

func (b *bulk) add(into bulkTable, values ...any) { b.rows[into] = append(b.rows[into], values...) }

func (b *bulk) terms(house, domain, target string, words []string) {
	for _, w := range words {
		b.words = append(b.words, targetWord{house, domain, target, w})
	}
}

// putTerms adds the words in the order of their index: things of one year share
// most of theirs, and what lies together is written together.
func (b *bulk) putTerms() {
	slices.SortFunc(b.words, func(a, b targetWord) int {
		return cmp.Or(strings.Compare(a.domain, b.domain), strings.Compare(a.word, b.word), strings.Compare(a.target, b.target))
	})
	for _, w := range b.words {
		b.add(bulkTerms, w.house, w.domain, w.target, w.word)
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
			whole := len(flat) / (n * wide) * (n * wide)
			if err := t.execEach(ctx, bulkSQL(bulkTable(into), n), flat[:whole], n*wide); err != nil {
				return err
			}
			flat = flat[whole:]
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
