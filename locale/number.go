package locale

import (
	"math"
	"strconv"
	"strings"

	"etabli.example/money"
)

// The characters our typography needs (LOOK.md, Typography).
const (
	thin  = "\u202f" // between thousands in French
	nbsp  = "\u00a0" // before a unit
	minus = "\u2212" // as wide as a plus
	none  = "–"      // what stands where there is no figure
)

// style is how one language writes numbers.
type style struct {
	decimal, thousands string
	percent            string // between figure and %
	zeroSingular       bool
	moneyBefore        bool
}

var styles = map[Lang]style{
	FR: {decimal: ",", thousands: thin, percent: nbsp, zeroSingular: true},
	EN: {decimal: ".", thousands: ",", moneyBefore: true},
}

// Number writes v with exactly decimals digits after the mark, rounded half
// away from zero as people do, thousands marked. NaN and infinities are "–".
func (p *Printer) Number(v float64, decimals int) string { return p.number(v, decimals, false) }

// Signed is Number with "+" before what is above zero. What rounds to zero has
// no sign.
func (p *Printer) Signed(v float64, decimals int) string { return p.number(v, decimals, true) }

// Float writes v with as many decimals as it has, at most six.
func (p *Printer) Float(v float64) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	_, fraction, _ := strings.Cut(text, ".")
	return p.Number(v, min(len(fraction), 6))
}

// Int writes a whole number with its thousands from five digits on, so that
// years and short numbers stay as people write them.
func (p *Printer) Int(n int64) string {
	sign, digits := "", strconv.FormatInt(n, 10)
	if n < 0 {
		sign, digits = minus, digits[1:]
	}
	if len(digits) < 5 {
		return sign + digits
	}
	return sign + group(digits, p.style.thousands)
}

func (p *Printer) number(v float64, decimals int, plus bool) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return none
	}
	whole, fraction := round(math.Abs(v), max(decimals, 0))
	sign := ""
	switch zero := strings.Trim(whole+fraction, "0") == ""; {
	case zero:
	case v < 0:
		sign = minus
	case plus:
		sign = "+"
	}
	out := sign + group(whole, p.style.thousands)
	if fraction != "" {
		out += p.style.decimal + fraction
	}
	return out
}

// round returns the decimal digits of v ≥ 0, half away from zero on what v
// reads as (0.25 is a tie, whatever its bits).
func round(v float64, decimals int) (whole, fraction string) {
	whole, fraction, _ = strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	if len(fraction) <= decimals {
		return whole, fraction + strings.Repeat("0", decimals-len(fraction))
	}
	up := fraction[decimals] >= '5'
	digits := []byte("0" + whole + fraction[:decimals])
	for i := len(digits) - 1; up; i-- {
		if up = digits[i] == '9'; up {
			digits[i] = '0'
		} else {
			digits[i]++
		}
	}
	cut := len(whole) + 1
	whole, fraction = string(digits[:cut]), string(digits[cut:])
	if whole[0] == '0' {
		whole = whole[1:]
	}
	return whole, fraction
}

// group puts mark between groups of three of digits.
func group(digits, mark string) string {
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// Money writes an amount with its cents: "1 234,56 €", "€1,234.56".
func (p *Printer) Money(c money.Cents) string { return p.amount(c, 2) }

// MoneyShort is Money without ",00" where the amount is whole, for sentences.
func (p *Printer) MoneyShort(c money.Cents) string {
	if c%100 == 0 {
		return p.amount(c, 0)
	}
	return p.amount(c, 2)
}

// amount works on digits, not on floats: every cent is exact.
func (p *Printer) amount(c money.Cents, decimals int) string {
	digits := strconv.FormatInt(int64(c), 10)
	sign := ""
	if c < 0 {
		sign, digits = minus, digits[1:]
	}
	for len(digits) < 3 {
		digits = "0" + digits
	}
	cut := len(digits) - 2
	figure := group(digits[:cut], p.style.thousands)
	if decimals > 0 {
		figure += p.style.decimal + digits[cut:]
	}
	if p.style.moneyBefore {
		return sign + "€" + figure
	}
	return sign + figure + nbsp + "€"
}

// VAT writes a rate of tax: "20 %", "5,5 %".
func (p *Printer) VAT(r money.VATRate) string {
	return p.Float(float64(r)/100) + p.style.percent + "%"
}

// Percent writes a share (0.874) as a percentage with the given decimals: "87 %".
func (p *Printer) Percent(share float64, decimals int) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return none
	}
	return p.Number(share*100, decimals) + p.style.percent + "%"
}
