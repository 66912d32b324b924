// Package stock is parts and supplies: what may be written on the sheet of a lot
// at one place, by whom, and what the sheet says when it is read. State is a
// fold over entries; decisions are pure. It buys nothing, values nothing and
// knows no order beyond its number.
package stock

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// The kinds of entry a lot's sheet can hold.
const (
	KindReceived journal.Kind = "lot_received"
	KindUsed     journal.Kind = "lot_used"
	KindCounted  journal.Kind = "lot_counted"
	KindEnded    journal.Kind = "lot_ended"
)

// Facts is what a decision may know beside the state.
type Facts struct {
	Now     time.Time
	Who     staff.Actor
	EntryID string // made by whoever writes: a repeated request writes nothing twice
}

// Decision turns the state into the entries to append, or refuses with a fault.
type Decision func(State, Facts) ([]journal.Draft, error)

// State is what a lot's sheet says.
type State struct {
	House, Sheet string
	Seq          int64
	Receipt
	OnHand int // pieces, never negative
	Used   int // pieces used since it came
	Ended  bool
	Why    string // why it ended
	Opened time.Time
	Last   time.Time
}

// Fold reads a whole sheet, in order; a kind that nobody knows is an error.
func Fold(entries []journal.Entry) (State, error) {
	var s State
	for _, e := range entries {
		if err := s.Apply(e); err != nil {
			return State{}, err
		}
	}
	return s, nil
}

// Apply reads one more entry.
func (s *State) Apply(e journal.Entry) error {
	if e.Seq != s.Seq+1 {
		return fmt.Errorf("stock: entry %d follows %d", e.Seq, s.Seq)
	}
	k, ok := kinds[e.Kind]
	if !ok || e.Version < 1 || e.Version > k.version {
		return fmt.Errorf("stock: unknown kind %s v%d", e.Kind, e.Version)
	}
	if err := k.apply(s, e); err != nil {
		return fmt.Errorf("stock: entry %d: %w", e.Seq, err)
	}
	if s.OnHand < 0 {
		return fmt.Errorf("stock: entry %d leaves %d on hand", e.Seq, s.OnHand)
	}
	s.House, s.Sheet, s.Seq, s.Last = e.House, e.Sheet, e.Seq, e.Recorded
	return nil
}

// kind says how one kind of entry is read, and of which competences it is evidence.
type kind struct {
	version     int
	apply       func(*State, journal.Entry) error
	competences []string
}

var kinds = map[journal.Kind]kind{
	KindReceived: {1, reads(func(s *State, e journal.Entry, r Receipt) {
		s.Receipt, s.OnHand, s.Opened = r, r.Quantity, e.Happened
	}), []string{"C11"}},
	KindUsed: {1, reads(func(s *State, _ journal.Entry, u Use) {
		s.OnHand, s.Used = s.OnHand-u.Quantity, s.Used+u.Quantity
	}), nil}, // the order's own entry is the evidence of the replacement
	KindCounted: {1, reads(func(s *State, _ journal.Entry, c Count) { s.OnHand = c.Found }), []string{"C11"}},
	KindEnded:   {1, reads(func(s *State, _ journal.Entry, x End) { s.Ended, s.Why, s.OnHand = true, x.Why, 0 }), nil},
}

func reads[T any](f func(*State, journal.Entry, T)) func(*State, journal.Entry) error {
	return func(s *State, e journal.Entry) error {
		var data T
		if err := e.Decode(&data); err != nil {
			return err
		}
		f(s, e, data)
		return nil
	}
}

// Kinds lists every kind of entry a lot's sheet can hold, sorted.
func Kinds() []journal.Kind {
	out := make([]journal.Kind, 0, len(kinds))
	for k := range kinds {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// Competences returns the codes (C1–C19) that entries of the kind are evidence of.
func Competences(k journal.Kind) []string { return slices.Clone(kinds[k].competences) }

// write makes one draft of a decision.
func (f Facts) write(k journal.Kind, data any) (journal.Draft, error) {
	b, err := json.Marshal(data)
	if err != nil {
		return journal.Draft{}, fmt.Errorf("stock: write %s: %w", k, err)
	}
	return journal.Draft{ID: f.EntryID, Kind: k, Version: kinds[k].version, By: f.Who.ID, Bench: f.Who.Bench,
		Happened: f.Now, Keys: []string{"quantity"}, Data: b}, nil
}

// open refuses where the lot never came or is over.
func (s State) open() error {
	switch {
	case s.Seq == 0:
		return fault.New(fault.NotFound, "stock.unknown_lot")
	case s.Ended:
		return fault.New(fault.Conflict, "stock.ended", s.Lot)
	}
	return nil
}
