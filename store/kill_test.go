package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"etabli.example/ident"
	"etabli.example/store"
	"etabli.example/store/storetest"
	"etabli.example/trade/order"
)

// writerPath tells a copy of the test program to write to a book until it is killed.
const writerPath = "ETABLI_STORE_WRITE_TO"

func TestMain(m *testing.M) {
	if path := os.Getenv(writerPath); path != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(path))
		os.Exit(2)
	}
	os.Exit(m.Run())
}

// writeUntilKilled tells each sheet and its number of entries once they are acknowledged.
func writeUntilKilled(path string) error {
	s, err := store.Open(context.Background(), store.Options{Path: path})
	if err != nil {
		return err
	}
	for {
		var row order.Row
		err := s.House(house).Do(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
			row, err = storetest.Receive(ctx, tx, order.Reception{Customer: "c1", WatchID: "w1", Watch: order.WatchFacts{Brand: "Lip"}}, time.Now())
			return err
		})
		for i := 0; err == nil && i < 5; i++ {
			fmt.Println(row.Sheet, row.Seq)
			err = s.House(house).Do(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
				row, err = storetest.Add(ctx, tx, row.Sheet, order.KindAssigned, order.Assignment{Person: ident.New()}, time.Now())
				return err
			})
		}
		if err != nil {
			return err
		}
	}
}

// Whoever is told that an entry is written finds it after kill -9, twice with
// -short, else as often as ETABLI_KILLS says, or five times.
func TestKilledWriterLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db")
	kills := 5
	if testing.Short() {
		kills = 2
	}
	if n, err := strconv.Atoi(os.Getenv("ETABLI_KILLS")); err == nil {
		kills = n
	}
	told := map[string]int64{}
	for i := range kills {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), writerPath+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; n < 7+13*i && lines.Scan(); n++ {
			note(t, told, lines.Text())
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // what it still said before it died counts
			note(t, told, lines.Text())
		}
		_ = cmd.Wait()
		s := openAt(t, path)
		if r, err := s.Verify(t.Context(), store.VerifyOptions{}); err != nil || !r.OK() {
			t.Fatalf("kill %d: %v %v", i, r.Flaws, err)
		}
		err = s.House(house).View(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			for sheet, seq := range told {
				if entries, err := tx.Sheet(ctx, sheet); err != nil || int64(len(entries)) < seq {
					t.Errorf("kill %d: %d of %d acknowledged entries: %v", i, len(entries), seq, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(told) < kills {
		t.Errorf("only %d sheets were written", len(told))
	}
}

func note(t *testing.T, told map[string]int64, line string) {
	sheet, n, ok := strings.Cut(line, " ")
	seq, err := strconv.ParseInt(n, 10, 64)
	if !ok || err != nil {
		t.Fatalf("the writer said %q", line) // a line cut short would be a torn write to a pipe: never under its buffer
	}
	told[sheet] = max(told[sheet], seq)
}
