package timing

import "math"

// settle makes one time of each beat from all that was heard of it, and fits
// rate, beat error and amplitude to the beats.
func (a *analysis) settle() {
	n := len(a.n)
	a.drop.fitTo(a.n)
	a.hasA = false
	if a.early {
		a.unlock.fitTo(a.n)
		a.amplitudes()
	}
	a.t, a.res, a.keep = resize(a.t, n), resize(a.res, n), resize(a.keep, n)
	copy(a.t, a.drop.t)
	if a.early {
		// The drop, brought forward by the mean time from unlocking to drop,
		// is a second witness of the unlocking.
		w := jointWeight(&a.unlock, &a.drop)
		for i := range a.t {
			c := a.drop.t[i] - a.lag[a.n[i]&1]
			switch {
			case a.unlock.keep[i] > 0 && a.drop.keep[i] > 0:
				a.t[i] = w*a.unlock.t[i] + (1-w)*c
			case a.drop.keep[i] > 0 && w < 0.5:
				a.t[i] = c
			case a.unlock.keep[i] > 0 && w > 0.5:
				a.t[i] = a.unlock.t[i]
			default:
				a.t[i] = math.NaN()
			}
		}
	}
	a.line = fitLine(a.n, a.t, a.res, a.keep, true)
	for _, r := range a.ripples {
		for i, n := range a.n {
			a.res[i] -= r.at(n)
		}
	}
	a.line.refine(a.n, a.res, a.keep, a.coarse.usual())
	if !a.early {
		a.line.uPeriod = math.Hypot(a.line.uPeriod, a.breathing())
	}
	a.beatError()
	a.judge()
}

// Where only the drop is heard, a drift of the amplitude passes for a rate. A
// watch breathes by some breathDeg, and the longer it is heard the more of it
// averages out; drifts that would bend the beats' course more than it is bent
// are not there. steadyDrop is the scatter of the drop of a watch that does not
// breathe.
const (
	breathDeg  = 60.0   // degrees · seconds: drift in degrees a second, times the seconds heard squared
	mostBreath = 0.5    // degrees a second
	steadyDrop = 0.0001 // seconds
)

// breathing returns by how many seconds a beat's period is uncertain because
// the amplitude may drift while only the drop is heard.
func (a *analysis) breathing() float64 {
	if len(a.n) < 2 || !(a.line.scale < 1) {
		return 0
	}
	p := a.line.period
	t := p * float64(a.n[len(a.n)-1]-a.n[0])
	drift := min(mostBreath, breathDeg/(t*t)) * liftTime(7200/a.hearing.swing, unheardAmplitude, a.lift) / unheardAmplitude
	bent := 2 * math.Sqrt(max(0, a.line.scale*a.line.scale-steadyDrop*steadyDrop)) / t
	return p * min(drift, bent)
}

// findRipples looks for periodic faults and settles again without them.
func (a *analysis) findRipples() {
	a.hearing.pace.rest(sliceWork / 2) // what settling costs
	if a.ripples != nil {
		a.ripples = nil
		a.settle()
	}
	if a.reason != NoReason {
		return
	}
	if a.ripples = findRipples(a.n, a.res, a.keep, 3, a.hearing.pace); len(a.ripples) > 0 {
		a.settle()
	}
}

func (e *event) fitTo(n []int) {
	e.res, e.keep = resize(e.res, len(n)), resize(e.keep, len(n))
	e.line = fitLine(n, e.t, e.res, e.keep, true)
}

// resize returns v with length n; what it holds is of no interest.
func resize(v []float64, n int) []float64 {
	if cap(v) < n {
		return make([]float64, n, n+n/4)
	}
	return v[:n]
}

// sameAmplitude is by how many degrees tick and tock usually differ, which is
// what the drop alone cannot tell from beat error.
const sameAmplitude = 2.5

// unheardAmplitude is the amplitude, in degrees, reckoned with where it cannot
// be heard: by how much a degree moves the drop grows with the inverse square
// of it, so that among 120 to 330° the smaller ones count.
const unheardAmplitude = 195.0

// beatError weighs the beat error seen by unlocking, which is what the word
// means, against that seen by the drop, which holds as far as tick and tock
// are of one amplitude.
func (a *analysis) beatError() {
	// In noise the place of either template is as uncertain as its beats are.
	noisy := min(1, 2.5*a.coarse.hidden())
	of := func(e *event) (p, v float64) {
		l := e.line
		a.spare[0] = append(a.spare[0][:0], e.res...)
		l.refine(a.n, a.spare[0], e.keep, a.coarse.usual())
		return l.parity, l.uParity*l.uParity + e.uPar*e.uPar + e.blur() +
			noisy*4*l.scale*l.scale/float64(max(1, len(a.n)))
	}
	p, v := of(&a.drop)
	bph := 7200 / a.hearing.swing
	amp := unheardAmplitude
	if a.hasA {
		amp = (a.amp[0] + a.amp[1]) / 2
	}
	skew := sameAmplitude * liftTime(bph, amp, a.lift) / amp
	v += skew * skew
	if a.isA {
		q, w := of(&a.unlock)
		p = (p*w + q*v) / (v + w)
		v = v * w / (v + w)
	}
	a.parity, a.uParity = p, math.Sqrt(v)
}

// mostWeight is the greatest weight of the earlier sound: where it is the
// impulse, which moves with the amplitude by a third as much as the drop does,
// unlocking lies before it by half as much again as the drop does behind.
const mostWeight = 1.5

// jointWeight returns the weight of x that makes w·x + (1−w)·y scatter least.
func jointWeight(x, y *event) float64 {
	var xx, yy, xy float64
	for i := range x.t {
		if x.keep[i] > 0 && y.keep[i] > 0 {
			xx += x.res[i] * x.res[i]
			yy += y.res[i] * y.res[i]
			xy += x.res[i] * y.res[i]
		}
	}
	if d := xx + yy - 2*xy; d > 0 {
		return max(0, min(mostWeight, (yy-xy)/d))
	}
	return 1
}
