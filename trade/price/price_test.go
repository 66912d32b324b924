package price_test

import (
	"testing"

	"etabli.example/trade/price"
)

func TestAt(t *testing.T) {
	l := price.List{
		{Operation: "PIL", Gross: 1000, From: "2025-01-01"}, {Operation: "PIL", Gross: 1500, From: "2026-01-01"},
		{Operation: "PIL", For: price.For{Kind: "quartz"}, Gross: 1200, From: "2025-06-01"}, {Operation: "PIL", Gross: 9900, From: "2030-01-01"},
		{Operation: "PIL", For: price.For{Case: "diver"}, Gross: 4000, From: "2025-06-01", Until: "2026-12-31"},
		{Operation: "PIL", For: price.For{Family: "2824"}, Gross: 700, From: "2025-06-01"},
		{Operation: "PIL", For: price.For{Family: "2824", Case: "precious"}, Gross: 800, From: "2025-06-01"},
	}
	for _, c := range []struct {
		what price.For
		day  string
		want int64
		ok   bool
	}{
		{price.For{}, "2024-12-31", 0, false},
		{price.For{}, "2025-01-01", 1000, true},
		{price.For{Kind: "manual"}, "2026-11-24", 1500, true},
		{price.For{Kind: "quartz"}, "2026-11-24", 1200, true},
		{price.For{Kind: "quartz"}, "2025-05-31", 1000, true},
		{price.For{Kind: "quartz", Case: "diver"}, "2026-11-24", 4000, true}, // the case says more than the kind
		{price.For{Kind: "quartz", Case: "diver"}, "2027-01-01", 1200, true}, // a price that ended is none
		{price.For{Kind: "quartz", Family: "2824"}, "2026-11-24", 700, true}, // the family says more still
		{price.For{Family: "2824", Case: "diver"}, "2026-11-24", 700, true},
		{price.For{Family: "2824", Case: "precious"}, "2026-11-24", 800, true},
	} {
		p, ok := l.At("PIL", c.what, c.day)
		if ok != c.ok || int64(p.Gross) != c.want {
			t.Errorf("%+v on %s: %d %v, want %d %v", c.what, c.day, p.Gross, ok, c.want, c.ok)
		}
	}
	if got := len(l.Holding("PIL", "2026-11-24")); got != 6 { // the first was replaced
		t.Errorf("%d prices hold or will", got)
	}
}

func TestCaseOf(t *testing.T) {
	for _, c := range []struct {
		material string
		bar      float64
		want     string
	}{{"steel", 0, "plain"}, {"steel", 3, "tight"}, {"steel", 20, "diver"}, {"gold", 20, "precious"}, {"plated", 0, "plain"}} {
		if got := price.CaseOf(c.material, c.bar); got != c.want {
			t.Errorf("%s %g: %s, want %s", c.material, c.bar, got, c.want)
		}
	}
}
