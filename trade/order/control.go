package order

import (
	"strings"
	"time"

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
	Cause  string          `json:"cause,omitempty"`  // why it was refused
	Step   string          `json:"step,omitempty"`   // the step it goes back to
	Out    string          `json:"out,omitempty"`    // why a reading out of tolerance is accepted
	Second bool            `json:"second,omitempty"` // the workshop asked for another person than worked on the watch
}

// ControlItems lists what the final control looks at.
func ControlItems() []string {
	return []string{"functions", "timing", "water", "dust", "hands", "crystal", "bracelet", "time_set", "compared_intake"}
}

// PassControl passes the watch. Every item must have been looked at; a reading
// out of tolerance or that cannot tell does not pass without a written reason.
// Whoever controls is named by the entry.
func PassControl(c Control) Decision { return PassControlBy(UsualRules(), c) }

// PassControlBy is PassControl by the rules of a workshop: where they ask for a
// second person, whoever worked on the watch since it was taken up last cannot
// pass it; where they ask for an endurance, the watch has run that long.
func PassControlBy(r BenchRules, c Control) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindControlPassed, f); err != nil {
			return nil, err
		}
		if c.Second = r.Second; r.Second && s.workedBy(f.Who.ID) {
			return nil, fault.New(fault.Denied, "control.second_person")
		}
		if due, asked := s.EnduranceEnds(r); asked && f.Now.Before(due) {
			return nil, fault.New(fault.Conflict, "control.endurance", r.Endurance, due)
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

// workedBy reports whether a person did a step, replaced a part or cased the
// watch since the work began last.
func (s State) workedBy(person string) bool {
	for _, x := range s.Steps {
		if x.By == person && x.Act == "done" {
			return true
		}
	}
	for _, p := range s.Parts {
		if p.By == person {
			return true
		}
	}
	return false
}

// EnduranceEnds is when the watch has run for as long as the workshop asks, from
// its last full winding after the work; asked is false where it asks for none, or
// where there is nothing to wind.
func (s State) EnduranceEnds(r BenchRules) (ends time.Time, asked bool) {
	if r.Endurance == 0 || !s.Watch.Kind.Mechanical() {
		return time.Time{}, false
	}
	from, wound := s.Wound(After)
	if !wound || from.Before(s.StageSince.Add(-60*24*time.Hour)) {
		from = s.StageSince
	}
	return from.Add(time.Duration(r.Endurance) * time.Hour), true
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

// Unproved reports whether something measured after the work is not in tolerance:
// "cannot tell" never counts as a pass, nor does what could not be tested. Of
// what was measured twice, the later counts.
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
	last := map[string]bool{} // by what it is of: whether it is proved
	for _, w := range s.Waters {
		if w.Phase != Before && w.Seq > s.workSince() && w.Method != "leak_finding" {
			last["water/"+w.Method] = w.Passed
		}
	}
	for _, x := range s.Electric {
		if x.Phase != Before && x.Seq > s.workSince() {
			for _, v := range x.Verdicts {
				last["electric/"+v.Quantity] = v.Verdict == "in"
			}
		}
	}
	for _, c := range s.Checks {
		if c.Phase != Before && c.Seq > s.workSince() {
			for _, it := range c.Items {
				last["check/"+it.Item] = it.Result == "ok" || it.Result == "not_applicable"
			}
		}
	}
	for _, proved := range last {
		if !proved {
			return true
		}
	}
	return false
}
