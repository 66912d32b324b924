package order

import (
	"strings"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Kinds of entry of activity A5, final diagnosis.
const (
	KindCauseRejected journal.Kind = "cause_rejected"
	KindDiagnosed     journal.Kind = "diagnosed"
)

// Proposed is a cause as the machine proposed it at that moment.
type Proposed struct {
	Cause       string  `json:"cause"`
	Probability float64 `json:"probability"`
}

// PartNeeded is a part diagnosed: what it is and in which state it was found.
type PartNeeded struct {
	Code  string `json:"code"`
	State string `json:"state"` // "worn", "broken", "missing", "dirty"
	Note  string `json:"note,omitempty"`
}

// Diagnosis is what a person established, and what the machine had proposed.
type Diagnosis struct {
	Seq        int64        `json:"-"`
	By         string       `json:"-"`
	Answer     string       `json:"answer"` // of the machine: "causes", "no_fault", "ask_more", "out_of_perimeter"
	Causes     []string     `json:"causes"` // chosen, most important first
	Proposed   []Proposed   `json:"proposed,omitempty"`
	Why        string       `json:"why,omitempty"` // needed where the choice is not the first proposal
	Operations []string     `json:"operations,omitempty"`
	Parts      []PartNeeded `json:"parts,omitempty"`
	Perimeter  string       `json:"perimeter"`         // "technician", "watchmaker", "manufacturer"
	Summary    string       `json:"summary,omitempty"` // for the customer, in plain words, in French
	SummaryEN  string       `json:"summary_en,omitempty"`
}

// Found is the summary for the customer in both languages.
func (d Diagnosis) Found() Text { return Text{d.Summary, d.SummaryEN} }

// Rejection is a proposed cause that a person set aside, with the reason.
type Rejection struct {
	Cause string `json:"cause"`
	Why   string `json:"why" max:"1000"`
	By    string `json:"-"`
}

// RejectCause sets a proposed cause aside.
func RejectCause(r Rejection) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Diagnose); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		if r.Cause == "" {
			return nil, fault.New(fault.Invalid, "diagnosis.no_cause")
		}
		if strings.TrimSpace(r.Why) == "" {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"why": {Key: "order.why_needed"}}}
		}
		return f.one(KindCauseRejected, []string{"cause/" + r.Cause}, r)
	}
}

// Diagnose establishes the final diagnosis. The machine proposes, the person
// decides: choosing another cause than the first proposal asks for a reason.
func Diagnose(d Diagnosis) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Diagnose); err != nil {
			return nil, err
		}
		if s.Stage != InDiagnosis && s.Stage != InWork && s.Stage != Redo {
			return nil, fault.New(fault.Conflict, "diagnosis.wrong_stage", fault.Word("stage."+string(s.Stage)))
		}
		var bad fault.Problems
		if len(d.Causes) == 0 {
			bad.Add("cause", "diagnosis.no_cause")
		}
		if len(d.Causes) > 0 && len(d.Proposed) > 0 && d.Causes[0] != d.Proposed[0].Cause && strings.TrimSpace(d.Why) == "" {
			bad.Add("why", "diagnosis.why_other")
		}
		bad.Text("why", d.Why, 2000)
		bad.Text("summary", d.Summary, 2000)
		bad.Text("summary_en", d.SummaryEN, 2000)
		for _, p := range d.Parts {
			if p.Code == "" || !oneOf(p.State, []string{"worn", "broken", "missing", "dirty"}) {
				bad.Add("parts", "order.unknown_choice")
			}
		}
		if !oneOf(d.Perimeter, []string{"technician", "watchmaker", "manufacturer"}) {
			bad.Add("perimeter", "order.unknown_choice")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindDiagnosed, []string{"diagnosis"}, d)
	}
}
