// Package stock is parts and supplies: what may be written on the sheet of a lot
// at one place, by whom, and what the sheet says when it is read. State is a
// fold over entries; decisions are pure. It buys nothing, values nothing and
// knows no order beyond its number.
package stock

import (
	"fmt"
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
	KindPutBack  journal.Kind = "lot_put_back"
)

// Facts is what a decision may know beside the state.
type Facts struct {
	Now     time.Time
	Today   string // the date at the workshop, ISO
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
	if err := kinds.Apply(s, s.Seq, e); err != nil {
		return fmt.Errorf("stock: %w", err)
	}
	if s.OnHand < 0 {
		return fmt.Errorf("stock: entry %d leaves %d on hand", e.Seq, s.OnHand)
	}
	s.House, s.Sheet, s.Seq, s.Last = e.House, e.Sheet, e.Seq, e.Recorded
	return nil
}

// kinds is the one list of what the sheet can hold.
var kinds = journal.Readers[State]{
	KindReceived: journal.Reads(1, func(s *State, e journal.Entry, r Receipt) {
		s.Receipt, s.OnHand, s.Opened = r, r.Quantity, e.Happened
	}, "C11"),
	KindUsed: journal.Reads(1, func(s *State, _ journal.Entry, u Use) {
		s.OnHand, s.Used = s.OnHand-u.Quantity, s.Used+u.Quantity
	}), // the order's own entry is the evidence of the replacement
	KindCounted: journal.Reads(1, func(s *State, _ journal.Entry, c Count) { s.OnHand = c.Found }, "C11"),
	KindEnded:   journal.Reads(1, func(s *State, _ journal.Entry, x End) { s.Ended, s.Why, s.OnHand = true, x.Why, 0 }),
	KindPutBack: journal.Reads(1, func(s *State, _ journal.Entry, u Use) {
		s.OnHand, s.Used = s.OnHand+u.Quantity, s.Used-u.Quantity
		s.Ended, s.Why = false, ""
	}),
}

// Kinds lists every kind of entry a lot's sheet can hold, sorted.
func Kinds() []journal.Kind { return kinds.Kinds() }

// Competences returns the codes (C1–C19) that entries of the kind are evidence of.
func Competences(k journal.Kind) []string { return kinds.EvidenceOf(k) }

// write makes one draft of a decision.
func (f Facts) write(k journal.Kind, data any) (journal.Draft, error) {
	return kinds.Draft(journal.Author{EntryID: f.EntryID, By: f.Who.ID, Bench: f.Who.Bench, Now: f.Now}, k, []string{"quantity"}, data)
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
