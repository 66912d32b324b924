package timing

import "math"

// findDrop places the drop, the steepest rise of the mean beat, and times it.
// Tick and tock are laid over each other first, so that both are looked at for
// the same sound.
func (a *analysis) findDrop() {
	h := &a.hearing
	w := max(2, int(0.0006*h.rate))
	var r, s [2][]float64
	for par := range 2 {
		p := h.profile(par, nil)
		r[par] = rises(p, w)
		s[par] = smoothed(p, w/2)
		for i, v := range s[par] {
			s[par][i] = math.Sqrt(v)
		}
		normalise(s[par])
	}
	lag, _ := likeness(s[0], s[1], h.pre/2)
	h.pace.rest(h.pre * len(s[0]) / 8)
	d := int(math.Round(lag))
	both := make([]float64, len(r[0]))
	for i := range both {
		if j := i + d; j >= 0 && j < len(r[1]) {
			both[i] = r[0][i] + r[1][j]
		}
	}
	// A drop at the very end of a segment could not be timed.
	end := len(both) - int(0.004*h.rate)
	for i := range both {
		if i >= end || i+d >= end {
			both[i] = 0
		}
	}
	c := lastSummit(both, 0.6, w)
	at := [2]int{nearSummit(r[0], c, w), nearSummit(r[1], c+d, w)}
	strength := [2]float64{r[0][at[0]], r[1][at[1]]}
	a.n = make([]int, len(h.beats))
	for i, b := range h.beats {
		a.n[i] = b.index
	}
	a.drop = h.time(at, a.n, window{0.001, 0.003, 0.0015}, nil)
	a.drop.heard = strength
	for par := range 2 {
		for _, v := range a.drop.mean[par] {
			a.peakOverNoise = max(a.peakOverNoise, v-1)
		}
	}
}

// lastSummit returns the last place where v rises to share of its greatest
// value or more.
func lastSummit(v []float64, share float64, w int) int {
	top := 0.0
	for _, x := range v {
		top = max(top, x)
	}
	at := 0
	for i := 1; i+1 < len(v); i++ {
		if v[i] >= share*top && v[i] >= v[i-1] && v[i] >= v[i+1] && v[nearSummit(v, i, w)] == v[i] {
			at = i
		}
	}
	return at
}

// nearSummit returns where v is greatest within ±w of at.
func nearSummit(v []float64, at, w int) int {
	at = max(0, min(len(v)-1, at))
	best := at
	for i := max(0, at-w); i < min(len(v), at+w+1); i++ {
		if v[i] > v[best] {
			best = i
		}
	}
	return best
}
