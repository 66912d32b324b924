package order

import (
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Kinds of entry for what is done to a watch between two measurements: what
// changes the meaning of the next one, and what is adjusted because of the last.
const (
	KindTreated  journal.Kind = "treated"
	KindAdjusted journal.Kind = "adjusted"
)

// Treatment is something done to the watch that the next measurement depends on.
type Treatment struct {
	Seq   int64     `json:"-"`
	By    string    `json:"-"`
	At    time.Time `json:"-"` // when it was done
	Phase string    `json:"phase"`
	Act   string    `json:"act"` // "wound", "demagnetised", "stopped"
	Note  string    `json:"note,omitempty" max:"300"`
}

// TreatmentActs lists what can be done: wound fully, demagnetised, and the moment
// the watch was seen or heard to stop.
func TreatmentActs() []string { return []string{"wound", "demagnetised", "stopped"} }

// Treat records a treatment.
func Treat(x Treatment) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Measure); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if !oneOf(x.Phase, Phases()) {
			bad.Add("phase", "order.unknown_choice")
		}
		if !oneOf(x.Act, TreatmentActs()) || len(x.Note) > 300 {
			bad.Add("act", "order.unknown_choice")
		}
		if _, wound := s.woundIn(x.Phase); x.Act == "stopped" && !wound {
			bad.Add("act", "treatment.not_wound")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindTreated, []string{"treated/" + x.Phase}, x)
	}
}

// Adjustment is one turn of the regulation (C17), between two readings.
type Adjustment struct {
	Seq  int64     `json:"-"`
	By   string    `json:"-"`
	At   time.Time `json:"-"`
	What string    `json:"what"` // "beat", "rate", "pins", "poise", "spring"
	Way  string    `json:"way,omitempty"`
	Why  string    `json:"why,omitempty" max:"500"` // what was done, in the person's words
}

// AdjustmentsOffered lists what is adjusted, beat before rate; ways are where it
// was moved to.
func AdjustmentsOffered() []string { return []string{"beat", "rate", "pins", "poise", "spring"} }

// AdjustmentWays lists the ways offered; empty says nothing.
func AdjustmentWays() []string { return []string{"faster", "slower"} }

// Adjust records an adjustment. There must be a reading to adjust by, and the
// rate is not touched while the beat error is out of tolerance or was not read.
func Adjust(x Adjustment) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Work); err != nil {
			return nil, err
		}
		if s.Stage != InWork {
			return nil, fault.New(fault.Conflict, "work.wrong_stage", fault.Word("stage."+string(s.Stage)))
		}
		var bad fault.Problems
		last, read := s.lastReading(s.workSince())
		switch {
		case !oneOf(x.What, AdjustmentsOffered()) || x.Way != "" && !oneOf(x.Way, AdjustmentWays()) || len(x.Why) > 500:
			bad.Add("what", "order.unknown_choice")
		case !read:
			bad.Add("what", "treatment.read_first")
		case x.What == "rate" && last.VerdictOf("beat_error") != "in" && strings.TrimSpace(x.Why) == "":
			bad.Add("why", "treatment.beat_first")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindAdjusted, []string{"adjusted"}, x)
	}
}

// lastReading is the latest reading that counts after an entry.
func (s State) lastReading(after int64) (Reading, bool) {
	for i := len(s.Readings) - 1; i >= 0; i-- {
		if r := s.Readings[i]; r.Counts && r.Phase != Before && r.Seq > after {
			return r, true
		}
	}
	return Reading{}, false
}

// woundIn is the last full winding of a phase; a control goes on with that of
// the work.
func (s State) woundIn(phase string) (Treatment, bool) {
	for i := len(s.Treatments) - 1; i >= 0; i-- {
		t := s.Treatments[i]
		if t.Act == "wound" && (t.Phase == Before) == (phase == Before) {
			return t, true
		}
	}
	return Treatment{}, false
}

// Wound returns when the watch was last fully wound in a phase, and whether it was.
func (s State) Wound(phase string) (time.Time, bool) {
	t, ok := s.woundIn(phase)
	return t.At, ok
}

// Reserve returns how long the watch ran from its last full winding to the moment
// it was noted to stop; false where either is not on the sheet.
func (s State) Reserve(phase string) (time.Duration, bool) {
	wound, ok := s.woundIn(phase)
	if !ok {
		return 0, false
	}
	for _, t := range s.Treatments {
		if t.Act == "stopped" && t.Seq > wound.Seq && (t.Phase == Before) == (phase == Before) {
			return t.At.Sub(wound.At), true
		}
	}
	return 0, false
}

// Regulation is one reading of the regulation log, and what was adjusted after it.
type Regulation struct {
	Reading Reading
	Then    []Adjustment
}

// RegulationLog lists the readings since the work began, each with the
// adjustments made before the next one, in order. Those that a later reading of
// the same position replaced stay: they are what the log is for.
func (s State) RegulationLog() []Regulation {
	var out []Regulation
	for _, r := range s.Readings {
		if r.Phase == Before || r.Seq <= s.workSince() || s.Corrected[r.Seq] != 0 {
			continue
		}
		out = append(out, Regulation{Reading: r})
	}
	for _, a := range s.Adjustments {
		for i := len(out) - 1; i >= 0; i-- {
			if out[i].Reading.Seq < a.Seq {
				out[i].Then = append(out[i].Then, a)
				break
			}
		}
	}
	return out
}
