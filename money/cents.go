// Package money counts in whole cents and splits value added tax so that net
// and tax always add up to gross. It knows one currency, the euro, holds no
// price and formats nothing for people; package locale does.
package money

import "math/bits"

// Cents is an amount of euros in cents.
type Cents int64

// Most is the largest amount (either sign) that Parse accepts: ten million
// euros. It is far from overflow, so sums of accepted amounts are safe.
const Most Cents = 10_000_000_00

// Add returns c + d.
func (c Cents) Add(d Cents) Cents { return c + d }

// Sub returns c − d.
func (c Cents) Sub(d Cents) Cents { return c - d }

// Times returns c times a whole quantity.
func (c Cents) Times(n int) Cents { return c * Cents(n) }

// Neg returns −c.
func (c Cents) Neg() Cents { return -c }

// Abs returns c without its sign.
func (c Cents) Abs() Cents {
	if c < 0 {
		return -c
	}
	return c
}

// Share returns c × num ∕ den, half away from zero; for discounts, deposits and
// fractions of a quantity. It panics where den is not positive or the result
// does not fit.
func (c Cents) Share(num, den int64) Cents {
	if den <= 0 {
		panic("money: share of a denominator that is not positive")
	}
	negative := (c < 0) != (num < 0)
	q := mulDiv(magnitude(int64(c)), magnitude(num), uint64(den))
	if q > 1<<63-1 {
		panic("money: share does not fit")
	}
	if negative {
		return -Cents(q)
	}
	return Cents(q)
}

// Of returns the given rate of c, half away from zero: 20 % of 10,00 is 2,00.
func (r VATRate) Of(c Cents) Cents { return c.Share(int64(r), wholeRate) }

// Allocate parts c in proportion to weights without losing or making a cent:
// what remains after rounding down goes to the largest remainders, first come
// first. It returns nil where no weight is positive; a negative weight counts as none.
func (c Cents) Allocate(weights ...int64) []Cents {
	var total uint64
	for _, w := range weights {
		total += uint64(max(w, 0))
	}
	if total == 0 {
		return nil
	}
	amount, left := magnitude(int64(c)), magnitude(int64(c))
	parts := make([]Cents, len(weights))
	remainders := make([]uint64, len(weights))
	for i, w := range weights {
		hi, lo := bits.Mul64(amount, uint64(max(w, 0)))
		q, r := bits.Div64(hi, lo, total)
		parts[i], remainders[i] = Cents(q), r
		left -= q
	}
	for ; left > 0; left-- {
		best := 0
		for i, r := range remainders {
			if r > remainders[best] {
				best = i
			}
		}
		parts[best]++
		remainders[best] = 0
	}
	if c < 0 {
		for i := range parts {
			parts[i] = -parts[i]
		}
	}
	return parts
}

// mulDiv returns a·b/den rounded half up; exact over 128 bits.
func mulDiv(a, b, den uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	if hi >= den {
		panic("money: share does not fit")
	}
	q, r := bits.Div64(hi, lo, den)
	if r >= den-r { // 2r ≥ den without overflow
		q++
	}
	return q
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}
