package fill_test

import (
	"testing"
	"time"

	"etabli.example/journal"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop/fill"
)

// Every order told is a sheet that holds, folds to the state it was told with, and
// is as long as promised.
func TestTeller(t *testing.T) {
	for _, light := range []bool{true, false} {
		seq := 0
		teller := fill.Teller{House: "main", Site: "PAR", Zone: time.UTC, Light: light, Number: func(int) (int, error) { seq++; return seq, nil },
			Team: []staff.Person{{ID: "p1", Roles: []staff.Role{staff.Manager}}}}
		teller.Start(7)
		open := 0
		for i := range 60 {
			told, err := teller.Next(time.Date(2025, 3, 1, 9, i, 0, 0, time.UTC))
			if err != nil {
				t.Fatal(err)
			}
			if err := journal.Check("main", told.State.Sheet, told.Entries); err != nil {
				t.Fatal(err)
			}
			s, err := order.Fold(told.Entries)
			if err != nil || order.RowOf(s) != order.RowOf(told.State) {
				t.Fatalf("folds to another state: %v", err)
			}
			if !s.Stage.Closed() {
				open++
			}
			if least := map[bool]int{true: 12, false: 40}[light]; len(told.Entries) < least {
				t.Errorf("light %v: %d entries", light, len(told.Entries))
			}
		}
		if light && open > 0 || !light && open < 30 {
			t.Errorf("light %v: %d are open", light, open)
		}
	}
}

func BenchmarkTeller(b *testing.B) {
	seq := 0
	teller := fill.Teller{House: "main", Site: "PAR", Zone: time.UTC, Light: true, Number: func(int) (int, error) { seq++; return seq, nil },
		Team: []staff.Person{{ID: "p1", Roles: []staff.Role{staff.Manager}}}}
	teller.Start(7)
	for b.Loop() {
		if _, err := teller.Next(time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)); err != nil {
			b.Fatal(err)
		}
	}
}
