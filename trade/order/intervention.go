package order

import (
	"strings"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Kinds of entry of activities A7 and A8, the work.
const (
	KindWorkStarted journal.Kind = "work_started"
	KindStep        journal.Kind = "step"
	KindFinding     journal.Kind = "finding"
	KindPart        journal.Kind = "part"
	KindCased       journal.Kind = "cased"
	KindWorkDone    journal.Kind = "work_done"
)

// StepAct is what happened to a step.
type StepAct struct {
	Step   string `json:"step"`
	Act    string `json:"act"` // "started", "done", "skipped", "undone"
	Reason string `json:"reason,omitempty"`
	How    string `json:"how,omitempty"` // "alone", "helped", "watched"
}

// StepState is where a step stands.
type StepState struct {
	Act    string // "", "started", "done", "skipped"
	By     string
	Reason string
	How    string
	Seq    int64
}

// StartWork takes the order to the bench: from preparation, or after a refusal.
func StartWork() Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if s.Plan != nil && s.Plan.Level != "T" && s.Plan.Level != "" && !f.Who.May(staff.WorkBeyond) {
			return nil, fault.New(fault.Denied, "work.beyond_perimeter")
		}
		return s.move(f, KindWorkStarted, nil, struct{}{})
	}
}

// DoStep records a step started, done, skipped with a reason, or taken back.
func DoStep(a StepAct) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Work); err != nil {
			return nil, err
		}
		if s.Stage != InWork {
			return nil, fault.New(fault.Conflict, "work.wrong_stage", fault.Word("stage."+string(s.Stage)))
		}
		if !s.hasStep(a.Step) {
			return nil, fault.New(fault.Invalid, "work.unknown_step")
		}
		if a.How == "" {
			a.How = "alone"
		}
		now := s.Steps[a.Step].Act
		switch {
		case !oneOf(a.Act, []string{"started", "done", "skipped", "undone"}) || !oneOf(a.How, []string{"alone", "helped", "watched"}):
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		case a.Act == "skipped" && strings.TrimSpace(a.Reason) == "":
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"reason": {Key: "order.why_needed"}}}
		case a.Act == "undone" && now == "", a.Act != "undone" && (now == "done" || now == "skipped"), a.Act == "started" && now == "started":
			return nil, fault.New(fault.Conflict, "work.step_is", a.Step, fault.Word("step."+stepWord(now)))
		}
		return f.one(KindStep, []string{"step/" + a.Step}, a)
	}
}

func stepWord(act string) string {
	if act == "" {
		return "open"
	}
	return act
}

// Finding is something seen while working (C15).
type Finding struct {
	Seq       int64  `json:"-"`
	By        string `json:"-"`
	Component string `json:"component"` // code of horology's parts, or free
	State     string `json:"state"`     // "good", "worn", "broken", "missing", "dirty", "dry"
	Step      string `json:"step,omitempty"`
	Note      string `json:"note,omitempty"`
}

// FindingStates lists the states offered.
func FindingStates() []string { return []string{"good", "dry", "dirty", "worn", "broken", "missing"} }

// NoteFinding records a finding.
func NoteFinding(x Finding) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Work); err != nil {
			return nil, err
		}
		if s.Stage != InWork && s.Stage != InDiagnosis {
			return nil, fault.New(fault.Conflict, "work.wrong_stage", fault.Word("stage."+string(s.Stage)))
		}
		var bad fault.Problems
		if strings.TrimSpace(x.Component) == "" {
			bad.Add("component", "work.component_needed")
		}
		if !oneOf(x.State, FindingStates()) {
			bad.Add("state", "order.unknown_choice")
		}
		bad.Text("note", x.Note, 1000)
		bad.Text("component", x.Component, fault.Line)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindFinding, nil, x)
	}
}

// PartUsed is a component replaced (C16).
type PartUsed struct {
	Seq    int64  `json:"-"`
	By     string `json:"-"`
	Code   string `json:"code"`
	Label  string `json:"label"`
	Lot    string `json:"lot,omitempty"`
	Origin string `json:"origin"` // "maker", "generic", "donor", "customer"
	Step   string `json:"step,omitempty"`
	Old    string `json:"old"` // "returned", "kept", "recycled"
}

// ReplacePart records a replaced component.
func ReplacePart(p PartUsed) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Work); err != nil {
			return nil, err
		}
		if s.Stage != InWork {
			return nil, fault.New(fault.Conflict, "work.wrong_stage", fault.Word("stage."+string(s.Stage)))
		}
		var bad fault.Problems
		if strings.TrimSpace(p.Code) == "" {
			bad.Add("code", "work.component_needed")
		}
		if !oneOf(p.Origin, []string{"maker", "generic", "donor", "customer"}) {
			bad.Add("origin", "order.unknown_choice")
		}
		if !oneOf(p.Old, []string{"returned", "kept", "recycled"}) {
			bad.Add("old", "order.unknown_choice")
		}
		if oneOf("return_parts", s.Wishes) && p.Old == "recycled" {
			bad.Add("old", "work.return_parts_asked")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindPart, nil, p)
	}
}

// Casing is the watch closed again (C17).
type Casing struct {
	Dust   bool   `json:"dust_free"`
	Hands  bool   `json:"hands_clear"`
	Gasket string `json:"gasket"` // "new", "greased", "kept"
	Closed bool   `json:"closed_to_torque"`
}

// CaseUp records the casing of the movement.
func CaseUp(c Casing) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Work); err != nil {
			return nil, err
		}
		if s.Stage != InWork {
			return nil, fault.New(fault.Conflict, "work.wrong_stage", fault.Word("stage."+string(s.Stage)))
		}
		var bad fault.Problems
		for field, ok := range map[string]bool{"dust_free": c.Dust, "hands_clear": c.Hands, "closed_to_torque": c.Closed} {
			if !ok {
				bad.Add(field, "work.casing_check")
			}
		}
		if !oneOf(c.Gasket, []string{"new", "greased", "kept"}) {
			bad.Add("gasket", "order.unknown_choice")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindCased, []string{"cased"}, c)
	}
}

// FinishWork sends the order to control.
func FinishWork() Decision {
	return func(s State, f Facts) ([]journal.Draft, error) { return s.move(f, KindWorkDone, nil, struct{}{}) }
}

func (s State) hasStep(id string) bool {
	if s.Plan == nil {
		return false
	}
	for _, st := range s.Plan.Steps {
		if st.ID == id {
			return true
		}
	}
	return false
}

// openSteps counts the steps neither done nor skipped.
func (s State) openSteps() int {
	n := 0
	if s.Plan != nil {
		for _, st := range s.Plan.Steps {
			if a := s.Steps[st.ID].Act; a != "done" && a != "skipped" {
				n++
			}
		}
	}
	return n
}

// StepsLeft returns how many steps are open, and how many there are.
func (s State) StepsLeft() (open, all int) {
	if s.Plan != nil {
		all = len(s.Plan.Steps)
	}
	return s.openSteps(), all
}

// StepUnderWay returns the id of a step that was started and is not ended, or "".
func (s State) StepUnderWay() string {
	if s.Plan != nil {
		for _, st := range s.Plan.Steps {
			if s.Steps[st.ID].Act == "started" {
				return st.ID
			}
		}
	}
	return ""
}

func (s State) partUsed(code string) bool {
	for _, p := range s.Parts {
		if p.Code == code {
			return true
		}
	}
	return false
}

// workSince returns the number of the entry with which work began, 0 if none.
func (s State) workSince() int64 { return s.workSeq }

func applyStep(s *State, e journal.Entry, a StepAct) {
	if s.Steps == nil {
		s.Steps = map[string]StepState{}
	}
	if a.Act == "undone" {
		delete(s.Steps, a.Step)
		return
	}
	s.Steps[a.Step] = StepState{Act: a.Act, By: e.By, Reason: a.Reason, How: a.How, Seq: e.Seq}
}
