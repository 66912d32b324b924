package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/store"
)

func putAfter(t testing.TB, s *store.Store, all ...journal.After) {
	t.Helper()
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, a := range all {
			if err := tx.PutAfter(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
}

func claim(t testing.TB, s *store.Store, now time.Time, limit int) (ids string) {
	t.Helper()
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.ClaimAfter(ctx, now, time.Minute, limit)
		var names []string
		for _, a := range all {
			names = append(names, a.ID)
		}
		ids = strings.Join(names, " ")
		return err
	})
	return ids
}

func done(t testing.TB, s *store.Store, id string) {
	t.Helper()
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		a, err := tx.AfterRow(ctx, id)
		if fault.Is(err, fault.NotFound) {
			return nil // done twice
		}
		if err != nil {
			return err
		}
		return tx.DoneAfter(ctx, a)
	})
}

func afterOrder(t *testing.T, s *store.Store) {
	whole := journal.After{House: house, ID: "a1", Sheet: "s1", Seq: 1, Kind: "message", Data: json.RawMessage(`{"to":"c1"}`), Due: at(2)}
	putAfter(t, s, whole,
		journal.After{ID: "a2", Sheet: "s1", Seq: 2, Due: at(1)}, // due earlier, but behind a1 on its sheet
		journal.After{ID: "b1", Sheet: "s2", Seq: 1, Due: at(1)},
		journal.After{ID: "b2", Sheet: "s2", Seq: 1, Due: at(1)},
		journal.After{ID: "c1", Due: at(3)}, journal.After{ID: "c2", Due: at(3)}, // of no sheet
		journal.After{ID: "d1", Sheet: "s3", Due: at(50)}, journal.After{ID: "d2", Sheet: "s3", Seq: 1, Due: at(1)})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.AfterWaiting(ctx, 100)
		if len(all) != 8 {
			t.Errorf("%d waiting", len(all))
		}
		for _, a := range all {
			if a.ID == "a1" {
				same(t, "a row", whole, a, err)
			}
		}
		return err
	})
	steps := []struct {
		act  string
		at   int
		want string
	}{
		{"", 0, ""}, {"", 4, "b1 a1 c1 c2"}, {"", 4, ""}, // all that may run is leased
		{"done b1", 4, "b2"}, {"done a1", 4, "a2"}, {"done a1", 4, ""},
		{"retry a2", 4, ""}, {"", 20, "a2"}, // put back, due at 10
		{"dead b2", 20, ""}, {"", 51, "d1"}, {"done d1", 51, "d2"},
	}
	for i, c := range steps {
		if id, ok := strings.CutPrefix(c.act, "done "); ok {
			done(t, s, id)
		}
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			act, id, ok := strings.Cut(c.act, " ")
			if !ok || act == "done" {
				return nil
			}
			a, err := tx.AfterRow(ctx, id)
			if err != nil {
				return err
			}
			return tx.RetryAfter(ctx, a, at(10), "mail.refused", act == "dead")
		})
		if got := claim(t, s, at(c.at), 10); got != c.want {
			t.Errorf("step %d %q at %d: claimed %q, want %q", i, c.act, c.at, got, c.want)
		}
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.AfterWaiting(ctx, 1)
		if len(all) != 1 || all[0].ID != "b2" || !all[0].Dead || all[0].Tries != 1 || all[0].Last != "mail.refused" {
			t.Errorf("what was given up is not shown first: %+v", all)
		}
		return err
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		absent(t, "reviving nothing", tx.ReviveAfter(ctx, "x", at(0)))
		absent(t, "dropping what is not dead", tx.DropAfter(ctx, "d2"))
		if n, err := tx.DeadAfter(ctx); n != 1 || err != nil {
			t.Errorf("%d are dead, %v", n, err)
		}
		return tx.ReviveAfter(ctx, "b2", at(51))
	})
	if got := claim(t, s, at(52), 10); got != "b2" {
		t.Errorf("revived, %q is claimed", got)
	}
}

// A worker whose lease ran out touches nothing of whoever took over.
func afterOvertaken(t *testing.T, s *store.Store) {
	putAfter(t, s, journal.After{ID: "a1", Sheet: "s1", Seq: 1, Due: at(0)})
	claimOne := func(now int) (a journal.After) {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			all, err := tx.ClaimAfter(ctx, at(now), time.Minute, 1)
			if err == nil && len(all) != 1 {
				t.Fatalf("at %d claimed %v", now, all)
			}
			a = all[0]
			return err
		})
		return a
	}
	slow, quick := claimOne(0), claimOne(61)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.DoneAfter(ctx, slow); err != nil {
			return err
		}
		return tx.RetryAfter(ctx, slow, at(0), "late", true)
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.AfterRow(ctx, "a1")
		same(t, "the other's row", quick, got, err)
		return tx.DoneAfter(ctx, quick)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.AfterRow(ctx, "a1")
		absent(t, "a row done", err)
		return nil
	})
}

func afterLease(t *testing.T, s *store.Store) {
	putAfter(t, s, journal.After{ID: "a1", Sheet: "s1", Seq: 1, Due: at(0)}, journal.After{ID: "a2", Sheet: "s1", Seq: 2, Due: at(0)})
	for _, c := range []struct {
		at   int
		want string
	}{{0, "a1"}, {59, ""}, {60, "a1"}, {61, ""}} {
		if got := claim(t, s, at(c.at), 10); got != c.want {
			t.Errorf("at %d s claimed %q, want %q", c.at, got, c.want)
		}
	}
}

func afterRace(t *testing.T, s *store.Store) {
	const sheets, each = 6, 5
	var all []journal.After
	for i := range sheets * each {
		all = append(all, journal.After{ID: fmt.Sprintf("a%03d", i), Sheet: fmt.Sprint("s", i%sheets), Seq: int64(i / sheets), Due: at(0)})
	}
	putAfter(t, s, all...)
	var mu sync.Mutex
	ran := map[string]int{}
	lastOf := map[string]int64{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				var got []journal.After
				do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
					got, err = tx.ClaimAfter(ctx, at(1), time.Hour, 2)
					return err
				})
				mu.Lock()
				for _, a := range got {
					ran[a.ID]++
					if last, ok := lastOf[a.Sheet]; ok && a.Seq <= last {
						t.Errorf("%s#%d after #%d", a.Sheet, a.Seq, last)
					}
					lastOf[a.Sheet] = a.Seq
				}
				finished := len(ran) == len(all)
				mu.Unlock()
				for _, a := range got {
					done(t, s, a.ID)
				}
				if finished || t.Failed() {
					return
				}
			}
		})
	}
	wg.Wait()
	for id, n := range ran {
		if n != 1 {
			t.Errorf("%s ran %d times", id, n)
		}
	}
}
