package equipment

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// The rule of the control chart is the change-point model (D. M. Hawkins,
// P. Qiu, C. W. Kang, "The Changepoint Model for Statistical Process Control",
// Journal of Quality Technology 35, 2003): after each check, the last one, two,
// … up to ChartWindow checks are compared with all before them by Student's t,
// and the largest difference counts. Neither the instrument's true value nor
// its own spread need be known beforehand. The limits were found by the
// simulation in chart_test.go, which also holds them.
const (
	ChartLimit   = 3.25 // standard normal: one false alarm in more than 200 checks
	ChartWindow  = 15   // checks that may belong to a drift; an older one would have been seen
	ChartWarmUp  = 4    // checks before the chart can say anything
	ChartLearned = 50   // checks after which a drift of 1.5 σ is found within ten in nine cases of ten
)

// ChartPoint is one check on the chart.
type ChartPoint struct {
	Check Check
	Score float64 // the largest difference, as a standard normal number; 0 while there are too few checks
	Shift float64 // how far the checks since then lie from those before, in the check's unit
	Since int     // index of the first check after the likeliest change
	Alarm bool    // Score is above ChartLimit: the instrument has drifted
}

// Chart draws the checks of one test piece and quantity, oldest first. It
// begins again after a good verification, since the instrument may have been
// adjusted: what was learnt before is forgotten.
func Chart(checks []Check) []ChartPoint {
	out := make([]ChartPoint, len(checks))
	first := 0
	for i, c := range checks {
		if i > 0 && c.Run != checks[i-1].Run {
			first = i
		}
		out[i] = changePoint(checks[first : i+1])
		out[i].Since += first
	}
	return out
}

// changePoint looks for the likeliest change before the last of the checks.
func changePoint(checks []Check) ChartPoint {
	n := len(checks)
	best := ChartPoint{Check: checks[n-1], Since: n - 1}
	if n < ChartWarmUp {
		return best
	}
	mean := 0.0
	for _, c := range checks {
		mean += c.Value / float64(n)
	}
	total := 0.0 // sum of squares about the common mean
	for _, c := range checks {
		total += (c.Value - mean) * (c.Value - mean)
	}
	last := 0.0 // sum of the last m, about the common mean
	for m := 1; m <= min(ChartWindow, n-ChartWarmUp+1); m++ {
		last += checks[n-m].Value - mean
		a, b := float64(n-m), float64(m)
		shift := last/b + last/a // mean of the last m less mean of those before
		within := total - last*last*(1/a+1/b)
		if score := normalOf(shift, within, a, b); math.Abs(score) > best.Score {
			best.Score, best.Shift, best.Since = math.Abs(score), shift, n-m
		}
	}
	best.Alarm = best.Score > ChartLimit
	return best
}

// normalOf is Student's t of two groups of a and b checks whose means differ by
// shift, carried over to the standard normal so that one limit serves however
// many checks there are. within is the sum of squares inside the groups; it may
// come out below zero by rounding where all checks are equal.
func normalOf(shift, within, a, b float64) float64 {
	if shift == 0 {
		return 0
	}
	const edge = 1e-12
	t := -math.Abs(shift) / math.Sqrt(max(within, edge*shift*shift)/(a+b-2)*(1/a+1/b))
	p := distuv.StudentsT{Sigma: 1, Nu: a + b - 2}.CDF(t)
	return -distuv.UnitNormal.Quantile(max(p, edge))
}
