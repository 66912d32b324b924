package timing

import "math"

// turn is over how many beats the rate is averaged for the watch's own unrest:
// one turn of an escape wheel of 15 teeth.
const turn = 30

// instability returns the Allan deviation of the rate in s/d over turns of the
// escape wheel, less what the scatter of single beats puts there: the unrest
// of the watch, not the uncertainty of the measurement. It needs four turns.
func (a *analysis) instability() (float64, bool) {
	var rates, noise []float64
	var n []int
	var t, res, keep []float64
	flush := func() {
		if len(n) < turn/2 {
			return
		}
		res, keep = resize(res, len(n)), resize(keep, len(n))
		l := fitLine(n, t, res, keep, true)
		if !math.IsInf(l.scale, 0) && l.period > 0 {
			rates = append(rates, -SecondsPerDay*l.period/a.line.period)
			v := l.scale / l.period * SecondsPerDay
			m := float64(len(n))
			noise = append(noise, 12*v*v/(m*m*m))
		}
	}
	for i, k := range a.n {
		if len(n) > 0 && (k-a.n[0])/turn != (n[0]-a.n[0])/turn {
			flush()
			n, t = n[:0], t[:0]
		}
		if a.keep[i] > 0 {
			n, t = append(n, k), append(t, a.t[i])
		}
	}
	if len(rates) < 4 {
		return 0, false
	}
	s, w := 0.0, 0.0
	for i := 1; i < len(rates); i++ {
		d := rates[i] - rates[i-1]
		s += d * d / 2
		w += (noise[i] + noise[i-1]) / 2
	}
	k := float64(len(rates) - 1)
	return math.Sqrt(max(0, s/k-w/k)), true
}
