package register_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/register"
	"etabli.example/trade/staff"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the stored samples of kinds that have none")

var start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

var (
	technician = staff.Actor{ID: "p1", Roles: []staff.Role{staff.Technician}, Bench: "poste 2"}
	counter    = staff.Actor{ID: "p2", Roles: []staff.Role{staff.Counter}}
	manager    = staff.Actor{ID: "p3", Roles: []staff.Role{staff.Manager}}
	nobody     = staff.Actor{ID: "p4"}
)

// book is a year's register in memory that a test writes in by decisions.
type book struct {
	entries []journal.Entry
	s       register.State
}

func (b *book) try(who staff.Actor, d register.Decision) error {
	drafts, err := d(b.s, register.Facts{Now: start, Today: "2026-11-24", Year: 2026, Who: who, EntryID: fmt.Sprint("e", len(b.entries))})
	for _, draft := range drafts {
		var prev journal.Entry
		if n := len(b.entries); n > 0 {
			prev = b.entries[n-1]
		}
		e, err := journal.Write("main", register.SheetOf(2026), prev, draft, start)
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

func waste() register.Waste {
	return register.Waste{Kind: "cells", Quantity: 120, Unit: "pieces", Date: "2026-11-20", Collector: "Éco-collecte", Slip: "BSD-1"}
}

func TestHandOver(t *testing.T) {
	for name, c := range map[string]struct {
		who    staff.Actor
		change func(*register.Waste)
		kind   fault.Kind
		field  string
	}{
		"as it should":            {technician, func(*register.Waste) {}, 0, ""},
		"the counter may not":     {counter, func(*register.Waste) {}, fault.Denied, ""},
		"no slip":                 {technician, func(w *register.Waste) { w.Slip = "  " }, fault.Invalid, "slip"},
		"nobody took it":          {technician, func(w *register.Waste) { w.Collector = "" }, fault.Invalid, "collector"},
		"nothing":                 {technician, func(w *register.Waste) { w.Quantity = 0 }, fault.Invalid, "quantity"},
		"half a cell":             {technician, func(w *register.Waste) { w.Quantity = 1.5 }, fault.Invalid, "quantity"},
		"half a kilogram":         {technician, func(w *register.Waste) { w.Quantity, w.Unit = .5, "kg" }, 0, ""},
		"tomorrow":                {technician, func(w *register.Waste) { w.Date = "2026-11-25" }, fault.Invalid, "date"},
		"another year's register": {technician, func(w *register.Waste) { w.Date = "2025-11-25" }, fault.Invalid, "date"},
		"no day":                  {technician, func(w *register.Waste) { w.Date = "2026-02-30" }, fault.Invalid, "date"},
		"unknown waste":           {technician, func(w *register.Waste) { w.Kind = "gold" }, fault.Invalid, "kind"},
		"unknown unit":            {technician, func(w *register.Waste) { w.Unit = "stone" }, fault.Invalid, "unit"},
	} {
		w := waste()
		c.change(&w)
		err := (&book{}).try(c.who, register.HandOver(w))
		if (err == nil) != (c.kind == 0) || err != nil && fault.KindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
		if f, _ := err.(*fault.Error); c.field != "" && (f == nil || f.Fields[c.field].Key == "") {
			t.Errorf("%s: nothing beside %s: %v", name, c.field, err)
		}
	}
}

func TestTotalsLeaveOutWhatIsStruck(t *testing.T) {
	b := &book{}
	second, litres := waste(), waste()
	second.Slip, second.Quantity = "BSD-2", 30
	litres.Kind, litres.Unit, litres.Quantity, litres.Slip = "solvents", "l", 2.5, "BSD-3"
	for _, w := range []register.Waste{waste(), second, litres} {
		if err := b.try(technician, register.HandOver(w)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.try(technician, register.HandOver(waste())); !fault.Is(err, fault.Invalid) {
		t.Errorf("one slip twice: %v", err)
	}
	if err := b.try(technician, register.StrikeOut(register.Strike{Of: 2, Why: "compté deux fois"})); err != nil {
		t.Fatal(err)
	}
	want := []register.Total{{Kind: "cells", Unit: "pieces", Quantity: 120, Slips: 1}, {Kind: "solvents", Unit: "l", Quantity: 2.5, Slips: 1}}
	if diff := cmp.Diff(want, b.s.Totals()); diff != "" {
		t.Error(diff)
	}
	for of, kind := range map[int64]fault.Kind{2: fault.Conflict, 4: fault.NotFound, 9: fault.NotFound} {
		if err := b.try(technician, register.StrikeOut(register.Strike{Of: of, Why: "x"})); !fault.Is(err, kind) {
			t.Errorf("strike %d: %v", of, err)
		}
	}
}

func TestIncidentIsItsReportersAndTheHouses(t *testing.T) {
	b := &book{}
	words := journal.Saying{ID: "s", Hash: "h"}
	if err := b.try(nobody, register.Report(register.Incident{What: "cut"})); !fault.Is(err, fault.Denied) {
		t.Errorf("somebody without a role: %v", err)
	}
	for _, who := range []staff.Actor{technician, counter} {
		if err := b.try(who, register.Report(register.Incident{What: "cut", Near: true})); err != nil {
			t.Fatal(err)
		}
	}
	for name, n := range map[string][2]int{"technician": {len(b.s.SeenBy(technician)), 1}, "manager": {len(b.s.SeenBy(manager)), 2}, "open": {b.s.Open(), 2}} {
		if n[0] != n[1] {
			t.Errorf("%s: %d, want %d", name, n[0], n[1])
		}
	}
	follow := func(of int64, done bool) register.Decision {
		return register.Follow(register.FollowUp{Of: of, Words: words, Close: done}, true)
	}
	for _, c := range []struct {
		who  staff.Actor
		d    register.Decision
		kind fault.Kind
	}{
		{technician, follow(2, false), fault.Denied}, // another's
		{technician, follow(1, true), fault.Denied},
		{technician, register.Follow(register.FollowUp{Of: 1}, false), fault.Invalid},
		{manager, follow(9, false), fault.NotFound},
		{technician, follow(1, false), 0},
		{manager, follow(1, true), 0},
		{manager, follow(1, true), fault.Conflict},
	} {
		if err := b.try(c.who, c.d); (err == nil) != (c.kind == 0) || err != nil && !fault.Is(err, c.kind) {
			t.Errorf("%s: %v, want %v", c.who.ID, err, c.kind)
		}
	}
	if b.s.Open() != 1 || len(b.s.Incidents[0].Followed) != 2 || b.s.Incidents[0].Bench != "poste 2" {
		t.Errorf("%+v", b.s.Incidents)
	}
}

// One stored sample of every kind ever released must still fold.
func TestEveryKindEverReleasedStillFolds(t *testing.T) {
	b := &book{}
	for _, d := range []register.Decision{register.HandOver(waste()), register.StrikeOut(register.Strike{Of: 1, Why: "faute"}),
		register.Report(register.Incident{What: "cell", Order: "PAR-26-000001-X"}), register.Follow(register.FollowUp{Of: 3, Words: journal.Saying{ID: "s", Hash: "h"}}, true)} {
		if err := b.try(manager, d); err != nil {
			t.Fatal(err)
		}
	}
	written := map[journal.Kind]journal.Entry{}
	for _, e := range b.entries {
		written[e.Kind] = e
	}
	for _, k := range register.Kinds() {
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
		s := register.State{Seq: e.Seq - 1}
		if err := s.Apply(e); err != nil {
			t.Errorf("%s no longer folds: %v", k, err)
		}
	}
}
