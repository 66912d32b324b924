package order_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"etabli.example/trade/order"
)

func TestQuantile(t *testing.T) {
	some := []order.Turnaround{{Days: 20, Count: 1}, {Days: 3, Count: 5}, {Days: 7, Count: 4}}
	for q, want := range map[float64]int{0.1: 3, 0.5: 3, 0.51: 7, 0.9: 7, 0.91: 20, 1: 20} {
		if got, ok := order.Quantile(some, q); got != want || !ok {
			t.Errorf("%.2f: %d days, want %d", q, got, want)
		}
	}
	if _, ok := order.Quantile(nil, .5); ok {
		t.Error("a median of nothing")
	}
}

// At least the share asked for is within the quantile, and less than it below.
func TestQuantile_isTheSmallest(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		days := rapid.SliceOfN(rapid.IntRange(0, 60), 1, 80).Draw(rt, "days")
		q := rapid.Float64Range(0.01, 1).Draw(rt, "q")
		var all []order.Turnaround
		for _, d := range days {
			all = append(all, order.Turnaround{Days: d, Count: 1})
		}
		got, _ := order.Quantile(all, q)
		slices.Sort(days)
		within, below := 0, 0
		for _, d := range days {
			if d <= got {
				within++
			}
			if d < got {
				below++
			}
		}
		if n := float64(len(days)); float64(within) < q*n || float64(below) >= q*n {
			rt.Fatalf("%d days: %d within, %d below, of %d", got, within, below, len(days))
		}
	})
}
