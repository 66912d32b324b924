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

// StartWork takes the order to the bench: from preparation, or after a refusal.
func StartWork() Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if s.Plan != nil && s.Plan.Level != "T" && s.Plan.Level != "" && !f.Who.May(staff.WorkBeyond) {
			return nil, fault.New(fault.Denied, "work.beyond_perimeter")
		}
		return s.move(f, KindWorkStarted, nil, struct{}{})
	}
}

// Finding is something seen while working (C15).
type Finding struct {
	Seq       int64  `json:"-"`
	By        string `json:"-"`
	Component string `json:"component"` // code of horology's parts, or free
	State     string `json:"state"`     // one of FindingStates
	Step      string `json:"step,omitempty"`
	Note      string `json:"note,omitempty"`
	Grade     int    `json:"grade,omitempty"`   // wear, 1 (traces) to 4 (worn out); 0 where it was not graded
	Photo     string `json:"photo,omitempty"`   // hash of the picture that shows it
	Verdict   string `json:"verdict,omitempty"` // what it does to the diagnosis: "confirms", "revises", or nothing
}

// MostWear is the highest grade of wear.
const MostWear = 4

// FindingVerdicts lists what a finding can do to the diagnosis (C15).
func FindingVerdicts() []string { return []string{"confirms", "revises"} }

// FindingStates lists the states offered.
func FindingStates() []string {
	return []string{"good", "dry", "dirty", "worn", "broken", "missing", "leaking", "luminous"}
}

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
		if x.Grade < 0 || x.Grade > MostWear {
			bad.Add("grade", "order.unknown_choice")
		}
		if x.Verdict != "" && !oneOf(x.Verdict, FindingVerdicts()) {
			bad.Add("verdict", "order.unknown_choice")
		}
		bad.Text("note", x.Note, 1000)
		bad.Text("component", x.Component, fault.Line)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		if x.Photo != "" {
			return f.one(KindFinding, nil, x, x.Photo)
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

	TorqueNm *float64 `json:"torque_nm,omitempty"` // the back was tightened to; nil where nothing is screwed, or it was not noted
}

// The torques a case back is ever tightened to, in Nm: what lies outside is
// questioned as a slip of the unit.
const leastTorque, mostTorque = 0.02, 10

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
		if v := c.TorqueNm; v != nil && !(*v >= leastTorque && *v <= mostTorque) { // NaN too
			bad.Add("torque", "measurement.impossible_value", *v, leastTorque, float64(mostTorque))
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
