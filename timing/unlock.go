package timing

import "math"

// Between these, in degrees, an amplitude is believed: below, a balance does not
// keep going; above, it would have struck the lever from behind.
const (
	leastAmplitude = 90.0
	mostAmplitude  = 345.0
)

// findUnlock looks for the unlocking before the drop, where a
// believable amplitude would put it, in tick and tock laid over each other. It
// is the first sound of the beat. Where it could be too soft to be
// heard at all, the first sound may be the impulse; then it is believed only
// if another follows it before the drop, and else serves the timing alone.
func (a *analysis) findUnlock(lift float64) {
	h := &a.hearing
	bph := 7200 / h.swing
	w := max(2, int(0.0004*h.rate))
	lo := int(liftTime(bph, leastAmplitude, lift) * h.rate)
	hi := int(liftTime(bph, mostAmplitude, lift) * h.rate)
	before := min(a.drop.at[0], a.drop.at[1]) - w // samples there are before the drop
	// Beats that were shifted leave the profile's beginning empty, and where it
	// is filled again looks like a sound.
	lo = min(lo, before-1-int(0.0025*h.rate))
	if lo-hi < 10 {
		return
	}
	f := foreground{w: w, lo: lo, hi: hi, before: before}
	l, ok := a.clearest(f)
	if !ok {
		return
	}
	var at [2]int
	for par := range 2 {
		at[par] = nearSummit(l.rises[par], a.drop.at[par]-l.first, w)
		a.unlock.heard[par] = l.rises[par][at[par]]
	}
	heard := a.unlock.heard
	defer func() { a.unlock.heard = heard }()
	a.impulse = l.impulse
	a.unlock = h.time(at, a.n, window{0.0008, 0.0015, 0.0008}, l.base)
	// Where noise leaves only the coarsest reading of an onset, the sound may
	// have begun before.
	scale := a.unlock.line.scale
	a.isA = l.sure && scale < mostUnlock && a.unlock.edge.level < 0.3 && a.unlock.inMost()
	a.early = a.isA || a.unlock.inMost() && len(a.n) >= manyEarly && scale < min(mostEarly, 0.85*a.drop.line.scale)
	// Both onsets are read in the same way, or the difference is biased.
	e := a.drop.edge.coarser(a.unlock.edge)
	for par := range 2 {
		c := onset(a.drop.mean[par], a.drop.at[par], h.rate, e) - onset(a.drop.mean[par], a.drop.at[par], h.rate, a.drop.edge)
		u := onset(a.unlock.mean[par], at[par], h.rate, e) - onset(a.unlock.mean[par], at[par], h.rate, a.unlock.edge)
		a.bias[par] = (u - c) / h.rate
	}
}

// mostSounds is how many sounds as loud as the first there may be before the
// drop: unlocking, impulse and what rings. Where there are more, a voice or a
// gain control makes them, and which is the unlocking nobody can tell.
const mostSounds = 5

// sounds counts the summits of v above limit, more than 2w apart.
func sounds(v []float64, limit float64, w int) int {
	k := 0
	for d := w; d < len(v); d++ {
		if v[d] > limit && nearSummit(v, d, 2*w) == d {
			k++
		}
	}
	return k
}

// inMost tells whether the event was heard in its place in nearly all beats: of
// a watch that was moved meanwhile a straight course finds one part only.
func (e *event) inMost() bool {
	k := 0
	for _, w := range e.keep {
		if w > 0 {
			k++
		}
	}
	return 5*k >= 4*len(e.keep)
}

// Up to a scatter of mostUnlock seconds unlocking is believed. Any other sound
// before the drop helps to time the beat where it scatters by less than
// mostEarly and less than the drop does, and where manyEarly beats show it: a
// template learnt from a few beats in noise finds itself in each of them.
const (
	mostUnlock = 0.00035
	mostEarly  = 0.00025
	manyEarly  = 36
)

// mostSpread is by how many degrees tick and tock may differ.
const mostSpread = 45.0

// Unlocking scatters less than the drop does (reference timing §5.2). A sound
// before it that scatters by more than firmEarly seconds, and by mostLoose as
// much as the drop, is the impulse or noise, and tells no amplitude.
const (
	firmEarly = 0.00012
	mostLoose = 1.3
)

// vagueAmplitude is the standard uncertainty, in degrees, from which on an
// amplitude is no longer worth showing.
const vagueAmplitude = 4

// early is by how much of its blur the onset of a mean beat is read too early:
// beats that are not laid exactly over each other smear it to both sides, and
// where it rises to a share of the peak moves forward. The drop, which scatters
// more, is smeared the more. Read off the sweeps.
const early = 1.25

// amplitudes turns the time from unlocking to drop into amplitudes, and
// withdraws unlocking where they make no sense: what was taken for it is then
// something else.
func (a *analysis) amplitudes() {
	bph := 7200 / a.hearing.swing
	var d [2][]float64
	for par := range 2 {
		a.spare[par] = resize(a.spare[par], len(a.n))
		d[par] = a.spare[par][:0]
	}
	for i, n := range a.n {
		if a.unlock.keep[i] > 0 && a.drop.keep[i] > 0 {
			d[n&1] = append(d[n&1], a.drop.t[i]-a.unlock.t[i])
		}
	}
	u, slope := 0.0, 0.0
	for par := range 2 {
		if len(d[par]) < 3 {
			a.early, a.isA = false, false
			return
		}
		a.lag[par] = median(d[par])
		t := a.lag[par] - a.bias[par] + early*(math.Sqrt(a.drop.blur())-math.Sqrt(a.unlock.blur()))
		a.amp[par] = amplitude(bph, t, a.lift)
		se := scatter(d[par]) * 1.25 / math.Sqrt(float64(len(d[par])))
		u += 1.15 * math.Pow(a.amp[par]/t*se/2, 2)
		slope += a.amp[par] / t / 2
		if !(a.amp[par] > leastAmplitude && a.amp[par] < mostAmplitude) {
			a.isA = false
		}
	}
	// Where a sound begins is known to some 7 µs at best. The spread between
	// parts of the beats sees chance but not what noise does to all of them
	// alike; how much that is was read off the sweeps.
	u += slope * slope * (4*(a.unlock.uOn*a.unlock.uOn+a.drop.uOn*a.drop.uOn) + 50e-12 + a.unlock.blur() + a.drop.blur())
	a.ampU = math.Sqrt(u)
	if math.Abs(a.amp[0]-a.amp[1]) > mostSpread {
		a.isA, a.early = false, false // not one sound in tick and tock
	}
	a.early = a.early && (a.isA || len(a.n) >= manyEarly)
	a.hasA = a.isA && a.ampU <= vagueAmplitude && a.unlock.line.scale < max(firmEarly, mostLoose*a.drop.line.scale)
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
