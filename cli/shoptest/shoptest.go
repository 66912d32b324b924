// Package shoptest opens a workshop of its own for each test, on the engine the
// run is for: ETABLI_TEST_DB=postgres says PostgreSQL, nothing says SQLite. It
// holds no test, and what the command line opens is not its business.
package shoptest

import (
	"log/slog"
	"os"
	"testing"

	"etabli.example/cli"
	"etabli.example/store/pgtest"
)

// Open opens an empty workshop that is closed and removed with the test.
func Open(t testing.TB, log *slog.Logger) *cli.Shop {
	t.Helper()
	shop, err := cli.OpenShopOn(t.Context(), t.TempDir(), Database(t), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shop.Close() })
	return shop
}

// Database names an empty database on PostgreSQL, or "" where the run is for SQLite.
func Database(t testing.TB) string {
	t.Helper()
	switch engine := os.Getenv("ETABLI_TEST_DB"); engine {
	case "":
		return ""
	case "postgres":
		return pgtest.URL(t)
	default:
		t.Fatalf("ETABLI_TEST_DB=%s: postgres, or nothing", engine)
		return ""
	}
}
