package order

import (
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// KindReadingChosen says which of several readings of one position counts.
const KindReadingChosen journal.Kind = "reading_chosen"

// ReadingChoice makes an earlier reading count in place of the last of the same
// position, phase and winding. Both stay on the sheet.
type ReadingChoice struct {
	Of  int64  `json:"of"` // entry of the reading that counts
	Why string `json:"why" max:"500"`
}

// ChooseReading makes a reading count; a later reading of the position counts again
// by itself, being the last.
func ChooseReading(c ReadingChoice) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Measure); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		i := slices.IndexFunc(s.Readings, func(r Reading) bool { return r.Seq == c.Of })
		switch {
		case i < 0:
			return nil, fault.New(fault.NotFound, "measurement.no_reading", c.Of)
		case s.Corrected[c.Of] != 0:
			return nil, fault.New(fault.Conflict, "measurement.choose_struck")
		case s.Readings[i].Counts:
			return nil, fault.New(fault.Conflict, "measurement.counts_already")
		}
		var bad fault.Problems
		if strings.TrimSpace(c.Why) == "" {
			bad.Add("why", "order.why_needed")
		}
		bad.Text("why", c.Why, 500)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindReadingChosen, []string{s.Readings[i].key()}, c)
	}
}

// key is what a reading of its position touches on the sheet.
func (r Reading) key() string { return "reading/" + r.Phase + "/" + r.Winding + "/" + r.Position }

// alike reports whether two readings stand for one another: only one of them counts.
func (r Reading) alike(o Reading) bool {
	return r.Phase == o.Phase && r.Position == o.Position && r.Winding == o.Winding
}

// Rivals returns the other readings of the same position, phase and winding that were
// not struck, in sheet order.
func (s State) Rivals(of Reading) []Reading {
	var out []Reading
	for _, r := range s.Readings {
		if r.alike(of) && r.Seq != of.Seq && s.Corrected[r.Seq] == 0 {
			out = append(out, r)
		}
	}
	return out
}

func applyReadingChosen(s *State, e journal.Entry, c ReadingChoice) {
	i := slices.IndexFunc(s.Readings, func(r Reading) bool { return r.Seq == c.Of })
	if i < 0 || s.Corrected[c.Of] != 0 {
		return // the reading is not there any more: nothing to choose
	}
	for j := range s.Readings {
		if r := &s.Readings[j]; r.alike(s.Readings[i]) {
			r.Counts, r.Chosen = j == i, nil
		}
	}
	s.Readings[i].Chosen = &Chosen{Seq: e.Seq, By: e.By, Why: c.Why}
}
