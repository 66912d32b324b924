package store_test

import (
	"os"
	"strconv"
	"testing"

	"etabli.example/store"
	"etabli.example/store/storetest"
)

func BenchmarkAppend(b *testing.B)       { storetest.BenchAppend(b, open) }
func BenchmarkAppendAsDone(b *testing.B) { storetest.BenchAppendAsDone(b, open) }

// BenchmarkPages takes ETABLI_BENCH_ORDERS orders, 10,000 unless told.
func BenchmarkPages(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("ETABLI_BENCH_ORDERS"))
	if err != nil {
		n = 10_000
	}
	storetest.BenchPages(b, open, n)
}

func BenchmarkVerify(b *testing.B) {
	s := open(b)
	if err := storetest.Fill(b.Context(), s.House(house), 1000, 12); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if r, err := s.Verify(b.Context(), store.VerifyOptions{}); err != nil || !r.OK() {
			b.Fatal(r, err)
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "orders/s")
}
