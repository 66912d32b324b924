package store_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"etabli.example/fault"
	"etabli.example/store"
	"etabli.example/store/pgtest"
	"etabli.example/store/storetest"
)

// A backup of either engine is restored onto either: a move is a restore. It is
// consistent although somebody keeps writing.
func TestMoveBetweenEngines(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) store.Options { return store.Options{Path: filepath.Join(dir, name)} }
	database := func() store.Options { return store.Options{URL: pgtest.URL(t)} }
	at := func(o store.Options) *store.Store {
		if o.URL != "" {
			return openURL(t, o.URL)
		}
		return openAt(t, o.Path)
	}
	steps := []store.Options{file("first"), database(), database(), file("last")}
	if err := storetest.Fill(t.Context(), at(steps[0]).House(house), 250, 4); err != nil { // more than one statement of copyRows
		t.Fatal(err)
	}
	sheets := 250
	for i, to := range steps[1:] {
		from := at(steps[i])
		copyTo := filepath.Join(dir, []string{"a", "b", "c"}[i]+".backup")
		stop := make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					if err := storetest.Fill(context.Background(), from.House(house), 1, 2); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
		err := from.Backup(t.Context(), copyTo, nil)
		close(stop)
		wg.Wait()
		if err != nil {
			t.Fatal(err)
		}
		var done, total int64
		if err := store.Restore(t.Context(), copyTo, to, func(d, n int64) { done, total = d, n }); err != nil {
			t.Fatal(err)
		}
		if done == 0 || done != total {
			t.Errorf("step %d: progress %d of %d", i, done, total)
		}
		if err := store.Restore(t.Context(), copyTo, to, nil); !fault.Is(err, fault.Conflict) {
			t.Errorf("step %d: a restore over a book: %v", i, err)
		}
		r, err := at(to).Verify(t.Context(), store.VerifyOptions{})
		if err != nil || !r.OK() || r.Sheets < sheets || r.Sayings != r.Sheets {
			t.Errorf("step %d: %+v %v", i, r, err)
		}
		sheets = r.Sheets
	}
}
