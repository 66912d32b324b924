package quartz

import (
	"errors"
	"fmt"
	"math"
)

// ErrNoReference is what Calibrate's errors wrap.
var ErrNoReference = errors.New("quartz: no clock can be calibrated by this")

// Clock is how a sound card's clock runs.
type Clock struct {
	PPM  float64 // how much faster than it says it samples
	UPPM float64 // standard uncertainty
}

// mostPPM is the error no sound card's crystal has; what shows more is not the
// reference it is said to be.
const mostPPM = 500

// Calibrate finds a card's clock error from a reference quartz heard through
// it: r is read with the configuration c, rate is what the reference is known
// to gain in s/d, u its standard uncertainty. A card that samples faster than
// it says makes a watch seem slow.
func Calibrate(r Reading, c Config, rate, u float64) (Clock, error) {
	switch {
	case !r.Confident || r.RateSD == nil || r.RateU == nil:
		return Clock{}, fmt.Errorf("%w: nothing certain was heard", ErrNoReference)
	case math.IsNaN(rate) || math.Abs(rate) > 10 || !(u > 0 && u <= 10):
		return Clock{}, fmt.Errorf("%w: a reference of %v ± %v s/d", ErrNoReference, rate, u)
	}
	// What was read supposes c; the error is what must be added to it.
	heard := (1 + *r.RateSD/86400) / (1 + c.ClockPPM*1e-6)
	ppm := 1e6 * ((1+rate/86400)/heard - 1)
	if math.Abs(ppm) > mostPPM {
		return Clock{}, fmt.Errorf("%w: %.0f ppm", ErrNoReference, ppm)
	}
	return Clock{PPM: ppm, UPPM: math.Hypot(u, *r.RateU) / 0.0864}, nil
}
