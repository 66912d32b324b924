package timing

import "math"

// aligner times one event in all segments of one parity by likeness to their
// own mean.
type aligner struct {
	seg   [][]float64 // template length plus reach on both sides
	reach int         // samples the event may be early or late
	learn []int       // segments the template is learnt from
	shape []float64   // the template, of unit energy and without mean
	lag   []float64   // samples by which each segment's event is late
	fit   []float64   // likeness to the template, −1…1
	corr  []float64   // workspace
	pace  *pace
}

// learners is how many segments a template is learnt from at most; more would
// cost time and hardly sharpen it.
const learners = 48

// newAligner takes segments of size+2·reach samples. Samples outside the sound
// must be zero.
func newAligner(seg [][]float64, size, reach int) *aligner {
	a := &aligner{seg: seg, reach: reach, shape: make([]float64, size),
		lag: make([]float64, len(seg)), fit: make([]float64, len(seg)), corr: make([]float64, 2*reach+1)}
	n := min(len(seg), learners)
	for k := range n {
		a.learn = append(a.learn, (2*k+1)*len(seg)/(2*n))
	}
	return a
}

// run aligns the segments to their own mean until it stands still (Woody
// 1967): each is shifted to where it is most like the mean, and the mean is
// taken again.
func (a *aligner) run(rounds int) {
	a.begin()
	for range rounds {
		for _, i := range a.learn {
			a.lag[i], a.fit[i] = a.best(a.seg[i])
		}
		a.mean(a.shape, a.learn, true)
	}
	for i := range a.seg {
		a.lag[i], a.fit[i] = a.best(a.seg[i])
	}
}

// begin chooses the first template: the mean where the segments lie well
// enough already, else the one segment that the others are most like. A mean
// of waveforms that are not aligned is a blur, a single beat in noise is
// mostly noise; which is better is for the others to say.
func (a *aligner) begin() {
	const judges = 10
	best := math.Inf(-1)
	trial := make([]float64, len(a.shape))
	tries := min(5, len(a.learn))
	for k := -1; k < tries; k++ {
		self := -1
		if k < 0 {
			a.mean(trial, a.learn, false)
		} else {
			self = a.learn[(2*k+1)*len(a.learn)/(2*tries)]
			a.mean(trial, []int{self}, false)
		}
		keep := a.shape
		a.shape = trial
		s, n := 0.0, 0
		for j := range min(judges, len(a.learn)) {
			i := a.learn[(2*j+1)*len(a.learn)/(2*min(judges, len(a.learn)))]
			if i == self {
				continue
			}
			_, f := a.best(a.seg[i])
			s += f
			n++
		}
		a.shape = keep
		if n == 0 {
			n = 1
		}
		if k < 0 {
			// Every judge is part of the mean.
			s -= float64(n) / math.Sqrt(float64(max(1, len(a.learn))))
		}
		if v := s / float64(n); v > best {
			best = v
			copy(a.shape, trial)
		}
	}
}

// mean puts the mean of the segments idx, each shifted by its lag, into dst:
// of equal energy, weighted by likeness if weigh.
func (a *aligner) mean(dst []float64, idx []int, weigh bool) {
	clear(dst)
	for _, i := range idx {
		seg := a.seg[i]
		e := 0.0
		for _, v := range seg {
			e += v * v
		}
		if e <= 0 {
			continue
		}
		w := 1 / math.Sqrt(e)
		if weigh {
			w *= max(0, a.fit[i])
		}
		o := float64(a.reach) + a.lag[i]
		k := int(math.Floor(o))
		f := o - float64(k)
		if k < 0 || k+len(dst) >= len(seg) {
			k, f = max(0, min(k, len(seg)-len(dst)-1)), 0
		}
		for j := range dst {
			dst[j] += w * (seg[k+j]*(1-f) + seg[k+j+1]*f)
		}
	}
	normalise(dst)
}

// normalise takes the mean away and brings the energy to 1.
func normalise(v []float64) {
	m := 0.0
	for _, x := range v {
		m += x
	}
	m /= float64(len(v))
	e := 0.0
	for i := range v {
		v[i] -= m
		e += v[i] * v[i]
	}
	if e > 0 {
		e = 1 / math.Sqrt(e)
		for i := range v {
			v[i] *= e
		}
	}
}

// best returns the lag in samples at which seg is most like the template, and
// the correlation coefficient there.
func (a *aligner) best(seg []float64) (lag, fit float64) {
	n := len(a.shape)
	top, at := math.Inf(-1), 0
	for l := range a.corr {
		s := dot(a.shape, seg[l:l+n])
		a.corr[l] = s
		if s > top {
			top, at = s, l
		}
	}
	a.pace.rest(n * len(a.corr) / 2)
	e, m := 0.0, 0.0
	for _, v := range seg[at : at+n] {
		e += v * v
		m += v
	}
	if e -= m * m / float64(n); e > 0 {
		fit = top / math.Sqrt(e)
	}
	d := 0.0
	if at > 0 && at < len(a.corr)-1 {
		d = parabola(a.corr[at-1], a.corr[at], a.corr[at+1])
	}
	return float64(at-a.reach) + d, fit
}

// likeness returns by how many samples y's sound is later than x's, within
// ±reach, and how alike they are; both are templates of one length.
func likeness(x, y []float64, reach int) (lag, fit float64) {
	xx, yy := squares(x), squares(y)
	at := func(d int) float64 {
		lo, hi := max(0, -d), min(len(x), len(y)-d)
		if lo >= hi {
			return 0
		}
		e, f := xx[hi]-xx[lo], yy[hi+d]-yy[lo+d]
		if !(e > 0 && f > 0) {
			return 0
		}
		return dot(x[lo:hi], y[lo+d:hi+d]) / math.Sqrt(e*f)
	}
	// Over a long way, first by great steps.
	step, from, to := 1, -reach, reach
	if reach > 300 {
		step = 4
	}
	top, best := math.Inf(-1), 0
	for s := step; s > 0; s /= 4 {
		for d := from; d <= to; d += s {
			if c := at(d); c > top {
				top, best = c, d
			}
		}
		from, to = max(-reach, best-3), min(reach, best+3)
	}
	d := 0.0
	if best > -reach && best < reach {
		d = parabola(at(best-1), top, at(best+1))
	}
	return float64(best) + d, top
}

// squares returns the sums of the squares of all beginnings of v.
func squares(v []float64) []float64 {
	s := make([]float64, len(v)+1)
	for i, x := range v {
		s[i+1] = s[i] + x*x
	}
	return s
}

// dot is the product of x with as much of y as x is long, or the other way
// round, in sums that do not wait for each other.
func dot(x, y []float64) float64 {
	n := min(len(x), len(y))
	x, y = x[:n], y[:n]
	var a, b, c, d float64
	i := 0
	for ; i+4 <= n; i += 4 {
		u, v := (*[4]float64)(x[i:]), (*[4]float64)(y[i:])
		a += u[0] * v[0]
		b += u[1] * v[1]
		c += u[2] * v[2]
		d += u[3] * v[3]
	}
	for ; i < n; i++ {
		a += x[i] * y[i]
	}
	return (a + b) + (c + d)
}
