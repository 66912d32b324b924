package timing

import "math"

// analysis is one look at all that is remembered.
type analysis struct {
	lock     lock
	coarse   coarse
	hearing  hearing
	drop     event // C
	unlock   event // A
	hasA     bool
	t        []float64 // seconds of each beat, from all that was heard of it
	res      []float64
	keep     []float64
	n        []int
	line     line
	from, to float64
	reason   Reason
	amp      [2]float64 // degrees, tick and tock
	ampU     float64
}

// searchSeconds is how much sound a period is looked for in.
const searchSeconds = 16

func (m *Meter) analyse(from, to float64) analysis {
	a := analysis{from: from, to: to}
	f := m.front
	first := max(0, int64(math.Ceil(from*f.loud.rate)))
	e := newEnvelope(&f.loud, max(first, f.loud.end-int64(searchSeconds*f.loud.rate)), f.loud.end)
	least, greatest := 3600.0/MaxBPH*0.97, 7200.0/MinBPH*1.03
	if b := m.cfg.BeatBPH; b > 0 {
		least, greatest = 3600/b*0.97, 7200/b*1.03
	}
	l, ok := findLock(e, least, greatest)
	if !ok {
		a.reason = NoWatch
		if to-from < 2 {
			a.reason = TooShort
		}
		return a
	}
	if full := newEnvelope(&f.loud, first, f.loud.end); len(full.v) > len(e.v) {
		period := l.swing
		if l.single {
			period /= 2
		}
		if w, ok := newLock(full, candidate{period: period, z: l.z}); ok {
			l, e = w, full
		}
	}
	a.lock = l
	a.coarse = timeCoarsely(e, l)
	if a.reason = a.coarse.doubt(l); a.reason != NoReason {
		return a
	}
	a.hearing = hear(f, l, a.coarse)
	if len(a.hearing.beats) < 8 {
		a.reason = TooShort
		return a
	}
	a.findDrop()
	a.findUnlock(m.cfg.LiftDeg)
	a.combine()
	a.judge()
	return a
}

// findDrop places the drop, the steepest rise of the mean beat, and times it.
func (a *analysis) findDrop() {
	h := &a.hearing
	var at [2]int
	w := max(2, int(0.0006*h.rate))
	var strength [2]float64
	for par := range 2 {
		p := h.profile(par, nil)
		r := rises(p, w)
		best := 0.0
		for i, v := range r {
			if v > best {
				best, at[par] = v, i
			}
		}
		strength[par] = best
	}
	a.n = make([]int, len(h.beats))
	for i, b := range h.beats {
		a.n[i] = b.index
	}
	a.drop = h.time(at, a.n, window{0.001, 0.003, 0.0015})
	a.drop.heard = strength
}

// findUnlock looks for the unlocking before the drop, where an amplitude of 90
// to 360 degrees would put it.
func (a *analysis) findUnlock(lift float64) {
	h := &a.hearing
	bph := 7200 / h.swing
	shift := make([]float64, len(h.beats))
	for i := range h.beats {
		if a.drop.keep[i] > 0 {
			b := h.beats[i]
			shift[i] = a.drop.t[i] - float64(b.start+int64(a.drop.at[b.index&1]))/h.rate
		}
	}
	var at [2]int
	w := max(2, int(0.0004*h.rate))
	for par := range 2 {
		p := h.profile(par, shift)
		r := rises(p, w)
		c := a.drop.at[par]
		lo, hi := c-int(liftTime(bph, 90, lift)*h.rate), c-int(liftTime(bph, 365, lift)*h.rate)
		lo = max(lo, w)
		if hi-lo < 10 {
			return
		}
		noise := scatter(r[w:max(w+2, lo)])
		if lo < w+20 {
			noise = scatter(r[w : w+(hi-lo)/3])
		}
		top := 0.0
		for i := lo; i < hi; i++ {
			top = max(top, r[i])
		}
		limit := max(6*noise, 0.3*top, 0.03*a.drop.heard[par])
		for i := lo; i < hi; i++ {
			if r[i] > limit && r[i] >= r[i-1] && r[i] >= r[i+1] {
				// The summit of this rise.
				for j := i; j < min(hi, i+w); j++ {
					if r[j] > r[i] {
						i = j
					}
				}
				at[par] = i
				break
			}
		}
		if at[par] == 0 {
			return
		}
	}
	a.unlock = h.time(at, a.n, window{0.0008, 0.0015, 0.0008})
	a.hasA = !math.IsInf(a.unlock.line.scale, 1) && a.unlock.line.scale < 0.0006
	if !a.hasA {
		return
	}
	var d [2][]float64
	for i, b := range h.beats {
		if a.unlock.keep[i] > 0 && a.drop.keep[i] > 0 {
			d[b.index&1] = append(d[b.index&1], a.drop.t[i]-a.unlock.t[i])
		}
	}
	u := 0.0
	for par := range 2 {
		if len(d[par]) < 3 {
			a.hasA = false
			return
		}
		t := median(d[par])
		a.amp[par] = amplitude(bph, t, lift)
		se := scatter(d[par]) * 1.25 / math.Sqrt(float64(len(d[par])))
		// Where a sound begins is known to some 15 µs at best.
		se = math.Hypot(se, 15e-6)
		u += math.Pow(a.amp[par]/t*se/2, 2)
	}
	a.ampU = math.Sqrt(u)
	for _, v := range a.amp {
		if !(v > 90 && v < 365) {
			a.hasA = false
		}
	}
}

// liftTime returns the seconds from unlocking to drop at amplitude amp.
func liftTime(bph, amp, lift float64) float64 {
	return 7200 / bph / math.Pi * math.Asin(min(1, lift/(2*amp)))
}

// amplitude returns the amplitude in degrees of a balance that takes t seconds
// from unlocking to drop: a sine that crosses half the lift on either side of
// its middle, A = L / (2 sin(π t / T)).
func amplitude(bph, t, lift float64) float64 {
	return lift / (2 * math.Sin(math.Pi*t*bph/7200))
}

// combine makes one time of each beat from unlocking and drop, weighted by
// what each has shown itself to be worth.
func (a *analysis) combine() {
	n := len(a.n)
	a.t, a.res, a.keep = make([]float64, n), make([]float64, n), make([]float64, n)
	copy(a.t, a.drop.t)
	if a.hasA {
		w := jointWeight(a.unlock, a.drop)
		for i := range a.t {
			a.t[i] = w*a.unlock.t[i] + (1-w)*a.drop.t[i]
			if a.unlock.keep[i] == 0 || a.drop.keep[i] == 0 {
				a.t[i] = math.Inf(1)
			}
		}
		a.dropInf()
	}
	a.line = fitLine(a.n, a.t, a.res, a.keep, true)
}

// dropInf replaces beats of which one sound was spoilt by a time far off, so
// that the robust fit leaves them out.
func (a *analysis) dropInf() {
	for i, t := range a.t {
		if math.IsInf(t, 1) {
			a.t[i] = a.drop.line.at(a.n[i]) + 0.5*a.hearing.swing
		}
	}
}

// jointWeight returns the weight of x that makes w·x + (1−w)·y scatter least.
func jointWeight(x, y event) float64 {
	var xx, yy, xy float64
	for i := range x.t {
		if x.keep[i] > 0 && y.keep[i] > 0 {
			xx += x.res[i] * x.res[i]
			yy += y.res[i] * y.res[i]
			xy += x.res[i] * y.res[i]
		}
	}
	if d := xx + yy - 2*xy; d > 0 {
		return max(0, min(1, (yy-xy)/d))
	}
	return 1
}

// judge decides whether the beats found are a watch.
func (a *analysis) judge() {
	l := a.line
	used := 0
	for _, k := range a.keep {
		if k > 0 {
			used++
		}
	}
	switch {
	case len(a.n) < 8:
		a.reason = TooShort
	case !(l.scale < min(0.002, 0.01*a.hearing.swing)), float64(used) < 0.5*float64(len(a.n)), a.lock.z < 7:
		a.reason = TooNoisy
	case math.IsInf(l.uPeriod, 0):
		a.reason = TooShort
	}
}
