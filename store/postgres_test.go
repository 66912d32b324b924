package store_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"etabli.example/fault"
	"etabli.example/store"
	"etabli.example/store/pgtest"
	"etabli.example/store/storetest"
	"etabli.example/trade/staff"
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

// Several programs start on one empty database at once: the tables are made
// once, and everybody gets in.
func TestMigrationsRace(t *testing.T) {
	url := pgtest.URL(t)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			s, err := store.Open(context.Background(), store.Options{URL: url, Writers: 2})
			if err != nil {
				t.Error(err)
				return
			}
			if err := errors.Join(storetest.Fill(context.Background(), s.House(house), 2, 2), s.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	r, err := openURL(t, url).Verify(t.Context(), store.VerifyOptions{})
	if err != nil || !r.OK() || r.Sheets != 12 {
		t.Errorf("%+v %v", r, err)
	}
}

// A database that orders text otherwise than SQLite is refused before anything
// is made in it, and so are an address that says nothing and a server that is not there.
func TestOpenPostgresRefuses(t *testing.T) {
	server := pgtest.Shared(t)
	server.Exec(t, `create database by_people template template0 locale_provider icu icu_locale 'fr-FR' locale 'C'`)
	server.Exec(t, `create database latin template template0 encoding 'LATIN1' locale 'C'`)
	later := server.Database(t)
	if err := openURL(t, server.URL(later)).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := server.Open(t, later).Exec(`insert into goose_db_version (version_id, is_applied) values (9999, true)`); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct{ url, key string }{
		"ordered as people do":   {server.URL("by_people"), "store.collation"},
		"not in UTF-8":           {server.URL("latin"), "store.collation"},
		"an address not to read": {"postgres://[", "store.bad_url"},
		"nobody there":           {"postgres://etabli@/x?host=" + t.TempDir(), "fault.unavailable"},
		"no such database":       {server.URL("none"), "fault.unavailable"},
		"of a later version":     {server.URL(later), "store.newer"},
	} {
		s, err := store.Open(t.Context(), store.Options{URL: c.url})
		var f *fault.Error
		if !errors.As(err, &f) || f.Key != c.key {
			t.Errorf("%s: %v, want %s", what, err, c.key)
		}
		if err == nil {
			_ = s.Close()
		}
	}
	tables := 0
	if err := server.Open(t, "by_people").QueryRow(`select count(*) from pg_class where relname = 'entry'`).Scan(&tables); err != nil || tables != 0 {
		t.Errorf("%d tables were made in a database that was refused: %v", tables, err)
	}
}

// Of several hosts the one that takes writes is used, wherever it stands.
func TestSeveralHosts(t *testing.T) {
	server := pgtest.Shared(t)
	standby := pgtest.Start(t, "-c", "default_transaction_read_only=on")
	for _, folders := range [][]string{{t.TempDir(), server.Folder}, {standby.Folder, server.Folder}, {server.Folder, standby.Folder}} {
		s := openURL(t, "postgres://etabli@/postgres?host="+strings.Join(folders, ","))
		if err := storetest.Fill(t.Context(), s.House(house), 1, 2); err != nil {
			t.Errorf("%v: %v", folders, err)
		}
	}
}

// A connection that breaks is not the person's trouble: the unit of work begins
// again. One that breaks while committing is told, since nobody knows.
func TestBrokenConnections(t *testing.T) {
	server := pgtest.Shared(t)
	name := server.Database(t)
	s := openURL(t, server.URL(name))
	kill := func() {
		server.Exec(t, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '`+name+`'`)
	}
	runs := 0
	err := s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PutSetting(ctx, "a", "1"); err != nil {
			return err
		}
		if runs++; runs < 3 {
			kill()
		}
		return tx.PutSetting(ctx, "b", "2")
	})
	if err != nil || runs != 3 {
		t.Errorf("%d runs: %v", runs, err)
	}
	if err := storetest.Fill(t.Context(), s.House(house), 1, 2); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	kill() // while nobody works
	if err := s.House(house).View(t.Context(), func(ctx context.Context, tx *store.Tx) error { _, err := tx.Setting(ctx, "a"); return err }); err != nil {
		t.Errorf("a reading on a connection that broke: %v", err)
	}
	var f *fault.Error
	err = s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PutSetting(ctx, "c", "3"); err != nil {
			return err
		}
		kill() // the next word to the server is the commit
		return nil
	})
	if !errors.As(err, &f) || f.Key != "store.unsure" || f.Kind != fault.Unavailable {
		t.Errorf("a commit without answer: %v", err)
	}
}

// What the engine refused dooms a unit of work on every engine, even where the
// work carries on: PostgreSQL takes no further statement.
func TestRefusedIsDoomed(t *testing.T) {
	for engine, s := range map[string]*store.Store{"sqlite": open(t), "postgres": openPG(t)} {
		taken := staff.Person{ID: "p1", Login: "nadia"}
		err := s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.PutPerson(ctx, taken) })
		if err != nil {
			t.Fatal(engine, err)
		}
		taken.ID = "p2"
		err = s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			_ = tx.PutPerson(ctx, taken) // ignored, as careless code would
			return nil
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", engine, err)
		}
	}
}
