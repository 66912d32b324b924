package timing

import "math"

// softly times the event in noise so strong that the place where a single beat
// is most like the template is often the noise's: not by where the likeness is
// greatest but by its slope where the fit expects the beat. A slope is linear
// in the noise, so that the mean of many beats is right however little each of
// them says; it is turned into a lateness by the curvature that all beats have
// together (one step of Newton's method towards the line under which the whole
// recording is most likely). from is a first timing of the same event.
func (h *hearing) softly(n []int, from event, w window) (event, bool) {
	ev := event{at: from.at, soft: true, shift: make([]float64, len(h.beats)), t: make([]float64, len(h.beats)),
		fit: make([]float64, len(h.beats)), res: make([]float64, len(h.beats)), keep: make([]float64, len(h.beats))}
	ev.step = max(1, int(h.rate/12000))
	ev.pre, ev.reach = int(w.pre*h.rate)/ev.step, softReach
	size := int((w.pre+w.post)*h.rate) / ev.step
	expected := course(n, from.t, from.line)
	off := [2]float64{from.offset(h, 0), from.offset(h, 1)}
	mark := h.pace.mark()
	defer h.pace.release(mark)
	seg := make([][]float64, len(h.beats))
	for i := range seg {
		seg[i] = h.pace.floats(size + 2*ev.reach + 1)
	}
	d := make([]int, len(h.beats))
	for range softRounds {

		for i, b := range h.beats {
			par := b.index & 1
			late := expected[i] - float64(b.start+int64(ev.at[par]))/h.rate - off[par]
			d[i] = int(math.Round(max(-0.01, min(0.01, late)) * h.rate))
			envelopeOf(seg[i], b.x, ev.at[par]+d[i]-(ev.pre+ev.reach)*ev.step, ev.step)
			h.pace.rest((4*ev.step + 20) * size)
		}
		for par := range 2 {
			if !ev.lean(h, par, seg, d, size) {
				return ev, false
			}
		}
		// About the same offset as before, so that l is of the same instants.
		for i, b := range h.beats {
			ev.t[i] = float64(b.start+int64(ev.at[b.index&1]))/h.rate + ev.shift[i] + off[b.index&1]
		}
		ev.line = fitLine(n, ev.t, ev.res, ev.keep, true)
		expected = course(n, ev.t, ev.line)
	}
	for par := range 2 {
		var m []float64
		for i, b := range h.beats {
			if b.index&1 == par {
				m = append(m, ev.shift[i])
			}
		}
		if ev.mid[par] = median(m); ev.mid[par] != ev.mid[par] {
			return ev, false
		}
	}
	for i, b := range h.beats {
		ev.shift[i] -= ev.mid[b.index&1]
	}
	return ev, !math.IsInf(ev.line.scale, 0)
}

const (
	softReach  = 2 // steps on either side at which the likeness is compared
	softRounds = 4
)

// lean sets the template of one parity, the beats' shifts and their likeness.
func (ev *event) lean(h *hearing, par int, seg [][]float64, d []int, size int) bool {
	shape := make([]float64, size)
	count := 0.0
	level := func(s []float64) float64 {
		e := 0.0
		for _, v := range s {
			e += v * v
		}
		return math.Sqrt(e / float64(len(s)))
	}
	var levels []float64
	for i, b := range h.beats {
		if b.index&1 == par {
			levels = append(levels, level(seg[i]))
		}
	}
	if len(levels) < 4 {
		return false
	}
	mid := median(levels)
	weight := func(s []float64) float64 {
		// A beat far louder than the middle one is spoilt.
		r := level(s) / mid
		if r > 1.25 {
			return math.Pow(1.25/r, 2)
		}
		return 1
	}
	for i, b := range h.beats {
		if b.index&1 != par {
			continue
		}
		w := weight(seg[i])
		for j := range shape {
			shape[j] += w * seg[i][ev.reach+j]
		}
		count += w
	}
	mean := 0.0
	for j := range shape {
		shape[j] /= count
		mean += shape[j] / float64(size)
	}
	norm := 0.0
	for j := range shape {
		shape[j] -= mean
		norm += shape[j] * shape[j]
	}
	if !(norm > 0) {
		return false
	}
	norm = 1 / math.Sqrt(norm)
	for j := range shape {
		shape[j] *= norm
	}
	const r = softReach
	dot := func(s []float64, lag int) float64 {
		v := 0.0
		for j, x := range shape {
			v += x * s[r+lag+j]
		}
		return v
	}
	curve := 0.0
	slope := make(map[int]float64, len(levels))
	for i, b := range h.beats {
		if b.index&1 != par {
			continue
		}
		w := weight(seg[i])
		a, c, e := dot(seg[i], -r), dot(seg[i], 0), dot(seg[i], r)
		slope[i] = w * (e - a) / (2 * r)
		// A beat is alike itself, which says nothing: take that away.
		own, side, m := 0.0, 0.0, 0.0
		for j := range shape {
			m += seg[i][r+j] / float64(size)
		}
		for j := range shape {
			x := seg[i][r+j] - m
			own += x * x
			side += x * (seg[i][j] + seg[i][2*r+j] - 2*m) / 2
		}
		curve += w * ((a+e-2*c)/(r*r) - w*norm/count*2*(side-own)/(r*r))
		ev.fit[i] = c / math.Sqrt(max(own, 1e-30))
	}
	curve /= count
	if !(curve < 0) {
		return false
	}
	ev.shape[par], ev.curve[par] = shape, curve
	for i, s := range slope {
		z := max(-softMost, min(softMost, -s/curve))
		ev.shift[i] = (float64(d[i]) + z*float64(ev.step)) / h.rate
	}
	return true
}

// softMost is the greatest lateness, in steps, that a slope may stand for.
const softMost = 60

// leaning returns by how many steps seg's beat is late according to the slope
// of its likeness to the template, and the likeness.
func (a *aligner) leaning(seg []float64, curve float64) (lag, fit float64) {
	const r = softReach
	var c [3]float64
	e, m := 0.0, 0.0
	for j, v := range a.shape {
		c[0] += v * seg[j]
		c[1] += v * seg[r+j]
		c[2] += v * seg[2*r+j]
		e += seg[r+j] * seg[r+j]
		m += seg[r+j]
	}
	if e -= m * m / float64(len(a.shape)); e > 0 {
		fit = c[1] / math.Sqrt(e)
	}
	// A beat that was hardly heard still tells its little.
	return max(-softMost, min(softMost, (c[0]-c[2])/(2*r)/curve)), max(fit, 1e-9)
}
