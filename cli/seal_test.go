package cli

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // to do what the owner of the database can

	"etabli.example/journal"
	"etabli.example/store"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Whoever owns the database can cut a sheet short, or write it anew from its
// first entry with every hash in order: verify alone finds nothing, the seal does.
func TestSeal(t *testing.T) {
	dir := t.TempDir()
	shop, err := OpenShop(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Fill(t.Context(), shop, FillOptions{Orders: 130, Light: true, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	first, path, err := sealNow(t.Context(), shop, "2026-11-23", "")
	if err != nil || first.Sheets != 130 {
		t.Fatal(first, err)
	}
	if again, path, err := sealNow(t.Context(), shop, "2026-11-23", ""); err != nil || path != "" || again.Previous != first.Root {
		t.Errorf("a day is sealed twice: %v %v", path, err)
	}
	if _, err := Fill(t.Context(), shop, FillOptions{Orders: 20, Light: true, Seed: 2}); err != nil {
		t.Fatal(err)
	}
	found := func() []store.Flaw {
		t.Helper()
		_, flaws, err := verifySeal(t.Context(), shop, path, first.Fingerprint())
		if err != nil {
			t.Fatal(err)
		}
		return flaws
	}
	if flaws := found(); len(flaws) > 0 {
		t.Fatalf("a whole book is not as sealed: %v", flaws)
	}
	if _, _, err := verifySeal(t.Context(), shop, path, "0000"); err == nil {
		t.Error("another key passes")
	}
	rows, err := shop.Orders(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, order.Query{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	cut, rewritten := rows[60].Sheet, rows[61].Sheet
	if err := shop.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	cutShort(t, db, cut)
	rewrite(t, db, rewritten)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if shop, err = OpenShop(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	if err := shop.Store.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if r, err := shop.Store.Verify(t.Context(), store.VerifyOptions{}); err != nil || !r.OK() {
		t.Fatalf("the forgery is clumsy: %v %v", r.Flaws, err)
	}
	flaws := found()
	got := map[string]string{}
	for _, f := range flaws {
		got[f.Sheet] = f.Detail
	}
	if len(flaws) != 2 || !strings.Contains(got[cut], "cut short") || !strings.Contains(got[rewritten], "rewritten") {
		t.Errorf("the seal finds %v", flaws)
	}
}

func run(t *testing.T, db *sql.DB, text string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), text, args...); err != nil {
		t.Fatal(err)
	}
}

// cutShort takes the last two entries away.
func cutShort(t *testing.T, db *sql.DB, sheet string) {
	run(t, db, `delete from entry where sheet = ? and seq > (select seq - 2 from sheet where sheet = ?)`, sheet, sheet)
	run(t, db, `update sheet set (seq, hash, recorded) = (select seq, hash, recorded from entry where sheet = ? order by seq desc limit 1) where sheet = ?`, sheet, sheet)
}

// rewrite makes the declared value another and computes every hash anew.
func rewrite(t *testing.T, db *sql.DB, sheet string) {
	entries := map[int64]string{}
	rows, err := db.QueryContext(t.Context(), `select seq, text from entry where sheet = ? order by seq`, sheet)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var seq int64
		var text string
		if err := rows.Scan(&seq, &text); err != nil {
			t.Fatal(err)
		}
		entries[seq] = text
	}
	rows.Close()
	var prev journal.Hash
	for seq := int64(1); seq <= int64(len(entries)); seq++ {
		text := entries[seq]
		if seq == 1 {
			changed := strings.Replace(text, `"declared_value":`, `"declared_value":9`, 1)
			if changed == text {
				t.Fatal("nothing to forge")
			}
			text = changed
		}
		hash := journal.Sum(prev, text)
		run(t, db, `update entry set text = ?, prev = ?, hash = ? where sheet = ? and seq = ?`, text, string(prev), string(hash), sheet, seq)
		prev = hash
	}
	run(t, db, `update sheet set hash = ? where sheet = ?`, string(prev), sheet)
}

// The night's seal is made once, after two in the morning of the house.
func TestSealNightly(t *testing.T) {
	shop, err := OpenShop(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	count := func() (n int) {
		err := shop.Store.House(house).View(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			all, err := tx.Seals(ctx, 10)
			n = len(all)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	day := shop.Now().In(shop.Zone)
	for _, c := range []struct{ day, hour, want int }{{0, 1, 0}, {0, 3, 1}, {0, 9, 1}, {1, 0, 1}, {1, 2, 2}} {
		at := time.Date(day.Year(), day.Month(), day.Day()+c.day, c.hour, 5, 0, 0, shop.Zone)
		shop.Now = func() time.Time { return at }
		if err := sealNightly(t.Context(), shop); err != nil {
			t.Fatal(err)
		}
		if got := count(); got != c.want {
			t.Errorf("day %d at %d h: %d seals, want %d", c.day, c.hour, got, c.want)
		}
	}
}
