package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/store"
	"etabli.example/trade/equipment"
	"etabli.example/trade/order"
	"etabli.example/trade/register"
	"etabli.example/trade/stock"
)

func aReceipt(code, lot, expiry string, n int) stock.Receipt {
	return stock.Receipt{Code: code, Label: "pièce " + code, Lot: lot, Place: "tiroir 3", Quantity: n, Unit: "piece", Expiry: expiry, Supplier: "F", Origin: "generic"}
}

// write puts one entry on a sheet that is no order's.
func write(ctx context.Context, tx *store.Tx, sheet string, after int64, kind journal.Kind, data any) ([]journal.Entry, error) {
	b, err := json.Marshal(data)
	if err != nil {
		return nil, err
	}
	d := journal.Draft{ID: ident.New(), Kind: kind, Version: 1, By: "p1", Happened: at(0), Keys: []string{"state"}, Data: b}
	if _, _, err := tx.Append(ctx, sheet, after, []journal.Draft{d}, at(0)); err != nil {
		return nil, err
	}
	return tx.Sheet(ctx, sheet)
}

// receiveLot writes a lot's sheet and its row, as the workshop does.
func receiveLot(ctx context.Context, tx *store.Tx, sheet string, r stock.Receipt) error {
	entries, err := write(ctx, tx, sheet, 0, stock.KindReceived, r)
	if err != nil {
		return err
	}
	s, err := stock.Fold(entries)
	if err != nil {
		return err
	}
	return tx.PutLot(ctx, stock.RowOf(s))
}

func lots(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, r := range []stock.Receipt{aReceipt("PIL", "L 12-a", "", 5), aReceipt("PIL", "L13", "2027-01-31", 2), aReceipt("JTF", "L14", "", 9)} {
			if err := receiveLot(ctx, tx, fmt.Sprint("lot", i), r); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Lots(ctx, 10)
		if err != nil {
			return err
		}
		var got []string
		for _, r := range rows {
			got = append(got, r.Sheet+" "+r.Expiry)
		}
		if diff := cmp.Diff([]string{"lot2 ", "lot1 2027-01-31", "lot0 "}, got); diff != "" {
			t.Errorf("by part, soonest expiry first:\n%s", diff)
		}
		want := stock.Row{House: house, Sheet: "lot0", Receipt: aReceipt("PIL", "L 12-a", "", 5), OnHand: 5, Last: at(0), Seq: 1}
		if row, err := tx.Lot(ctx, "lot0"); err != nil || row != want {
			t.Errorf("got %+v, want %+v (%v)", row, want, err)
		}
		for _, typed := range []string{"L12A", "l-12 a", "L 12-a"} {
			if found, err := tx.LotsNamed(ctx, typed); err != nil || len(found) != 1 || found[0].Sheet != "lot0" {
				t.Errorf("lot %q: %v %v", typed, found, err)
			}
		}
		for _, typed := range []string{"", "L12", "  "} {
			if found, err := tx.LotsNamed(ctx, typed); err != nil || len(found) != 0 {
				t.Errorf("lot %q: %v %v", typed, found, err)
			}
		}
		if kind, err := tx.SheetKind(ctx, "lot0"); err != nil || kind != store.SheetOfLot {
			t.Errorf("kind %q %v", kind, err)
		}
		if _, err := tx.Lot(ctx, "lot9"); !fault.Is(err, fault.NotFound) {
			t.Errorf("no such lot: %v", err)
		}
		return nil
	})
}

// A year's register has no row; its kind is told by its first entry, and it is
// verified like any other sheet, the words it points at too.
func registers(t *testing.T, s *store.Store) {
	said := journal.Said{ID: "said-r", Person: "p1", Text: "ouvre-boîte qui glisse", Salt: "salt"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PutSaid(ctx, said); err != nil {
			return err
		}
		if _, err := write(ctx, tx, register.SheetOf(2026), 0, register.KindIncident, register.Incident{What: "cut", Near: true}); err != nil {
			return err
		}
		_, err := write(ctx, tx, register.SheetOf(2026), 1, register.KindFollowed, register.FollowUp{Of: 1, Words: said.Saying()})
		return err
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		if kind, err := tx.SheetKind(ctx, register.SheetOf(2026)); err != nil || kind != store.SheetOfRegister {
			t.Errorf("kind %q %v", kind, err)
		}
		return nil
	})
	verified := func(flaws int) {
		t.Helper()
		r, err := s.Verify(t.Context(), store.VerifyOptions{})
		if err != nil || len(r.Flaws) != flaws {
			t.Errorf("%+v %v, want %d flaws", r.Flaws, err, flaws)
		}
	}
	verified(0)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EraseSaid(ctx, said.ID) })
	verified(1)
}

// Twelve takers want one piece each of a lot of five: five get one.
func lotRace(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return receiveLot(ctx, tx, "lot0", aReceipt("PIL", "L1", "", 5))
	})
	var mu sync.Mutex
	got := 0
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			took := false
			err := s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
				took, err = tx.TakeLot(ctx, "lot0", 1)
				return err
			})
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if took {
				got++
			}
		})
	}
	wg.Wait()
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		row, err := tx.Lot(ctx, "lot0")
		if got != 5 || row.OnHand != 0 {
			t.Errorf("%d took one, %d left", got, row.OnHand)
		}
		return err
	})
}

func minimums(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, m := range []stock.Minimum{{Code: "B", Label: "b", Level: 3}, {Code: "A", Label: "a", Level: 1}, {Code: "B", Label: "b", Level: 4}, {Code: "B", Label: "bb", Level: 2}, {Code: "C", Level: 1}, {Code: "C"}} {
			if err := tx.PutMinimum(ctx, m); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Minimums(ctx)
		if diff := cmp.Diff([]stock.Minimum{{House: house, Code: "A", Label: "a", Level: 1}, {House: house, Code: "B", Label: "b", Level: 4}, {House: house, Code: "B", Label: "bb", Level: 2}}, got); diff != "" {
			t.Error(diff)
		}
		return err
	})
}

func registerTool(ctx context.Context, tx *store.Tx, sheet, name string, checked string) error {
	entries, err := write(ctx, tx, sheet, 0, equipment.KindRegistered, equipment.Registration{Name: name, Kind: "multimètre", Serial: "S1", Interval: 30, Instrument: true, Since: "2026-01-01"})
	if err == nil && checked != "" {
		entries, err = write(ctx, tx, sheet, 1, equipment.KindVerified, equipment.Verification{Date: checked, Result: "pass", Values: "x"})
	}
	if err != nil {
		return err
	}
	s, err := equipment.Fold(entries)
	if err != nil {
		return err
	}
	return tx.PutTool(ctx, equipment.RowOf(s))
}

func tools(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, checked := range []string{"2026-11-20", "", "2026-10-01"} {
			if err := registerTool(ctx, tx, fmt.Sprint("tool", i), fmt.Sprint("outil ", i), checked); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Tools(ctx, 10)
		var got []string
		for _, r := range rows {
			got = append(got, r.Sheet+" "+r.Due)
		}
		if diff := cmp.Diff([]string{"tool1 2026-01-01", "tool2 2026-10-31", "tool0 2026-12-20"}, got); diff != "" {
			t.Errorf("soonest due first:\n%s", diff)
		}
		want := equipment.Row{House: house, Sheet: "tool0", Name: "outil 0", Kind: "multimètre", Serial: "S1", Due: "2026-12-20", Interval: 30, Instrument: true, Last: at(0), Seq: 2}
		if row, err := tx.Tool(ctx, "tool0"); err != nil || row != want {
			t.Errorf("got %+v, want %+v (%v)", row, want, err)
		}
		if kind, err := tx.SheetKind(ctx, "tool0"); err != nil || kind != store.SheetOfTool {
			t.Errorf("kind %q %v", kind, err)
		}
		return err
	})
}

func verifyBackroom(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := receiveLot(ctx, tx, "lot0", aReceipt("PIL", "L1", "", 5)); err != nil {
			return err
		}
		return registerTool(ctx, tx, "tool0", "outil", "2026-11-20")
	})
	flaws := func(want ...store.FlawKind) {
		t.Helper()
		r, err := s.Verify(t.Context(), store.VerifyOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var got []store.FlawKind
		for _, f := range r.Flaws {
			got = append(got, f.Kind)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("flaws %v:\n%s", r.Flaws, diff)
		}
	}
	flaws()
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.TakeLot(ctx, "lot0", 2) // without an entry that says so
		if err != nil {
			return err
		}
		if err := tx.PutTool(ctx, equipment.Row{Sheet: "tool0", Name: "autre", Last: at(0)}); err != nil {
			return err
		}
		return tx.PutLot(ctx, stock.Row{Sheet: "nowhere", Last: at(0)})
	})
	flaws(store.FlawRow, store.FlawRow, store.FlawOrphan)
	if err := s.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	flaws()
}

func figures(t *testing.T, s *store.Store) {
	put := func(ctx context.Context, tx *store.Tx, n int, stage order.Stage, days int, due string) error {
		r := order.Row{Sheet: fmt.Sprint("s", n), Number: fmt.Sprint("N", n), Year: 2026, Ord: n, Stage: stage, Closed: stage.Closed(),
			Opened: at(0).AddDate(0, 0, -days-4), StageSince: at(0).AddDate(0, 0, -days), Promised: due}
		return tx.PutOrder(ctx, r, nil)
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, o := range []struct {
			stage order.Stage
			days  int
			due   string
		}{{order.InWork, 1, "2026-11-20"}, {order.InWork, 1, "2026-11-26"}, {order.QuoteSent, 9, ""}, {order.Returned, 5, "2026-11-01"}, {order.Sent, 200, ""}, {order.Ready, 2, "2026-11-20"}} {
			if err := put(ctx, tx, i, o.stage, o.days, o.due); err != nil {
				return err
			}
		}
		for i, kind := range []journal.Kind{order.KindControlRefused, order.KindControlRefused, order.KindControlPassed} {
			if _, err := write(ctx, tx, "c", int64(i), kind, order.Control{}); err != nil {
				return err
			}
		}
		return nil
	})
	since := at(0).AddDate(0, 0, -90)
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		waiting, err := tx.WaitingOrders(ctx, at(0).Add(time.Hour))
		if err != nil {
			return err
		}
		got := map[order.Waiting]bool{}
		for _, w := range waiting {
			got[w] = true
		}
		if diff := cmp.Diff(map[order.Waiting]bool{{Stage: order.InWork, Days: 1, Count: 2}: true, {Stage: order.QuoteSent, Days: 9, Count: 1}: true, {Stage: order.Ready, Days: 2, Count: 1}: true}, got); diff != "" {
			t.Error(diff)
		}
		turn, err := tx.Turnarounds(ctx, since)
		if diff := cmp.Diff([]order.Turnaround{{Days: 4, Count: 1}}, turn); diff != "" || err != nil {
			t.Error(err, diff)
		}
		due, err := tx.DueOrders(ctx, "2026-11-25")
		if len(due) != 2 || err != nil {
			t.Errorf("due %v %v", due, err)
		}
		if n, err := tx.CountEntries(ctx, order.KindControlRefused, since, 100); n != 2 || err != nil {
			t.Errorf("%d refusals %v", n, err)
		}
		if sheets, err := tx.SheetsWith(ctx, order.KindControlRefused, since); len(sheets) != 1 || err != nil {
			t.Errorf("sheets %v %v", sheets, err)
		}
		if sheets, err := tx.SheetsBy(ctx, "p1", 5); len(sheets) != 1 || err != nil {
			t.Errorf("sheets of p1 %v %v", sheets, err)
		}
		if rows, err := tx.OrdersDue(ctx, "", "2026-11-23"); len(rows) != 2 || err != nil {
			t.Errorf("late %v %v", rows, err)
		}
		if rows, err := tx.OrdersClosed(ctx, since); len(rows) != 1 || err != nil || rows[0].Sheet != "s3" {
			t.Errorf("closed %v %v", rows, err)
		}
		return nil
	})
}
