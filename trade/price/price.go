// Package price knows what an operation costs in this house, from when, and
// with which VAT. It does not total a quote: that is money's.
package price

import (
	"etabli.example/fault"
	"etabli.example/money"
)

// Price is one line of the house's price list: all-in for consumers.
type Price struct {
	House     string
	Operation string      // code of horology's operations
	Kind      string      // "manual", "automatic", "quartz" or "" for any watch
	Gross     money.Cents // including VAT
	VAT       money.VATRate
	From      string // ISO date from which it holds
}

// Check returns what is wrong with the price.
func (p Price) Check() error {
	var bad fault.Problems
	if p.Operation == "" {
		bad.Add("operation", "price.no_operation")
	}
	if p.Gross < 0 || p.Gross > 100_000_00 {
		bad.Add("gross", "price.range")
	}
	if p.VAT < 0 || p.VAT > 10000 {
		bad.Add("vat", "price.vat_range")
	}
	return bad.Err()
}

// List is a price list, any order.
type List []Price

// At returns the price of operation for a kind of watch on the ISO date day:
// the latest that has begun, one for the very kind before one for any.
func (l List) At(operation, kind, day string) (Price, bool) {
	var best Price
	found := false
	better := func(p Price) bool {
		if !found || (p.Kind != "") != (best.Kind != "") {
			return !found || p.Kind != ""
		}
		return p.From > best.From
	}
	for _, p := range l {
		if p.Operation == operation && (p.Kind == kind || p.Kind == "") && p.From <= day && better(p) {
			best, found = p, true
		}
	}
	return best, found
}
