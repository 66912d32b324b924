package equipment_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/equipment"
	"etabli.example/trade/staff"
)

var update = flag.Bool("update", false, "write the stored samples of kinds that have none")

var start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

const today = "2026-11-24"

var (
	technician = staff.Actor{ID: "p1", Roles: []staff.Role{staff.Technician}}
	counter    = staff.Actor{ID: "p2", Roles: []staff.Role{staff.Counter}}
)

// card is a tool's sheet in memory that a test writes on by decisions.
type card struct {
	entries []journal.Entry
	s       equipment.State
}

func (b *card) try(who staff.Actor, d equipment.Decision) error {
	drafts, err := d(b.s, equipment.Facts{Now: start, Today: today, Who: who, EntryID: fmt.Sprint("e", len(b.entries))})
	for _, draft := range drafts {
		var prev journal.Entry
		if n := len(b.entries); n > 0 {
			prev = b.entries[n-1]
		}
		e, err := journal.Write("main", "t1", prev, draft, start)
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

func registration() equipment.Registration {
	return equipment.Registration{Name: "Chronocomparateur, poste 2", Kind: "chronocomparateur", Serial: "X1-40233", Interval: 365, Instrument: true, Since: "2025-01-10"}
}

func tool(t testing.TB, acts ...equipment.Decision) *card {
	t.Helper()
	b := &card{}
	for _, d := range append([]equipment.Decision{equipment.Register(registration())}, acts...) {
		if err := b.try(technician, d); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func good(date string) equipment.Decision {
	return equipment.Verify(equipment.Verification{Date: date, Result: equipment.Passed, Values: "écart 0,02 s/j", Certificate: "C-2611"})
}

// read is a check against the workshop's reference quartz.
func read(value float64) equipment.Decision {
	return equipment.CheckWith(equipment.Check{Piece: "quartz témoin", Quantity: "marche", Value: value, Unit: "s/j"})
}

func TestDecisions(t *testing.T) {
	withdrawn := equipment.Withdraw(equipment.Change{Why: "remplacé"})
	change := func(f func(*equipment.Registration)) equipment.Decision {
		r := registration()
		f(&r)
		return equipment.Register(r)
	}
	for name, c := range map[string]struct {
		on    *card
		who   staff.Actor
		do    equipment.Decision
		kind  fault.Kind
		field string
	}{
		"the counter keeps no tools":         {&card{}, counter, equipment.Register(registration()), fault.Denied, ""},
		"a tool without a name":              {&card{}, technician, change(func(r *equipment.Registration) { r.Name = "" }), fault.Invalid, "name"},
		"a tool trusted for a century":       {&card{}, technician, change(func(r *equipment.Registration) { r.Interval = 36500 }), fault.Invalid, "interval"},
		"a tool that comes tomorrow":         {&card{}, technician, change(func(r *equipment.Registration) { r.Since = "2026-11-25" }), fault.Invalid, "since"},
		"a tool registered twice":            {tool(t), technician, equipment.Register(registration()), fault.Conflict, ""},
		"a verification to come":             {tool(t), technician, good("2026-11-25"), fault.Invalid, "date"},
		"a verification before the last":     {tool(t, good("2026-05-01")), technician, good("2026-04-30"), fault.Invalid, "date"},
		"a verification without figures":     {tool(t), technician, equipment.Verify(equipment.Verification{Result: "pass"}), fault.Invalid, "values"},
		"a verification without result":      {tool(t), technician, equipment.Verify(equipment.Verification{Values: "x"}), fault.Invalid, "result"},
		"a verification of what is gone":     {tool(t, withdrawn), technician, good(today), fault.Conflict, ""},
		"a verification of nothing":          {&card{}, technician, good(today), fault.NotFound, ""},
		"an incident nobody tells":           {tool(t), technician, equipment.Report(equipment.Incident{}), fault.Invalid, "what"},
		"withdrawn twice":                    {tool(t, withdrawn), technician, withdrawn, fault.Conflict, ""},
		"withdrawn without a reason":         {tool(t), technician, equipment.Withdraw(equipment.Change{}), fault.Invalid, "why"},
		"back without having been away":      {tool(t), technician, equipment.BringBack(equipment.Change{Why: "x"}), fault.Conflict, ""},
		"a check of nothing":                 {tool(t), technician, equipment.CheckWith(equipment.Check{Unit: "s/j"}), fault.Invalid, "piece"},
		"a check to come":                    {tool(t), technician, equipment.CheckWith(equipment.Check{Piece: "x", Quantity: "y", Date: "2026-11-25"}), fault.Invalid, "date"},
		"a check in another unit":            {tool(t, read(4.2)), technician, equipment.CheckWith(equipment.Check{Piece: "quartz témoin", Quantity: "marche", Unit: "s/mois"}), fault.Invalid, "unit"},
		"a check of what is gone":            {tool(t, withdrawn), technician, read(4.2), fault.Conflict, ""},
		"the counter checks no instrument":   {tool(t), counter, read(4.2), fault.Denied, ""},
		"the counter verifies no instrument": {tool(t), counter, good(today), fault.Denied, ""},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(c.on.entries)
			err := c.on.try(c.who, c.do)
			f, ok := err.(*fault.Error)
			if !ok || f.Kind != c.kind {
				t.Fatalf("got %v, want %v", err, c.kind)
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

func TestStatus(t *testing.T) {
	failed := equipment.Verify(equipment.Verification{Date: "2026-11-20", Result: equipment.Failed, Values: "écart 3 s/j"})
	for name, c := range map[string]struct {
		on     *card
		day    string
		want   equipment.Status
		usable bool
	}{
		"never verified":               {tool(t), today, equipment.StatusOverdue, false},
		"verified, in date":            {tool(t, good("2026-06-01")), today, equipment.StatusInDate, true},
		"verified, a month to go":      {tool(t, good("2025-12-20")), today, equipment.StatusSoon, true},
		"on its very due date":         {tool(t, good("2025-11-24")), today, equipment.StatusSoon, true},
		"a day after":                  {tool(t, good("2025-11-23")), today, equipment.StatusOverdue, false},
		"failed":                       {tool(t, good("2026-06-01"), failed), today, equipment.StatusStopped, false},
		"failed, then good":            {tool(t, failed, good(today)), today, equipment.StatusInDate, true},
		"fallen":                       {tool(t, good("2026-06-01"), equipment.Report(equipment.Incident{What: "chute", Stop: true})), today, equipment.StatusStopped, false},
		"a scratch that stops nothing": {tool(t, good("2026-06-01"), equipment.Report(equipment.Incident{What: "rayure"})), today, equipment.StatusInDate, true},
		"withdrawn":                    {tool(t, good("2026-06-01"), equipment.Withdraw(equipment.Change{Why: "x"})), today, equipment.StatusWithdrawn, false},
		"brought back":                 {tool(t, good("2026-06-01"), equipment.Withdraw(equipment.Change{Why: "x"}), equipment.BringBack(equipment.Change{Why: "y"})), today, equipment.StatusInDate, true},
	} {
		row := equipment.RowOf(c.on.s)
		if got := row.StatusOn(c.day); got != c.want || row.Usable(c.day) != c.usable {
			t.Errorf("%s: %s, usable %v (due %s)", name, got, row.Usable(c.day), row.Due)
		}
	}
	free := &card{}
	r := registration()
	r.Interval = 0
	if err := free.try(technician, equipment.Register(r)); err != nil {
		t.Fatal(err)
	}
	if got := equipment.RowOf(free.s).StatusOn(today); got != equipment.StatusFree {
		t.Errorf("a tool without interval is %s", got)
	}
}

// One stored sample of every kind ever released must still fold.
func TestEveryKindEverReleasedStillFolds(t *testing.T) {
	b := tool(t, good("2026-06-01"), read(4.21), equipment.Report(equipment.Incident{What: "chute", Stop: true}), equipment.Withdraw(equipment.Change{Why: "au fabricant"}),
		equipment.BringBack(equipment.Change{Why: "revenu du fabricant"}))
	written := map[journal.Kind]journal.Entry{}
	for _, e := range b.entries {
		written[e.Kind] = e
	}
	for _, k := range equipment.Kinds() {
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
		s := equipment.State{Seq: e.Seq - 1}
		if err := s.Apply(e); err != nil {
			t.Errorf("%s no longer folds: %v", k, err)
		}
	}
	e, err := journal.Write("main", "t1", journal.Entry{}, journal.Draft{ID: "x", Kind: "invented", Version: 1, By: "p", Happened: start, Data: json.RawMessage(`{}`)}, start)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := equipment.Fold([]journal.Entry{e}); err == nil {
		t.Error("an unknown kind was skipped")
	}
}
