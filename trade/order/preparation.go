package order

import (
	"fmt"
	"strings"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Kinds of entry of activity A6, preparing the work.
const (
	KindPlanned      journal.Kind = "planned"
	KindWorkstation  journal.Kind = "workstation"
	KindPartsAwaited journal.Kind = "parts_awaited"
	KindPartsArrived journal.Kind = "parts_arrived"
)

// Step is one step of the work plan.
type Step struct {
	ID        string `json:"id"` // "1.3": third step of the first operation
	Operation string `json:"operation"`
	LabelFR   string `json:"label_fr"`
	LabelEN   string `json:"label_en"`
}

// Plan is the work plan: what will be done, with what, by which level.
type Plan struct {
	Operations   []string `json:"operations"`
	Steps        []Step   `json:"steps"`
	Tools        []string `json:"tools,omitempty"`
	Supplies     []string `json:"supplies,omitempty"`
	Safety       []string `json:"safety,omitempty"`
	Level        string   `json:"level"` // highest level asked: "T", "H", "M"
	Minutes      int      `json:"minutes"`
	Acknowledged bool     `json:"acknowledged"` // the file was read, contradictions first
	By           string   `json:"-"`
}

// PlanWork makes the work plan and takes the order into preparation.
func PlanWork(p Plan) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindPlanned, f); err != nil {
			return nil, err
		}
		if len(p.Steps) == 0 {
			return nil, fault.New(fault.Invalid, "plan.no_step")
		}
		if !p.Acknowledged {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"acknowledged": {Key: "plan.acknowledge"}}}
		}
		seen := map[string]bool{}
		for _, st := range p.Steps {
			if st.ID == "" || st.LabelFR == "" || seen[st.ID] {
				return nil, fault.New(fault.Invalid, "plan.step_form", fmt.Sprint(st.ID))
			}
			seen[st.ID] = true
		}
		return s.move(f, KindPlanned, []string{"plan"}, p)
	}
}

// Workstation is the checklist gone through before the work (C11).
type Workstation struct {
	Items map[string]bool `json:"items"`
}

// WorkstationItems lists what is checked at the bench before the work.
func WorkstationItems() []string {
	return []string{"clean", "light", "gloves", "screwdrivers", "solvents", "oils", "esd"}
}

// Complete reports whether every item was ticked.
func (w Workstation) Complete() bool {
	for _, it := range WorkstationItems() {
		if !w.Items[it] {
			return false
		}
	}
	return true
}

// CheckWorkstation records the checklist; unticked items stay to be done.
func CheckWorkstation(w Workstation) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Prepare); err != nil {
			return nil, err
		}
		if s.Stage != Preparing && s.Stage != WaitingParts {
			return nil, fault.New(fault.Conflict, "plan.wrong_stage", fault.Word("stage."+string(s.Stage)))
		}
		return f.one(KindWorkstation, []string{"workstation"}, w)
	}
}

// PartsWait says which parts are missing and when they are expected.
type PartsWait struct {
	Parts    []string `json:"parts,omitempty"`
	Expected string   `json:"expected,omitempty"` // ISO date
	Why      string   `json:"why,omitempty"`
}

// AwaitParts puts the order aside until parts are here.
func AwaitParts(w PartsWait) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if len(w.Parts) == 0 && strings.TrimSpace(w.Why) == "" {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"parts": {Key: "order.parts_which"}}}
		}
		return s.move(f, KindPartsAwaited, nil, w)
	}
}

// PartsHere takes the order up again.
func PartsHere(w PartsWait) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) { return s.move(f, KindPartsArrived, nil, w) }
}
