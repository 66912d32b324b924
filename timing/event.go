package timing

import "math"

// event is one of the sounds of a beat, timed in all beats of both parities.
type event struct {
	at    [2]int     // samples from the segment's start to where it was looked for
	t     []float64  // seconds of its onset, one for each beat heard
	fit   []float64  // likeness to the template
	line  line       // fit of t
	res   []float64  // its residuals
	keep  []float64  // and weights
	heard [2]float64 // strength: energy over noise in the mean beat
	wave  bool       // timed by its waveform
}

// profile is the mean energy of the segments of one parity in units of the
// noise, at full rate, each segment shifted by shift (nil: not at all). Loud
// outliers count no more than four times the mean.
func (h *hearing) profile(par int, shift []float64) []float64 {
	n := h.pre + h.post
	p := make([]float64, n)
	cnt := 0
	me := 0.0
	for _, b := range h.beats {
		if b.index&1 == par {
			me += b.energy
			cnt++
		}
	}
	if cnt == 0 {
		return p
	}
	me /= float64(cnt)
	for i, b := range h.beats {
		if b.index&1 != par {
			continue
		}
		w := min(1, 3*me/b.energy)
		d := 0.0
		if shift != nil {
			d = shift[i] * h.rate
		}
		k := int(math.Floor(d))
		f := d - float64(k)
		for j := range p {
			if q := j + k; q >= 0 && q+1 < n {
				v := b.x[q]*(1-f) + b.x[q+1]*f
				// Linear interpolation of white noise loses power; give it back.
				v *= v / (f*f + (1-f)*(1-f))
				p[j] += w * v
			}
		}
	}
	for j := range p {
		p[j] /= float64(cnt) * h.noise
	}
	return p
}

// smoothed returns v averaged over ±half samples.
func smoothed(v []float64, half int) []float64 {
	s := make([]float64, len(v)+1)
	for i, x := range v {
		s[i+1] = s[i] + x
	}
	out := make([]float64, len(v))
	for i := range v {
		a, b := max(0, i-half), min(len(v), i+half+1)
		out[i] = (s[b] - s[a]) / float64(b-a)
	}
	return out
}

// rises measures at each sample by how much the amplitude behind exceeds that
// before, over w samples each: a sound's onset is a peak of it.
func rises(p []float64, w int) []float64 {
	s := make([]float64, len(p)+1)
	for i, x := range p {
		s[i+1] = s[i] + x
	}
	out := make([]float64, len(p))
	for i := w; i+w < len(p); i++ {
		after, before := (s[i+w]-s[i])/float64(w), (s[i]-s[i-w])/float64(w)
		out[i] = math.Sqrt(max(0, after)) - math.Sqrt(max(0, before))
	}
	return out
}

// time measures when the event happened in each beat.
func (h *hearing) time(at [2]int, pre, post, reach float64, wave bool) event {
	ev := event{at: at, wave: wave}
	ev.t = make([]float64, len(h.beats))
	ev.fit = make([]float64, len(h.beats))
	shift := make([]float64, len(h.beats))
	var idx [2][]int
	for i, b := range h.beats {
		idx[b.index&1] = append(idx[b.index&1], i)
	}
	for par := range 2 {
		a := aligner{h: h, beats: idx[par], at: float64(at[par]),
			pre: int(pre * h.rate), post: int(post * h.rate), reach: int(reach * h.rate)}
		if len(a.beats) == 0 {
			continue
		}
		arr := a.envelopes(max(1, int(0.00015*h.rate)))
		if wave {
			arr = a.waves(arr)
		}
		m := median(arr.t)
		for k, i := range a.beats {
			shift[i] = arr.t[k] - m
			ev.fit[i] = arr.fit[k]
			ev.t[i] = float64(h.beats[i].start+int64(at[par]))/h.rate + shift[i]
		}
	}
	for par := range 2 {
		on := onset(h.profile(par, shift), at[par], h.rate)
		for _, i := range idx[par] {
			ev.t[i] += (on - float64(at[par])) / h.rate
		}
	}
	ev.res = make([]float64, len(ev.t))
	ev.keep = make([]float64, len(ev.t))
	return ev
}

// onset returns where, in samples, the sound near at begins in the profile p:
// where the amplitude first reaches a quarter of the peak that follows.
func onset(p []float64, at int, rate float64) float64 {
	lo, hi := max(1, at-int(0.0015*rate)), min(len(p)-1, at+int(0.001*rate))
	if lo >= hi {
		return float64(at)
	}
	base := median(p[max(0, lo-int(0.001*rate)):max(1, at-int(0.0004*rate))])
	s := smoothed(p, 1)
	top, topAt := 0.0, at
	for i := max(lo, at-int(0.0003*rate)); i < hi; i++ {
		if v := s[i] - base; v > top {
			top, topAt = v, i
		}
	}
	limit := top / 16
	for i := topAt; i > lo; i-- {
		if s[i]-base < limit {
			a, b := s[i]-base, s[i+1]-base
			return float64(i) + (limit-a)/(b-a)
		}
	}
	return float64(at)
}
