package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/mail"
	"etabli.example/store"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
	"etabli.example/workshop/demo"
)

// What TestFollowKilled tries: on each of so many sheets so many messages, done
// by so many processes that are killed so often. Their clock runs faster, so that
// leases and waits of minutes are over in moments.
const (
	followSheets, followEach = 8, 6
	followers, followKills   = 3, 25
	followFaster             = 30
)

// followOff is the environment variable that makes the test binary a follower of
// a folder: see TestFollower.
const followOff = "ETABLI_TEST_FOLLOW"

// Processes that follow one book are killed at random moments. Each message is
// sent at least once, in the order of its sheet, a repeat only of the latest; and the
// sheet says once that it was.
func TestFollowKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("kill -9 is not of this system")
	}
	dir := filepath.Join(t.TempDir(), "shop")
	sheets := oweMessages(t, dir)
	began := time.Now()
	processes := make([]*exec.Cmd, followers)
	for i := range processes {
		processes[i] = startFollower(t, dir)
	}
	for range followKills {
		time.Sleep(time.Duration(50+rand.IntN(350)) * time.Millisecond)
		i := rand.IntN(followers)
		_ = processes[i].Process.Kill()
		_ = processes[i].Wait()
		processes[i] = startFollower(t, dir)
	}
	shop, err := OpenShop(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	for left := -1; left != 0; {
		if time.Since(began) > 3*time.Minute {
			t.Fatalf("%d are still not done", left)
		}
		time.Sleep(100 * time.Millisecond)
		err := shop.Book.View(t.Context(), func(ctx context.Context, tx workshop.Tx) error {
			all, err := tx.AfterWaiting(ctx, 200)
			left = len(all)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range processes {
		_ = p.Process.Kill()
		_ = p.Wait()
	}
	repeats := checkSent(t, dir, sheets)
	checkSaid(t, shop, sheets)
	t.Logf("%d messages by %d processes over %d kills, %d sent twice, %v", followSheets*followEach, followers, followKills, repeats, time.Since(began).Round(time.Second))
}

// oweMessages makes orders to whose customers messages are due.
func oweMessages(t *testing.T, dir string) []string {
	t.Helper()
	shop, err := OpenShop(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	if err := demo.Fill(t.Context(), shop.Workshop); err != nil {
		t.Fatal(err)
	}
	rows, err := shop.Orders(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, order.Query{Limit: followSheets})
	if err != nil || len(rows) != followSheets {
		t.Fatal(err, len(rows))
	}
	var sheets []string
	err = shop.Book.Do(t.Context(), func(ctx context.Context, tx workshop.Tx) error {
		old, err := tx.AfterWaiting(ctx, 200)
		for _, a := range old { // the demo's own
			err = errors.Join(err, tx.DoneAfter(ctx, a))
		}
		sheets = nil
		for _, r := range rows {
			c, errCustomer := tx.Customer(ctx, r.Customer)
			c.Email = "someone@mail.example"
			err = errors.Join(err, errCustomer, tx.PutCustomer(ctx, c))
			for i := range followEach {
				err = errors.Join(err, tx.PutAfter(ctx, journal.After{ID: fmt.Sprint(r.Sheet, "-", i), Sheet: r.Sheet, Seq: int64(i + 1), Kind: "watch_ready",
					Data: json.RawMessage(fmt.Sprintf(`{"token":"%s.%d"}`, r.Sheet, i))}))
			}
			sheets = append(sheets, r.Sheet)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sheets
}

func startFollower(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestFollower$", "-test.timeout", "5m")
	cmd.Env = append(os.Environ(), followOff+"="+dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// TestFollower is one of the processes, where it is asked to be.
func TestFollower(t *testing.T) {
	dir := os.Getenv(followOff)
	if dir == "" {
		return
	}
	shop, err := OpenShop(t.Context(), dir, slog.New(slog.DiscardHandler))
	for try := 0; err != nil && try < 20; try++ { // the one killed may hold the file for a moment
		time.Sleep(50 * time.Millisecond)
		shop, err = OpenShop(t.Context(), dir, slog.New(slog.DiscardHandler))
	}
	if err != nil {
		t.Fatal(err)
	}
	epoch := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	shop.Now = func() time.Time { return epoch.Add(time.Since(epoch) * followFaster) }
	out, err := os.OpenFile(filepath.Join(dir, "sent"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := shop.Follow(t.Context(), fileSender{out}); err != nil && !fault.Is(err, fault.Unavailable) {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// fileSender writes down what it sends, and sometimes cannot.
type fileSender struct{ out *os.File }

var tokenSent = regexp.MustCompile(`/c/(\S+)`)

func (s fileSender) Send(_ context.Context, m mail.Message) error {
	time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
	if rand.IntN(12) == 0 {
		return errors.New("the line was cut")
	}
	_, err := fmt.Fprintln(s.out, tokenSent.FindStringSubmatch(m.Text)[1]) // one write: lines of several processes do not mix
	return err
}

func checkSent(t *testing.T, dir string, sheets []string) (repeats int) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "sent"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	next := map[string]int{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		sheet, number, _ := strings.Cut(lines.Text(), ".")
		var i int
		fmt.Sscan(number, &i)
		switch next[sheet] {
		case i:
			next[sheet]++
		case i + 1:
			repeats++
		default:
			t.Errorf("sheet %s: message %d was sent when %d was due", sheet, i, next[sheet])
		}
	}
	for _, s := range sheets {
		if next[s] != followEach {
			t.Errorf("sheet %s: %d of %d were sent", s, next[s], followEach)
		}
	}
	return repeats
}

func checkSaid(t *testing.T, shop *Shop, sheets []string) {
	t.Helper()
	for _, sheet := range sheets {
		v, err := shop.Sheet(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, sheet)
		if err != nil {
			t.Fatal(err)
		}
		said := 0
		for _, e := range v.Entries {
			if e.Kind == order.KindMessage && strings.HasPrefix(e.ID, sheet+"-") {
				if want := fmt.Sprint(sheet, "-", said, "-m"); e.ID != want {
					t.Errorf("entry %s stands where %s is due", e.ID, want)
				}
				said++
			}
		}
		if said != followEach {
			t.Errorf("sheet %s says %d messages, want %d", sheet, said, followEach)
		}
	}
	report, err := shop.Store.Verify(t.Context(), store.VerifyOptions{})
	if err != nil || !report.OK() {
		t.Errorf("the book does not hold: %v %v", err, report.Flaws)
	}
}
