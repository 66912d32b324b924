package price_test

import (
	"testing"

	"etabli.example/trade/price"
)

func TestAt(t *testing.T) {
	l := price.List{
		{Operation: "PIL", Gross: 1000, From: "2025-01-01"}, {Operation: "PIL", Gross: 1500, From: "2026-01-01"},
		{Operation: "PIL", Kind: "quartz", Gross: 1200, From: "2025-06-01"}, {Operation: "PIL", Gross: 9900, From: "2030-01-01"},
	}
	for _, c := range []struct {
		kind, day string
		want      int64
		ok        bool
	}{{"", "2024-12-31", 0, false}, {"", "2025-01-01", 1000, true}, {"manual", "2026-11-24", 1500, true}, {"quartz", "2026-11-24", 1200, true}, {"quartz", "2025-05-31", 1000, true}} {
		p, ok := l.At("PIL", c.kind, c.day)
		if ok != c.ok || int64(p.Gross) != c.want {
			t.Errorf("%s on %s: %d %v, want %d %v", c.kind, c.day, p.Gross, ok, c.want, c.ok)
		}
	}
}
