package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"etabli.example/fault"
	"etabli.example/store"
)

var errUndo = errors.New("undo")

func setting(t testing.TB, s *store.Store, key string) (v string) {
	t.Helper()
	view(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
		v, err = tx.Setting(ctx, key)
		return err
	})
	return v
}

func joins(t *testing.T, s *store.Store) {
	h := s.House(house)
	nested := func(fail error) error {
		return h.Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			if err := tx.PutSetting(ctx, "outer", "1"); err != nil {
				return err
			}
			err := h.Do(ctx, func(ctx context.Context, inner *store.Tx) error {
				if v, err := inner.Setting(ctx, "outer"); err != nil || v != "1" {
					t.Errorf("the joined unit does not see what the outer wrote: %q %v", v, err)
				}
				return inner.PutSetting(ctx, "inner", "1")
			})
			return errors.Join(err, fail)
		})
	}
	if err := nested(errUndo); !errors.Is(err, errUndo) {
		t.Fatalf("the work's own error is lost: %v", err)
	}
	if setting(t, s, "outer")+setting(t, s, "inner") != "" {
		t.Fatal("part of a failed unit of work stayed")
	}
	if err := nested(nil); err != nil {
		t.Fatal(err)
	}
	if setting(t, s, "outer")+setting(t, s, "inner") != "11" {
		t.Fatal("the joined unit did not commit with the outer")
	}
}

func dooms(t *testing.T, s *store.Store) {
	h := s.House(house)
	err := h.Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_ = h.Do(ctx, func(ctx context.Context, tx *store.Tx) error { // ignored, as careless code would
			return errors.Join(tx.PutSetting(ctx, "half", "1"), errUndo)
		})
		return tx.PutSetting(ctx, "whole", "1")
	})
	if !errors.Is(err, errUndo) || setting(t, s, "half")+setting(t, s, "whole") != "" {
		t.Errorf("a half-written part was committed: %v", err)
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := h.Do(ctx, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Customer(ctx, "nobody")
			return err
		}); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
		return tx.PutSetting(ctx, "whole", "1") // a part that only looked dooms nothing
	})
}

func hooks(t *testing.T, s *store.Store) {
	var ran []int
	hook := func(n int) func() { return func() { ran = append(ran, n) } }
	h := s.House(house)
	_ = h.Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		tx.After(hook(0))
		return errUndo
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		tx.After(hook(1))
		err := h.Do(ctx, func(ctx context.Context, inner *store.Tx) error {
			inner.After(hook(2))
			return nil
		})
		if !h.After(ctx, hook(3)) {
			t.Error("the unit of work is not found in its context")
		}
		if len(ran) != 0 {
			t.Error("a hook ran before the commit")
		}
		return err
	})
	if !slices.Equal(ran, []int{1, 2, 3}) {
		t.Errorf("ran %v", ran)
	}
	if h.After(t.Context(), hook(4)) {
		t.Error("a hook was taken outside any unit of work")
	}
}

func readingIsReadOnly(t *testing.T, s *store.Store) {
	h := s.House(house)
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PutSetting(ctx, "a", "1"); err == nil {
			t.Error("a reading wrote")
		}
		if _, err := tx.NextNumber(ctx, "PAR", 2026, "order"); err == nil {
			t.Error("a reading took a number")
		}
		if err := h.Do(ctx, func(context.Context, *store.Tx) error { return nil }); err == nil {
			t.Error("a unit of work inside a reading")
		}
		return nil
	})
}

func snapshot(t *testing.T, s *store.Store) {
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		before, err := tx.Setting(ctx, "a")
		if err != nil {
			return err
		}
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutSetting(ctx, "a", "written meanwhile") })
		after, err := tx.Setting(ctx, "a")
		if before != after {
			t.Errorf("the snapshot moved from %q to %q", before, after)
		}
		return err
	})
	if setting(t, s, "a") == "" {
		t.Error("a later reading does not see it")
	}
}

func cancelled(t *testing.T, s *store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	err := s.House(house).Do(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PutSetting(ctx, "a", "1"); err != nil {
			return err
		}
		cancel()
		return nil
	})
	if err == nil || setting(t, s, "a") != "" {
		t.Errorf("a cancelled unit of work was kept: %v", err)
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutSetting(ctx, "a", "2") })
}
