package order

import (
	"encoding/json"
	"math"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// Kinds of entry of activity A4, tests and measurements.
const (
	KindReading  journal.Kind = "reading"
	KindChecks   journal.Kind = "checks"
	KindWater    journal.Kind = "water_test"
	KindElectric journal.Kind = "electric"
)

// The phases of a measurement: as received, after the work, at final control.
const (
	Before    = "before"
	After     = "after"
	AtControl = "control"
)

// Phases lists the phases in order.
func Phases() []string { return []string{Before, After, AtControl} }

// Judged is a figure with the rule it was judged by, copied into the entry.
type Judged struct {
	Quantity   string   `json:"quantity"` // "rate", "amplitude", "beat_error", …
	Verdict    string   `json:"verdict"`  // "in", "out", "unknown"
	Min        *float64 `json:"min,omitempty"`
	Max        *float64 `json:"max,omitempty"`
	Unit       string   `json:"unit,omitempty"`
	Scope      string   `json:"scope,omitempty"`
	Source     string   `json:"source,omitempty"`
	Confidence string   `json:"confidence,omitempty"`
	// Own is the id of the workshop's own value the figure was held against, OwnSince
	// the day it was set and OwnBy who set it; Source is then the reason given.
	Own      string `json:"own,omitempty"`
	OwnSince string `json:"own_since,omitempty"`
	OwnBy    string `json:"own_by,omitempty"`
}

// Reading is one timing of the watch in one position.
type Reading struct {
	Seq        int64           `json:"-"`
	By         string          `json:"-"`
	At         time.Time       `json:"-"` // when it was read; zero: now
	Phase      string          `json:"phase"`
	Position   string          `json:"position"` // "CH", "CB", "3H", …
	Winding    string          `json:"winding"`  // "0h", "24h", "unknown"
	How        string          `json:"how"`      // "microphone", "file", "simulated", "typed", "imported"
	Instrument string          `json:"instrument,omitempty" max:"80"`
	LiftDeg    float64         `json:"lift_deg,omitempty"`
	BPH        *float64        `json:"bph"`
	Rate       *float64        `json:"rate"` // s/d
	RateU      *float64        `json:"rate_u,omitempty"`
	Amplitude  *float64        `json:"amplitude"` // degrees
	AmplitudeU *float64        `json:"amplitude_u,omitempty"`
	BeatError  *float64        `json:"beat_error"` // ms
	BeatErrorU *float64        `json:"beat_error_u,omitempty"`
	ClockU     *float64        `json:"clock_u,omitempty"`
	Confident  bool            `json:"confident"`
	Seconds    float64         `json:"seconds,omitempty"`
	Notices    []string        `json:"notices,omitempty"`
	Verdicts   []Judged        `json:"verdicts,omitempty"`
	Sound      string          `json:"sound,omitempty"`  // hash of the recording (FLAC)
	Beats      string          `json:"beats,omitempty"`  // hash of the beat times (JSON), kept for ever
	Vario      string          `json:"vario,omitempty"`  // hash of how the figures went, minute by minute (JSON)
	Engine     json.RawMessage `json:"engine,omitempty"` // the engine's whole reading
	Stepping   *Stepping       `json:"stepping,omitempty"`
	Counts     bool            `json:"-"` // false where another reading of the same position counts
	Chosen     *Chosen         `json:"-"` // why it counts though it is not the last; nil where it is
}

// Chosen is who made a reading count that is not the last of its position, and why.
type Chosen struct {
	Seq     int64
	By, Why string
}

// Stepping is what was heard of a stepping motor, beside the rate. Nil where it
// could not be told.
type Stepping struct {
	MotorS      *float64 `json:"motor_s,omitempty"`      // nominal seconds between two steps
	InhibitionS *float64 `json:"inhibition_s,omitempty"` // nominal seconds between two corrections
	PulseMS     *float64 `json:"pulse_ms,omitempty"`
	StepsAtOnce int      `json:"steps_at_once,omitempty"` // more than one at the end of life of the cell
}

// VerdictOf returns the verdict of one quantity, "unknown" where it was not judged.
func (r Reading) VerdictOf(quantity string) string {
	for _, v := range r.Verdicts {
		if v.Quantity == quantity {
			return v.Verdict
		}
	}
	return "unknown"
}

// KeepReading puts a reading on the sheet. Only a reading that can be trusted
// is kept, unless it was typed from another instrument.
func KeepReading(r Reading) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Measure); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		if err := r.check(); err != nil {
			return nil, err
		}
		var blobs []string
		for _, h := range []string{r.Sound, r.Beats, r.Vario} {
			if h != "" {
				blobs = append(blobs, h)
			}
		}
		return f.one(KindReading, []string{r.key()}, r, blobs...)
	}
}

func (r Reading) check() error {
	var bad fault.Problems
	if !oneOf(r.Phase, Phases()) {
		bad.Add("phase", "order.unknown_choice")
	}
	if r.Position == "" {
		bad.Add("position", "order.unknown_choice")
	}
	if !oneOf(r.Winding, []string{"0h", "24h", "unknown"}) {
		bad.Add("winding", "order.unknown_choice")
	}
	if !r.Confident && r.How != "typed" && r.How != "imported" {
		bad.Add("reading", "measurement.not_trustworthy")
	}
	if r.Rate == nil && r.Amplitude == nil && r.BeatError == nil {
		bad.Add("rate", "measurement.empty")
	}
	// What no watch shows is a slip of the finger, asked about before it is kept.
	within := func(field string, v *float64, lo, hi float64) {
		if v != nil && (math.IsNaN(*v) || *v < lo || *v > hi) {
			bad.Add(field, "measurement.impossible_"+field, *v, lo, hi)
		}
	}
	within("rate", r.Rate, -3600, 3600)
	within("amplitude", r.Amplitude, 20, 360)
	within("beat_error", r.BeatError, 0, 100)
	return bad.Err()
}

// CheckItem is one function test and its result.
type CheckItem struct {
	Item   string   `json:"item"`   // "winding", "setting", "date", …
	Result string   `json:"result"` // "ok", "fault", "not_applicable", "not_tested"
	Note   string   `json:"note,omitempty"`
	Value  *float64 `json:"value,omitempty"`
	Unit   string   `json:"unit,omitempty"`
}

// Check is a list of function tests made together.
type Check struct {
	Seq   int64       `json:"-"`
	By    string      `json:"-"`
	Phase string      `json:"phase"`
	Items []CheckItem `json:"items"`
}

// CheckItems lists the function tests of a kind of watch, in protocol order.
func CheckItems(kind string) []string {
	switch kind {
	case "manual":
		return []string{"magnetism", "winding", "setting", "quick_set", "hacking", "date", "midnight", "hands", "crown", "pushers", "power_reserve", "condensation", "bracelet"}
	case "quartz":
		return []string{"magnetism", "setting", "quick_set", "hacking", "date", "midnight", "hands", "crown", "pushers", "stepping", "end_of_life", "condensation", "bracelet"}
	}
	return []string{"magnetism", "winding", "rotor", "auto_winding", "setting", "quick_set", "hacking", "date", "midnight", "hands", "crown", "pushers", "power_reserve", "condensation", "bracelet"}
}

// KeepChecks puts function tests on the sheet. What could not be tested says why.
func KeepChecks(c Check) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Measure); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if !oneOf(c.Phase, Phases()) {
			bad.Add("phase", "order.unknown_choice")
		}
		if len(c.Items) == 0 {
			bad.Add("items", "measurement.no_check")
		}
		for _, it := range c.Items {
			switch {
			case !oneOf(it.Result, []string{"ok", "fault", "not_applicable", "not_tested"}):
				bad.Add(it.Item, "order.unknown_choice")
			case it.Result == "not_tested" && it.Note == "":
				bad.Add(it.Item, "measurement.because")
			}
			bad.Text(it.Item, it.Note, 500)
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindChecks, []string{"checks/" + c.Phase}, c)
	}
}

// applyReading keeps every reading and says which of a position counts: the last.
func applyReading(s *State, e journal.Entry, r Reading) {
	for i := range s.Readings {
		old := &s.Readings[i]
		if old.alike(r) {
			old.Counts, old.Chosen = false, nil
		}
	}
	r.Seq, r.By, r.At, r.Counts = e.Seq, e.By, e.Happened, true
	s.Readings = append(s.Readings, r)
}

// ReadingsOf returns the readings of a phase that count, in sheet order.
func (s State) ReadingsOf(phase string) []Reading {
	var out []Reading
	for _, r := range s.Readings {
		if r.Phase == phase && r.Counts {
			out = append(out, r)
		}
	}
	return out
}

// provedAfterWork reports whether the result of the work was measured: for a
// mechanical watch a reading after or at control, for an electronic one checks
// or wired readings, each of them after the work began.
func (s State) provedAfterWork() bool {
	read := slices.ContainsFunc(s.Readings, func(r Reading) bool { return r.Counts && r.Phase != Before && r.Seq > s.workSince() })
	if s.Watch.Kind.Mechanical() {
		return read
	}
	checked := slices.ContainsFunc(s.Checks, func(c Check) bool { return c.Phase != Before && c.Seq > s.workSince() })
	return checked || read && s.Watch.Kind == watch.Unknown
}
