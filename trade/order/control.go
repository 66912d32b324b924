package order

import (
	"strings"

	"etabli.example/fault"
	"etabli.example/journal"
)

// Kinds of entry of activity A9, control.
const (
	KindControlPassed  journal.Kind = "control_passed"
	KindControlRefused journal.Kind = "control_refused"
)

// Control is the final control: each item looked at, and the verdict.
type Control struct {
	Seq    int64           `json:"-"`
	By     string          `json:"-"`
	Passed bool            `json:"-"` // said by the kind of entry
	Items  map[string]bool `json:"items"`
	Cause  string          `json:"cause,omitempty"` // why it was refused
	Step   string          `json:"step,omitempty"`  // the step it goes back to
	Out    string          `json:"out,omitempty"`   // why a reading out of tolerance is accepted
}

// ControlItems lists what the final control looks at.
func ControlItems() []string {
	return []string{"functions", "timing", "water", "dust", "hands", "crystal", "bracelet", "time_set", "compared_intake"}
}

// PassControl passes the watch. Every item must have been looked at; a reading
// out of tolerance or that cannot tell does not pass without a written reason.
// Whoever controls is named by the entry; that it is a second person is not asked.
func PassControl(c Control) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindControlPassed, f); err != nil {
			return nil, err
		}
		var bad fault.Problems
		for _, it := range ControlItems() {
			if !c.Items[it] {
				bad.Add(it, "control.item_missing")
			}
		}
		if s.Unproved() && strings.TrimSpace(c.Out) == "" {
			bad.Add("out", "control.out_of_tolerance")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return s.move(f, KindControlPassed, []string{"control"}, c)
	}
}

// RefuseControl sends the watch back to the bench with the cause.
func RefuseControl(c Control) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if strings.TrimSpace(c.Cause) == "" {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"cause": {Key: "control.cause_needed"}}}
		}
		return s.move(f, KindControlRefused, []string{"control"}, c)
	}
}

// Unproved reports whether a figure measured after the work is not in tolerance:
// "cannot tell" never counts as a pass.
func (s State) Unproved() bool {
	for _, r := range s.Readings {
		if r.Phase == Before || !r.Counts || r.Seq <= s.workSince() {
			continue
		}
		for _, v := range r.Verdicts {
			if v.Verdict != "in" {
				return true
			}
		}
	}
	for _, w := range s.Waters {
		if w.Phase != Before && w.Seq > s.workSince() && !w.Passed {
			return true
		}
	}
	return false
}
