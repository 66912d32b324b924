package horology

import "math"

// plausible holds, for what is measured at a bench, the widest values a watch can show: a
// figure outside is a wrong unit, a slip of the keypad or a broken instrument. These are
// bounds of sense, not tolerances, and come from no standard.
var plausible = map[Quantity][2]float64{
	Rate:           {-7200, 7200}, // two hours a day
	MeanRate:       {-7200, 7200},
	WornRate:       {-7200, 7200},
	MonthlyRate:    {-3600, 3600},
	AnnualRate:     {-3600, 3600},
	RateSpread:     {0, 14400},
	Isochronism:    {-7200, 7200},
	Amplitude:      {0, 400}, // the balance strikes the fork's back well before
	BeatError:      {0, 60},
	PowerReserve:   {0, 1000}, // the longest watches run about a month
	Consumption:    {0, 1000},
	BatteryVoltage: {0, 4},
	BatteryLoaded:  {0, 4},
	MinVoltage:     {0, 4},
	StartVoltage:   {0, 4},
	CoilResistance: {0, 100},
	Leak:           {0, 1e6},
	CoilInsulation: {0, 1e7},
	LiftAngle:      {20, 90},
	Pressure:       {-1, 200}, // no vacuum below −1 bar; few cases are marked above 120
}

// Bounds are the widest values a quantity can have, in its own unit; without bounds they
// are infinite.
func Bounds(q Quantity) (low, high float64) {
	if b, ok := plausible[q]; ok {
		return b[0], b[1]
	}
	return math.Inf(-1), math.Inf(1)
}

// Plausible reports whether a value may be right at all, in the quantity's own unit. It is
// true for a quantity without bounds, and false for NaN and infinities: a form should then
// ask again, not refuse.
func Plausible(q Quantity, v float64) bool {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return false
	}
	bounds, ok := plausible[q]
	return !ok || (v >= bounds[0] && v <= bounds[1])
}
