package money

import "sort"

// VATRate is a rate of value added tax in basis points: 2000 is 20 %.
type VATRate int

// wholeRate is 100 % in basis points.
const wholeRate = 10_000

// Totals is an amount taken apart. Net + VAT = Gross, always.
type Totals struct{ Gross, Net, VAT Cents }

// Add returns the sum of both, field by field.
func (t Totals) Add(u Totals) Totals {
	return Totals{t.Gross + u.Gross, t.Net + u.Net, t.VAT + u.VAT}
}

// VATFromGross takes gross (what a consumer pays) apart: the net is rounded
// half away from zero, the tax is the rest. It panics on a negative rate.
func VATFromGross(gross Cents, r VATRate) Totals {
	checkRate(r)
	net := gross.Share(wholeRate, wholeRate+int64(r))
	return Totals{Gross: gross, Net: net, VAT: gross - net}
}

// VATFromNet adds tax to net (what a business is quoted): the tax is rounded
// half away from zero, the gross is the sum. It panics on a negative rate.
func VATFromNet(net Cents, r VATRate) Totals {
	checkRate(r)
	vat := r.Of(net)
	return Totals{Gross: net + vat, Net: net, VAT: vat}
}

func checkRate(r VATRate) {
	if r < 0 {
		panic("money: negative VAT rate")
	}
}

// Rounding says where cents are rounded when lines are added up.
type Rounding uint8

// The rules. Both are lawful in the European Union; a document keeps to one.
const (
	PerTotal Rounding = iota // gross is added per rate, then taken apart once
	PerLine                  // each line is taken apart, then added
)

// Line is one priced line of a quote or an invoice, tax included.
type Line struct {
	Gross Cents
	Rate  VATRate
}

// RateTotals is the part of a document that bears one rate.
type RateTotals struct {
	Rate VATRate
	Totals
}

// Breakdown returns the totals of lines for each rate that occurs, highest
// rate first, as an invoice must state them.
func Breakdown(lines []Line, rule Rounding) []RateTotals {
	byRate := map[VATRate]Totals{}
	for _, l := range lines {
		t := Totals{Gross: l.Gross}
		if rule == PerLine {
			t = VATFromGross(l.Gross, l.Rate)
		}
		byRate[l.Rate] = byRate[l.Rate].Add(t)
	}
	out := make([]RateTotals, 0, len(byRate))
	for r, t := range byRate {
		if rule == PerTotal {
			t = VATFromGross(t.Gross, r)
		}
		out = append(out, RateTotals{r, t})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Rate > out[j].Rate })
	return out
}

// Sum returns the totals of lines over all rates.
func Sum(lines []Line, rule Rounding) Totals {
	var sum Totals
	for _, r := range Breakdown(lines, rule) {
		sum = sum.Add(r.Totals)
	}
	return sum
}
