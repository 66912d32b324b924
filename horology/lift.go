package horology

import "math"

// The lift angle taken when nobody gives one, and how far it may be off (95 %), in
// degrees; and the least a printed angle can be trusted, being printed in whole degrees.
const (
	AssumedLift       = 52.0
	AssumedLiftSpread = 2.0
	printedLiftSpread = 0.5
)

// trusted is how many lists must agree on an angle before a single other one no longer
// counts in full.
const trusted = 3

// Lift returns the lift angle to measure a calibre with, in degrees, and whether it is
// only assumed.
func Lift(c *Calibre) (deg float64, assumed bool) {
	if c == nil || c.LiftDeg == nil {
		return AssumedLift, true
	}
	return *c.LiftDeg, false
}

// LiftSpread is how far the true lift angle may be from the one used, in degrees at 95 %:
// the largest distance to any angle a source gives, but not less than half a degree; ±2°
// where no source gives one. The lists copy one another, so votes are not counted as
// independent measures; only a lone list against three that agree is held to ±2°, since an
// angle three give cannot be less certain than one nobody gives.
func LiftSpread(used float64, c *Calibre) float64 {
	if c != nil && c.LiftConfirmed {
		return printedLiftSpread
	}
	if c == nil || len(c.LiftAngles) == 0 {
		return AssumedLiftSpread
	}
	agree := 0
	for _, s := range c.LiftAngles {
		if s.Value == used {
			agree = max(agree, len(s.By))
		}
	}
	spread := printedLiftSpread
	for _, s := range c.LiftAngles {
		away := math.Abs(s.Value - used)
		if agree >= trusted && len(s.By) <= 1 {
			away = math.Min(away, AssumedLiftSpread)
		}
		spread = math.Max(spread, away)
	}
	return spread
}

// AmplitudeUncertainty is the 95 % uncertainty of an amplitude measured with a lift angle,
// all in degrees: the reading's own u (95 %) and the lift angle's, added in quadrature.
// Amplitude is proportional to the lift angle, so a degree of lift counts for
// measured/lift degrees (5 to 7). A nil calibre, or one without an angle, is an assumed
// angle: ±2°. NaN where the figures make no sense.
func AmplitudeUncertainty(measured, u, lift float64, c *Calibre) float64 {
	if !(measured > 0) || !(lift > 0) || !(u >= 0) {
		return math.NaN()
	}
	return math.Hypot(u, measured/lift*LiftSpread(lift, c))
}
