// Package register is the house's register of safety, hygiene and environment
// (C14), one sheet a year: the waste handed over with its slips, and the incidents
// and near-misses of the workshop. State is a fold, decisions are pure. It knows no
// order but by its number, and holds no words of people: those are sayings.
package register

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// The kinds of entry the register can hold.
const (
	KindWaste    journal.Kind = "waste_handed_over"
	KindStruck   journal.Kind = "waste_struck"
	KindIncident journal.Kind = "incident_reported"
	KindFollowed journal.Kind = "incident_followed"
)

// SheetOf is the sheet of a year's register.
func SheetOf(year int) string { return "register-" + strconv.Itoa(year) }

// YearOf is the year of a register's sheet, in figures.
func YearOf(sheet string) string { return strings.TrimPrefix(sheet, "register-") }

// Facts is what a decision may know beside the state.
type Facts struct {
	Now     time.Time
	Today   string // the date at the workshop, ISO
	Year    int    // of the register written in
	Who     staff.Actor
	EntryID string // made by whoever writes: a repeated request writes nothing twice
}

// Decision turns the state into the entries to append, or refuses with a fault.
type Decision func(State, Facts) ([]journal.Draft, error)

// State is what a year's register says.
type State struct {
	House, Sheet string
	Seq          int64
	Waste        []Waste    // as they were written, struck ones too
	Incidents    []Incident // oldest first
	Last         time.Time
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
		return fmt.Errorf("register: %w", err)
	}
	s.House, s.Sheet, s.Seq, s.Last = e.House, e.Sheet, e.Seq, e.Recorded
	return nil
}

// kinds is the one list of what the sheet can hold.
var kinds = journal.Readers[State]{
	KindWaste: journal.Reads(1, func(s *State, e journal.Entry, w Waste) {
		w.Seq, w.By = e.Seq, e.By
		s.Waste = append(slices.Clip(s.Waste), w)
	}, "C14"),
	KindStruck: journal.Reads(1, func(s *State, e journal.Entry, x Strike) {
		s.Waste = slices.Clone(s.Waste)
		for i := range s.Waste {
			if s.Waste[i].Seq == x.Of {
				s.Waste[i].Struck, s.Waste[i].StruckWhy = e.Seq, x.Why
			}
		}
	}),
	KindIncident: journal.Reads(1, func(s *State, e journal.Entry, x Incident) {
		x.Seq, x.By, x.At, x.Bench = e.Seq, e.By, e.Happened, e.Bench
		s.Incidents = append(slices.Clip(s.Incidents), x)
	}, "C14"),
	KindFollowed: journal.Reads(1, func(s *State, e journal.Entry, x FollowUp) {
		s.Incidents = slices.Clone(s.Incidents)
		for i := range s.Incidents {
			if s.Incidents[i].Seq == x.Of {
				x.By, x.At = e.By, e.Happened
				s.Incidents[i].Followed = append(slices.Clip(s.Incidents[i].Followed), x)
				s.Incidents[i].Closed = s.Incidents[i].Closed || x.Close
			}
		}
	}, "C14"),
}

// Kinds lists every kind of entry the register can hold, sorted.
func Kinds() []journal.Kind { return kinds.Kinds() }

// Competences returns the codes (C1–C19) that entries of the kind are evidence of.
func Competences(k journal.Kind) []string { return kinds.EvidenceOf(k) }

// write is a decision's answer of a single entry. Lines of a register do not
// disturb each other: only what is said of one line touches its key.
func (f Facts) write(k journal.Kind, key string, data any) ([]journal.Draft, error) {
	var keys []string
	if key != "" {
		keys = []string{key}
	}
	d, err := kinds.Draft(journal.Author{EntryID: f.EntryID, By: f.Who.ID, Bench: f.Who.Bench, Now: f.Now}, k, keys, data)
	if err != nil {
		return nil, err
	}
	return []journal.Draft{d}, nil
}

// reasoned refuses a reason that is missing or too long.
func reasoned(bad *fault.Problems, field, why string, most int) {
	if why == "" {
		bad.Add(field, "order.why_needed")
	}
	bad.Text(field, why, most)
}
