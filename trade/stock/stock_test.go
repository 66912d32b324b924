package stock_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
	"etabli.example/trade/stock"
)

var update = flag.Bool("update", false, "write the stored samples of kinds that have none")

var start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

var (
	technician = staff.Actor{ID: "p1", Roles: []staff.Role{staff.Technician}, Bench: "poste 2"}
	counter    = staff.Actor{ID: "p2", Roles: []staff.Role{staff.Counter}}
)

// drawer is a lot's sheet in memory that a test writes on by decisions.
type drawer struct {
	entries []journal.Entry
	s       stock.State
}

func (b *drawer) try(who staff.Actor, d stock.Decision) error {
	drafts, err := d(b.s, stock.Facts{Now: start, Who: who, EntryID: fmt.Sprint("e", len(b.entries))})
	for i, draft := range drafts {
		draft.ID += fmt.Sprint("-", i)
		var prev journal.Entry
		if n := len(b.entries); n > 0 {
			prev = b.entries[n-1]
		}
		e, err := journal.Write("main", "l1", prev, draft, start)
		if err != nil {
			return err
		}
		if err := b.s.Apply(e); err != nil {
			return err
		}
		b.entries = append(b.entries, e)
	}
	return err
}

func lot(t testing.TB, n int) *drawer {
	t.Helper()
	b := &drawer{}
	if err := b.try(technician, stock.Receive(receipt(n))); err != nil {
		t.Fatal(err)
	}
	return b
}

func receipt(n int) stock.Receipt {
	return stock.Receipt{Code: "PIL", Label: "Pile 377 (SR626SW)", Lot: "L2611", Place: "tiroir 3", Quantity: n, Unit: "piece", Expiry: "2029-06-30", Supplier: "Fournitures", Origin: "generic"}
}

func TestDecisions(t *testing.T) {
	change := func(f func(*stock.Receipt)) stock.Decision { r := receipt(5); f(&r); return stock.Receive(r) }
	for name, c := range map[string]struct {
		on    *drawer
		who   staff.Actor
		do    stock.Decision
		kind  fault.Kind
		key   string
		field string
	}{
		"the counter receives no parts":   {&drawer{}, counter, stock.Receive(receipt(5)), fault.Denied, "staff.denied", ""},
		"a lot without its number":        {&drawer{}, technician, change(func(r *stock.Receipt) { r.Lot = " " }), fault.Invalid, "fault.invalid", "lot"},
		"a lot of nothing":                {&drawer{}, technician, change(func(r *stock.Receipt) { r.Quantity = 0 }), fault.Invalid, "fault.invalid", "qty"},
		"a lot past its date on arrival":  {&drawer{}, technician, change(func(r *stock.Receipt) { r.Expiry = "2020-01-01" }), fault.Invalid, "fault.invalid", "expiry"},
		"a date nobody can read":          {&drawer{}, technician, change(func(r *stock.Receipt) { r.Expiry = "demain" }), fault.Invalid, "fault.invalid", "expiry"},
		"an origin that is none":          {&drawer{}, technician, change(func(r *stock.Receipt) { r.Origin = "mars" }), fault.Invalid, "fault.invalid", "origin"},
		"a lot received twice":            {lot(t, 5), technician, stock.Receive(receipt(5)), fault.Conflict, "stock.received_already", ""},
		"more than there is":              {lot(t, 2), technician, stock.Take(stock.Use{Quantity: 3, Order: "PAR-26-000001-A"}), fault.Conflict, "stock.not_enough", "lot"},
		"another part than the lot holds": {lot(t, 2), technician, stock.Take(stock.Use{Quantity: 1, Order: "x", Code: "JTF"}), fault.Invalid, "fault.invalid", "lot"},
		"a part for no order":             {lot(t, 2), technician, stock.Take(stock.Use{Quantity: 1}), fault.Invalid, "fault.invalid", "order"},
		"the counter replaces no part":    {lot(t, 2), counter, stock.Take(stock.Use{Quantity: 1, Order: "x"}), fault.Denied, "staff.denied", ""},
		"a difference without a reason":   {lot(t, 5), technician, stock.CountLot(stock.Count{Found: 4}), fault.Invalid, "fault.invalid", "why"},
		"fewer than nothing":              {lot(t, 5), technician, stock.CountLot(stock.Count{Found: -1, Why: "x"}), fault.Invalid, "fault.invalid", "found"},
		"a lot nobody received":           {&drawer{}, technician, stock.CountLot(stock.Count{}), fault.NotFound, "stock.unknown_lot", ""},
		"an end without a reason":         {lot(t, 5), technician, stock.EndLot(stock.End{}), fault.Invalid, "fault.invalid", "why"},
		"empty, with five left":           {lot(t, 5), technician, stock.EndLot(stock.End{Why: "empty"}), fault.Invalid, "fault.invalid", "why"},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(c.on.entries)
			err := c.on.try(c.who, c.do)
			f, ok := err.(*fault.Error)
			if !ok || f.Kind != c.kind || f.Key != c.key {
				t.Fatalf("got %v, want %v %s", err, c.kind, c.key)
			}
			if _, beside := f.Fields[c.field]; c.field != "" && !beside {
				t.Errorf("nothing beside %s: %v", c.field, f.Fields)
			}
			if len(c.on.entries) != before {
				t.Error("something was written")
			}
		})
	}
}

func TestALotEndsWhenEmpty(t *testing.T) {
	b := lot(t, 2)
	for range 2 {
		if err := b.try(technician, stock.Take(stock.Use{Quantity: 1, Order: "PAR-26-000001-A", Code: "PIL"})); err != nil {
			t.Fatal(err)
		}
	}
	if !b.s.Ended || b.s.OnHand != 0 || b.s.Used != 2 || b.s.Why != "empty" || len(b.entries) != 4 {
		t.Errorf("state %+v after %d entries", b.s, len(b.entries))
	}
	if err := b.try(technician, stock.CountLot(stock.Count{Found: 0})); !fault.Is(err, fault.Conflict) {
		t.Errorf("an ended lot was counted: %v", err)
	}
	if err := b.try(technician, stock.Take(stock.Use{Quantity: 1, Order: "x"})); !fault.Is(err, fault.Conflict) {
		t.Errorf("taken from an ended lot: %v", err)
	}
}

// Whatever is asked of a lot, there is never less than nothing in it, and what
// came in is what was used, counted away or is still there.
func TestNeverNegative(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := &drawer{}
		have := rapid.IntRange(1, 20).Draw(rt, "received")
		if err := b.try(technician, stock.Receive(receipt(have))); err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(0, 12).Draw(rt, "acts") {
			n := rapid.IntRange(-2, 12).Draw(rt, "n")
			if rapid.Bool().Draw(rt, "count") {
				if b.try(technician, stock.CountLot(stock.Count{Found: n, Why: "compté"})) == nil {
					have = n
				}
			} else if b.try(technician, stock.Take(stock.Use{Quantity: n, Order: "x"})) == nil {
				have -= n
			}
		}
		again, err := stock.Fold(b.entries)
		if err != nil || again.OnHand < 0 || again.OnHand != have {
			rt.Fatalf("on hand %d, want %d: %v", again.OnHand, have, err)
		}
		if diff := cmp.Diff(stock.RowOf(b.s), stock.RowOf(again)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func TestParts(t *testing.T) {
	row := func(code, expiry string, onHand int) stock.Row {
		r := stock.Row{OnHand: onHand}
		r.Code, r.Label, r.Expiry = code, "la "+code, expiry
		return r
	}
	got := stock.Parts([]stock.Row{row("PIL", "2020-01-01", 9), row("PIL", "2030-01-01", 3), row("JTF", "", 2)},
		[]stock.Minimum{{Code: "PIL", Label: "la PIL", Level: 4}, {Code: "COU", Label: "la COU", Level: 1}}, "2026-11-24")
	if len(got) != 3 || got[0].OnHand != 3 || !got[0].Low() || got[1].OnHand != 2 || got[1].Low() || got[2].Label != "la COU" || !got[2].Low() {
		t.Errorf("got %+v", got)
	}
}

// One stored sample of every kind ever released must still fold.
func TestEveryKindEverReleasedStillFolds(t *testing.T) {
	b := lot(t, 3)
	for _, d := range []stock.Decision{stock.Take(stock.Use{Quantity: 1, Order: "PAR-26-004217-K", Step: "1.3"}), stock.PutBack(stock.Use{Quantity: 1, Order: "PAR-26-004217-K", Step: "1.3"}), stock.CountLot(stock.Count{Found: 1, Why: "une pile tombée"}), stock.EndLot(stock.End{Why: "expired"})} {
		if err := b.try(technician, d); err != nil {
			t.Fatal(err)
		}
	}
	written := map[journal.Kind]journal.Entry{}
	for _, e := range b.entries {
		written[e.Kind] = e
	}
	for _, k := range stock.Kinds() {
		path := filepath.Join("testdata", string(k)+".v1.json")
		if _, err := os.Stat(path); err != nil && *update {
			if err := os.WriteFile(path, []byte(written[k].Text+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%s has no stored sample: run with -update", k)
			continue
		}
		e, err := journal.Read(strings.TrimSpace(string(text)), "")
		if err != nil {
			t.Errorf("%s: %v", k, err)
			continue
		}
		s := stock.State{Seq: e.Seq - 1, OnHand: 3}
		if err := s.Apply(e); err != nil {
			t.Errorf("%s no longer folds: %v", k, err)
		}
	}
	e, err := journal.Write("main", "l1", journal.Entry{}, journal.Draft{ID: "x", Kind: "invented", Version: 1, By: "p", Happened: start, Data: json.RawMessage(`{}`)}, start)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stock.Fold([]journal.Entry{e}); err == nil {
		t.Error("an unknown kind was skipped")
	}
}
