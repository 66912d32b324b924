package timing

import "math"

// company looks for a second watch: the sound of the first is cut out, and
// beats are looked for in the rest. It returns by how many dB the first is
// louder.
func (a *analysis) company(f *front, first int64) (louderDB float64, ok bool) {
	e := newEnvelope(&f.loud, max(first, f.loud.end-int64(searchSeconds*f.loud.rate)), f.loud.end)
	p := a.hearing.swing / 2
	for _, n := range a.coarse.n {
		t := a.coarse.line.at(n)
		lo, hi := int((t-0.22*p)*e.rate-float64(e.first)), int((t+0.2*p)*e.rate-float64(e.first))
		for i := max(0, lo); i < min(len(e.v), hi); i++ {
			e.v[i] = 0
		}
	}
	l, found := findLock(e, 3600.0/MaxBPH*0.97, 7200.0/MinBPH*1.03)
	if !found || l.z < 6 || l.single && l.energy < 12 {
		return 0, false
	}
	// What beats exactly with the first watch is the first watch.
	for _, r := range []float64{0.5, 1, 1.5, 2, 3} {
		if math.Abs(l.swing/a.hearing.swing/r-1) < 3e-4 {
			return 0, false
		}
	}
	c := timeCoarsely(e, l)
	if len(c.n) < 16 || c.proof < 40 || c.proof < 0.8*float64(len(c.n)) || c.line.scale > 0.0012 {
		return 0, false
	}
	loud := func(c coarse) float64 {
		x := make([]float64, int(0.008*f.rate))
		var es []float64
		for _, n := range c.n {
			f.sound.copy(x, int64((c.line.at(n)-0.004)*f.rate))
			s := 0.0
			for _, v := range x {
				s += v * v
			}
			es = append(es, s/float64(len(x)))
			f.pace.rest(2 * len(x))
		}
		return median(es)
	}
	x := make([]float64, int(0.008*f.rate))
	var quiet []float64
	for _, n := range a.coarse.n {
		f.sound.copy(x, int64((a.coarse.line.at(n)+0.4*p)*f.rate))
		s := 0.0
		for _, v := range x {
			s += v * v
		}
		quiet = append(quiet, s/float64(len(x)))
		f.pace.rest(2 * len(x))
	}
	floor := median(quiet)
	one, two := loud(a.coarse)-floor, loud(c)-floor
	if two <= 0.01*floor || two <= 0 || one <= 0 {
		return 0, false
	}
	return 10 * math.Log10(one/two), true
}

// pumping tells whether a gain control turns the sound down after each beat:
// the noise is then softer soon after a beat than before the next.
func (l lock) pumping(e envelope) bool {
	f := newFold(e, l.swing, nil)
	n := len(f.v)
	if n == 0 {
		return false
	}
	p := l.swing / 2
	part := func(from, to float64) (s float64, k int) {
		for par := range 2 {
			for i := int((l.phase[par] + from*p) / f.bin); i < int((l.phase[par]+to*p)/f.bin); i++ {
				s += f.v[((i%n)+n)%n]
				k++
			}
		}
		return s / float64(max(1, k)), k
	}
	soon, k := part(0.2, 0.4)
	late, _ := part(0.55, 0.75)
	return late-soon > max(0.2, 6*f.sigma*math.Sqrt(2/float64(max(1, k))))
}

// banks tells whether a sound follows the beats where a balance that
// swings too far strikes: near the end of its swing, half a beat after the
// drop.
func (l lock) banks() bool {
	return l.strayEven && l.stray > 0.08 && l.strayAfter > 0.2 && l.strayAfter < 0.65
}
