package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"etabli.example/trade/customer"
	"etabli.example/trade/order"
)

// The two kinds of thing that are found by words.
const (
	domainOrder    = "order"
	domainCustomer = "customer"
)

// soundMark stands before a key of Sound among the terms: no folded word begins with it.
const soundMark = "~"

// customerTerms returns what a customer is found by: every word of who they are
// and how to reach them, any four digits of the phone, how the names sound.
func customerTerms(c customer.Customer) []string {
	terms := termsOf(c.Name, c.Given, c.Email, c.City, c.Postcode)
	terms = append(terms, phoneTerms(c.Digits())...)
	for _, w := range Words(c.Name + " " + c.Given) {
		if s := Sound(w); s != "" {
			terms = append(terms, soundMark+s)
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

const (
	sqlTerms      = `select word from term where house = $1 and domain = $2 and target = $3 order by word asc`
	sqlTermNew    = `insert into term (house, domain, target, word) values ($1, $2, $3, $4)`
	sqlTermDelete = `delete from term where house = $1 and domain = $2 and target = $3 and word = $4`
)

// putTerms makes the words of a thing those of the fields, changing only what differs.
func (t *Tx) putTerms(ctx context.Context, domain, target string, fields []string) error {
	return t.setTerms(ctx, domain, target, termsOf(fields...))
}

func (t *Tx) setTerms(ctx context.Context, domain, target string, want []string) error {
	have, err := list(ctx, t, value[string], sqlTerms, t.house, domain, target)
	if err != nil {
		return err
	}
	for _, w := range want {
		if !slices.Contains(have, w) {
			if _, err := t.exec(ctx, sqlTermNew, t.house, domain, target, w); err != nil {
				return err
			}
		}
	}
	for _, w := range have {
		if !slices.Contains(want, w) {
			if _, err := t.exec(ctx, sqlTermDelete, t.house, domain, target, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// span is a run of the term index: from lo, before hi.
type span struct{ lo, hi string }

// prefixed returns the span of the words that begin with w.
func prefixed(w string) span { return span{w, w + "\U0010FFFF"} }

// sounding returns the span of the key of w alone; where w is too short to be
// recognised by ear, the same span as prefixed. A space ends it because no term holds one.
func sounding(w string) span {
	if s := Sound(w); len(w) >= 3 && s != "" {
		return span{soundMark + s, soundMark + s + " "}
	}
	return prefixed(w)
}

// finder says how one kind of thing is found: which statements, which spans a
// word has. Common words are looked for along the newest things, rare ones along
// their own run of the term index: neither reads all that ever was.
type finder struct {
	domains []string // whose words find it
	spans   func(word string) []span
	walk    func(words int) string
	drive   func(words int) string
}

// A word that more than commonWord things have is common: things that have it
// are first looked for among the newest firstWindow, and where those promise
// enough, among up to widestWindow. Where they do not, the rarest of the common
// words drives, each counted up to countedWord.
const commonWord, firstWindow, widestWindow, countedWord = 500, 500, 5000, 20000

const sqlTermCount = `select count(*) from (select 1 from term where house = $1 and domain = $2 and word >= $3 and word < $4 limit $5) x`

// find returns the newest things that have every word, at most limit.
func find[T any](ctx context.Context, t *Tx, f finder, scan func(scanner) (T, error), words []string, limit int) ([]T, error) {
	words, least, err := t.rarestFirst(ctx, f, words, commonWord)
	if err != nil {
		return nil, err
	}
	spans := f.spansOf(words)
	for window := firstWindow; least > commonWord && window <= widestWindow; {
		found, err := list(ctx, t, scan, f.walk(len(words)), slices.Concat([]any{t.house, window}, spans, []any{limit})...)
		if err != nil || len(found) == limit {
			return found, err
		}
		if len(found) == 0 || window > firstWindow {
			break
		}
		window = 2 * window * limit / len(found) // twice what it takes if they lie as thick further back
	}
	if least > commonWord && len(words) > 1 { // which of the common ones drives matters now
		if words, _, err = t.rarestFirst(ctx, f, words, countedWord); err != nil {
			return nil, err
		}
		spans = f.spansOf(words)
	}
	return list(ctx, t, scan, f.drive(len(words)), slices.Concat([]any{t.house}, spans, []any{limit})...)
}

// spansOf are the bounds of every word, as the statements take them.
func (f finder) spansOf(words []string) (bounds []any) {
	for _, w := range words {
		for _, s := range f.spans(w) {
			bounds = append(bounds, s.lo, s.hi)
		}
	}
	return bounds
}

// rarestFirst puts the rarest word first, which drives, and says how many things
// have it; nothing is counted beyond most.
func (t *Tx) rarestFirst(ctx context.Context, f finder, words []string, most int) ([]string, int, error) {
	rarest, least := 0, most+1
	for i, w := range words {
		n := 0
		for _, s := range f.spans(w) {
			for _, domain := range f.domains {
				m, err := one(ctx, t, "store.find", value[int], sqlTermCount, t.house, domain, s.lo, s.hi, most+1)
				if err != nil {
					return nil, 0, err
				}
				n += m
			}
		}
		if n < least {
			rarest, least = i, n
		}
	}
	words = slices.Clone(words)
	words[0], words[rarest] = words[rarest], words[0]
	return words, least, nil
}

// places writes the places of a statement in ascending order of first use; $1 is the house.
type places int

func (p *places) next() string {
	*p++
	return fmt.Sprintf("$%d", int(*p))
}

// within writes that a word lies in the next span.
func (p *places) within(alias string) string {
	return alias + `.word >= ` + p.next() + ` and ` + alias + `.word < ` + p.next()
}

// FindOrders searches by prefix of every word, newest first: words of the order
// or of its customer.
func (t *Tx) FindOrders(ctx context.Context, words string, limit int) ([]order.Row, error) {
	limit = min(max(limit, 1), mostOrders)
	f := finder{domains: []string{domainOrder, domainCustomer}, walk: findOrdersWalkSQL, drive: findOrdersDriveSQL,
		spans: func(w string) []span { return []span{prefixed(w)} }}
	var all []order.Row
	for _, words := range readings(words) {
		found, err := find(ctx, t, f, scanOrder, words, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, newestFirst)
	all = slices.CompactFunc(all, func(a, b order.Row) bool { return a.Sheet == b.Sheet })
	return all[:min(len(all), limit)], nil
}

// orderHas writes that order o, or its customer, has the next word.
func orderHas(p *places) string {
	lo, hi := p.next(), p.next()
	return `(exists (select 1 from term t where t.house = $1 and t.domain = 'order' and t.target = o.sheet and t.word >= ` + lo + ` and t.word < ` + hi + `)` +
		` or exists (select 1 from term t where t.house = $1 and t.domain = 'customer' and t.target = o.customer and t.word >= ` + lo + ` and t.word < ` + hi + `))`
}

const ordersNewest = ` order by o.year desc, o.ord desc, o.number desc, o.sheet desc limit `

// findOrdersWalkSQL goes along the newest orders.
func findOrdersWalkSQL(words int) string {
	p := places(1)
	var b strings.Builder
	b.WriteString(`select ` + orderColumns + ` from (select * from order_row o where o.house = $1` + ordersNewest + p.next() + `) o where o.house = $1`)
	for range words {
		b.WriteString(` and ` + orderHas(&p))
	}
	b.WriteString(ordersNewest + p.next())
	return b.String()
}

// findOrdersDriveSQL starts from the things that have the first word.
func findOrdersDriveSQL(words int) string {
	p := places(1)
	lo, hi := p.next(), p.next()
	var b strings.Builder
	// union all and distinct outside: a planner without figures then goes from
	// the words to the orders and not the other way.
	b.WriteString(`with hit as (select t.target as sheet from term t where t.house = $1 and t.domain = 'order' and t.word >= ` + lo + ` and t.word < ` + hi +
		` union all select c.sheet from order_row c where c.house = $1 and c.customer in (select t.target from term t` +
		` where t.house = $1 and t.domain = 'customer' and t.word >= ` + lo + ` and t.word < ` + hi + `))` +
		` select ` + orderColumns + ` from (select distinct sheet from hit) h join order_row o on o.house = $1 and o.sheet = h.sheet`)
	for i := range words - 1 {
		b.WriteString([2]string{` where `, ` and `}[min(i, 1)] + orderHas(&p))
	}
	b.WriteString(ordersNewest + p.next())
	return b.String()
}

// FindCustomers searches by prefix of every word, newest first; then, where that
// gives fewer than limit, customers whose name sounds like what was typed; then
// those whose name holds it, or is one slip of the finger away. Who was merged
// into another is found as that other.
func (t *Tx) FindCustomers(ctx context.Context, words string, limit int) ([]customer.Customer, error) {
	limit = min(max(limit, 1), mostOrders)
	exact := finder{domains: []string{domainCustomer}, spans: func(w string) []span { return []span{prefixed(w)} },
		walk: findCustomersWalkSQL, drive: findCustomersDriveSQL}
	byEar := finder{domains: []string{domainCustomer}, spans: func(w string) []span { return []span{prefixed(w), sounding(w)} },
		walk: findCustomersByEarWalkSQL, drive: findCustomersByEarDriveSQL}
	var all []customer.Customer
	for _, f := range []finder{exact, byEar} {
		var part []customer.Customer
		for _, words := range readings(words) {
			found, err := find(ctx, t, f, scanCustomer, words, limit)
			if err != nil {
				return nil, err
			}
			part = append(part, found...)
		}
		slices.SortFunc(part, newestCustomerFirst)
		for _, c := range part {
			if len(all) < limit && !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
		if len(all) == limit {
			return t.surviving(ctx, all)
		}
	}
	for _, words := range readings(words) {
		found, err := t.findLoosely(ctx, words)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			if len(all) < limit && !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	return t.surviving(ctx, all)
}

func newestCustomerFirst(a, b customer.Customer) int {
	if c := b.Created.Compare(a.Created); c != 0 {
		return c
	}
	return strings.Compare(b.ID, a.ID)
}

const customersNewest = ` order by c.created desc, c.id desc limit `

func customersWalk(words, spans int) string {
	p := places(1)
	var b strings.Builder
	b.WriteString(`select ` + customerColumns + ` from (select * from customer c where c.house = $1` + customersNewest + p.next() + `) c where c.house = $1`)
	for range words {
		b.WriteString(` and ` + customerHas(&p, spans, "c"))
	}
	b.WriteString(customersNewest + p.next())
	return b.String()
}

func customersDrive(words, spans int) string {
	p := places(1)
	var b strings.Builder
	b.WriteString(`with hit as (`)
	for i := range spans {
		b.WriteString([2]string{``, ` union all `}[i] + `select t.target as id from term t where t.house = $1 and t.domain = 'customer' and ` + p.within("t"))
	}
	// The other words are looked for in the index of words, before any customer is fetched.
	b.WriteString(`) select ` + customerColumns + ` from (select distinct h.id from hit h`)
	for i := range words - 1 {
		b.WriteString([2]string{` where `, ` and `}[min(i, 1)] + customerHas(&p, spans, "h"))
	}
	b.WriteString(`) x join customer c on c.house = $1 and c.id = x.id` + customersNewest + p.next())
	return b.String()
}

// customerHas writes that the customer of the alias has the next word, in one of its spans.
func customerHas(p *places, spans int, alias string) string {
	var or []string
	for range spans {
		or = append(or, `exists (select 1 from term t where t.house = $1 and t.domain = 'customer' and t.target = `+alias+`.id and `+p.within("t")+`)`)
	}
	return `(` + strings.Join(or, ` or `) + `)`
}

func findCustomersWalkSQL(words int) string       { return customersWalk(words, 1) }
func findCustomersDriveSQL(words int) string      { return customersDrive(words, 1) }
func findCustomersByEarWalkSQL(words int) string  { return customersWalk(words, 2) }
func findCustomersByEarDriveSQL(words int) string { return customersDrive(words, 2) }
