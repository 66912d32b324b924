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
	parity   float64 // seconds: beat error
	lift     float64
	uParity  float64 // seconds, with the uncertainty of where the sounds begin
}

// searchSeconds is how much sound a period is looked for in.
const searchSeconds = 16

func (m *Meter) analyse(from, to float64) analysis {
	a := analysis{from: from, to: to, lift: m.cfg.LiftDeg}
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
	lag, _ := likeness(s[0], s[1], h.post/2)
	d := int(math.Round(lag))
	both := make([]float64, len(r[0]))
	for i := range both {
		if j := i + d; j >= 0 && j < len(r[1]) {
			both[i] = r[0][i] + r[1][j]
		}
	}
	c := lastSummit(both, 0.6, w)
	at := [2]int{nearSummit(r[0], c, w), nearSummit(r[1], c+d, w)}
	strength := [2]float64{r[0][at[0]], r[1][at[1]]}
	a.n = make([]int, len(h.beats))
	for i, b := range h.beats {
		a.n[i] = b.index
	}
	a.drop = h.time(at, a.n, window{0.001, 0.003, 0.0015})
	a.drop.heard = strength
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

// findUnlock looks for the unlocking before the drop, where an amplitude of 90
// to 345 degrees would put it, in tick and tock laid over each other by their
// drops. It is the first sound of the beat. Where it could be too soft to be
// heard at all, the first sound may be the impulse; then it is believed only
// if another follows it before the drop.
func (a *analysis) findUnlock(lift float64) {
	h := &a.hearing
	bph := 7200 / h.swing
	w := max(2, int(0.0004*h.rate))
	var r [2][]float64
	for par := range 2 {
		r[par] = rises(h.profile(par, a.drop.shift), w)
	}
	lo := int(liftTime(bph, 90, lift) * h.rate)
	hi := int(liftTime(bph, 345, lift) * h.rate)
	before := min(a.drop.at[0], a.drop.at[1]) - w // samples there are before the drop
	lo = min(lo, before-1)
	if lo-hi < 10 {
		return
	}
	// both[d] is d samples before the drop.
	both := make([]float64, before)
	for d := range both {
		both[d] = r[0][a.drop.at[0]-d] + r[1][a.drop.at[1]-d]
	}
	n := float64(len(h.beats)) / 2
	noise := 1.3 * math.Sqrt2 / math.Sqrt(float64(w)*n)
	if quiet := both[lo:]; len(quiet) > 4*w {
		noise = max(noise, scatter(quiet))
	}
	drop := a.drop.heard[0] + a.drop.heard[1]
	limit := max(5.5*noise, 0.025*drop)
	first := 0
	for d := lo; d >= hi; d-- {
		if both[d] > limit {
			first = nearSummit(both, d-w/2, w)
			break
		}
	}
	if first == 0 {
		return
	}
	// A sound between the first and the drop.
	between := false
	for d := first * 85 / 100; d > first*25/100; d-- {
		if both[d] > max(limit, 0.5*both[first]) && nearSummit(both, d, w) == d {
			between = true
		}
	}
	if !between && limit > 0.1*drop {
		return
	}
	var at [2]int
	for par := range 2 {
		at[par] = nearSummit(r[par], a.drop.at[par]-first, w)
		a.unlock.heard[par] = r[par][at[par]]
	}
	heard := a.unlock.heard
	defer func() { a.unlock.heard = heard }()
	a.unlock = h.time(at, a.n, window{0.0008, 0.0015, 0.0008})
	a.hasA = !math.IsInf(a.unlock.line.scale, 1) && a.unlock.line.scale < 0.00035
	if !a.hasA {
		return
	}
	var d [2][]float64
	for i, b := range h.beats {
		if a.unlock.keep[i] > 0 && a.drop.keep[i] > 0 {
			d[b.index&1] = append(d[b.index&1], a.drop.t[i]-a.unlock.t[i])
		}
	}
	u, slope := 0.0, 0.0
	for par := range 2 {
		if len(d[par]) < 3 {
			a.hasA = false
			return
		}
		t := median(d[par])
		a.amp[par] = amplitude(bph, t, lift)
		se := scatter(d[par]) * 1.25 / math.Sqrt(float64(len(d[par])))
		u += math.Pow(a.amp[par]/t*se/2, 2)
		slope += a.amp[par] / t / 2
	}
	// Where a sound begins is known to some 10 µs at best.
	u += slope * slope * (a.unlock.uOn*a.unlock.uOn + a.drop.uOn*a.drop.uOn + 100e-12)
	a.ampU = math.Sqrt(u)
	for _, v := range a.amp {
		if !(v > 90 && v < 360) {
			a.hasA = false
		}
	}
	if math.Abs(a.amp[0]-a.amp[1]) > 45 {
		a.hasA = false
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
	a.line.refine(a.n, a.res, a.keep)
	a.beatError()
}

// sameAmplitude is by how many degrees tick and tock usually differ, which is
// what the drop alone cannot tell from beat error.
const sameAmplitude = 2.0

// beatError weighs the beat error seen by unlocking, which is what the word
// means, against that seen by the drop, which holds as far as tick and tock
// are of one amplitude.
func (a *analysis) beatError() {
	of := func(e *event) (p, v float64) {
		l := e.line
		l.refine(a.n, append([]float64(nil), e.res...), e.keep)
		return l.parity, l.uParity*l.uParity + e.uPar*e.uPar
	}
	p, v := of(&a.drop)
	bph := 7200 / a.hearing.swing
	skew := sameAmplitude * liftTime(bph, 250, a.lift) / 250
	v += skew * skew
	if a.hasA {
		q, w := of(&a.unlock)
		p = (p*w + q*v) / (v + w)
		v = v * w / (v + w)
	}
	a.parity, a.uParity = p, math.Sqrt(v)
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
	case !(l.scale < min(0.002, 0.01*a.hearing.swing)), float64(used) < 0.5*float64(len(a.n)):
		a.reason = TooNoisy
	case math.IsInf(l.uPeriod, 0):
		a.reason = TooShort
	}
}
