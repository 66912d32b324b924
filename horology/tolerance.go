package horology

import (
	"slices"
	"strings"
)

// Quantity is a thing measured and judged.
type Quantity string

// The quantities. The unit each is measured in stands in the comment; a Tolerance says its
// own.
const (
	Rate             Quantity = "rate"               // s/d, one position (or a quartz watch)
	MeanRate         Quantity = "mean_rate"          // s/d, X over positions
	RateSpread       Quantity = "rate_spread"        // s/d, D, largest minus smallest position
	WornRate         Quantity = "worn_rate"          // s/d, on the wrist
	MonthlyRate      Quantity = "monthly_rate"       // s/month
	AnnualRate       Quantity = "annual_rate"        // s/year
	Isochronism      Quantity = "isochronism"        // s/d, rate at 24 h minus rate at 0 h
	Amplitude        Quantity = "amplitude"          // degrees
	AmplitudeDropHV  Quantity = "amplitude_drop_hv"  // degrees, horizontal minus vertical
	AmplitudeDrop24h Quantity = "amplitude_drop_24h" // degrees or %, 0 h minus 24 h
	Knocking         Quantity = "knocking"           // degrees, the balance strikes above it
	ChronographDrop  Quantity = "chronograph_drop"   // degrees lost with the chronograph running
	BeatError        Quantity = "beat_error"         // ms
	PowerReserve     Quantity = "power_reserve"      // h
	Consumption      Quantity = "consumption"        // µA
	BatteryVoltage   Quantity = "battery_voltage"    // V, open or low drain
	BatteryLoaded    Quantity = "battery_loaded"     // V, under 100 Ω for 1 s
	CoilResistance   Quantity = "coil_resistance"    // kΩ
	CoilInsulation   Quantity = "coil_insulation"    // kΩ
	MinVoltage       Quantity = "min_voltage"        // V, lowest at which the motor runs
	StartVoltage     Quantity = "start_voltage"      // V, at which the motor starts
	Inhibition       Quantity = "inhibition_period"  // s
	TestVoltage      Quantity = "test_voltage"       // V, of the ohmmeter
	Leak             Quantity = "leak"               // µg/min of air
	Pressure         Quantity = "pressure"           // bar, relative to the air around
	Deformation      Quantity = "deformation"        // %/min of recovery in the dry test
	HandIndex        Quantity = "hand_index"         // min, minute hand at 12
	DateJump         Quantity = "date_jump"          // min around midnight
	HandClearance    Quantity = "hand_clearance"     // mm
	AxialShake       Quantity = "axial_shake"        // mm
	Settling         Quantity = "settling"           // s per position
	RunningTime      Quantity = "running_time"       // min before measuring
	LiftSensitivity  Quantity = "lift_sensitivity"   // degrees of amplitude per degree of lift
	Method           Quantity = "method"             // how to measure; no limit
)

// Scope says how closely a rule fits the watch, the closest first.
type Scope string

// The scopes.
const (
	ScopeWorkshop Scope = "workshop" // the workshop's own value
	ScopeGrade    Scope = "grade"    // this calibre in this grade of adjustment
	ScopeCalibre  Scope = "calibre"  // this calibre
	ScopeFamily   Scope = "family"   // its family or its maker
	ScopeClass    Scope = "class"    // gents, ladies, chronometer, quartz, …
	ScopeBench    Scope = "bench"    // rule of thumb
)

var scopeRank = map[Scope]int{ScopeWorkshop: -1, ScopeGrade: 0, ScopeCalibre: 1, ScopeFamily: 2, ScopeClass: 3, ScopeBench: 4}

// Tolerance is a rule with where it comes from. Nil is no limit on that side.
type Tolerance struct {
	Quantity   Quantity   `json:"quantity"`
	Min        *float64   `json:"min,omitempty"`
	Max        *float64   `json:"max,omitempty"`
	Unit       string     `json:"unit"`
	Scope      Scope      `json:"scope"`
	Of         string     `json:"of"`                  // for what, as printed: "Sellita SW200-1 / SW215-1", "Gent's watch"
	Grade      string     `json:"grade,omitempty"`     // Standard, Top, … where the rule belongs to one
	Positions  string     `json:"positions,omitempty"` // as printed
	Winding    string     `json:"winding,omitempty"`   // as printed
	Condition  string     `json:"condition,omitempty"` // as printed
	Note       string     `json:"note,omitempty"`
	Source     string     `json:"source"`
	Confidence Confidence `json:"confidence"`
	Own        *Own       `json:"own,omitempty"` // the workshop's value it is; nil for a rule of the catalogue

	key     string     // what reach looks up
	plane   string     // "", H or V: the plane it holds for
	only    []Position // the positions it holds for, nil = any
	winding []Winding  // the states it holds for, nil = any
}

// AllTolerances returns every rule of the catalogue, those without a figure (methods and
// notes) included.
func AllTolerances() []Tolerance { return slices.Clone(rules()) }

// Tolerances returns the rules for a quantity on this calibre in this position and winding
// state, the one to use first; the others show where sources disagree. A nil calibre is an
// unknown mechanical watch, &Calibre{Kind: Quartz} an unknown quartz one; p "" is "no
// position"; w Unknown keeps only rules that hold whatever the winding.
//
// Order: rules of low confidence after all others, because a table nobody vouches for must
// not outrank a sourced one; then the closest scope (the calibre's own grade, the calibre,
// its family, its class, rules of thumb); then rules made for the quantity itself before
// near ones, whose note says what they limit (the mean of positions, the rate on the
// wrist); then amplitude limits on both sides before one-sided ones, since half a rule must
// not pass what the whole one refuses; then confidence. Where the grade is not known the
// widest comes first.
func Tolerances(c *Calibre, q Quantity, p Position, w Winding) []Tolerance {
	if c == nil {
		c = &Calibre{}
	}
	var out []Tolerance
	for _, t := range slices.Concat(rules(), calibreRules(c)) {
		if (t.Min == nil && t.Max == nil) || !t.holdsIn(p, w) {
			continue
		}
		t, ok := t.serve(q, c)
		if !ok {
			continue
		}
		if t.Scope, ok = reach(t, c); !ok {
			continue
		}
		if t.Grade != "" && t.Scope == ScopeCalibre && sameGrade(t.Grade, c.Grade) {
			t.Scope = ScopeGrade
		}
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(a, b Tolerance) int { return compareTolerances(a, b, q) })
	return withoutRepeats(out)
}

// WithOwn puts a workshop's own rules before those of the catalogue, which stay behind them
// to show the difference. Who set an own rule, when and why stands in its Own.
func WithOwn(own, rules []Tolerance) []Tolerance {
	out := make([]Tolerance, 0, len(own)+len(rules))
	for _, t := range own {
		t.Scope = ScopeWorkshop
		out = append(out, t)
	}
	return append(out, rules...)
}

// serve returns the rule as an answer about a quantity. A limit on the mean of positions
// serves for one position and the reverse, a limit on the wrist for both where nothing
// closer is known, and its note says so; for an electronic calibre
// a limit per month (30 days) or per year (365) serves for the daily rate.
func (t Tolerance) serve(want Quantity, c *Calibre) (Tolerance, bool) {
	switch {
	case t.Quantity == want:
		return t, true
	case t.Quantity == MeanRate && want == Rate:
		return t.noted("limit on the mean of positions"), true
	case t.Quantity == Rate && want == MeanRate:
		return t.noted("limit on one position"), true
	case t.Quantity == WornRate && (want == Rate || want == MeanRate):
		return t.noted("limit on the rate on the wrist"), true
	case want == Rate && c.Kind.Electronic() && t.Quantity == MonthlyRate:
		return t.perDay(30), true
	case want == Rate && c.Kind.Electronic() && t.Quantity == AnnualRate:
		return t.perDay(365), true
	}
	return t, false
}

func (t Tolerance) noted(s string) Tolerance {
	if t.Note != "" {
		s = t.Note + "; " + s
	}
	t.Note = s
	return t
}

// perDay brings a limit over some days to one day.
func (t Tolerance) perDay(days float64) Tolerance {
	said := "from"
	for _, limit := range []**float64{&t.Min, &t.Max} {
		if *limit != nil {
			said += " " + decimal(**limit)
			*limit = ptr(**limit / days)
		}
	}
	said += " " + t.Unit + ", " + decimal(days) + " days"
	t.Quantity, t.Unit = Rate, "s/d"
	return t.noted(said)
}

func compareTolerances(a, b Tolerance, q Quantity) int {
	low := func(t Tolerance) int {
		if t.Confidence.rank() >= Low.rank() {
			return 1
		}
		return 0
	}
	off := func(t Tolerance) int {
		switch t.Quantity {
		case q:
			return 0
		case WornRate:
			return 2
		}
		return 1
	}
	for _, d := range []int{
		low(a) - low(b),
		scopeRank[a.Scope] - scopeRank[b.Scope],
		off(a) - off(b),
		a.open() - b.open(),
		a.Confidence.rank() - b.Confidence.rank(),
		cmpFloat(b.width(), a.width()),
	} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// open is the number of sides without a limit, for amplitude; other quantities are often
// limited on one side by nature.
func (t Tolerance) open() int {
	n := 0
	for _, limit := range []*float64{t.Min, t.Max} {
		if limit == nil && t.Quantity == Amplitude {
			n++
		}
	}
	return n
}

// width is how much a rule lets through; a side without a limit counts as very wide.
func (t Tolerance) width() float64 {
	if t.Min == nil || t.Max == nil {
		return 1e9
	}
	return *t.Max - *t.Min
}

// withoutRepeats drops a rule that says the same as an earlier one for the same thing: two
// tables carry some of the same lines.
func withoutRepeats(list []Tolerance) []Tolerance {
	var out []Tolerance
	for _, t := range list {
		repeat := slices.ContainsFunc(out, func(o Tolerance) bool {
			return o.Scope == t.Scope && sameGrade(o.Grade, t.Grade) && o.Quantity == t.Quantity &&
				o.Unit == t.Unit && sameLimit(o.Min, t.Min) && sameLimit(o.Max, t.Max) &&
				overlap(o.Source, t.Source)
		})
		if !repeat {
			out = append(out, t)
		}
	}
	return out
}

func sameLimit(a, b *float64) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

// overlap reports whether two source cells name a same source.
func overlap(a, b string) bool {
	for _, s := range strings.Split(a, " ; ") {
		if slices.Contains(strings.Split(b, " ; "), s) {
			return true
		}
	}
	return false
}

func sameGrade(a, b string) bool {
	return a == b || (a != "" && b != "" && (strings.HasPrefix(fold(a), fold(b)) || strings.Contains(fold(a), fold(b))))
}

// holdsIn reports whether the rule applies in a position and winding state.
func (t Tolerance) holdsIn(p Position, w Winding) bool {
	if t.winding != nil && !slices.Contains(t.winding, w) {
		return false
	}
	if t.only != nil {
		return slices.Contains(t.only, p)
	}
	switch t.plane {
	case "H":
		return p.Horizontal()
	case "V":
		return p.Vertical()
	}
	return true
}
