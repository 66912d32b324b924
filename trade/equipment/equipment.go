// Package equipment is the house's tools and instruments: what may be written on
// a tool's sheet (its verifications and incidents, never each use), by whom, and
// what the sheet says when it is read. State is a fold, decisions are pure. It
// measures nothing and does not know the catalogue of kinds, which is horology's.
package equipment

import (
	"fmt"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// The kinds of entry a tool's sheet can hold.
const (
	KindRegistered journal.Kind = "tool_registered"
	KindVerified   journal.Kind = "tool_verified"
	KindChecked    journal.Kind = "tool_checked"
	KindIncident   journal.Kind = "tool_incident"
	KindWithdrawn  journal.Kind = "tool_withdrawn"
	KindBack       journal.Kind = "tool_back"
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

// State is what a tool's sheet says.
type State struct {
	House, Sheet string
	Seq          int64
	Registration
	Verified  *Verification // the last one
	Runs      int           // good verifications so far: each begins the charts again
	Clock     *Calibration  // of a sound card: the last one
	Checks    []Check       // readings of test pieces, oldest first
	Stopped   bool          // an incident or a failed verification: not to be used before a good one
	Withdrawn bool
	Why       string // why it was stopped or withdrawn
	Last      time.Time
}

// Due returns the ISO date up to which the tool may be relied on: the last good
// verification plus the interval, or the day it was registered where it was
// never verified. It is empty where the tool needs no verification.
func (s State) Due() string {
	if s.Interval <= 0 {
		return ""
	}
	if s.Verified == nil || s.Verified.Result != Passed {
		return s.Since
	}
	at, err := time.Parse(time.DateOnly, s.Verified.Date)
	if err != nil {
		return s.Since
	}
	return at.AddDate(0, 0, s.Interval).Format(time.DateOnly)
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
		return fmt.Errorf("equipment: %w", err)
	}
	s.House, s.Sheet, s.Seq, s.Last = e.House, e.Sheet, e.Seq, e.Recorded
	return nil
}

// kinds is the one list of what the sheet can hold.
var kinds = journal.Readers[State]{
	KindRegistered: journal.Reads(1, func(s *State, _ journal.Entry, r Registration) { s.Registration = r }, "C12"),
	KindVerified: journal.Reads(1, func(s *State, e journal.Entry, v Verification) {
		v.Seq, v.By = e.Seq, e.By
		s.Verified, s.Stopped, s.Why = &v, v.Result != Passed, ""
		if s.Stopped {
			s.Why = v.Values
		} else {
			s.Runs++
		}
	}, "C12"),
	KindCalibrated: journal.Reads(1, func(s *State, e journal.Entry, c Calibration) {
		c.Seq, c.By = e.Seq, e.By
		s.Clock = &c
	}, "C12"),
	KindChecked: journal.Reads(1, func(s *State, e journal.Entry, c Check) {
		c.Seq, c.By, c.Run = e.Seq, e.By, s.Runs
		s.Checks = append(s.Checks, c)
	}, "C12"),
	KindIncident: journal.Reads(1, func(s *State, _ journal.Entry, x Incident) {
		if x.Stop {
			s.Stopped, s.Why = true, x.What
		}
	}, "C12"),
	KindWithdrawn: journal.Reads(1, func(s *State, _ journal.Entry, x Change) { s.Withdrawn, s.Why = true, x.Why }, "C12"),
	KindBack:      journal.Reads(1, func(s *State, _ journal.Entry, _ Change) { s.Withdrawn, s.Why = false, "" }, "C12"),
}

// Kinds lists every kind of entry a tool's sheet can hold, sorted.
func Kinds() []journal.Kind { return kinds.Kinds() }

// Competences returns the codes (C1–C19) that entries of the kind are evidence of.
func Competences(k journal.Kind) []string { return kinds.EvidenceOf(k) }

// write is a decision's answer of a single entry.
func (f Facts) write(k journal.Kind, data any, blobs ...string) ([]journal.Draft, error) {
	d, err := kinds.Draft(journal.Author{EntryID: f.EntryID, By: f.Who.ID, Bench: f.Who.Bench, Now: f.Now}, k, []string{"state"}, data, blobs...)
	if err != nil {
		return nil, err
	}
	return []journal.Draft{d}, nil
}

// may refuses who may not manage tools, and a tool nobody registered.
func (s State) may(f Facts) error {
	if err := f.Who.Must(staff.ManageTools); err != nil {
		return err
	}
	if s.Seq == 0 {
		return fault.New(fault.NotFound, "tool.unknown")
	}
	return nil
}
