package store

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"etabli.example/journal"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
)

// batchSize is how many sheets, or customers, are held in memory at once while
// the whole book is read.
const batchSize = 100

// beyond is after every key; next(s) is the first key after s that can be.
const beyond = "\U0010FFFF"

func next(s string) string { return s + "\x01" }

type sheetHead struct {
	sheet, kind string
	head
	recorded int64
}

func scanSheetHead(r scanner) (h sheetHead, err error) {
	return h, r.Scan(&h.sheet, &h.kind, &h.seq, &h.hash, &h.recorded)
}

type sheetTerm struct{ sheet, word string }

func scanSheetTerm(r scanner) (t sheetTerm, err error) { return t, r.Scan(&t.sheet, &t.word) }

const (
	sqlHouseOfSheet    = `select house from sheet where house > $1 order by house asc limit 1`
	sqlHouseOfEntry    = `select house from entry where house > $1 order by house asc limit 1`
	sqlHouseOfOrder    = `select house from order_row where house > $1 order by house asc limit 1`
	sqlHouseOfCustomer = `select house from customer where house > $1 order by house asc limit 1`

	sqlSheetCount   = `select count(*) from sheet where house = $1`
	sqlBatchStarts  = `select sheet, kind, seq, hash, recorded from sheet where house = $1 and sheet >= $2 order by sheet asc limit $3`
	sqlBatchHeads   = `select sheet, kind, seq, hash, recorded from sheet where house = $1 and sheet >= $2 and sheet < $3 order by sheet asc`
	sqlBatchEntries = `select ` + entryColumns + ` from entry where house = $1 and sheet >= $2 and sheet < $3 order by sheet asc, seq asc`
	sqlBatchRows    = `select ` + orderColumns + ` from order_row o where o.house = $1 and o.sheet >= $2 and o.sheet < $3 order by o.sheet asc`
	sqlBatchTerms   = `select target, word from term where house = $1 and domain = $2 and target >= $3 and target < $4 order by target asc, word asc`

	sqlBatchCustomers = `select ` + customerColumns + ` from customer c where c.house = $1 and c.id >= $2 order by c.id asc limit $3`
)

// houses lists the houses that have anything in the book.
func (t *Tx) houses(ctx context.Context) ([]string, error) {
	found := map[string]bool{}
	after := func(text string) error {
		for last := ""; ; {
			all, err := list(ctx, t, value[string], text, last)
			if err != nil || len(all) == 0 {
				return err
			}
			last = all[0]
			found[last] = true
		}
	}
	for _, err := range []error{after(sqlHouseOfSheet), after(sqlHouseOfEntry), after(sqlHouseOfOrder), after(sqlHouseOfCustomer)} {
		if err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// batch is everything the store holds of the sheets in one run of the key.
type batch struct {
	heads   map[string]sheetHead
	entries map[string][]columns
	rows    map[string][]order.Row
	terms   map[string][]string
}

// sheets lists the sheets of the batch, those that have no head as well.
func (b batch) sheets() []string {
	all := slices.Collect(maps.Keys(b.heads))
	all = slices.AppendSeq(all, maps.Keys(b.entries))
	all = slices.AppendSeq(all, maps.Keys(b.rows))
	all = slices.AppendSeq(all, maps.Keys(b.terms))
	slices.Sort(all)
	return slices.Compact(all)
}

// eachBatch calls f with runs of the key that together cover the house, and the heads in each.
func (t *Tx) eachBatch(ctx context.Context, f func([]sheetHead, span) error) error {
	for lo := ""; ; {
		heads, err := list(ctx, t, scanSheetHead, sqlBatchStarts, t.house, lo, batchSize)
		if err != nil {
			return err
		}
		s := span{lo, beyond}
		if len(heads) == batchSize {
			s.hi = next(heads[batchSize-1].sheet)
		}
		if err := f(heads, s); err != nil || s.hi == beyond {
			return err
		}
		lo = s.hi
	}
}

func (t *Tx) batch(ctx context.Context, s span) (batch, error) {
	b := batch{map[string]sheetHead{}, map[string][]columns{}, map[string][]order.Row{}, map[string][]string{}}
	heads, err := list(ctx, t, scanSheetHead, sqlBatchHeads, t.house, s.lo, s.hi)
	if err != nil {
		return b, err
	}
	for _, h := range heads {
		b.heads[h.sheet] = h
	}
	entries, err := list(ctx, t, scanColumns, sqlBatchEntries, t.house, s.lo, s.hi)
	if err != nil {
		return b, err
	}
	for _, c := range entries {
		b.entries[c.sheet] = append(b.entries[c.sheet], c)
	}
	rows, err := list(ctx, t, scanOrder, sqlBatchRows, t.house, s.lo, s.hi)
	if err != nil {
		return b, err
	}
	for _, r := range rows {
		b.rows[r.Sheet] = append(b.rows[r.Sheet], r)
	}
	b.terms, err = t.termsIn(ctx, domainOrder, s)
	return b, err
}

func (t *Tx) termsIn(ctx context.Context, domain string, s span) (map[string][]string, error) {
	words, err := list(ctx, t, scanSheetTerm, sqlBatchTerms, t.house, domain, s.lo, s.hi)
	terms := map[string][]string{}
	for _, w := range words {
		terms[w.sheet] = append(terms[w.sheet], w.word)
	}
	return terms, err
}

type customerBatch struct {
	customers []customer.Customer
	terms     map[string][]string
}

// eachCustomerBatch calls f with every customer and all customers' words.
func (t *Tx) eachCustomerBatch(ctx context.Context, f func(customerBatch) error) error {
	for lo := ""; ; {
		customers, err := list(ctx, t, scanCustomer, sqlBatchCustomers, t.house, lo, batchSize)
		if err != nil {
			return err
		}
		s := span{lo, beyond}
		if len(customers) == batchSize {
			s.hi = next(customers[batchSize-1].ID)
		}
		terms, err := t.termsIn(ctx, domainCustomer, s)
		if err != nil {
			return err
		}
		if err := f(customerBatch{customers, terms}); err != nil || s.hi == beyond {
			return err
		}
		lo = s.hi
	}
}

// sayingsIn finds the sayings an entry's data points at, wherever its kind has
// them: objects of exactly an id and a hash.
func sayingsIn(data json.RawMessage) []journal.Saying {
	if !bytes.Contains(data, []byte(`"hash"`)) {
		return nil
	}
	var v any
	if json.Unmarshal(data, &v) != nil {
		return nil
	}
	var out []journal.Saying
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			id, isID := v["id"].(string)
			hash, isHash := v["hash"].(string)
			if len(v) == 2 && isID && isHash && id != "" {
				out = append(out, journal.Saying{ID: id, Hash: hash})
				return
			}
			for _, k := range slices.Sorted(maps.Keys(v)) {
				walk(v[k])
			}
		}
	}
	walk(v)
	return out
}
