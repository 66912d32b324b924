package timing

import (
	"math"
	"slices"
)

// kink looks for the moment at which the rate jumped: two lines that explain
// the beats far better than one, each nearly as well as the beats' own jitter
// allows. A watch that merely wanders is not cut into pieces.
func (a *analysis) kink() (second float64, ok bool) {
	// The joint times: the drop alone moves with the amplitude.
	n, t := a.n, a.t
	if len(n) < 32 {
		return 0, false
	}
	// Second differences of like beats see the jitter, not the rate.
	var d []float64
	for i := 4; i < len(n); i++ {
		if n[i]-n[i-4] == 4 {
			if v := t[i] - 2*t[i-2] + t[i-4]; v == v {
				d = append(d, v)
			}
		}
	}
	if len(d) < 16 {
		return 0, false
	}
	local := scatter(d) / math.Sqrt(6)
	// A change near the end leaves the middle deviation as it was.
	last := make([]float64, 0, len(n))
	for _, r := range a.res[len(n)-max(12, len(n)/6):] {
		if r == r {
			last = append(last, math.Abs(r))
		}
	}
	one := a.line.scale
	if len(last) > 8 {
		one = max(one, median(last)/0.6745)
	}
	if one < 3*local+30e-6 {
		return 0, false
	}
	res, keep := make([]float64, len(n)), make([]float64, len(n))
	best, at := math.Inf(1), 0
	for s := 12; s+12 <= len(n); s += 4 {
		x := fitLine(n[:s], t[:s], res[:s], keep[:s], true)
		y := fitLine(n[s:], t[s:], res[s:], keep[s:], true)
		a.hearing.pace.rest(60 * len(n))
		w := float64(s) / float64(len(n))
		if c := w*math.Log(x.scale) + (1-w)*math.Log(y.scale); c < best {
			best, at = c, s
		}
	}
	if at == 0 || math.Exp(best) > 0.4*one || math.Exp(best) > 3*local+30e-6 || math.Exp(best) > sharper*smoothScale(n, t) {
		return 0, false
	}
	k := at + slices.IndexFunc(t[at:], func(v float64) bool { return v == v })
	return t[k] - a.line.period/2, true
}
