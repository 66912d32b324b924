package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/store"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

func fullRow() order.Row {
	return order.Row{House: house, Sheet: "s1", Number: "PAR-26-004217-K", Site: "PAR", Year: 2026, Ord: 4217, Stage: order.QuoteSent,
		StageSince: at(1), Opened: at(2), Last: at(3), Customer: "c1", WatchID: "w1", Brand: "Oméga", Model: "Speedmaster", Calibre: "Oméga 321",
		Kind: watch.Manual, CaseNo: "145.012-67", Technician: "p1", Promised: "2026-12-01", Purpose: "service", Beyond: true, QuoteUntil: at(4), Seq: 12}
}

func orderComesBack(t *testing.T, s *store.Store) {
	row := fullRow()
	bare := order.Row{House: house, Sheet: "s2", Stage: order.Announced}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PutOrder(ctx, row, row.Terms()); err != nil {
			return err
		}
		row.Seq, row.Closed, row.Stage, row.Promised = 13, true, order.Returned, ""
		if err := tx.PutOrder(ctx, row, row.Terms()); err != nil {
			return err
		}
		return tx.PutOrder(ctx, bare, nil)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		check := func(what string, want order.Row, got order.Row, err error) {
			t.Helper()
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%s: %v %s", what, err, diff)
			}
		}
		got, err := tx.Order(ctx, "s1")
		check("by sheet", row, got, err)
		got, err = tx.Order(ctx, "s2")
		check("a bare one", bare, got, err)
		for _, typed := range []string{row.Number, "par 26 004217 k", "PAR26004217K"} {
			got, err = tx.OrderByNumber(ctx, typed)
			check(typed, row, got, err)
		}
		for _, typed := range []string{"", "PAR-26-004218-K", "s1"} {
			if _, err := tx.OrderByNumber(ctx, typed); !fault.Is(err, fault.NotFound) {
				t.Errorf("number %q: %v", typed, err)
			}
		}
		if _, err := tx.Order(ctx, "s3"); !fault.Is(err, fault.NotFound) {
			t.Errorf("no such sheet: %v", err)
		}
		rows, err := tx.OrdersBySequence(ctx, 4217)
		if len(rows) != 1 || rows[0] != row {
			t.Errorf("by sequence: %v", rows)
		}
		return err
	})
}

func orderNumberTaken(t *testing.T, s *store.Store) {
	row := fullRow()
	err := s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PutOrder(ctx, row, nil); err != nil {
			return err
		}
		row.Sheet = "s2"
		return tx.PutOrder(ctx, row, nil)
	})
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("a number twice: %v", err)
	}
}

// someRows draws orders of a house of its own.
func someRows(rt *rapid.T, most int) []order.Row {
	stages := []order.Stage{order.Received, order.InDiagnosis, order.Ready, order.Returned, order.Abandoned}
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(rt, label) }
	n := rapid.IntRange(0, most).Draw(rt, "orders")
	rows := make([]order.Row, n)
	for i := range rows {
		r := order.Row{Sheet: fmt.Sprintf("s%03d", i), Site: pick("site", "PAR", "LYO"), Stage: rapid.SampledFrom(stages).Draw(rt, "stage"),
			Technician: pick("technician", "", "p1", "p2"), Customer: pick("customer", "c1", "c2"), WatchID: pick("watch", "w1", "w2"),
			Promised: pick("promised", "", "2026-12-01", "2026-11-20", "2027-01-02")}
		r.Closed = r.Stage.Closed()
		if rapid.IntRange(0, 9).Draw(rt, "numbered") > 0 {
			r.Year, r.Ord = rapid.IntRange(2025, 2026).Draw(rt, "year"), i/2+1
			r.Number = ident.Number{Site: r.Site, Year: r.Year, Seq: r.Ord}.String()
		}
		if slices.ContainsFunc(rows[:i], func(o order.Row) bool { return o.Number == r.Number }) {
			r.Number, r.Year, r.Ord = "", 0, 0
		}
		rows[i] = r
	}
	return rows
}

func putRows(rt *rapid.T, ctx context.Context, h *store.House, rows []order.Row) {
	err := h.Do(ctx, func(ctx context.Context, tx *store.Tx) error {
		for i := range rows {
			rows[i].House = h.Name()
			if err := tx.PutOrder(ctx, rows[i], rows[i].Terms()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		rt.Fatal(err)
	}
}

func newest(a, b order.Row) int {
	key := func(r order.Row) string { return fmt.Sprintf("%04d %06d %-20s %s", r.Year, r.Ord, r.Number, r.Sheet) }
	return strings.Compare(key(b), key(a))
}

func ordersPage(t *testing.T, s *store.Store) {
	rapid.Check(t, func(rt *rapid.T) {
		h := s.House(ident.New())
		rows := someRows(rt, 24)
		putRows(rt, t.Context(), h, rows)
		maybe := func(label string, of ...string) string { return rapid.SampledFrom(append(of, "", "")).Draw(rt, label) }
		q := order.Query{Open: rapid.Bool().Draw(rt, "open"), Technician: maybe("q technician", "p1", "p2"), Customer: maybe("q customer", "c1"),
			WatchID: maybe("q watch", "w2"), Site: maybe("q site", "PAR"), Limit: rapid.IntRange(1, 7).Draw(rt, "limit"),
			Stages: rapid.SliceOfN(rapid.SampledFrom(order.Stages()), 0, 12).Draw(rt, "stages")}
		want := slices.DeleteFunc(slices.Clone(rows), func(r order.Row) bool {
			return len(q.Stages) > 0 && !slices.Contains(q.Stages, r.Stage) || q.Open && r.Closed || q.Technician != "" && q.Technician != r.Technician ||
				q.Customer != "" && q.Customer != r.Customer || q.WatchID != "" && q.WatchID != r.WatchID || q.Site != "" && q.Site != r.Site
		})
		slices.SortFunc(want, newest)
		got := allPages(rt, t.Context(), h, q)
		if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
			rt.Fatal(diff)
		}
	})
}

func allPages(rt *rapid.T, ctx context.Context, h *store.House, q order.Query) (got []order.Row) {
	for {
		var page []order.Row
		err := h.View(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			page, err = tx.Orders(ctx, q)
			return err
		})
		if err != nil || len(page) > q.Limit {
			rt.Fatal(len(page), err)
		}
		got = append(got, page...)
		if len(page) < q.Limit || len(got) > 1000 {
			return got
		}
		last := page[len(page)-1]
		if q.After = last.Number; q.After == "" {
			q.After = last.Sheet
		}
	}
}

func board(t *testing.T, s *store.Store) {
	rapid.Check(t, func(rt *rapid.T) {
		h := s.House(ident.New())
		rows := someRows(rt, 30)
		putRows(rt, t.Context(), h, rows)
		site := rapid.SampledFrom([]string{"", "PAR", "LYO"}).Draw(rt, "board of")
		limit := rapid.IntRange(1, 5).Draw(rt, "limit")
		var got []order.Row
		var counts map[order.Stage]int
		err := h.View(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
			got, counts, err = tx.Board(ctx, site, limit)
			return err
		})
		if err != nil {
			rt.Fatal(err)
		}
		due := func(r order.Row) string {
			if r.Promised == "" {
				return "9"
			}
			return r.Promised
		}
		slices.SortFunc(rows, func(a, b order.Row) int {
			key := func(r order.Row) string {
				return fmt.Sprintf("%02d %-10s %04d %06d %s", slices.Index(order.Stages(), r.Stage), due(r), r.Year, r.Ord, r.Sheet)
			}
			return strings.Compare(key(a), key(b))
		})
		wantCounts := map[order.Stage]int{}
		var want []order.Row
		for _, r := range rows {
			if r.Closed || site != "" && r.Site != site {
				continue
			}
			if wantCounts[r.Stage]++; wantCounts[r.Stage] <= limit {
				want = append(want, r)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff)
		}
		if diff := cmp.Diff(wantCounts, counts); diff != "" {
			rt.Fatal(diff)
		}
	})
}
