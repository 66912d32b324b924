package store_test

import (
	"bytes"
	"os"
	"slices"

	"context"
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"etabli.example/fault"
	"etabli.example/store"
	"etabli.example/store/storetest"
	"etabli.example/trade/order"
)

const house = "main"

// What somebody who can write the file may do to it, and verify finds.
func TestVerifyFindsTampering(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		sql  string
		want []store.FlawKind
	}{
		"a rewritten text":        {`update entry set text = replace(text, '"p', '"q') where seq = 2`, []store.FlawKind{store.FlawChain, store.FlawColumn}},
		"a rewritten column":      {`update entry set who = 'x' where seq = 2`, []store.FlawKind{store.FlawColumn}},
		"an instant":              {`update entry set recorded = recorded + 1 where seq = 3`, []store.FlawKind{store.FlawColumn}},
		"a hash":                  {`update entry set hash = 'x' where seq = 3`, []store.FlawKind{store.FlawChain}},
		"an entry taken out":      {`delete from entry where seq = 2`, []store.FlawKind{store.FlawChain}},
		"the last entry cut off":  {`delete from entry where seq = 3`, []store.FlawKind{store.FlawHead, store.FlawRow}},
		"every entry cut off":     {`delete from entry`, []store.FlawKind{store.FlawHead, store.FlawRow, store.FlawTerms}},
		"a head":                  {`update sheet set seq = 2`, []store.FlawKind{store.FlawHead}},
		"a head lost":             {`delete from sheet`, []store.FlawKind{store.FlawOrphan}},
		"a row lost":              {`delete from order_row`, []store.FlawKind{store.FlawRow}},
		"a word lost":             {`delete from term where domain = 'order' and word like 'omega%'`, []store.FlawKind{store.FlawTerms}},
		"a customer's word":       {`update term set word = 'x' where domain = 'customer' and word = 'lyon'`, []store.FlawKind{store.FlawTerms}},
		"a customer lost":         {`delete from customer`, []store.FlawKind{store.FlawOrphan}},
		"a series cut back":       {`delete from number`, []store.FlawKind{store.FlawNumber}},
		"words rewritten":         {`update saying set text = 'x'`, []store.FlawKind{store.FlawSaying}},
		"words lost":              {`delete from saying`, []store.FlawKind{store.FlawSaying}},
		"an entry of nobody":      {`update entry set kind = 'x' where seq = 1`, []store.FlawKind{store.FlawColumn}},
		"a text that is no entry": {`update entry set text = '{' where seq = 1`, []store.FlawKind{store.FlawChain}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			if err := storetest.Fill(t.Context(), s.House(house), 1, 3); err != nil {
				t.Fatal(err)
			}
			s.Tamper(t, c.sql)
			r, err := s.Verify(t.Context(), store.VerifyOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got []store.FlawKind
			for _, f := range r.Flaws {
				got = append(got, f.Kind)
			}
			slices.Sort(got)
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) {
				t.Errorf("found %v, want %v", r.Flaws, c.want)
			}
		})
	}
}

func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	s := open(t)
	dir := t.TempDir()
	if err := storetest.Fill(t.Context(), s.House(house), 20, 3); err != nil {
		t.Fatal(err)
	}
	copyTo := filepath.Join(dir, "copy of the book.db")
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { // somebody keeps writing
		for {
			select {
			case <-stop:
				return
			default:
				if err := storetest.Fill(context.Background(), s.House(house), 1, 2); err != nil {
					t.Error(err)
					return
				}
			}
		}
	})
	err := s.Backup(t.Context(), copyTo, nil)
	close(stop)
	wg.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), copyTo, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("a backup over another: %v", err)
	}
	if info, err := os.Stat(copyTo); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	back := filepath.Join(dir, "back.db")
	if err := store.Restore(t.Context(), copyTo, store.Options{Path: back}, nil); err != nil {
		t.Fatal(err)
	}
	if err := store.Restore(t.Context(), copyTo, store.Options{Path: back}, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("a restore over a book: %v", err)
	}
	r, err := openAt(t, back).Verify(t.Context(), store.VerifyOptions{})
	if err != nil || !r.OK() || r.Sheets < 20 {
		t.Errorf("restored: %+v %v", r, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, "book.db"))
	sound := filepath.Join(dir, "sound.db")
	if err := errors.Join(storetest.Fill(t.Context(), s.House(house), 30, 3), s.Backup(t.Context(), sound, nil)); err != nil {
		t.Fatal(err)
	}
	bytes, err := os.ReadFile(sound)
	if err != nil {
		t.Fatal(err)
	}
	cut := bytes[:len(bytes)/2]
	spoiled := slices.Clone(bytes)
	for i := len(bytes) / 3; i < len(bytes)/2; i++ {
		spoiled[i] = 0xAA
	}
	for what, content := range map[string][]byte{"cut": cut, "spoiled": spoiled, "empty": {}, "text": []byte("not a database at all, but long enough to be looked at")} {
		path := filepath.Join(dir, what)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, "to "+what)
		if err := store.Restore(t.Context(), path, store.Options{Path: to}, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := os.Stat(to); err == nil {
			t.Errorf("%s: something was restored", what)
		}
	}
	if err := store.Restore(t.Context(), filepath.Join(dir, "none"), store.Options{Path: filepath.Join(dir, "to")}, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("no such file: %v", err)
	}
}

// Several programs start on one file at once, and write to it.
func TestSeveralProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "book.db")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := store.Open(context.Background(), store.Options{Path: path})
			if err != nil {
				t.Error(err)
				return
			}
			for range 5 {
				if err := storetest.Fill(context.Background(), s.House(house), 2, 2); err != nil {
					t.Error(err)
				}
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	r, err := openAt(t, path).Verify(t.Context(), store.VerifyOptions{})
	if err != nil || !r.OK() || r.Sheets != 40 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, "later.db"))
	s.Tamper(t, `insert into goose_db_version (version_id, is_applied) values (9999, 1)`)
	if err := os.WriteFile(filepath.Join(dir, "text"), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fault.Kind{"later.db": fault.Conflict, "text": fault.Internal, "no/such/folder": fault.Internal, "": fault.Internal} {
		if path != "" {
			path = filepath.Join(dir, path)
		}
		s, err := store.Open(t.Context(), store.Options{Path: path})
		if !fault.Is(err, want) {
			t.Errorf("%q: %v, want %v", path, err, want)
		}
		if err == nil {
			_ = s.Close()
		}
	}
}

func TestOpenSetsUpEveryConnection(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "book.db")
	s := openAt(t, path)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "busy_timeout": "3000"} {
		for _, got := range s.Pragmas(t, pragma) {
			if got != want {
				t.Errorf("%s is %s, want %s", pragma, got, want)
			}
		}
	}
	if got := s.Pragmas(t, "query_only"); !slices.Equal(got, []string{"0", "1"}) {
		t.Errorf("query_only of writer and readers: %v", got)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the book: %v %v", info.Mode(), err)
	}
}

// A page of the file that a failing disk or an editor has spoilt is a flaw, even
// where no entry stands on it, and a file that is no database is Damaged.
func TestVerifyFindsASpoiltFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "etabli.db")
	s, err := store.Open(t.Context(), store.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(storetest.Fill(t.Context(), s.House(house), 5, 3), s.Close()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	verified := 0
	for _, part := range []int{5, 6, 7} { // eighths of the file; a part that opening reads is found by opening
		at := len(whole) / page * part / 8 * page
		spoilt := slices.Clone(whole)
		copy(spoilt[at:], bytes.Repeat([]byte("spoilt"), 40))
		path := filepath.Join(t.TempDir(), "etabli.db")
		if err := os.WriteFile(path, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), store.Options{Path: path})
		if store.Damaged(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		verified++
		r, err := s.Verify(t.Context(), store.VerifyOptions{})
		if err := errors.Join(err, s.Close()); err != nil || len(r.Flaws) != 1 || r.Flaws[0].Kind != store.FlawFile {
			t.Errorf("page %d: %v, %v", at/page, r.Flaws, err)
		}
	}
	if verified == 0 {
		t.Error("no spoilt page was left for verify to find")
	}
	if err := os.WriteFile(path, []byte("no database, but long enough to be taken for the head of one: "+strings.Repeat("x", 2*page)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), store.Options{Path: path}); !store.Damaged(err) {
		t.Errorf("no database at all: %v", err)
	}
}

// Engine errors are told apart by code and become the house's faults.
func TestEngineErrors(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.Tamper(t, `create table big (a text)`)
	s.Tamper(t, `pragma max_page_count = 120`)
	err := s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return tx.PutSetting(ctx, "a", strings.Repeat("x", 1<<20))
	})
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Unavailable || f.Key != "store.disk_full" {
		t.Errorf("a full disk: %v", err)
	}
	err = s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.PutSetting(ctx, "a", "x") })
	if err != nil {
		t.Errorf("after a full disk: %v", err)
	}
	s.Tamper(t, `drop table setting`)
	err = s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.PutSetting(ctx, "a", "x") })
	if !errors.As(err, &f) || f.Kind != fault.Internal {
		t.Errorf("a table that is not there: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err = s.House(house).View(ctx, func(context.Context, *store.Tx) error { return nil })
	if !errors.As(err, &f) || f.Kind != fault.Unavailable || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A unit of work that lost a race is run again from its start; its hooks of the
// lost run are forgotten, and other errors are not tried again.
func TestLostRacesAreRunAgain(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.LoseRaces()
	runs, ran := 0, 0
	err := s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		runs++
		tx.After(func() { ran++ })
		if _, err := tx.NextNumber(ctx, "PAR", 2026, "order"); err != nil {
			return err
		}
		if runs < 3 {
			return store.ErrLostRace
		}
		return nil
	})
	if err != nil || runs != 3 || ran != 1 {
		t.Errorf("%d runs, %d hooks, %v", runs, ran, err)
	}
	runs = 0
	err = s.House(house).Do(t.Context(), func(context.Context, *store.Tx) error { runs++; return store.ErrLostRace })
	if !fault.Is(err, fault.Unavailable) || runs != 8 {
		t.Errorf("for ever lost: %d runs, %v", runs, err)
	}
	runs = 0
	_ = s.House(house).Do(t.Context(), func(context.Context, *store.Tx) error { runs++; return errors.New("other") })
	if runs != 1 {
		t.Errorf("another error: %d runs", runs)
	}
	err = s.House(house).View(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if n, err := tx.Orders(ctx, order.Query{}); err != nil || len(n) != 0 {
			t.Error(n, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
