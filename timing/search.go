package timing

import (
	"math"
	"sort"
	"sync"

	"etabli.example/timing/internal/fourier"
)

// envelope is a stretch of loudness made ready for looking: its slow changes
// taken away, what was not heard set to 0.
type envelope struct {
	v     []float64
	rate  float64 // frames a second
	first int64   // number of frame v[0]
	sigma float64 // robust scatter
	pace  *pace   // of the lesson that looks at it
}

// slowSeconds is the length over which loudness is centred: longer than a
// beat sounds, shorter than what speech and handling take to come and go.
const slowSeconds = 0.08

// newEnvelope copies a stretch of l, without what lasts longer than a beat.
func newEnvelope(l *loudness, from, to int64) envelope { return stretch(l, from, to, true) }

// stretch copies a stretch of l; without is whether plateaus are taken away.
func stretch(l *loudness, from, to int64, without bool) envelope {
	from = max(from, l.end-int64(len(l.ring)), 0)
	e := envelope{v: l.pace.floats(int(max(0, to-from))), rate: l.rate, first: from, pace: l.pace}
	at := int(from % int64(len(l.ring)))
	for i := range e.v {
		e.v[i] = float64(l.ring[at])
		if at++; at == len(l.ring) {
			at = 0
		}
	}
	e.pace.rest(6 * len(e.v))
	mark := e.pace.mark()
	e.centre(without)
	e.pace.release(mark)
	e.pace.rest(8 * len(e.v))
	return e
}

// centre subtracts the moving mean of what is not loud, and limits what is
// left to where a tick still counts and a knock no longer does.
func (e *envelope) centre(without bool) {
	const gap = float64(frameGap) / 2
	// Every seventh frame tells the quantiles well enough.
	sorted := e.pace.floats(len(e.v)/7 + 1)[:0]
	for i := 0; i < len(e.v); i += 7 {
		if v := e.v[i]; v > gap {
			sorted = append(sorted, v)
		}
	}
	if len(sorted) == 0 {
		return
	}
	q := func(p float64) float64 { return nth(sorted, int(p*float64(len(sorted)-1))) }
	med := q(0.5)
	e.sigma = max(1e-3, (med-q(0.16))*1.0)
	// Twice: the second mean leaves out what the first one shows to be loud,
	// so that a beat does not darken its own surroundings.
	level := e.pace.floats(len(e.v))
	for i := range level {
		level[i] = med
	}
	e.localMean(level, e.sigma)
	e.pace.rest(12 * len(e.v))
	e.localMean(level, 0.8*e.sigma)
	e.pace.rest(12 * len(e.v))
	if without {
		e.plateaus(level)
		e.pace.rest(6 * len(e.v))
	}
	mean, heard := 0.0, 0
	for i, v := range e.v {
		if v > gap {
			level[i] = max(-3*e.sigma, v-level[i])
			mean += min(level[i], 6*e.sigma)
			heard++
		}
	}
	mean /= float64(max(1, heard))
	for i, v := range e.v {
		if v <= gap {
			e.v[i] = 0
		} else {
			e.v[i] = min(level[i], 6*e.sigma) - mean
		}
	}
}

// localMean replaces level by the mean of e within slowSeconds on either side,
// of the frames at most above higher than level.
func (e *envelope) localMean(level []float64, above float64) {
	w := int(slowSeconds * e.rate)
	// A window of sums is moved along: a frame enters at its head …
	quiet := e.pace.floats(len(e.v)) // its value, NaN where it does not count
	for i, v := range e.v {
		quiet[i] = math.NaN()
		if v > float64(frameGap)/2 && v < level[i]+above {
			quiet[i] = v
		}
	}
	sum, n, head, tail := 0.0, 0, 0, 0
	for i := range level {
		for b := min(len(e.v), i+w+1); head < b; head++ {
			if v := quiet[head]; v == v {
				sum += v
				n++
			}
		}
		// … and leaves it at its tail.
		for a := i - w; tail < a; tail++ {
			if v := quiet[tail]; v == v {
				sum -= v
				n--
			}
		}
		if n > (head-tail)/8 {
			level[i] = sum / float64(n)
		}
	}
}

// plateaus raises level to the running median: what stays loud for longer than
// half of plateauSeconds is a voice, a gain control or the wind, and no beat.
func (e *envelope) plateaus(level []float64) {
	const bins = 256
	step := max(1, int(e.rate*0.002))
	n := len(e.v) / step
	low, high := level[0], level[0]
	for _, v := range level {
		low, high = min(low, v), max(high, v)
	}
	low, high = low-4*e.sigma, high+12*e.sigma
	bin := func(i int) int {
		s, k := 0.0, 0
		for _, v := range e.v[i*step : (i+1)*step] {
			if v > float64(frameGap)/2 {
				s += v
				k++
			}
		}
		if k == 0 {
			return 0
		}
		return max(0, min(bins-1, int((s/float64(k)-low)/(high-low)*bins)))
	}
	half := int(plateauSeconds / 2 * e.rate / float64(step))
	b := make([]uint8, n)
	for i := range b {
		b[i] = uint8(bin(i))
	}
	var count [bins]int
	inside, below, mid := 0, 0, 0 // below: entries under mid
	add := func(v, d int) {
		count[v] += d
		inside += d
		if v < mid {
			below += d
		}
	}
	for i := range min(half, n) {
		add(int(b[i]), 1)
	}
	for i := range b {
		if i+half < n {
			add(int(b[i+half]), 1)
		}
		if i-half-1 >= 0 {
			add(int(b[i-half-1]), -1)
		}
		for below > inside/2 {
			mid--
			below -= count[mid]
		}
		for mid < bins-1 && below+count[mid] <= inside/2 {
			below += count[mid]
			mid++
		}
		m := low + (float64(mid)+0.5)*(high-low)/bins
		for j := i * step; j < (i+1)*step; j++ {
			level[j] = max(level[j], m)
		}
	}
}

// plateauSeconds is the width of the running median: more than twice what a
// beat sounds.
const plateauSeconds = 0.08

// candidate is a period after which the sound repeats.
type candidate struct {
	period float64 // seconds
	z      float64 // how far above chance, in standard deviations
}

// periods returns the most striking repetition periods between least and
// greatest seconds, strongest first: peaks of the autocorrelation summed over
// all multiples of a period. Summing m multiples gains √m where every one of
// them is hit, so the shortest true period wins over its multiples, and a
// fraction of it, which hits only some, loses.
func (e envelope) periods(least, greatest float64, most int) []candidate {
	// 1 ms is enough here.
	step := max(1, int(math.Round(e.rate/1000)))
	n := len(e.v) / step
	if n < 64 {
		return nil
	}
	rate := e.rate / float64(step)
	x := e.pace.complexes(fourier.CeilPow2(2 * n))
	for i := range n {
		s := 0.0
		for j := range step {
			s += e.v[i*step+j]
		}
		x[i] = complex(s, 0)
	}
	p := planOf(len(x))
	e.pace.rest(50 * len(x))
	p.Forward(x)
	e.pace.rest(50 * len(x))
	for i, v := range x {
		x[i] = complex(real(v)*real(v)+imag(v)*imag(v), 0)
	}
	p.Inverse(x)
	e.pace.rest(60 * len(x))
	lags := min(int(0.8*float64(n)), int(8*rate))
	r := e.pace.floats(lags)
	for i := range r {
		r[i] = real(x[i])
		if i > 0 {
			// A beat is not exactly where it was expected: half the weight is
			// given to each neighbour.
			r[i] = (real(x[i]) + 0.5*real(x[i-1]) + 0.5*real(x[i+1])) / 2
		}
	}
	// By chance a lag of white noise scatters by r[0]/√n: where most of the
	// sound is digital silence the observed scatter says nothing.
	scale := max(spread(r[min(len(r)/4, int(0.03*rate)):]), real(x[0])/math.Sqrt(float64(n))/2)
	if !(scale > 0) {
		return nil
	}
	for i := range r {
		r[i] /= scale
	}
	return combPeaks(r, rate, least, greatest, most, e.pace)
}

// plans are the transforms the search has used, by length: few, and shared.
var plans sync.Map

func planOf(n int) *fourier.Plan {
	if p, ok := plans.Load(n); ok {
		return p.(*fourier.Plan)
	}
	p := fourier.NewPlan(n)
	plans.Store(n, p)
	return p
}

// spread is a robust standard deviation about 0.
func spread(r []float64) float64 {
	if len(r) == 0 {
		return 0
	}
	p := scratch.Get().(*[]float64)
	defer scratch.Put(p)
	*p = append((*p)[:0], r...)
	for i, v := range *p {
		(*p)[i] = math.Abs(v)
	}
	return nth(*p, len(r)/2) / 0.6745
}

func combPeaks(r []float64, rate, least, greatest float64, most int, p *pace) []candidate {
	top := float64(len(r)-2) / rate
	greatest = min(greatest, top)
	var c []candidate
	var before, last candidate // the two looked at before this one
	seen := 0
	for t := least; t <= greatest; seen++ {
		m := math.Floor(top / t)
		now := candidate{t, comb(r, t*rate)}
		if seen >= 2 && last.z >= before.z && last.z > now.z && last.z > 3 {
			c = append(c, last)
		}
		before, last = last, now
		t += 0.5 / rate / m
		p.rest(3 * int(m))
	}
	sort.Slice(c, func(i, j int) bool { return c[i].z > c[j].z })
	var kept []candidate
next:
	for _, k := range c {
		for _, o := range kept {
			if math.Abs(k.period/o.period-1) < 0.004 {
				continue next
			}
		}
		if kept = append(kept, k); len(kept) == most {
			break
		}
	}
	return kept
}

// comb sums r at the multiples of lag t.
func comb(r []float64, t float64) float64 {
	s, m := 0.0, 0
	for at := t; int(at)+1 < len(r); at += t {
		i := int(at)
		f := at - float64(i)
		s += r[i]*(1-f) + r[i+1]*f
		m++
	}
	if m == 0 {
		return 0
	}
	return s / math.Sqrt(float64(m))
}
