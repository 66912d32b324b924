package timing

import "math"

// analysis is one look at all that is remembered.
type analysis struct {
	lock           lock
	coarse         coarse
	hearing        hearing
	whiten         whitener
	drop           event                     // C
	unlock         event                     // A
	early          bool                      // a sound before the drop is timed: unlocking or, where that is too soft, the impulse
	isA            bool                      // it is unlocking
	hasA           bool                      // and heard so well that it tells the amplitude
	astray         float64                   // running mean of how far from the expected place beats are heard, 0…1 of the reach
	learnt         struct{ early, isA bool } // as of the lesson
	t              []float64                 // seconds of each beat, from all that was heard of it
	res            []float64
	keep           []float64
	n              []int
	line           line
	from, to       float64
	reason         Reason
	amp            [2]float64 // degrees, tick and tock
	bias           [2]float64 // seconds by which lag is wrong for the way onsets are read
	lag            [2]float64 // seconds from unlocking to drop, likewise
	ampU           float64
	pumping, banks bool
	impulse        int  // samples from the impulse to the drop, 0 where it is not heard
	halved         bool // the beats may be the ticks alone of a faster watch
	alarmed        bool
	peakOverNoise  float64      // power of the drop's peak in the mean beat over that of the noise
	ripples        []ripple     // periodic faults
	parity         float64      // seconds: beat error
	spare          [2][]float64 // workspace
	lift           float64
	extra          map[string]float64
	uParity        float64 // seconds, with the uncertainty of where the sounds begin
}

// searchSeconds is how much sound a period is looked for in.
const searchSeconds = 16

// lessonSeconds is how much sound a lesson looks at.
const lessonSeconds = 30

// analyse looks at the sound from one second to another; even is the time of a
// beat that is to be called a tick, or NaN, and known the seconds of a swing if
// the watch is known already, else 0.
func (m *listener) analyse(from, to, even, known float64) (a analysis) {
	a = analysis{from: from, to: to, lift: m.cfg.LiftDeg}
	m.pace.borrow()
	defer func() {
		a.hearing.beats = nil
		m.pace.giveBack()
	}()
	f := m.front
	first := max(0, int64(math.Ceil(from*f.loud.rate)))
	l, e, ok := m.find(first, known)
	if !ok {
		a.reason = NoWatch
		if to-from < 2 {
			a.reason = TooShort
		}
		return a
	}
	l.name(even)
	a.lock = l
	a.coarse = timeCoarsely(e, l)
	a.halved = l.halved()
	if a.reason = a.coarse.doubt(l); a.reason != NoReason {
		return a
	}
	a.hearing, a.whiten = hear(f, l, a.coarse)
	if len(a.hearing.beats) < 8 {
		a.reason = TooShort
		return a
	}
	if m.known || to-from > 4 {
		a.pumping, a.banks = l.pumping(stretch(&f.loud, e.first, e.first+int64(len(e.v)), false)), l.banks()
	}
	a.findDrop()
	if m.cfg.Escapement.lifts() {
		a.findUnlock(m.cfg.LiftDeg)
	}
	if len(a.unlock.t) < len(a.n) {
		a.unlock.t, a.unlock.fit = nans(len(a.n)), make([]float64, len(a.n))
	}
	a.settle()
	a.findRipples()
	a.learnt.early, a.learnt.isA = a.early, a.isA
	a.drop.base, a.unlock.base = a.drop.line, a.unlock.line
	return a
}

// find looks for the beats: those of the watch that is known, or any.
func (m *listener) find(first int64, known float64) (lock, envelope, bool) {
	f := m.front
	if known > 0 {
		e := newEnvelope(&f.loud, first, f.loud.end)
		l, ok := newLock(e, candidate{period: known, z: math.Inf(1)})
		// A fold of two beats may show one only where both are alike.
		if ok && !l.single && math.Abs(l.swing/known-1) < 0.002 {
			return l, e, true
		}
	}
	e := newEnvelope(&f.loud, max(first, f.loud.end-int64(searchSeconds*f.loud.rate)), f.loud.end)
	least, greatest := 3600.0/MaxBPH*0.97, 7200.0/MinBPH*1.03
	if b := m.cfg.BeatBPH; b > 0 {
		least, greatest = 3600/b*0.97, 7200/b*1.03
	}
	l, ok := findLock(e, least, greatest)
	if !ok {
		return l, e, false
	}
	if full := newEnvelope(&f.loud, first, f.loud.end); len(full.v) > len(e.v) {
		period := l.swing
		if l.single {
			period /= 2
		}
		if w, ok := newLock(full, candidate{period: period, z: l.z}); ok {
			return w, full, true
		}
	}
	return l, e, true
}

// vagueRate is the standard uncertainty, in s/d, from which on a rate is no
// longer worth showing.
const vagueRate = 7

// judge decides whether the beats found are a watch.
func (a *analysis) judge() {
	l := a.line
	used, heard := 0, 0
	for i, k := range a.keep {
		if k > 0 {
			used++
			heard = i + 1
		}
	}
	a.reason = NoReason
	switch {
	case len(a.n) < 8:
		a.reason = TooShort
	case !(l.scale < min(0.002, 0.01*a.hearing.swing)), float64(used) < 0.5*float64(heard):
		a.reason = TooNoisy
	case !(l.uPeriod/l.period*SecondsPerDay < vagueRate):
		a.reason = TooShort
		if a.to-a.from > 10 {
			a.reason = TooNoisy
		}
	}
}
