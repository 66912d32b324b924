// Package timing turns the sound of a watch into its beat number, rate, beat
// error and amplitude, each with an uncertainty, or says why it cannot.
//
// Feed samples to a Meter as they come and ask for a Reading at any time, or
// give a whole clip to Measure. The package knows sound and the physics of a
// balance. It knows nothing of calibres, tolerances, orders or people, draws
// nothing (see package strip) and never guesses: a figure that is not believed
// is absent.
//
// Times are seconds of the card's clock from the first sample, rates seconds
// a day (positive when the watch gains), angles degrees. Uncertainties are
// standard uncertainties (one sigma) of this recording alone.
package timing

import (
	"errors"
	"fmt"
	"math"
)

// Limits of what a Meter takes.
const (
	MinRate = 8_000   // samples a second
	MaxRate = 192_000 // samples a second
	MinBPH  = 3_000   // slowest beat looked for
	MaxBPH  = 72_000  // fastest beat looked for, 1/100-second hands (360,000) apart
)

// AssumedLiftDeg is the lift angle taken where none is given; an amplitude is
// in proportion to it.
const AssumedLiftDeg = 52

// SecondsPerDay converts a relative deviation into a daily rate.
const SecondsPerDay = 86400

// ErrConfig is what NewMeter's errors wrap.
var ErrConfig = errors.New("timing: a setting is out of range")

// Config says what is known before listening.
type Config struct {
	Rate      int     // samples a second of the sound, 8,000 to 192,000
	LiftDeg   float64 // lift angle; 0 means AssumedLiftDeg
	BeatBPH   float64 // nominal beats an hour the rate refers to; 0 finds it
	ClockPPM  float64 // how much faster than it says the card samples
	ClockUPPM float64 // standard uncertainty of ClockPPM

	Escapement Escapement // empty: a Swiss lever
	Train      []Wheel    // wheels a periodic fault may be of; empty: an escape wheel of 12 to 24 teeth
}

// check returns the configuration with its defaults filled in.
func (c Config) check() (Config, error) {
	if c.Rate < MinRate || c.Rate > MaxRate {
		return c, fmt.Errorf("%w: %d samples a second", ErrConfig, c.Rate)
	}
	if !c.Escapement.known() {
		return c, fmt.Errorf("%w: escapement %q", ErrConfig, c.Escapement)
	}
	if c.LiftDeg == 0 {
		c.LiftDeg = AssumedLiftDeg
		if c.Escapement == Coaxial {
			c.LiftDeg = CoaxialLiftDeg
		}
	}
	if len(c.Train) == 0 {
		c.Train = defaultTrain()
	}
	if !(c.LiftDeg >= 5 && c.LiftDeg <= 120) {
		return c, fmt.Errorf("%w: lift angle %v°", ErrConfig, c.LiftDeg)
	}
	if c.BeatBPH != 0 && !(c.BeatBPH >= 1000 && c.BeatBPH <= 400_000) {
		return c, fmt.Errorf("%w: %v beats an hour", ErrConfig, c.BeatBPH)
	}
	if math.IsNaN(c.ClockPPM) || math.Abs(c.ClockPPM) > 10_000 || !(c.ClockUPPM >= 0 && c.ClockUPPM <= 10_000) {
		return c, fmt.Errorf("%w: clock %v ± %v ppm", ErrConfig, c.ClockPPM, c.ClockUPPM)
	}
	return c, nil
}
