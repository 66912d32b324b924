package order

import (
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// StepAct is what happened to a step.
type StepAct struct {
	Step   string `json:"step"`
	Act    string `json:"act"` // "started", "done", "skipped", "undone": the act before is taken back
	Reason string `json:"reason,omitempty" max:"300"`
	How    string `json:"how,omitempty"`  // "alone", "helped", "watched"
	With   string `json:"with,omitempty"` // person id of who helped or watched
}

// TakeBack is how long a tap can be taken back without a word; later, opening a
// step again says why.
const TakeBack = 10 * time.Second

// takeBackSlack is how much later a tap made in time may reach us.
const takeBackSlack = 5 * time.Second

// StepWays lists how a step is done; the first is the usual one.
func StepWays() []string { return []string{"alone", "helped", "watched"} }

// StepState is where a step stands.
type StepState struct {
	Act     string // "", "started", "done", "skipped"
	By      string
	Reason  string
	How     string
	With    string
	Seq     int64
	At      time.Time     // when it happened
	Started time.Time     // zero where it was not started before it was done
	Took    time.Duration // from started to done; zero where it was not started

	before *StepState // what an "undone" brings back; nil where nothing was
}

// Fresh reports whether the tap can be taken back without a word.
func (x StepState) Fresh(now time.Time) bool { return x.Act != "" && now.Sub(x.At) <= TakeBack }

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
		if a.How == "alone" {
			a.With = ""
		}
		if !slices.Contains([]string{"started", "done", "skipped", "undone"}, a.Act) || !slices.Contains(StepWays(), a.How) {
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		}
		if err := s.mayStep(a, f); err != nil {
			return nil, err
		}
		return f.one(KindStep, []string{"step/" + a.Step}, a)
	}
}

// mayStep refuses what the step as it stands does not allow.
func (s State) mayStep(a StepAct, f Facts) error {
	is := s.Steps[a.Step]
	ended := is.Act == "done" || is.Act == "skipped"
	silent := strings.TrimSpace(a.Reason) == ""
	whyNeeded := &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"reason": {Key: "order.why_needed"}}}
	switch {
	case a.Act == "undone" && is.Act == "", a.Act != "undone" && ended, a.Act == "started" && is.Act == "started":
		return fault.New(fault.Conflict, "work.step_is", a.Step, fault.Word("step."+stepWord(is.Act)))
	case a.Act == "skipped" && silent:
		return whyNeeded
	case a.Act == "undone" && silent && f.when().Sub(is.At) > TakeBack+takeBackSlack:
		return &fault.Error{Kind: fault.Invalid, Key: "work.reopen_why", Fields: fault.Problems{"reason": {Key: "work.reopen_why"}}}
	}
	if h, held := s.HeldStep(a.Step); held && a.Act != "undone" && a.Act != "skipped" {
		return fault.New(fault.Conflict, "work.held", a.Step, fault.Word("hold."+h.Why))
	}
	return nil
}

func stepWord(act string) string {
	if act == "" {
		return "open"
	}
	return act
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

// stepPlace returns where a step stands in the plan, or -1.
func (s State) stepPlace(id string) int {
	if s.Plan == nil {
		return -1
	}
	return slices.IndexFunc(s.Plan.Steps, func(st Step) bool { return st.ID == id })
}

func applyStep(s *State, e journal.Entry, a StepAct) {
	if s.Steps == nil {
		s.Steps = map[string]StepState{}
	}
	is, there := s.Steps[a.Step]
	if a.Act == "undone" {
		delete(s.Steps, a.Step)
		if e.Version > 1 && is.before != nil { // the first version took back everything
			s.Steps[a.Step] = *is.before
		}
		return
	}
	x := StepState{Act: a.Act, By: e.By, Reason: a.Reason, How: a.How, With: a.With, Seq: e.Seq, At: e.Happened}
	if there {
		x.before = &is
	}
	if a.Act == "done" && is.Act == "started" {
		x.Started = is.At
		x.Took = max(0, e.Happened.Sub(is.At))
	}
	s.Steps[a.Step] = x
}
