// Package quartz turns the sound or the coil signal of a watch with a stepping
// motor into its motor period, pulse width, inhibition period and rate, each
// found and not asked for, or says why it cannot.
//
// The rate is over whole inhibition periods, with its standard uncertainty. It
// is not for the balance of a mechanical watch (package timing), measures no
// current, voltage or resistance, and knows nothing of calibres, tolerances,
// orders or people.
//
// Times are seconds of the card's clock from the first sample, rates seconds a
// day (positive when the watch gains).
package quartz

import (
	"fmt"
	"math"
	"slices"

	"etabli.example/timing"
	"etabli.example/timing/wave"
)

// MonthDays is how many days the month of a monthly rate has.
const MonthDays = 30

// Notices of a watch with a stepping motor, beside those of package timing.
const (
	EndOfLife         timing.Notice = "end_of_life"         // steps come in bursts: the cell is empty
	InhibitionNotSeen timing.Notice = "inhibition_not_seen" // the watch gains as before correction: the recording may hold none
	StepsMissing      timing.Notice = "steps_missing"       // steps were not heard where they were due
)

// Config says what is known before listening.
type Config struct {
	ClockPPM  float64 // how much faster than it says the card samples
	ClockUPPM float64 // standard uncertainty of ClockPPM
}

func (c Config) check() error {
	if math.IsNaN(c.ClockPPM) || math.Abs(c.ClockPPM) > 10_000 || !(c.ClockUPPM >= 0 && c.ClockUPPM <= 10_000) {
		return fmt.Errorf("%w: clock %v ± %v ppm", timing.ErrConfig, c.ClockPPM, c.ClockUPPM)
	}
	return nil
}

// Reading is what is known of a watch with a stepping motor. A nil figure is
// unknown.
type Reading struct {
	Kind timing.Kind `json:"kind"` // timing.Quartz or timing.None

	MotorPeriodS      *float64 `json:"motor_period_s"`      // nominal seconds between two steps
	InhibitionPeriodS *float64 `json:"inhibition_period_s"` // nominal seconds; nil where none can be seen
	PulseWidthMS      *float64 `json:"pulse_width_ms"`      // of a coil's pulse

	RateSD     *float64 `json:"rate_s_per_day"`   // over whole inhibition periods
	RateU      *float64 `json:"rate_u"`           // standard uncertainty, without the clock's
	RateSMonth *float64 `json:"rate_s_per_month"` // of MonthDays days
	ClockU     *float64 `json:"clock_u"`          // s/d, of the card's clock; nil while it is not calibrated

	Confident bool            `json:"confident"` // about motor period and rate
	Reason    timing.Reason   `json:"reason"`
	Notices   []timing.Notice `json:"notices"`

	FromS float64 `json:"from_s"` // the stretch of sound the figures are of
	ToS   float64 `json:"to_s"`

	Steps         int      `json:"steps"`                 // steps the rate rests on
	StepsAtOnce   int      `json:"steps_at_once"`         // 1; more at the end of life of the cell
	ScatterUS     *float64 `json:"scatter_us"`            // standard deviation of one step about the fit
	CrystalSD     *float64 `json:"crystal_s_per_day"`     // rate between corrections of the divider
	CorrectionMS  *float64 `json:"correction_ms"`         // lateness added by one correction
	FirstGateS    *float64 `json:"first_correction_at_s"` // second of the first correction
	Alternating   bool     `json:"alternating_polarity"`  // even and odd pulses are of opposite sign
	PeriodSeconds *float64 `json:"period_measured_s"`     // true mean seconds of a step
	Trace         []Step   `json:"-"`                     // for the drawing
}

// Step is one step of the motor in the trace.
type Step struct {
	Seconds  float64 // when it was heard
	OffsetMS float64 // its lateness against a watch of rate zero
	Used     bool    // the figures rest on it
}

// Has tells whether the reading carries the notice.
func (r Reading) Has(n timing.Notice) bool {
	for _, m := range r.Notices {
		if m == n {
			return true
		}
	}
	return false
}

// Measure reads a whole clip. Of several channels the one read most exactly
// counts. The error wraps timing.ErrConfig.
func Measure(c wave.Clip, cfg Config) (Reading, error) {
	if err := cfg.check(); err != nil {
		return Reading{}, err
	}
	best := Reading{Kind: timing.None, Reason: timing.NoWatch, Notices: []timing.Notice{}, ToS: c.Seconds()}
	for i, x := range c.Channels {
		if r := measure(x, float64(c.Rate), cfg); i == 0 || says(r, best) {
			best = r
		}
	}
	if c.Missing > 0 && !slices.Contains(best.Notices, timing.SamplesMissing) {
		best.Notices = append(best.Notices, timing.SamplesMissing)
	}
	return best, nil
}

// says tells whether a says more than b.
func says(a, b Reading) bool {
	if a.Confident != b.Confident {
		return a.Confident
	}
	if a.Kind != b.Kind {
		return a.Kind == timing.Quartz
	}
	return a.Confident && *a.RateU < *b.RateU
}

func figure(v float64) *float64 { return &v }
