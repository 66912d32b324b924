package timing

import "math"

// foreground is the part of a beat in which unlocking is looked for, in
// samples: from lo to hi before the drop, of before there are; rises are taken
// over w.
type foreground struct{ w, lo, hi, before int }

// layout is one way of laying the beats over each other, and what is heard
// before the drop in their mean.
type layout struct {
	rises   [2][]float64
	base    []float64 // seconds each beat is shifted by; nil: as it was cut
	first   int       // samples from the first sound to the drop, 0 where there is none
	impulse int       // likewise of a sound between the two
	sure    bool      // the first sound is unlocking
	clear   float64   // loudness of the first sound in units of what chance puts there
}

// straightDrift is by how much, in seconds, the first and the last beat of one
// straight course differ from those of the next that is tried, and mostDrift
// the most that is tried.
const (
	straightDrift = 0.0004
	mostDrift     = 0.003
)

// clearest lays the beats over each other by their drops and, where these move
// about and no unlocking is heard, on straight courses: the amplitude moves the
// drop and leaves unlocking in place, so that a sound which is sharp on a
// straight course, and lost where the drops are laid over each other, is
// unlocking or near to it.
func (a *analysis) clearest(f foreground) (layout, bool) {
	best := a.laid(f, a.drop.shift, 5.5)
	if best.first > 0 && best.sure || a.drop.line.scale < steadyScale/2 || len(a.n) < 16 {
		return best, best.first > 0
	}
	// Of a watch that was moved meanwhile a straight course shows one part only.
	a.settle()
	if _, moved := a.kink(); moved {
		return best, best.first > 0
	}
	most := min(mostDrift, 5*a.drop.line.scale)
	for d := -math.Floor(most/straightDrift) * straightDrift; d <= most; d += straightDrift {
		base := a.straight(d)
		l := a.laid(f, base, 6.5)
		l.base = base
		if l.first > 0 && l.clear > best.clear {
			best = l
		}
	}
	return best, best.first > 0
}

// straight returns by how many seconds each beat comes later than it was cut
// if beats follow the drop's line turned so that the last is later by drift.
func (a *analysis) straight(drift float64) []float64 {
	h := &a.hearing
	off := [2]float64{a.drop.offset(h, 0), a.drop.offset(h, 1)}
	first, last := float64(a.n[0]), float64(a.n[len(a.n)-1])
	mid, half := (first+last)/2, max(1, (last-first)/2)
	out := make([]float64, len(h.beats))
	for i, b := range h.beats {
		par := b.index & 1
		out[i] = a.drop.line.at(b.index) + drift*(float64(b.index)-mid)/half -
			float64(b.start+int64(a.drop.at[par]))/h.rate - off[par]
	}
	return out
}

// laid looks for the first sound before the drop with the beats shifted by
// shift; it must be above times what chance shows.
func (a *analysis) laid(f foreground, shift []float64, above float64) (l layout) {
	h := &a.hearing
	for par := range 2 {
		l.rises[par] = rises(h.profile(par, shift), f.w)
	}
	// both[d] is d samples before the drop.
	both := make([]float64, f.before)
	for d := range both {
		both[d] = l.rises[0][a.drop.at[0]-d] + l.rises[1][a.drop.at[1]-d]
	}
	n := float64(len(h.beats)) / 2
	noise := 1.3 * math.Sqrt2 / math.Sqrt(float64(f.w)*n)
	if quiet := both[f.lo:]; len(quiet) > 4*f.w {
		noise = max(noise, scatter(quiet))
	}
	drop := a.drop.heard[0] + a.drop.heard[1]
	limit := max(above*noise, 0.025*drop)
	for d := f.lo; d >= f.hi; d-- {
		if both[d] > limit {
			l.first = nearSummit(both, d-f.w/2, f.w)
			break
		}
	}
	if l.first == 0 || sounds(both[:f.lo], max(limit, 0.5*both[l.first]), f.w) > mostSounds {
		l.first = 0
		return l
	}
	l.clear = both[l.first] / noise
	// A sound between the first and the drop.
	for d := l.first * 85 / 100; d > l.first*25/100; d-- {
		if both[d] > max(limit, 0.5*both[l.first]) && nearSummit(both, d, f.w) == d {
			l.impulse = d
		}
	}
	l.sure = l.impulse > 0 || limit <= 0.1*drop
	return l
}
