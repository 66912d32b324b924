package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/store"
)

func appendTo(t testing.TB, s *store.Store, sheet string, after int64, drafts ...journal.Draft) (entries []journal.Entry, repeated bool, err error) {
	t.Helper()
	err = s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		entries, repeated, err = tx.Append(ctx, sheet, after, drafts, at(1))
		return err
	})
	return entries, repeated, err
}

func sheetOf(t testing.TB, s *store.Store, sheet string) (entries []journal.Entry) {
	t.Helper()
	view(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
		entries, err = tx.Sheet(ctx, sheet)
		return err
	})
	return entries
}

func appendComesBack(t *testing.T, s *store.Store) {
	d := draft("e1")
	d.Keys, d.Blobs = []string{"quote/3"}, []string{"abc"}
	wrote, repeated, err := appendTo(t, s, "s1", 0, d, draft("e2"))
	if err != nil || repeated || len(wrote) != 2 {
		t.Fatal(wrote, repeated, err)
	}
	more, _, err := appendTo(t, s, "s1", 2, draft("e3"))
	if err != nil {
		t.Fatal(err)
	}
	got := sheetOf(t, s, "s1")
	if diff := cmp.Diff(append(wrote, more...), got); diff != "" {
		t.Error(diff)
	}
	if err := journal.Check(house, "s1", got); err != nil {
		t.Error(err)
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Sheet(ctx, "s2"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a sheet that is not there: %v", err)
		}
		return nil
	})
	if got[0].Recorded != at(1) || got[0].Happened != at(0) {
		t.Error("instants changed on the way")
	}
	if wrote, _, err := appendTo(t, s, "s1", 3); err != nil || len(wrote) != 0 {
		t.Error("appending nothing:", wrote, err)
	}
}

func appendStale(t *testing.T, s *store.Store) {
	for _, c := range []struct {
		after int64
		stale bool
	}{{1, true}, {0, false}, {0, true}, {2, true}, {-1, true}, {1, false}} {
		_, _, err := appendTo(t, s, "s1", c.after, draft(ident.New()))
		if fault.Is(err, fault.Stale) != c.stale || !c.stale && err != nil {
			t.Errorf("after %d: %v", c.after, err)
		}
	}
	if n := len(sheetOf(t, s, "s1")); n != 2 {
		t.Errorf("%d entries", n)
	}
}

func appendRepeated(t *testing.T, s *store.Store) {
	first, _, err := appendTo(t, s, "s1", 0, draft("a"), draft("b"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err = appendTo(t, s, "s1", 2, draft("c")); err != nil {
		t.Fatal(err)
	}
	again, repeated, err := appendTo(t, s, "s1", 0, draft("a"), draft("b")) // a double click: the head has moved on
	if err != nil || !repeated || !cmp.Equal(first, again) {
		t.Errorf("repeated=%v %v", repeated, err)
	}
	// Half of it is there already: the rest is written, after the head.
	if _, _, err = appendTo(t, s, "s1", 1, draft("b"), draft("d")); !fault.Is(err, fault.Stale) {
		t.Errorf("the new half after an old head: %v", err)
	}
	half, repeated, err := appendTo(t, s, "s1", 3, draft("b"), draft("d"))
	if err != nil || !repeated || half[0].Seq != 2 || half[1].Seq != 4 {
		t.Errorf("half: %v %v", repeated, err)
	}
	if n := len(sheetOf(t, s, "s1")); n != 4 {
		t.Errorf("%d entries", n)
	}
}

func appendElsewhere(t *testing.T, s *store.Store) {
	if _, _, err := appendTo(t, s, "s1", 0, draft("a")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := appendTo(t, s, "s2", 0, draft("a")); !fault.Is(err, fault.Conflict) {
		t.Errorf("an id of another sheet: %v", err)
	}
	if _, _, err := appendTo(t, s, "s2", 0, draft("b"), draft("b")); !fault.Is(err, fault.Conflict) {
		t.Errorf("an id twice at once: %v", err)
	}
	if _, _, err := appendTo(t, s, "s2", 0, draft("c")); err != nil {
		t.Errorf("something of a refused append stayed: %v", err)
	}
}

func appendRace(t *testing.T, s *store.Store) {
	const writers, rounds = 8, 6
	for round := range int64(rounds) {
		var mu sync.Mutex
		var won, lost int
		var other []error
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				_, _, err := appendTo(t, s, "s1", round, draft(fmt.Sprint(round, "/", w)))
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won++
				case fault.Is(err, fault.Stale):
					lost++
				default:
					other = append(other, err)
				}
			})
		}
		wg.Wait()
		if won != 1 || lost != writers-1 {
			t.Fatalf("round %d: %d won, %d lost: %v", round, won, lost, errors.Join(other...))
		}
	}
	if err := journal.Check(house, "s1", sheetOf(t, s, "s1")); err != nil {
		t.Error(err)
	}
}

func next(t testing.TB, s *store.Store, site string, fail error) (n int, err error) {
	err = s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		if n, err = tx.NextNumber(ctx, site, 2026, "order"); err != nil {
			return err
		}
		return fail
	})
	return n, err
}

func numbers(t *testing.T, s *store.Store) {
	for _, c := range []struct {
		site string
		fail error
		want int
	}{{"PAR", nil, 1}, {"PAR", errUndo, 2}, {"PAR", nil, 2}, {"LYO", nil, 1}, {"PAR", nil, 3}} {
		if n, err := next(t, s, c.site, c.fail); n != c.want || !errors.Is(err, c.fail) {
			t.Errorf("%s: %d %v, want %d", c.site, n, err, c.want)
		}
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		year, err1 := tx.NextNumber(ctx, "PAR", 2027, "order")
		kind, err2 := tx.NextNumber(ctx, "PAR", 2026, "invoice")
		if year != 1 || kind != 1 {
			t.Errorf("another year %d, another kind %d", year, kind)
		}
		return errors.Join(err1, err2)
	})
}

func numbersRace(t *testing.T, s *store.Store) {
	var mu sync.Mutex
	var got []int
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 10 {
				var fail error
				if (w+i)%3 == 0 {
					fail = errUndo
				}
				n, err := next(t, s, "PAR", fail)
				mu.Lock()
				if err == nil {
					got = append(got, n)
				} else if !errors.Is(err, errUndo) {
					t.Error(err)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	slices.Sort(got)
	for i, n := range got {
		if n != i+1 {
			t.Fatalf("a gap or a repeat: %v", got)
		}
	}
}
