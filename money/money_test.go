package money

import (
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var (
	anyAmount = rapid.Int64Range(-int64(Most), int64(Most))
	anyRate   = rapid.OneOf(rapid.SampledFrom([]int{0, 210, 550, 810, 1000, 1900, 2000, 2550}), rapid.IntRange(0, 10_000))
)

func drawLines(t *rapid.T) []Line {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Line {
		return Line{Cents(anyAmount.Draw(t, "gross")), VATRate(anyRate.Draw(t, "rate"))}
	}), 0, 30).Draw(t, "lines")
}

// exactNet returns gross·10000/(10000+r) without rounding.
func exactNet(gross Cents, r VATRate) *big.Rat {
	return new(big.Rat).Mul(big.NewRat(int64(gross), 1), big.NewRat(wholeRate, wholeRate+int64(r)))
}

// off returns how far got is from want, in cents.
func off(got Cents, want *big.Rat) *big.Rat {
	d := new(big.Rat).Sub(big.NewRat(int64(got), 1), want)
	return d.Abs(d)
}

var half = big.NewRat(1, 2)

func TestVATFromGross(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		gross Cents
		rate  VATRate
		want  Totals
	}{
		{120_00, 2000, Totals{120_00, 100_00, 20_00}},
		{100_00, 2000, Totals{100_00, 83_33, 16_67}},
		{1, 2000, Totals{1, 1, 0}},
		{3, 2000, Totals{3, 3, 0}},    // 2.5 goes away from zero
		{-3, 2000, Totals{-3, -3, 0}}, // on either side
		{105_50, 550, Totals{105_50, 100_00, 5_50}},
		{99_99, 0, Totals{99_99, 99_99, 0}},
		{0, 2000, Totals{}},
		{-120_00, 2000, Totals{-120_00, -100_00, -20_00}},
	} {
		if got := VATFromGross(tt.gross, tt.rate); got != tt.want {
			t.Errorf("VATFromGross(%d, %d) = %+v, want %+v", tt.gross, tt.rate, got, tt.want)
		}
	}
}

func TestVAT_addsUpAndIsNearest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, r := Cents(anyAmount.Draw(t, "amount")), VATRate(anyRate.Draw(t, "rate"))
		g := VATFromGross(c, r)
		if g.Gross != c || g.Net+g.VAT != g.Gross {
			t.Fatalf("%+v does not add up to %d", g, c)
		}
		if off(g.Net, exactNet(c, r)).Cmp(half) > 0 {
			t.Fatalf("net %d is more than half a cent from %v", g.Net, exactNet(c, r))
		}
		n := VATFromNet(c, r)
		if n.Net != c || n.Net+n.VAT != n.Gross {
			t.Fatalf("%+v does not add up from %d", n, c)
		}
		exact := new(big.Rat).Mul(big.NewRat(int64(c), 1), big.NewRat(int64(r), wholeRate))
		if off(n.VAT, exact).Cmp(half) > 0 {
			t.Fatalf("tax %d is more than half a cent from %v", n.VAT, exact)
		}
		if back := VATFromGross(n.Gross, r); back.Net != c {
			t.Fatalf("%d net became %d by way of gross", c, back.Net)
		}
		if m := VATFromGross(-c, r); m != (Totals{-g.Gross, -g.Net, -g.VAT}) {
			t.Fatalf("%d and its opposite are not mirrored: %+v %+v", c, g, m)
		}
	})
}

func TestSum_addsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lines := drawLines(t)
		var gross Cents
		exact := map[VATRate]*big.Rat{}
		for _, l := range lines {
			gross += l.Gross
			if exact[l.Rate] == nil {
				exact[l.Rate] = new(big.Rat)
			}
			exact[l.Rate].Add(exact[l.Rate], exactNet(l.Gross, l.Rate))
		}
		for _, rule := range []Rounding{PerTotal, PerLine} {
			sum := Sum(lines, rule)
			if sum.Gross != gross || sum.Net+sum.VAT != sum.Gross {
				t.Fatalf("rule %d: %+v does not add up to %d", rule, sum, gross)
			}
			var parts Totals
			for i, b := range Breakdown(lines, rule) {
				parts = parts.Add(b.Totals)
				if i > 0 && b.Rate >= Breakdown(lines, rule)[i-1].Rate {
					t.Fatal("rates do not go down")
				}
				bound := half
				if rule == PerLine {
					bound = big.NewRat(int64(len(lines)), 2)
				}
				if off(b.Net, exact[b.Rate]).Cmp(bound) > 0 {
					t.Fatalf("rule %d: net %d is off by more than %v from %v", rule, b.Net, bound, exact[b.Rate])
				}
			}
			if parts != sum {
				t.Fatalf("rule %d: parts make %+v, sum is %+v", rule, parts, sum)
			}
		}
	})
}

func TestBreakdown(t *testing.T) {
	t.Parallel()
	lines := []Line{{10_00, 550}, {10_01, 2000}, {10_01, 2000}, {10_01, 2000}}
	for rule, want := range map[Rounding][]RateTotals{
		PerTotal: {{2000, Totals{30_03, 25_03, 5_00}}, {550, Totals{10_00, 9_48, 52}}},
		PerLine:  {{2000, Totals{30_03, 25_02, 5_01}}, {550, Totals{10_00, 9_48, 52}}},
	} {
		if d := cmp.Diff(want, Breakdown(lines, rule)); d != "" {
			t.Errorf("rule %d: %s", rule, d)
		}
	}
}

func TestVAT_panicsOnANegativeRate(t *testing.T) {
	t.Parallel()
	mustPanic(t, func() { VATFromGross(1, -1) })
	mustPanic(t, func() { VATFromNet(1, -1) })
}

func TestCents_Share(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		c        Cents
		num, den int64
		want     Cents
	}{
		{10, 1, 4, 3}, {-10, 1, 4, -3}, {10, -1, 4, -3}, {9, 1, 4, 2}, {0, 7, 3, 0},
		{math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64},
		{100_00, 15, 100, 15_00},
	} {
		if got := tt.c.Share(tt.num, tt.den); got != tt.want {
			t.Errorf("%d.Share(%d, %d) = %d, want %d", tt.c, tt.num, tt.den, got, tt.want)
		}
	}
	mustPanic(t, func() { Cents(1).Share(1, 0) })
	mustPanic(t, func() { Cents(1).Share(1, -3) })
	mustPanic(t, func() { Cents(math.MaxInt64).Share(2, 1) })
	mustPanic(t, func() { Cents(math.MaxInt64).Share(math.MaxInt64, 1) })
}

func mustPanic(t *testing.T, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	f()
}

func TestCents_arithmetic(t *testing.T) {
	t.Parallel()
	if got := Cents(250).Add(50).Sub(100).Times(3).Neg(); got != -600 {
		t.Errorf("got %d", got)
	}
	if Cents(-7).Abs() != 7 || Cents(7).Abs() != 7 {
		t.Error("Abs keeps a sign")
	}
	if got := VATRate(2000).Of(12_34); got != 2_47 {
		t.Errorf("20 %% of 12,34 = %d", got)
	}
}

func TestCents_Allocate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		c       Cents
		weights []int64
		want    []Cents
	}{
		{100, []int64{1, 1, 1}, []Cents{34, 33, 33}},
		{-100, []int64{1, 1, 1}, []Cents{-34, -33, -33}},
		{5, []int64{0, 3, 7}, []Cents{0, 2, 3}},
		{1, []int64{-4, 1}, []Cents{0, 1}},
		{100, []int64{0, 0}, nil},
		{100, nil, nil},
	} {
		if d := cmp.Diff(tt.want, tt.c.Allocate(tt.weights...)); d != "" {
			t.Errorf("%d over %v: %s", tt.c, tt.weights, d)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		c := Cents(anyAmount.Draw(t, "amount"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1e12), 1, 20).Draw(t, "weights")
		var total int64
		for _, w := range weights {
			total += w
		}
		parts := c.Allocate(weights...)
		if total == 0 {
			if parts != nil {
				t.Fatal("weightless parts")
			}
			return
		}
		var sum Cents
		for i, p := range parts {
			sum += p
			exact := new(big.Rat).Mul(big.NewRat(int64(c), 1), big.NewRat(weights[i], total))
			if off(p, exact).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d is a cent or more from %v", p, exact)
			}
		}
		if sum != c {
			t.Fatalf("parts of %d make %d", c, sum)
		}
	})
}
