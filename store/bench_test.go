package store_test

import (
	"os"
	"strconv"
	"testing"

	"etabli.example/store"
	"etabli.example/store/storetest"
)

func BenchmarkAppend(b *testing.B)       { storetest.BenchAppend(b, open) }
func BenchmarkSustained(b *testing.B)    { storetest.BenchSustained(b, open) }
func BenchmarkAppendAsDone(b *testing.B) { storetest.BenchAppendAsDone(b, open) }

// The same on PostgreSQL; ETABLI_TEST_PG_FSYNC=on to measure what a disk allows.
func BenchmarkPostgresSustained(b *testing.B) { storetest.BenchSustained(b, openPG) }

// BenchmarkPages takes ETABLI_BENCH_ORDERS orders, 10,000 unless told.
func BenchmarkPages(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("ETABLI_BENCH_ORDERS"))
	if err != nil {
		n = 10_000
	}
	storetest.BenchPages(b, open, n)
}

// BenchmarkPostgresPages is the same on PostgreSQL.
func BenchmarkPostgresPages(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("ETABLI_BENCH_ORDERS"))
	if err != nil {
		n = 10_000
	}
	storetest.BenchPages(b, openPG, n)
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

// BenchmarkCustomers takes ETABLI_BENCH_CUSTOMERS customers, 10,000 unless told.
func BenchmarkCustomers(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("ETABLI_BENCH_CUSTOMERS"))
	if err != nil {
		n = 10_000
	}
	b.Run("sqlite", func(b *testing.B) { storetest.BenchCustomers(b, open, n) })
	b.Run("postgres", func(b *testing.B) { storetest.BenchCustomers(b, openPG, n) })
}
