package store_test

import (
	"path/filepath"
	"testing"

	"etabli.example/store"
	"etabli.example/store/storetest"
)

// open makes an empty book in a folder whose name needs escaping.
func open(t testing.TB) *store.Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "l’atelier 100%?#.db"))
}

func openAt(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Path: path})
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

func TestSQLite(t *testing.T) {
	storetest.Test(t, func(t *testing.T) *store.Store { return open(t) })
}
