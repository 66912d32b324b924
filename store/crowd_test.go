package store_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"etabli.example/store"
	"etabli.example/store/pgtest"
	"etabli.example/store/storetest"
)

// Two processes, 50 people, one book: chains are whole, nothing is written twice,
// no lot is below nothing, the lists are those of the sheets. With ETABLI_CROWD=full
// 100,000 entries on 1,000 sheets, else fewer. SQLite shares a file between the
// processes of one machine as well: the second waits its turn.
func TestCrowdOnOneBook(t *testing.T) {
	sheets, entries := 300, 6000
	if os.Getenv("ETABLI_CROWD") == "full" {
		sheets, entries = 1000, 100_000
	}
	t.Run("sqlite", func(t *testing.T) {
		crowd(t, store.Options{Path: filepath.Join(t.TempDir(), "book.db")}, sheets, entries)
	})
	t.Run("postgres", func(t *testing.T) { crowd(t, store.Options{URL: pgtest.URL(t)}, sheets, entries) })
}

func crowd(t *testing.T, o store.Options, sheets, entries int) {
	s := openOn(t, o)
	if err := storetest.PrepareCrowd(t.Context(), s.House(house), sheets); err != nil {
		t.Fatal(err)
	}
	const processes, people = 2, 50
	began := time.Now()
	var answers [processes]bytes.Buffer
	var commands [processes]*exec.Cmd
	for i := range commands {
		commands[i] = playing(t, Part{Options: o, Crowd: &storetest.Crowd{Clients: people / processes, Entries: entries / processes}})
		commands[i].Stdout = &answers[i]
		if err := commands[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	var all storetest.Told
	for i, cmd := range commands {
		var told storetest.Told
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(answers[i].Bytes(), &told); err != nil {
			t.Fatal(err)
		}
		all.Entries, all.Taken, all.Repeats = all.Entries+told.Entries, all.Taken+told.Taken, all.Repeats+told.Repeats
	}
	took := time.Since(began)
	if err := storetest.CheckCrowd(t.Context(), s, sheets, all); err != nil {
		t.Error(err)
	}
	if all.Entries != entries || all.Taken == 0 || all.Repeats == 0 {
		t.Errorf("told %+v, want %d entries", all, entries)
	}
	if o.URL != "" {
		db, _ := sql.Open("pgx", o.URL)
		var c, r int
		db.QueryRow("select xact_commit, xact_rollback from pg_stat_database where datname=current_database()").Scan(&c, &r)
		t.Log("commits", c, "rollbacks", r)
	}
	t.Logf("%+v in %v, %.0f entries/s", all, took.Round(time.Millisecond), float64(all.Entries)/took.Seconds())
}
