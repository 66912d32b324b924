package timing

import "math"

// fold is the mean sound of one period.
type fold struct {
	v      []float64 // mean loudness above the level between beats
	bin    float64   // seconds of a bin
	period float64
	sigma  float64 // standard deviation of a bin by chance
	turns  float64 // periods folded
	power  float64 // sum of squares about the mean
}

// newFold averages e over a period, of which delay says how late it runs at
// each second (nil: never). Bins are about one frame long; a frame falls on
// the two nearest.
func newFold(e envelope, period float64, delay func(float64) float64) fold {
	n := max(8, int(math.Round(period*e.rate)))
	f := fold{v: make([]float64, n), bin: period / float64(n), period: period}
	w := make([]float64, n)
	sq := 0.0
	dt, turns, most := 1/e.rate, 1/period, 6*e.sigma
	for i, v := range e.v {
		t := (float64(e.first) + float64(i)) * dt
		if delay != nil {
			t -= delay(t)
		}
		ph := t * turns
		ph = (ph - math.Floor(ph)) * float64(n)
		k := int(ph)
		fr := ph - float64(k)
		if k >= n {
			k -= n
		}
		k1 := k + 1
		if k1 == n {
			k1 = 0
		}
		if v > most {
			v = most
		}
		f.v[k] += v * (1 - fr)
		w[k] += 1 - fr
		f.v[k1] += v * fr
		w[k1] += fr
		sq += v * v
	}
	for i := range f.v {
		if w[i] > 0 {
			f.v[i] /= w[i]
		}
	}
	f.turns = float64(len(e.v)) * dt / period
	mean := 0.0
	for _, v := range f.v {
		mean += v / float64(n)
	}
	for _, v := range f.v {
		f.power += (v - mean) * (v - mean)
	}
	f.sigma = math.Sqrt(max(1e-12, sq/float64(len(e.v))/max(1, f.turns)))
	base := quantile(f.v, 0.4)
	for i := range f.v {
		f.v[i] -= base
	}
	return f
}

// flat returns the fold without what changes slowly in it, as a gain control
// makes the noise do: less a running median over a third of the circle, in
// which a beat is the smaller part.
func (f fold) flat() fold {
	n := len(f.v)
	const bins = 64
	step := max(1, n/bins)
	means := make([]float64, n/step)
	for i := range means {
		for _, v := range f.v[i*step : (i+1)*step] {
			means[i] += v / float64(step)
		}
	}
	m := len(means)
	w := make([]float64, 0, m)
	half := max(1, m/6)
	level := make([]float64, m)
	for i := range level {
		w = w[:0]
		for d := -half; d <= half; d++ {
			w = append(w, means[((i+d)%m+m)%m])
		}
		level[i] = nth(w, len(w)/2)
	}
	g := f
	g.v = make([]float64, n)
	for i, v := range f.v {
		g.v[i] = v - max(0, level[min(m-1, i/step)])
	}
	return g
}

// cluster is a place in the fold where a beat sounds.
type cluster struct {
	at     float64 // seconds into the period, where it is loudest
	energy float64 // loudness summed over bins, in units of sigma·√bins
	width  float64 // seconds, rms
	sum    float64
}

// clusters returns the places where the fold is loud, loudest first: within
// reach seconds (A to C and the ringing) all belongs to one beat.
func (f fold) clusters(reach float64) []cluster {
	n := len(f.v)
	half := max(1, int(reach/f.bin/2))
	rest := append([]float64(nil), f.v...)
	smooth := func(v []float64, i int) float64 {
		s := 0.0
		for d := -2; d <= 2; d++ {
			s += v[((i+d)%n+n)%n]
		}
		return s / 5
	}
	var out []cluster
	for len(out) < 6 {
		best, at := 0.0, -1
		for i := range rest {
			if s := smooth(rest, i); s > best {
				best, at = s, i
			}
		}
		if at < 0 || best*math.Sqrt(5) < 5*f.sigma {
			break
		}
		var s, m, q float64
		for d := -half; d <= half; d++ {
			i := ((at+d)%n + n) % n
			v := rest[i]
			if v > 1.5*f.sigma {
				s += v
				m += v * float64(d)
				q += v * float64(d*d)
			}
			rest[i] = 0
		}
		if s <= 0 {
			break
		}
		c := cluster{at: float64(at) * f.bin, sum: s, energy: s / f.sigma / math.Sqrt(float64(2*half+1))}
		c.width = math.Sqrt(max(0, q/s-(m/s)*(m/s))) * f.bin
		out = append(out, c)
	}
	return out
}

// explained is the energy of the fold beyond what chance puts there, for all
// turns together.
func (f fold) explained() float64 {
	return (f.power - f.sigma*f.sigma*float64(len(f.v))) * f.turns
}

// between returns how loud, as a share of the beat at the place at, another
// beat of the same sound may be about half a period away at most: the likeness
// found there and two standard deviations of chance.
func (f fold) between(at float64) float64 {
	n := len(f.v)
	half := max(2, int(0.11*f.period/f.bin))
	g := make([]float64, 2*half+1)
	mid, sq := int(math.Round(at/f.bin)), 0.0
	for j := range g {
		if v := f.v[((mid+j-half)%n+n)%n]; v > f.sigma {
			g[j] = v
			sq += v * v
		}
	}
	if sq == 0 {
		return 1
	}
	top := 0.0
	for d := n * 3 / 10; d <= n*7/10; d++ {
		s := 0.0
		for j, v := range g {
			if v > 0 {
				s += v * f.v[((mid+j-half+d)%n+n)%n]
			}
		}
		top = max(top, s)
	}
	return top/sq + 2*f.sigma/math.Sqrt(sq)
}
