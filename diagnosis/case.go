package diagnosis

import (
	"encoding/json"
	"errors"
	"io"
)

// The kinds of watch that Case.Watch.Kind may name.
const (
	Manual    = "manual"
	Automatic = "automatic"
	Quartz    = "quartz"
)

// Case is everything found on one watch so far; any part may be missing.
type Case struct {
	Watch    Watch    `json:"watch"`
	Context  string   `json:"context,omitempty"` // the customer's or the repairer's own words, French or English
	Findings Findings `json:"findings"`
}

// Watch identifies the watch as far as it is known. Zero means unknown.
type Watch struct {
	Brand        string  `json:"brand,omitempty"`
	Calibre      string  `json:"calibre,omitempty"`
	Kind         string  `json:"kind,omitempty"` // manual, automatic or quartz
	BPH          float64 `json:"bph,omitempty"`  // vibrations per hour
	LiftAngleDeg float64 `json:"lift_angle_deg,omitempty"`
}

// Findings are the symptoms, readings and checks of a case.
type Findings struct {
	Symptoms      []string      `json:"symptoms,omitempty"` // short phrases, French or English
	Observed      []Observation `json:"observed,omitempty"` // findings a person confirmed by id (questionnaire, ticked symptom)
	Timing        []Reading     `json:"timing,omitempty"`
	Quartz        QuartzReading `json:"quartz,omitzero"`
	PowerReserveH *float64      `json:"power_reserve_h,omitempty"`
	Checks        Checks        `json:"checks,omitzero"`
}

// Observation is a finding confirmed (or excluded) by its id.
type Observation struct {
	Finding string `json:"finding"`
	Negated bool   `json:"negated,omitempty"`
}

// Reading is one timing measurement. Position is the hour that points up
// (3H, 6H, 9H, 12H) or CH/CB (dial up, dial down); Winding is full, 24h or
// unknown; Trace is clean, noisy, wavy, split, snowy, knocking, periodic or
// unknown. A nil figure was not measured.
type Reading struct {
	Position     string   `json:"position,omitempty"`
	Winding      string   `json:"winding,omitempty"`
	RateSPerDay  *float64 `json:"rate_s_per_day,omitempty"`
	AmplitudeDeg *float64 `json:"amplitude_deg,omitempty"`
	BeatErrorMS  *float64 `json:"beat_error_ms,omitempty"`
	Trace        string   `json:"trace,omitempty"`
}

// QuartzReading holds the bench figures of an electronic watch; nil means not
// measured. CoilReading is OL where the meter shows an open line.
type QuartzReading struct {
	BatteryV      *float64 `json:"battery_v,omitempty"`
	ConsumptionUA *float64 `json:"consumption_ua,omitempty"`
	CircuitOnlyUA *float64 `json:"circuit_only_ua,omitempty"`
	CoilKOhm      *float64 `json:"coil_kohm,omitempty"`
	CoilReading   string   `json:"coil_reading,omitempty"`
	MinStartV     *float64 `json:"min_start_v,omitempty"`
	FittedCell    string   `json:"fitted_cell,omitempty"`
	RateSPerMonth *float64 `json:"rate_s_per_month,omitempty"`
}

// Checks are the functional checks, as short free texts in French or English.
// Other keeps any further check under the name it came with.
type Checks struct {
	Winding                 string            `json:"winding,omitempty"`
	Setting                 string            `json:"setting,omitempty"`
	Rotor                   string            `json:"rotor,omitempty"`
	Magnetised              string            `json:"magnetised,omitempty"`
	Condensation            string            `json:"condensation,omitempty"`
	WaterTest               string            `json:"water_test,omitempty"`
	TimegrapherLiftAngleDeg *float64          `json:"timegrapher_lift_angle_deg,omitempty"`
	Other                   map[string]string `json:"other,omitempty"`
}

// ErrNotACase is returned by ReadCase for input that is not one JSON object.
var ErrNotACase = errors.New("diagnosis: not a case")

// ReadCase reads one case as JSON. Unknown members are ignored and a figure
// written as a string, or a check written as true or false, is understood;
// anything else that is not a JSON object is ErrNotACase.
func ReadCase(r io.Reader) (Case, error) {
	data, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return Case{}, err
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		return Case{}, errors.Join(ErrNotACase, err)
	}
	if m == nil {
		return Case{}, ErrNotACase
	}
	return caseFrom(m), nil
}
