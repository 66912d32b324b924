package order

import (
	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Kinds of entry of activities A1 and A3: pre-diagnosis, and the examination
// of the file before the watch is opened.
const (
	KindPrediagnosed journal.Kind = "prediagnosed"
	KindExamined     journal.Kind = "examined"
	KindUncased      journal.Kind = "uncased"
)

// Symptom is something the customer says, in the trade's terms, confirmed by
// whoever received the watch.
type Symptom struct {
	ID    string  `json:"id"`
	Value float64 `json:"value,omitempty"`
	Unit  string  `json:"unit,omitempty"`
	// Absent is set where the customer said that it is not so.
	Absent bool `json:"absent,omitempty"`
}

// Answer is an answer to one question of the questionnaire.
type Answer struct {
	Question string `json:"question"`
	Choice   string `json:"choice"`
}

// Prediagnosis is what came out of questioning the customer: candidate actions,
// never a verdict.
type Prediagnosis struct {
	Symptoms []Symptom `json:"symptoms"`
	Answers  []Answer  `json:"answers,omitempty"`
	Actions  []string  `json:"actions,omitempty"` // candidate operations
}

// Prediagnose records the questionnaire; a later one replaces an earlier one.
func Prediagnose(p Prediagnosis) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Prediagnose); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		if len(p.Symptoms) == 0 && len(p.Answers) == 0 {
			return nil, fault.New(fault.Invalid, "prediagnosis.empty")
		}
		return f.one(KindPrediagnosed, []string{"prediagnosis"}, p)
	}
}

// Examination is the file read before opening the watch (C5).
type Examination struct {
	Possible       []string `json:"possible,omitempty"`       // causes to look for
	Contradictions []Text   `json:"contradictions,omitempty"` // what does not fit together
}

// Examine takes the watch into diagnosis.
func Examine(x Examination) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		return s.move(f, KindExamined, nil, x)
	}
}

// Uncasing is how the movement was taken out (C6).
type Uncasing struct {
	CaseType   string   `json:"case_type"` // "screw_back", "snap_back", "front_loading", "monobloc", "screws"
	Tools      []string `json:"tools,omitempty"`
	Gasket     string   `json:"gasket"`  // "good", "worn", "missing"
	Crystal    string   `json:"crystal"` // "good", "scratched", "cracked"
	MovementNo string   `json:"movement_no,omitempty"`
	Seen       string   `json:"seen,omitempty"`    // calibre marked on the movement
	CaseNo     string   `json:"case_no,omitempty"` // as it was seen on the case
	Photo      string   `json:"photo,omitempty"`   // hash of the picture taken before anything was moved
}

// CaseTypes lists how cases open.
func CaseTypes() []string {
	return []string{"screw_back", "snap_back", "screws", "front_loading", "monobloc"}
}

// Uncase records the opening of the watch.
func Uncase(u Uncasing) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Measure); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if !oneOf(u.CaseType, CaseTypes()) {
			bad.Add("case_type", "order.unknown_choice")
		}
		if !oneOf(u.Gasket, []string{"good", "worn", "missing"}) {
			bad.Add("gasket", "order.unknown_choice")
		}
		if !oneOf(u.Crystal, []string{"good", "scratched", "cracked"}) {
			bad.Add("crystal", "order.unknown_choice")
		}
		for _, tool := range u.Tools {
			bad.Text("tools", tool, 80)
		}
		bad.Text("movement_no", u.MovementNo, 80)
		bad.Text("calibre_seen", u.Seen, 80)
		bad.Text("case_no", u.CaseNo, 80)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		if u.Photo != "" {
			return f.one(KindUncased, []string{"uncased"}, u, u.Photo)
		}
		return f.one(KindUncased, []string{"uncased"}, u)
	}
}

func oneOf(v string, list []string) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}
