package horology

import "math"

// Verdict is the answer of a comparison with a tolerance.
type Verdict string

// The verdicts. CannotTell is never a pass.
const (
	InTolerance    Verdict = "in"
	OutOfTolerance Verdict = "out"
	CannotTell     Verdict = "unknown"
)

// Judge compares a value and its 95 % uncertainty (same unit, half width) with a
// tolerance. A limit itself still passes. It cannot tell when there is no tolerance or no
// limit in it, when the interval value ± u95 straddles a limit, and when the value or its
// uncertainty is not a proper number: pass NaN for an uncertainty nobody knows.
func Judge(value, u95 float64, t *Tolerance) Verdict {
	if t == nil || (t.Min == nil && t.Max == nil) {
		return CannotTell
	}
	if math.IsNaN(value) || math.IsInf(value, 0) || math.IsNaN(u95) || math.IsInf(u95, 0) || u95 < 0 {
		return CannotTell
	}
	low, high := value-u95, value+u95
	if (t.Min != nil && high < *t.Min) || (t.Max != nil && low > *t.Max) {
		return OutOfTolerance
	}
	if (t.Min == nil || low >= *t.Min) && (t.Max == nil || high <= *t.Max) {
		return InTolerance
	}
	return CannotTell
}
