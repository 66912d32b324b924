// Package price knows what an operation costs in this house, for which watch, from
// when and until when, and with which VAT. It does not total a quote: that is money's.
package price

import (
	"slices"
	"strings"
	"unicode/utf8"

	"etabli.example/fault"
	"etabli.example/money"
)

// Price is one line of the house's price list: all-in for consumers.
type Price struct {
	House     string
	Operation string // code of horology's operations
	For
	Gross money.Cents // including VAT
	VAT   money.VATRate
	From  string // ISO date from which it holds
	Until string // ISO date of the last day it holds; "" until another replaces it
}

// For is which watches a price is for, or what one watch is; an empty field of a
// price is any.
type For struct {
	Kind   string // "manual", "automatic", "quartz"
	Family string // the calibre's, as the catalogue groups them: "2824", "7750"
	Case   string // one of Cases
}

// Cases lists the classes of case that change what an operation costs.
func Cases() []string { return []string{"plain", "tight", "diver", "precious"} }

// CaseOf is the class of a case: precious metal asks for care whatever its depth,
// a diver's (20 bar and over) for another press than one that is said to be tight.
func CaseOf(material string, waterBar float64) string {
	switch {
	case slices.Contains([]string{"gold", "silver", "platinum"}, material):
		return "precious"
	case waterBar >= 20:
		return "diver"
	case waterBar >= 3:
		return "tight"
	}
	return "plain"
}

// mostFamily is how long a family's name may be, in characters.
const mostFamily = 40

// Check returns what is wrong with the price.
func (p Price) Check() error {
	var bad fault.Problems
	if p.Operation == "" {
		bad.Add("operation", "price.no_operation")
	}
	if p.Kind != "" && !slices.Contains([]string{"manual", "automatic", "quartz"}, p.Kind) {
		bad.Add("kind", "order.unknown_choice")
	}
	if p.Case != "" && !slices.Contains(Cases(), p.Case) {
		bad.Add("case", "order.unknown_choice")
	}
	if utf8.RuneCountInString(p.Family) > mostFamily || strings.ContainsAny(p.Family, "\n\r\t") {
		bad.Add("family", "price.family", mostFamily)
	}
	if p.Gross < 0 || p.Gross > 100_000_00 {
		bad.Add("gross", "price.range")
	}
	if p.VAT < 0 || p.VAT > 10000 {
		bad.Add("vat", "price.vat_range")
	}
	if !isDay(p.From) {
		bad.Add("from", "price.day")
	}
	if p.Until != "" && (!isDay(p.Until) || p.Until < p.From) {
		bad.Add("until", "price.until")
	}
	return bad.Err()
}

// matches reports whether a price for p is one of a watch that is w.
func (p For) matches(w For) bool {
	same := func(a, b string) bool { return a == "" || strings.EqualFold(a, b) }
	return same(p.Kind, w.Kind) && same(p.Family, w.Family) && same(p.Case, w.Case)
}

// rank is how exactly the price names its watch: the calibre's family says more
// than the case, and the case more than the kind.
func (p For) rank() (n int) {
	for i, field := range []string{p.Kind, p.Case, p.Family} {
		if field != "" {
			n += 1 << i
		}
	}
	return n
}

// Holds reports whether the price holds on the ISO date day.
func (p Price) Holds(day string) bool { return p.From <= day && (p.Until == "" || day <= p.Until) }

// List is a price list, any order.
type List []Price

// At returns the price of operation for a watch on the ISO date day: the one that
// names the watch most exactly, and of those the latest that has begun.
func (l List) At(operation string, w For, day string) (Price, bool) {
	var best Price
	found := false
	for _, p := range l {
		if p.Operation != operation || !p.matches(w) || !p.Holds(day) {
			continue
		}
		if !found || p.rank() > best.rank() || p.rank() == best.rank() && p.From > best.From {
			best, found = p, true
		}
	}
	return best, found
}

// Holding are the prices of an operation that hold on the ISO date day or will:
// what was replaced or has ended is left out. The most general is first.
func (l List) Holding(operation, day string) List {
	now := map[For]Price{}
	var out List
	for _, p := range l {
		switch {
		case p.Operation != operation:
		case p.From > day:
			out = append(out, p)
		case p.Holds(day):
			if old, ok := now[p.For]; !ok || p.From > old.From {
				now[p.For] = p
			}
		}
	}
	for _, p := range now {
		out = append(out, p)
	}
	slices.SortFunc(out, compare)
	return out
}

// compare is the order a list is shown and printed in.
func compare(a, b Price) int {
	if a.rank() != b.rank() {
		return a.rank() - b.rank()
	}
	return strings.Compare(a.Operation+"\t"+a.Kind+"\t"+a.Family+"\t"+a.Case+"\t"+a.From, b.Operation+"\t"+b.Kind+"\t"+b.Family+"\t"+b.Case+"\t"+b.From)
}
