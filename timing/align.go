package timing

import "math"

// arrival is when one event (unlocking or drop) of each beat was heard.
type arrival struct {
	t     []float64 // seconds against the segment's place h.pre
	fit   []float64 // likeness to the template, −1…1
	shape []float64 // the template, around its own zero at index zero
	zero  int
}

// aligner times one event in all segments of one parity.
type aligner struct {
	h     *hearing
	beats []int   // indices into h.beats
	at    float64 // samples from the segment's start to where the event is expected
	pre   int     // samples of the template before and behind it
	post  int
	reach int // samples the event may be early or late
}

// envelopes times the event by its energy: what is left when the waveform
// differs from beat to beat. smooth is in samples.
func (a aligner) envelopes(smooth int) arrival {
	n := a.pre + a.post + 2*a.reach
	env := make([][]float64, len(a.beats))
	for i, b := range a.beats {
		env[i] = make([]float64, n)
		x := a.h.beats[b].x
		o := int(math.Round(a.at)) - a.pre - a.reach
		for j := range env[i] {
			s, c := 0.0, 0
			for d := -smooth; d <= smooth; d++ {
				if k := o + j + d; k >= 0 && k < len(x) {
					s += x[k] * x[k]
					c++
				}
			}
			if c > 0 {
				// The square root keeps one loud beat from being the template.
				env[i][j] = math.Sqrt(s / float64(c))
			}
		}
	}
	return a.woody(env, nil)
}

// waves times the event by its waveform, starting from the times from found by
// the envelope.
func (a aligner) waves(from arrival) arrival {
	n := a.pre + a.post + 2*a.reach
	seg := make([][]float64, len(a.beats))
	for i, b := range a.beats {
		seg[i] = make([]float64, n)
		x := a.h.beats[b].x
		o := int(math.Round(a.at)) - a.pre - a.reach
		for j := range seg[i] {
			if k := o + j; k >= 0 && k < len(x) {
				seg[i][j] = x[k]
			}
		}
	}
	return a.woody(seg, from.t)
}

// woody aligns the segments to their own mean until it stands still (Woody
// 1967): each segment is shifted to where it is most like the mean, and the
// mean is taken again. start, in seconds, is where to begin; nil means 0.
func (a aligner) woody(seg [][]float64, start []float64) arrival {
	n := a.pre + a.post
	r := arrival{t: make([]float64, len(seg)), fit: make([]float64, len(seg)), shape: make([]float64, n), zero: a.pre}
	lag := make([]float64, len(seg)) // samples
	for i := range lag {
		if start != nil {
			lag[i] = max(-float64(a.reach), min(float64(a.reach), start[i]*a.h.rate))
		}
	}
	first := start != nil
	for round := range 5 {
		if first && round == 0 {
			// A mean of segments not yet aligned would blur the waveform: begin
			// with the segment that is most like the others.
			a.reference(r.shape, seg, lag)
		} else {
			a.mean(r.shape, seg, lag, r.fit, round > 0)
		}
		for i := range seg {
			lag[i], r.fit[i] = a.best(seg[i], r.shape)
		}
	}
	mean := 0.0
	for i := range lag {
		r.t[i] = lag[i] / a.h.rate
		mean += r.t[i]
	}
	return r
}

// mean puts the weighted mean of the aligned segments into dst.
func (a aligner) mean(dst []float64, seg [][]float64, lag, fit []float64, weigh bool) {
	clear(dst)
	for i := range seg {
		w := 1.0
		e := 0.0
		for _, v := range seg[i] {
			e += v * v
		}
		if e <= 0 {
			continue
		}
		w /= math.Sqrt(e)
		if weigh {
			w *= max(0, fit[i])
		}
		o := float64(a.reach) + lag[i]
		k := int(math.Floor(o))
		f := o - float64(k)
		for j := range dst {
			if k+j >= 0 && k+j+1 < len(seg[i]) {
				dst[j] += w * (seg[i][k+j]*(1-f) + seg[i][k+j+1]*f)
			}
		}
	}
	m := 0.0
	for _, v := range dst {
		m += v
	}
	m /= float64(len(dst))
	e := 0.0
	for j := range dst {
		dst[j] -= m
		e += dst[j] * dst[j]
	}
	if e > 0 {
		e = 1 / math.Sqrt(e)
		for j := range dst {
			dst[j] *= e
		}
	}
}

// reference puts into dst the one of a few segments that the others are most
// like.
func (a aligner) reference(dst []float64, seg [][]float64, lag []float64) {
	tries := min(6, len(seg))
	best, bestAt := -1.0, 0
	tmp := make([]float64, len(dst))
	for k := range tries {
		i := (2*k + 1) * len(seg) / (2 * tries)
		a.mean(tmp, seg[i:i+1], lag[i:i+1], nil, false)
		s := 0.0
		for m := range min(12, len(seg)) {
			j := (2*m + 1) * len(seg) / (2 * min(12, len(seg)))
			_, f := a.best(seg[j], tmp)
			s += f
		}
		if s > best {
			best, bestAt = s, i
		}
	}
	if len(seg) > 0 {
		a.mean(dst, seg[bestAt:bestAt+1], lag[bestAt:bestAt+1], nil, false)
	}
}

// best returns the lag in samples at which seg is most like shape, and the
// correlation coefficient there.
func (a aligner) best(seg, shape []float64) (lag, fit float64) {
	n := len(shape)
	top, at := math.Inf(-1), 0
	c := make([]float64, 2*a.reach+1)
	for l := range c {
		s := 0.0
		x := seg[l : l+n]
		for j, v := range shape {
			s += v * x[j]
		}
		c[l] = s
		if s > top {
			top, at = s, l
		}
	}
	e, m := 0.0, 0.0
	for _, v := range seg[at : at+n] {
		e += v * v
		m += v
	}
	e -= m * m / float64(n)
	if e > 0 {
		fit = top / math.Sqrt(e)
	}
	d := 0.0
	if at > 0 && at < len(c)-1 {
		d = parabola(c[at-1], c[at], c[at+1])
	}
	return float64(at-a.reach) + d, fit
}
