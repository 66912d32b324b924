// Package order is the repair order: what may be written on its sheet, by whom
// and when, and what the sheet says when it is read. State is a fold over
// entries; decisions are pure functions of state, facts, a request and who asks.
// It reads no clock, no file and no database.
package order

import (
	"fmt"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/money"
	"etabli.example/trade/staff"
)

// Facts is what a decision may know beside the state: loaded by the workshop in
// the same unit of work.
type Facts struct {
	Now     time.Time
	Who     staff.Actor
	EntryID string // made by whoever writes: a repeated request writes nothing twice
	// Happened is when it happened, as claimed by a device that had no network; zero: now.
	Happened time.Time
}

// when is the instant the entry claims.
func (f Facts) when() time.Time {
	if f.Happened.IsZero() {
		return f.Now
	}
	return f.Happened
}

// Decision turns the state into the entries to append, or refuses with a fault.
type Decision func(State, Facts) ([]journal.Draft, error)

// Check reports whether the decision would pass on the state for who; it writes
// nothing.
func (d Decision) Check(s State, who staff.Actor) error {
	_, err := d(s, Facts{Now: s.Last, Who: who, EntryID: "check"})
	return err
}

// State is what a sheet says, read from its first entry to its last.
type State struct {
	House, Sheet string
	Seq          int64
	Head         journal.Hash

	Number, Site      string
	Customer, WatchID string
	Watch             WatchFacts
	Stage             Stage
	StageSince        time.Time
	Opened            time.Time
	Last              time.Time

	Purpose       string
	Request       journal.Saying
	ReadBack      bool
	Wishes        []string
	Accessories   []string
	DeclaredValue money.Cents
	Ceiling       money.Cents
	Promised      string // ISO date promised now
	PromisedFirst string // ISO date promised first
	Accommodation bool
	Weight        float64 // g, of precious metal
	Fineness      int     // ‰

	Marks      []Mark
	Photos     []Photo
	Symptoms   []Symptom
	Answers    []Answer
	Actions    []string // candidate operations of the pre-diagnosis
	Possible   []string // possible faults listed before opening (C5)
	Technician string
	Uncased    *Uncasing
	Cased      *Casing

	Readings    []Reading
	Checks      []Check
	Waters      []WaterTest
	Electric    []Electric
	Hands       []HandsRead // of a programme of many days
	Treatments  []Treatment
	Adjustments []Adjustment
	Diagnosis   *Diagnosis
	Rejected    []Rejection
	Advice      *Advice
	Quotes      []Quote
	Plan        *Plan
	Workstation *Workstation
	Steps       map[string]StepState
	Findings    []Finding
	Parts       []PartUsed
	Controls    []Control
	ReadySince  time.Time
	Handover    *Handover
	Complaints  []ComplaintFacts
	Notes       []NoteRef

	AdviceRefused []AdviceRefusal
	Alerts        []AlertState
	Supplements   []Supplement
	Polish        *PolishConsent         // what the customer said of polishing last
	Safety        map[string]SafetyState // card → who acknowledged it
	Pieces        map[string]PieceState  // movement, case, bracelet, part.<code> → where it is
	Countersigned []Countersignature
	Passport      *PassportIssued
	Refusals      map[string]int  // step → how often the control sent the watch back to it
	Corrected     map[int64]int64 // seq of the corrected entry → seq of the correction
	Erased        map[string]bool // saying ids and blob hashes erased

	workSeq    int64 // entry with which the work began last
	uncasedSeq int64
	casedSeq   int64
}

// Fold reads a whole sheet. Entries must be in order; a kind that nobody knows
// or data that does not parse is an error, never skipped.
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
		return fmt.Errorf("order: %w", err)
	}
	if m, ok := moveFrom(s.Stage, e.Kind); ok {
		if m.To != s.Stage {
			s.StageSince = e.Happened
		}
		s.Stage = m.To
	} else if isMove(e.Kind) {
		return fmt.Errorf("order: entry %d: %s does not move %q", e.Seq, e.Kind, s.Stage)
	}
	s.House, s.Sheet, s.Seq, s.Head, s.Last = e.House, e.Sheet, e.Seq, e.Hash, e.Recorded
	return nil
}

// Kinds lists every kind of entry an order's sheet can hold, sorted.
func Kinds() []journal.Kind { return kinds.Kinds() }

// Competences returns the codes (C1–C19) that entries of the kind are evidence of.
func Competences(k journal.Kind) []string { return kinds.EvidenceOf(k) }

func (f Facts) author() journal.Author {
	return journal.Author{EntryID: f.EntryID, By: f.Who.ID, Bench: f.Who.Bench, Now: f.when()}
}

// one is a decision's answer of a single entry.
func (f Facts) one(k journal.Kind, keys []string, data any, blobs ...string) ([]journal.Draft, error) {
	d, err := kinds.Draft(f.author(), k, keys, data, blobs...)
	if err != nil {
		return nil, err
	}
	return []journal.Draft{d}, nil
}

// move is the answer of a decision that moves the stage: checked against the table.
func (s State) move(f Facts, k journal.Kind, keys []string, data any, blobs ...string) ([]journal.Draft, error) {
	if err := s.CanMove(k, f); err != nil {
		return nil, err
	}
	return f.one(k, append([]string{"stage"}, keys...), data, blobs...)
}

// open refuses where the order is closed or was never received.
func (s State) open() error {
	switch {
	case s.Stage == None || s.Stage == Announced:
		return fault.New(fault.Conflict, "order.not_received")
	case s.Stage.Closed():
		return fault.New(fault.Conflict, "order.closed")
	}
	return nil
}
