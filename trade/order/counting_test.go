package order_test

import (
	"slices"
	"testing"

	"etabli.example/fault"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Of two readings of one position both stay; the last counts, unless the other is
// chosen with a reason; a third counts again by itself, and striking gives way to the
// last that is left.
func TestWhichOfTwoReadingsCounts(t *testing.T) {
	b := newBook(t).to(order.InDiagnosis)
	read := func(rate float64) int64 {
		r := goodReading(order.Before)
		r.Rate = f64(rate)
		b.do(manager, order.KeepReading(r))
		return b.s.Seq
	}
	counting := func() []int64 {
		var out []int64
		for _, r := range b.s.Readings {
			if r.Counts && r.Position == b.s.Readings[len(b.s.Readings)-1].Position {
				out = append(out, r.Seq)
			}
		}
		return out
	}
	want := func(what string, seq int64) {
		t.Helper()
		if got := counting(); !slices.Equal(got, []int64{seq}) {
			t.Errorf("%s: %v count, want %d", what, got, seq)
		}
	}
	first, second := read(4), read(9)
	want("the last", second)
	for name, c := range map[string]struct {
		of   int64
		why  string
		kind fault.Kind
	}{
		"without a reason":      {first, " ", fault.Invalid},
		"the one that counts":   {second, "x", fault.Conflict},
		"what is no reading":    {1, "x", fault.NotFound},
		"what is not there yet": {999, "x", fault.NotFound},
	} {
		if err := b.try(manager, order.ChooseReading(order.ReadingChoice{Of: c.of, Why: c.why})); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := b.try(staff.Actor{ID: "p9", Roles: []staff.Role{staff.Counter}}, order.ChooseReading(order.ReadingChoice{Of: first, Why: "x"})); !fault.Is(err, fault.Denied) {
		t.Errorf("the counter chooses: %v", err)
	}
	b.do(manager, order.ChooseReading(order.ReadingChoice{Of: first, Why: "la seconde dans le bruit"}))
	want("the chosen one", first)
	if got := b.s.ReadingsOf(order.Before); *got[len(got)-1].Rate != 4 && *got[0].Rate != 4 || len(b.s.Rivals(b.s.Readings[0])) != 1 {
		t.Errorf("%+v", got)
	}
	if err := b.try(manager, order.Correct(order.Correction{Of: b.s.Seq, Why: "x"}, order.KindReadingChosen)); !fault.Is(err, fault.Conflict) {
		t.Errorf("a choice is struck: %v", err)
	}
	third := read(5)
	want("a third", third)
	if r := b.s.Readings[0]; r.Chosen != nil {
		t.Error("still said to be chosen")
	}
	b.do(manager, order.Correct(order.Correction{Of: third, Why: "mauvaise montre"}, order.KindReading))
	want("the third struck", second)
	if err := b.try(manager, order.ChooseReading(order.ReadingChoice{Of: third, Why: "x"})); !fault.Is(err, fault.Conflict) {
		t.Errorf("a struck one is chosen: %v", err)
	}
}
