package quartz

import (
	"math"
	"slices"
)

// heard is the steps of one recording, each cut out and whitened.
type heard struct {
	rate float64
	slot []int // number of the slot
	from []int // first sample of the cut
	seg  [][]float64
	lag  []float64 // samples from the cut's start to the template's, as found so far
	fit  []float64 // likeness to the template
	size int       // samples of the template
	room int       // samples of play either side
	head int       // samples of the template before the step

	shape [2][]float64 // templates of even and odd steps
	odd   float64      // samples by which odd steps are placed late against even ones …
	alike float64      // … when their templates are alike in this measure, signed
}

const (
	headS = 0.0015
	playS = 0.009
)

// cutSteps cuts the steps out about where path saw them.
func cutSteps(x []float32, rate float64, f frames, at, height []float64, tail float64) *heard {
	h := f.whitener()
	e := &heard{rate: rate, head: int(headS * rate), room: int(playS * rate)}
	e.size = e.head + int(tail*rate)
	for k, t := range at {
		if height[k] < 1 {
			continue
		}
		from := int(math.Round(t*rate)) - e.head - e.room
		seg := make([]float64, e.size+2*e.room)
		cutWhite(seg, x, from, h)
		e.slot = append(e.slot, k)
		e.from = append(e.from, from)
		e.seg = append(e.seg, seg)
	}
	e.lag = make([]float64, len(e.slot))
	e.fit = make([]float64, len(e.slot))
	return e
}

// byEnergy aligns the steps by the loudness of the sound, which wants no
// template: the start of waveform.
func (e *heard) byEnergy() {
	width := max(1, int(0.0005*e.rate))
	env := make([][]float64, len(e.seg))
	for i, s := range e.seg {
		env[i] = smoothEnergy(s, width)
	}
	// The noise's mean loudness is taken off by the median of each cut.
	var sum []float64
	for i := range env {
		m := middle(slices.Clone(env[i]))
		best, at := math.Inf(-1), 0
		for j, v := range env[i] {
			env[i][j] = v - m
			if v > best {
				best, at = v, j
			}
		}
		e.lag[i] = float64(at - e.head)
	}
	n := e.size
	for range 3 {
		sum = make([]float64, n)
		for i := range env {
			o := int(e.lag[i])
			for j := range sum {
				if k := o + j; k >= 0 && k < len(env[i]) {
					sum[j] += min(env[i][k], 9) // one bang is not a template
				}
			}
		}
		for i := range env {
			best := math.Inf(-1)
			for o := 0; o <= len(env[i])-n; o++ {
				s := 0.0
				for j := range sum {
					s += sum[j] * env[i][o+j]
				}
				if s > best {
					best, e.lag[i] = s, float64(o)
				}
			}
		}
	}
	// Let the template begin just before the mean sound does.
	top, first := 0.0, 0
	for _, v := range sum {
		top = max(top, v)
	}
	for first < n && sum[first] < 0.25*top {
		first++
	}
	d := float64(first - e.head)
	for i := range e.lag {
		e.lag[i] = max(0, min(float64(2*e.room), e.lag[i]+d))
	}
}

// smoothEnergy returns the root of the mean energy of ±width samples.
func smoothEnergy(s []float64, width int) []float64 {
	out := make([]float64, len(s))
	acc := 0.0
	for i := -width; i < len(s); i++ {
		if j := i + width; j < len(s) {
			acc += s[j] * s[j]
		}
		if j := i - width - 1; j >= 0 {
			acc -= s[j] * s[j]
		}
		if i >= 0 {
			out[i] = math.Sqrt(max(0, acc) / float64(2*width+1))
		}
	}
	return out
}

// byWave aligns the steps by their waveform, even and odd ones apart, within
// ±play samples of where they are, over the part of the template from lo to
// hi.
func (e *heard) byWave(play, lo, hi, rounds int) {
	for round := range rounds {
		if round > 0 {
			play = min(play, max(2, int(0.0006*e.rate)))
		}
		e.learn()
		for i := range e.seg {
			e.place(i, play, lo, hi)
		}
	}
	e.learn()
	e.compare()
}

// learn makes the templates of the steps as they are placed now.
func (e *heard) learn() {
	for par := range 2 {
		sum := make([]float64, e.size)
		for i, s := range e.seg {
			if e.slot[i]&1 != par {
				continue
			}
			energy := 0.0
			o := int(math.Floor(e.lag[i]))
			fr := e.lag[i] - float64(o)
			for j := range e.size {
				if o+j >= 0 && o+j+1 < len(s) {
					energy += s[o+j] * s[o+j]
				}
			}
			g := 1 / math.Sqrt(energy+1e-30)
			for j := range sum {
				if o+j >= 0 && o+j+1 < len(s) {
					sum[j] += g * (s[o+j]*(1-fr) + s[o+j+1]*fr)
				}
			}
		}
		e.shape[par] = sum
	}
}

// place moves step i to where it is most like its template.
func (e *heard) place(i, play, lo, hi int) {
	t, s := e.shape[e.slot[i]&1], e.seg[i]
	c := int(math.Round(e.lag[i]))
	a, b := max(0, c-play), min(2*e.room, c+play)
	if b <= a {
		return
	}
	corr := make([]float64, b-a+1)
	best := 0
	for o := a; o <= b; o++ {
		v := 0.0
		for j := lo; j < hi; j++ {
			v += t[j] * s[o+j]
		}
		corr[o-a] = v
		if v > corr[best] {
			best = o - a
		}
	}
	d := 0.0
	if best > 0 && best < len(corr)-1 {
		l, m, r := corr[best-1], corr[best], corr[best+1]
		if q := l - 2*m + r; q < 0 {
			d = max(-0.5, min(0.5, 0.5*(l-r)/q))
		}
	}
	e.lag[i] = float64(a+best) + d
	var tt, ss float64
	for j := lo; j < hi; j++ {
		tt += t[j] * t[j]
		ss += s[a+best+j] * s[a+best+j]
	}
	e.fit[i] = corr[best] / math.Sqrt(tt*ss+1e-30)
}

// compare measures how alike even and odd steps are, and by how much their
// templates are displaced against each other.
func (e *heard) compare() {
	e.alike, e.odd = 0, 0
	x, y := e.shape[0], e.shape[1]
	play := max(2, int(0.0008*e.rate))
	var xx, yy float64
	for j := range x {
		xx += x[j] * x[j]
		yy += y[j] * y[j]
	}
	if xx == 0 || yy == 0 {
		return
	}
	corr := make([]float64, 2*play+1)
	best := 0
	for o := -play; o <= play; o++ {
		v := 0.0
		for j := max(0, -o); j < min(len(x), len(x)-o); j++ {
			v += x[j] * y[j+o]
		}
		corr[o+play] = v
		if math.Abs(v) > math.Abs(corr[best]) {
			best = o + play
		}
	}
	e.alike = corr[best] / math.Sqrt(xx*yy)
	d := 0.0
	if best > 0 && best < 2*play {
		l, m, r := math.Abs(corr[best-1]), math.Abs(corr[best]), math.Abs(corr[best+1])
		if q := l - 2*m + r; q < 0 {
			d = max(-0.5, min(0.5, 0.5*(l-r)/q))
		}
	}
	e.odd = float64(best-play) + d
}

// times returns the seconds of the steps.
func (e *heard) times() []float64 {
	t := make([]float64, len(e.slot))
	for i := range t {
		v := float64(e.from[i]) + e.lag[i] + float64(e.head)
		if e.slot[i]&1 == 1 && e.tied() {
			v += e.odd
		}
		t[i] = v / e.rate
	}
	return t
}

// tied tells whether even and odd steps are so alike that their templates say
// how they lie against each other; otherwise the fit must find it.
func (e *heard) tied() bool { return math.Abs(e.alike) > 0.9 }
