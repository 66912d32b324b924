package cli

import (
	"testing"

	"etabli.example/store"
)

// Made-up orders are as sound as any.
func TestFill(t *testing.T) {
	shop, err := OpenShop(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	for _, o := range []FillOptions{{Orders: 450, Light: true, Seed: 1}, {Orders: 30, Seed: 2}, {Orders: 30, Open: true, Seed: 3}} {
		told := 0
		o.Progress = func(n int) { told += n }
		done, err := Fill(t.Context(), shop, o)
		if err != nil || done.Orders != o.Orders || told != o.Orders {
			t.Fatalf("%+v: %+v, progress of %d, %v", o, done, told, err)
		}
		if least := map[bool]int{true: 12, false: 40}[o.Light]; done.Entries < least*o.Orders {
			t.Errorf("%d entries of %d orders", done.Entries, done.Orders)
		}
	}
	report, err := shop.Store.Verify(t.Context(), store.VerifyOptions{})
	if err != nil || report.Sheets != 510 {
		t.Fatal(report.Sheets, err)
	}
	for _, f := range report.Flaws {
		t.Error(f)
	}
}

// BenchmarkFill says how many light orders a second are written.
func BenchmarkFill(b *testing.B) {
	shop, err := OpenShop(b.Context(), b.TempDir(), nil)
	if err != nil {
		b.Fatal(err)
	}
	defer shop.Close()
	for b.Loop() {
		done, err := Fill(b.Context(), shop, FillOptions{Orders: 2000, Light: true, Seed: 1})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(done.Orders)/done.Took.Seconds(), "orders/s")
	}
}
