package order

import (
	"math"
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// WaterTest is one test of water resistance.
type WaterTest struct {
	Seq         int64        `json:"-"`
	By          string       `json:"-"`
	Phase       string       `json:"phase"`
	Method      string       `json:"method"` // of WaterMethods
	Bar         float64      `json:"bar"`    // relative to the air around; negative: a vacuum
	Seconds     float64      `json:"seconds,omitempty"`
	Celsius     *float64     `json:"celsius,omitempty"`             // of the watch; of the plate where condensation is looked for
	Leak        *float64     `json:"leak_ug_min,omitempty"`         // µg/min
	Deformation *float64     `json:"deformation_pct_min,omitempty"` // recovery of the deformation, %/min
	Agreed      bool         `json:"agreed,omitempty"`              // the customer agreed to a test at the marking
	Passed      bool         `json:"passed"`
	Criterion   string       `json:"criterion,omitempty"`
	Curve       []CurvePoint `json:"curve,omitempty"` // as the instrument gave it
	Note        string       `json:"note,omitempty" max:"500"`
}

// CurvePoint is one point of an instrument's curve: seconds since the test began,
// and what it shows, in the instrument's own unit.
type CurvePoint struct {
	S float64 `json:"s"`
	V float64 `json:"v"`
}

// MostCurve bounds a curve's points.
const MostCurve = 2000

// WaterMethods lists the tests in the order they must be made.
func WaterMethods() []string {
	return []string{"dry_vacuum", "dry_pressure", "wet", "condensation", "leak_finding"}
}

// Of the air around a tester, between which a watch counts as being at room
// temperature, °C (ISO 22810 asks 18 to 25; a workshop in summer is warmer).
const (
	coolestRoom = 15.0
	warmestRoom = 30.0
)

// KeepWater puts a water test on the sheet. Never above the marking, nor at it
// without the customer's agreement; none with a cracked crystal; the vacuum before
// the pressure; a wet test only after a passed dry one; a leak is looked for after
// a failed one, on the case without its movement.
func KeepWater(w WaterTest) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Measure); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if !oneOf(w.Phase, Phases()) {
			bad.Add("phase", "order.unknown_choice")
		}
		if !oneOf(w.Method, WaterMethods()) {
			bad.Add("method", "order.unknown_choice")
		}
		s.pressed(&bad, w)
		s.ordered(&bad, w)
		w.figures(&bad)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindWater, []string{"water/" + w.Phase}, w)
	}
}

// pressed refuses a pressure the watch must not bear.
func (s State) pressed(bad *fault.Problems, w WaterTest) {
	marking := s.Watch.WaterBar
	switch {
	case w.Bar < -1 || w.Bar > 130 || math.IsNaN(w.Bar):
		bad.Add("bar", "measurement.impossible_pressure", w.Bar)
	case w.Method == "dry_vacuum" && w.Bar > 0:
		bad.Add("bar", "measurement.vacuum_negative", w.Bar)
	case w.Method == "dry_pressure" && w.Bar < 0:
		bad.Add("bar", "measurement.pressure_positive", w.Bar)
	case marking > 0 && w.Bar > marking:
		bad.Add("bar", "measurement.above_marking", w.Bar, marking)
	case marking == 0 && w.Method == "wet":
		bad.Add("bar", "measurement.no_marking")
	case marking > 0 && w.Bar == marking && !w.Agreed:
		bad.Add("bar", "measurement.at_marking", marking)
	}
	if s.crackedCrystal() && w.Method != "condensation" {
		bad.Add("method", "measurement.cracked_crystal")
	}
}

// ordered holds the tests to the order that drowns no movement.
func (s State) ordered(bad *fault.Problems, w WaterTest) {
	switch w.Method {
	case "dry_pressure":
		vacuum := slices.ContainsFunc(s.Waters, func(x WaterTest) bool { return x.Phase == w.Phase && x.Method == "dry_vacuum" })
		if !vacuum && strings.TrimSpace(w.Note) == "" {
			bad.Add("water_note", "measurement.vacuum_first")
		}
	case "wet":
		if !s.dryPassed(w.Phase) {
			bad.Add("method", "measurement.dry_first")
		}
	case "leak_finding":
		if !s.dryFailed(w.Phase) {
			bad.Add("method", "measurement.leak_after_failure")
		}
		if s.Uncased == nil {
			bad.Add("method", "measurement.leak_empty_case")
		}
		if strings.TrimSpace(w.Note) == "" {
			bad.Add("water_note", "measurement.leak_where")
		}
	}
}

// figures refuses what no instrument shows, and a pass its own figures deny.
func (w WaterTest) figures(bad *fault.Problems) {
	within := func(field string, v *float64, lo, hi float64) {
		if v != nil && !(*v >= lo && *v <= hi) {
			bad.Add(field, "measurement.impossible_value", *v, lo, hi)
		}
	}
	within("seconds", &w.Seconds, 0, 200*3600)
	within("leak", w.Leak, 0, 100_000)
	within("deformation", w.Deformation, -100, 100)
	within("celsius", w.Celsius, -20, 80)
	if w.Celsius != nil && w.Method != "condensation" && (*w.Celsius < coolestRoom || *w.Celsius > warmestRoom) {
		bad.Add("celsius", "measurement.not_at_room", coolestRoom, warmestRoom)
	}
	if rules := horology.Tolerances(nil, horology.Leak, "", horology.Unknown); w.Passed && w.Leak != nil && len(rules) > 0 && rules[0].Max != nil && *w.Leak > *rules[0].Max {
		bad.Add("leak", "measurement.leak_over", *w.Leak, *rules[0].Max)
	}
	if len(w.Curve) > MostCurve {
		bad.Add("curve", "fault.out_of_range", 0, MostCurve)
	}
}

func (s State) crackedCrystal() bool {
	if s.Uncased != nil && s.Uncased.Crystal == "cracked" {
		return !s.partUsed("crystal")
	}
	for _, m := range s.Marks {
		if m.Zone == "crystal" && m.Defect == "crack" {
			return !s.partUsed("crystal")
		}
	}
	return false
}

// lastDry is the last test in air of a phase.
func (s State) lastDry(phase string) (WaterTest, bool) {
	for _, w := range slices.Backward(s.Waters) {
		if w.Phase == phase && (w.Method == "dry_pressure" || w.Method == "dry_vacuum") {
			return w, true
		}
	}
	return WaterTest{}, false
}

func (s State) dryPassed(phase string) bool {
	w, ok := s.lastDry(phase)
	return ok && w.Passed
}

func (s State) dryFailed(phase string) bool {
	w, ok := s.lastDry(phase)
	return ok && !w.Passed
}
