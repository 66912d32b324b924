package timing

import "math"

// event is one of the sounds of a beat, timed in all beats of both parities.
type event struct {
	at               [2]int    // samples from the segment's start to where it was looked for
	shift            []float64 // seconds by which it came later than that
	t                []float64 // seconds of its onset, one for each beat heard
	fit              []float64 // likeness to the template
	base             line      // fit of the lesson, not changed by later beats
	line             line      // fit of t
	res              []float64 // its residuals
	keep             []float64 // and weights
	heard            [2]float64
	wave             bool // timed by its waveform
	probeR           int
	soft             bool       // timed by the slope of its likeness, in noise
	curve            [2]float64 // and the likeness's curvature
	uPar             float64    // seconds by which tick and tock may be misplaced against each other
	shape            [2][]float64
	uOn              float64      // seconds by which the onset may be misplaced
	mid              [2]float64   // seconds: median lateness, taken out of shift
	on               [2]float64   // samples from the segment's start to the onset
	edge             edge         // how the onsets were read off …
	mean             [2][]float64 // … the mean beats
	pre, reach, step int
}

// groups is in how many parts the beats are divided to see by how much an
// onset moves by chance.
const groups = 4

// profile is the mean energy of the segments of one parity in units of the
// noise, at full rate, each segment shifted by shift seconds (nil: not at
// all). A beat far louder than the middle one is spoilt and counts little.
func (h *hearing) profile(par int, shift []float64) []float64 {
	p, _ := h.profiles(par, shift, 1)
	return p
}

// profiles returns the profile of all beats and those of parts of them, taken
// by turns.
func (h *hearing) profiles(par int, shift []float64, parts int) (all []float64, part [groups][]float64) {
	n := h.pre + h.post
	all = make([]float64, n)
	for g := range parts {
		part[g] = h.pace.floats(n)
	}
	var es []float64
	for _, b := range h.beats {
		if b.index&1 == par {
			es = append(es, b.energy)
		}
	}
	if len(es) == 0 {
		return all, part
	}
	mid := median(es)
	var total [groups]float64
	sum := 0.0
	for i, b := range h.beats {
		if b.index&1 != par {
			continue
		}
		w := 1.0
		if r := b.energy / mid; r > 1.5 {
			w = math.Pow(1.5/r, 2)
		}
		d := 0.0
		if shift != nil {
			d = shift[i] * h.rate
		}
		k := int(math.Floor(d))
		f := d - float64(k)
		// Linear interpolation of white noise loses power; give it back.
		g := w / (f*f + (1-f)*(1-f))
		c := b.index / 2 % parts
		if c < 0 {
			c += parts
		}
		p := part[c]
		for j := max(0, -k); j < min(n, n-1-k); j++ {
			v := b.x[j+k]*(1-f) + b.x[j+k+1]*f
			p[j] += g * v * v
		}
		total[c] += w
		sum += w
		h.pace.rest(2 * n)
	}
	for g := range parts {
		for j, v := range part[g] {
			all[j] += v / (sum * h.noise)
			if total[g] > 0 {
				part[g][j] = v / (total[g] * h.noise)
			}
		}
	}
	return all, part
}

// smoothed returns v averaged over ±half samples.
func smoothed(v []float64, half int) []float64 {
	s := sums(v)
	out := make([]float64, len(v))
	for i := range v {
		a, b := max(0, i-half), min(len(v), i+half+1)
		out[i] = (s[b] - s[a]) / float64(b-a)
	}
	return out
}

func sums(v []float64) []float64 {
	s := make([]float64, len(v)+1)
	for i, x := range v {
		s[i+1] = s[i] + x
	}
	return s
}

// rises measures at each sample by how much the amplitude behind exceeds that
// before, over w samples each: a sound's onset is a peak of it.
func rises(p []float64, w int) []float64 {
	s := sums(p)
	out := make([]float64, len(p))
	for i := w; i+w < len(p); i++ {
		after, before := (s[i+w]-s[i])/float64(w), (s[i]-s[i-w])/float64(w)
		out[i] = math.Sqrt(max(0, after)) - math.Sqrt(max(0, before))
	}
	return out
}

// window says which part of a beat is compared when an event is timed.
type window struct{ pre, post, reach float64 } // seconds

// time measures when the event happened in each beat: first by its energy,
// then by its waveform near to where the first fit expects it. Of the two, the
// one that scatters less is returned: the waveform where the sound is the same
// from beat to beat, its energy where it is not. by is by how many seconds each
// beat is expected late; nil: not at all.
func (h *hearing) time(at [2]int, n []int, w window, by []float64) event {
	env := h.timeBy(at, n, w, by, false)
	reach := max(0.00015, min(w.reach, 3.5*env.line.scale))
	base := make([]float64, len(n))
	expected := course(n, env.t, env.line)
	for i, b := range h.beats {
		base[i] = expected[i] - float64(b.start+int64(at[b.index&1]))/h.rate - env.offset(h, b.index&1)
		if by == nil {
			base[i] = max(-w.reach, min(w.reach, base[i]))
		}
	}
	wav := h.timeBy(at, n, window{w.pre / 2, w.post, reach}, base, true)
	best := env
	if wav.line.scale < env.line.scale {
		best = wav
	}
	if best.line.scale < 0.0002 && median(best.fit) > 0.85 {
		return best // every beat speaks for itself
	}
	if soft, ok := h.softly(n, best, w); ok {
		soft.place(h, n)
		soft.line = fitLine(n, soft.t, soft.res, soft.keep, true)
		if soft.line.scale < 0.9*best.line.scale || best.line.scale > 0.3*w.reach && median(best.fit) < 0.9 && soft.line.scale < 3*best.line.scale {
			return soft
		}
	}
	return best
}

// offset is the onset's place against at, in seconds.
func (e *event) offset(h *hearing, par int) float64 {
	for i, b := range h.beats {
		if b.index&1 == par {
			return e.t[i] - e.shift[i] - float64(b.start+int64(e.at[par]))/h.rate
		}
	}
	return 0
}

// timeBy times the event by waveform or by energy. base is by how many seconds
// each beat is expected late.
func (h *hearing) timeBy(at [2]int, n []int, w window, base []float64, wave bool) event {
	ev := event{at: at, wave: wave, shift: make([]float64, len(h.beats)), t: make([]float64, len(h.beats)),
		fit: make([]float64, len(h.beats)), res: make([]float64, len(h.beats)), keep: make([]float64, len(h.beats))}
	step := 1
	if !wave {
		step = max(1, int(h.rate/12000))
	}
	pre, size := int(w.pre*h.rate)/step, int((w.pre+w.post)*h.rate)/step
	reach := int(math.Ceil(w.reach*h.rate)) / step
	ev.pre, ev.reach, ev.step = pre, reach, step
	mark := h.pace.mark()
	for par := range 2 {
		var idx []int
		var seg [][]float64
		var off []float64
		for i, b := range h.beats {
			if b.index&1 != par {
				continue
			}
			d := 0
			if base != nil {
				d = int(math.Round(base[i] * h.rate))
			}
			s := h.pace.floats(size + 2*reach + 1)
			from := at[par] + d - (pre+reach)*step
			if wave {
				cut(s, b.x, from)
			} else {
				envelopeOf(s, b.x, from, step)
			}
			h.pace.rest(4 * step * len(s))
			idx, seg, off = append(idx, i), append(seg, s), append(off, float64(d))
		}
		if len(seg) == 0 {
			continue
		}
		a := newAligner(seg, size, reach)
		a.pace = h.pace
		a.run(3)
		m := make([]float64, len(seg))
		for k := range seg {
			m[k] = (off[k] + a.lag[k]*float64(step)) / h.rate
		}
		mid := median(m)
		ev.mid[par] = mid
		for k, i := range idx {
			ev.shift[i] = m[k] - mid
			ev.fit[i] = a.fit[k]
		}
		ev.shape[par] = a.shape
	}
	h.pace.release(mark)
	ev.place(h, n)
	ev.line = fitLine(n, ev.t, ev.res, ev.keep, true)
	return ev
}

// place finds the onsets in the mean beats and, with them, the times. Where
// tick and tock sound alike, the shift that makes their templates coincide is
// the better measure of their distance.
func (ev *event) place(h *hearing, n []int) {
	shift, step := ev.shift, float64(ev.step)
	if ev.soft || median(ev.fit) < 0.6 {
		// In noise the beats are averaged better where the fit expects them
		// than where each seems to be.
		t := ev.shiftTimes(h)
		expected := course(n, t, fitLine(n, t, ev.res, ev.keep, true))
		shift = make([]float64, len(n))
		for i, b := range h.beats {
			shift[i] = expected[i] - float64(b.start+int64(ev.at[b.index&1]))/h.rate
		}
	}
	var on, u [2]float64
	var part [2][groups][]float64
	mark := h.pace.mark()
	defer h.pace.release(mark)
	ev.edge = finest
	for par := range 2 {
		ev.mean[par], part[par] = h.profiles(par, shift, groups)
		ev.edge = ev.edge.coarser(edgeOf(ev.mean[par], ev.at[par], h.rate))
	}
	for par := range 2 {
		on[par] = onset(ev.mean[par], ev.at[par], h.rate, ev.edge)
		sq := 0.0
		for _, p := range part[par] {
			d := onset(p, ev.at[par], h.rate, ev.edge) - on[par]
			sq += d * d
		}
		u[par] = math.Sqrt(sq/(groups-1)/groups) / h.rate
	}
	ev.uOn = math.Hypot(u[0], u[1]) / 2
	ev.uPar = math.Hypot(math.Hypot(u[0], u[1]), 12e-6)
	if x, y := ev.shape[0], ev.shape[1]; x != nil && y != nil {
		lag, fit := likeness(x, y, int(0.0004*h.rate/step))
		if fit > 0.8 {
			// Template sample j lies at + mid + (j − pre)·step in either parity.
			d := lag*step + h.rate*(ev.mid[1]-ev.mid[0])
			if want := on[1] - float64(ev.at[1]) - on[0] + float64(ev.at[0]); math.Abs(want-d) < 0.0003*h.rate {
				mean := (on[0] + on[1] - float64(ev.at[0]) - float64(ev.at[1])) / 2
				on[0] = float64(ev.at[0]) + mean - d/2
				on[1] = float64(ev.at[1]) + mean + d/2
				ev.uPar = 2e-6 + 45e-6*math.Sqrt(max(0, 1-fit))
			}
		}
	}
	ev.on = on
	for i, b := range h.beats {
		ev.t[i] = (float64(b.start)+on[b.index&1])/h.rate + ev.shift[i]
	}
}

// blur is the variance, in s², with which the onset of the mean beat may be
// misread because the beats it is the mean of were not laid exactly over each
// other: their scatter, as far as their waveforms are unlike. The factor was
// read off the sweeps.
func (ev *event) blur() float64 {
	b := 0.4 * ev.line.scale
	return b * b * max(0, 1-median(ev.fit))
}

// shiftTimes returns the times of the beats by their shifts alone.
func (ev *event) shiftTimes(h *hearing) []float64 {
	t := make([]float64, len(h.beats))
	for i, b := range h.beats {
		t[i] = float64(b.start+int64(ev.at[b.index&1]))/h.rate + ev.shift[i]
	}
	return t
}

// cut copies x from sample from on; what lies outside is zero.
func cut(dst, x []float64, from int) {
	for j := range dst {
		if k := from + j; k >= 0 && k < len(x) {
			dst[j] = x[k]
		} else {
			dst[j] = 0
		}
	}
}

// envelopeOf puts the square root of the mean energy of step·2 samples about
// every step-th sample into dst; the root keeps one loud beat from being the
// template.
func envelopeOf(dst, x []float64, from, step int) {
	for j := range dst {
		o := from + j*step
		s := 0.0
		for k := max(0, o-step); k < min(len(x), o+step+1); k++ {
			s += x[k] * x[k]
		}
		dst[j] = math.Sqrt(s / float64(2*step+1))
	}
}

// bridged is for how long a sound may fall silent and still be the same: the
// mean energy of a sound of low pitch passes through zero with its waveform.
const bridged = 0.0003

// edge says how an onset is read off a mean beat: over how many samples on
// either side it is smoothed, and at which share of the peak's energy it is
// said to begin. Noise asks for more of both; sounds that are to be compared
// must be read in the same way.
type edge struct {
	half  int
	level float64
}

// finest is the edge of a clean sound: a quarter of the peak's amplitude.
var finest = edge{1, 1.0 / 16}

// coarser returns what suits both.
func (e edge) coarser(o edge) edge { return edge{max(e.half, o.half), max(e.level, o.level)} }

// around returns the part of p an onset is looked for in, and the part before
// it that tells the noise.
func around(p []float64, at int, rate float64) (lo, hi int, quiet []float64) {
	lo, hi = max(2, at-int(0.0015*rate)), min(len(p)-2, at+int(0.001*rate))
	return lo, hi, p[max(0, lo-int(0.0015*rate)):max(1, min(lo, at-int(0.0008*rate)))]
}

// edgeOf returns the finest edge at which the onset near at can be read.
func edgeOf(p []float64, at int, rate float64) edge {
	lo, hi, quiet := around(p, at, rate)
	if lo >= hi || at >= hi || len(quiet) < 8 {
		return finest
	}
	e := finest
	for {
		q := smoothed(quiet, e.half)
		noise := 1.2 * scatter(q)
		top := 0.0
		for _, v := range smoothed(p[at:hi], e.half) {
			top = max(top, v)
		}
		if top -= median(q); top <= 0 {
			return edge{8, 1.0 / 3}
		}
		e.level = max(1.0/16, min(1.0/3, 5*noise/top))
		if e.level < 0.12 || e.half >= 8 {
			break
		}
		e.half *= 2
	}
	return e
}

// onset returns where, in samples, the sound near at begins in the profile p.
func onset(p []float64, at int, rate float64, e edge) float64 {
	lo, hi, quiet := around(p, at, rate)
	if lo >= hi || at >= hi || len(quiet) == 0 {
		return float64(at)
	}
	base := median(quiet)
	s := smoothed(p[:hi+1], e.half)
	top, topAt := 0.0, at
	for i := max(lo, at-int(0.0003*rate)); i < hi; i++ {
		if v := s[i] - base; v > top {
			top, topAt = v, i
		}
	}
	limit := top * e.level
	first, silent := topAt, 0
	for i := topAt; i > lo && silent <= int(bridged*rate); i-- {
		if s[i]-base >= limit {
			first, silent = i, 0
		} else {
			silent++
		}
	}
	a, b := s[first-1]-base, s[first]-base
	if b <= a || b < limit {
		return float64(first)
	}
	return float64(first-1) + max(0, (limit-a)/(b-a))
}
