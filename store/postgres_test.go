package store_test

import (
	"testing"

	"etabli.example/store"
	"etabli.example/store/pgtest"
	"etabli.example/store/storetest"
)

// openPG makes an empty book on the private server.
func openPG(t testing.TB) *store.Store {
	t.Helper()
	return openURL(t, pgtest.URL(t))
}

func openURL(t testing.TB, url string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestPostgres(t *testing.T) {
	storetest.Test(t, func(t *testing.T) *store.Store { return openPG(t) })
}
