package store_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"etabli.example/ident"
	"etabli.example/store"
	"etabli.example/store/pgtest"
	"etabli.example/store/storetest"
	"etabli.example/trade/order"
)

// part tells a copy of the test program what it is to do instead of testing.
const part = "ETABLI_STORE_PART"

// Part is what such a copy does, on which book.
type Part struct {
	Options store.Options
	Crowd   *storetest.Crowd // work as a crowd and tell how much; else write until killed
}

func TestMain(m *testing.M) {
	if text := os.Getenv(part); text != "" {
		if err := play(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func play(text string) error {
	var p Part
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return err
	}
	s, err := store.Open(context.Background(), p.Options)
	if err != nil {
		return err
	}
	if p.Crowd == nil {
		for range 4 {
			go writeUntilKilled(s)
		}
		_, err := io.Copy(io.Discard, os.Stdin) // ends with the test program
		return err
	}
	told, err := p.Crowd.Work(context.Background(), s.House(house))
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(told)
}

func playing(t *testing.T, p Part) *exec.Cmd {
	t.Helper()
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), part+"="+string(b))
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// writeUntilKilled tells each sheet and its number of entries once they are
// acknowledged. A database that went away is no end: what was not told is not counted.
func writeUntilKilled(s *store.Store) {
	for {
		var row order.Row
		err := s.House(house).Do(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
			row, err = storetest.Receive(ctx, tx, order.Reception{Customer: "c1", WatchID: "w1", Watch: order.WatchFacts{Brand: "Lip"}}, time.Now())
			return err
		})
		for i := 0; err == nil && i < 5; i++ {
			fmt.Printf("%s %d\n", row.Sheet, row.Seq)
			err = s.House(house).Do(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
				row, err = storetest.Add(ctx, tx, row.Sheet, order.KindAssigned, order.Assignment{Person: ident.New()}, time.Now())
				return err
			})
		}
	}
}

// kills is how often a test kills: ETABLI_KILLS, or so many.
func kills(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("ETABLI_KILLS")); err == nil {
		return n
	}
	if testing.Short() {
		return 2
	}
	return usual
}

// verifyEvery is how many kills lie between two proofs where there are many.
const verifyEvery = 20

// Whoever is told that an entry is written finds it after kill -9 of the program
// that wrote it, at any moment, on either engine.
func TestKilledWriterLosesNothing(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		killWriters(t, store.Options{Path: filepath.Join(t.TempDir(), "book.db")})
	})
	t.Run("postgres", func(t *testing.T) { killWriters(t, store.Options{URL: pgtest.URL(t)}) })
}

func killWriters(t *testing.T, o store.Options) {
	s := openOn(t, o)
	told := map[string]int64{}
	n := kills(20)
	for i := range n {
		cmd := playing(t, Part{Options: o})
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		if lines.Scan() { // it is at work
			note(t, told, lines.Text())
		}
		time.AfterFunc(rand.N(60*time.Millisecond), func() { _ = cmd.Process.Kill() })
		for lines.Scan() { // what it still said before it died counts
			note(t, told, lines.Text())
		}
		_ = cmd.Wait()
		if i%verifyEvery == 0 || i == n-1 {
			proveTold(t, s, told, i)
		}
	}
	if len(told) < n {
		t.Errorf("only %d sheets were written", len(told))
	}
	t.Logf("%d kills, %d sheets told", n, len(told))
}

// A backend of the database that is killed at any moment, as by an administrator
// or for want of memory, loses nothing that was told, and the writer carries on.
// A kill -9 has the server end every other connection and recover.
func TestKilledBackendLosesNothing(t *testing.T) {
	server := pgtest.Start(t) // of its own: it is going to crash
	name := server.Database(t)
	o := store.Options{URL: server.URL(name)}
	openURL(t, o.URL)
	cmd := playing(t, Part{Options: o})
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	told := map[string]int64{}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			note(t, told, lines.Text())
		}
	}()
	n := kills(20)
	for i := range n {
		time.Sleep(20*time.Millisecond + rand.N(60*time.Millisecond))
		server.Kill(t, name, i%10 == 9)
	}
	time.Sleep(200 * time.Millisecond)
	_ = cmd.Process.Kill()
	<-read
	_ = cmd.Wait()
	if len(told) < n/10 {
		t.Errorf("only %d sheets were written over %d kills", len(told), n)
	}
	proveTold(t, openURL(t, o.URL), told, n)
	t.Logf("%d kills, %d sheets told", n, len(told))
}

// proveTold verifies the book and looks for every entry that was told.
func proveTold(t *testing.T, s *store.Store, told map[string]int64, kill int) {
	t.Helper()
	if r, err := s.Verify(t.Context(), store.VerifyOptions{}); err != nil || !r.OK() {
		t.Fatalf("kill %d: %v %v", kill, r.Flaws, err)
	}
	err := s.House(house).View(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for sheet, seq := range told {
			if row, err := tx.Order(ctx, sheet); err != nil || row.Seq < seq { // verified to be the sheet's
				t.Errorf("kill %d: %d of %d acknowledged entries: %v", kill, row.Seq, seq, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func note(t *testing.T, told map[string]int64, line string) {
	sheet, n, ok := strings.Cut(line, " ")
	seq, err := strconv.ParseInt(n, 10, 64)
	if !ok || err != nil {
		t.Errorf("the writer said %q", line) // a line cut short would be a torn write to a pipe: never under its buffer
		return
	}
	told[sheet] = max(told[sheet], seq)
}

func openOn(t *testing.T, o store.Options) *store.Store {
	t.Helper()
	if o.URL != "" {
		return openURL(t, o.URL)
	}
	return openAt(t, o.Path)
}
