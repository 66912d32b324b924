package timing

import "math"

// hearing is one pass over the sound kept: where each beat is, in whitened
// samples ready for exact timing.
type hearing struct {
	rate  float64 // working samples a second
	swing float64
	beats []heardBeat
	pre   int     // samples of a segment before the expected drop
	post  int     // and behind it
	noise float64 // variance of the whitened sound between beats
	pace  *pace
}

// heardBeat is the sound about one expected beat.
type heardBeat struct {
	index  int   // beats since the first, counted on the grid
	start  int64 // number of x[0]
	x      []float64
	energy float64
}

// hear cuts the beats that c has found out of the sound. Where the watch is
// regular a beat is cut where the fit expects it, else where its neighbours do.
func hear(f *front, l lock, c coarse) (hearing, whitener) {
	p := l.swing / 2
	h := hearing{rate: f.rate, swing: l.swing, pace: f.pace}
	h.pre = int(min(0.24*p, 0.045) * f.rate)
	h.post = int(min(0.16*p, 0.016) * f.rate)
	w, noise := gapWhitener(f, p, c)
	h.noise = noise
	n := h.pre + h.post
	raw := h.pace.floats(n + len(w.a))
	at := course(c.n, c.t, c.line)
	for i, k := range c.n {
		t := at[i]
		first := int64(math.Round(t*f.rate)) - int64(h.pre)
		if first < f.sound.first()+int64(len(w.a)) || first+int64(n) > f.sound.end {
			continue
		}
		f.sound.copy(raw, first-int64(len(w.a)))
		b := heardBeat{index: k, start: first, x: h.pace.floats(n)}
		w.apply(b.x, raw)
		h.pace.rest(12 * n)
		for _, v := range b.x {
			b.energy += v * v
		}
		if b.energy > 0 {
			h.beats = append(h.beats, b)
		}
	}
	return h, w
}

// gapWhitener learns the noise from the middle of the silences: from 0.3 to
// 0.6 of a beat behind each drop.
func gapWhitener(f *front, p float64, c coarse) (whitener, float64) {
	n := int(min(0.3*p, 0.03) * f.rate)
	x := make([]float64, n)
	type quiet struct {
		at     int64
		energy float64
	}
	var qs []quiet
	for _, k := range c.n {
		at := int64((c.line.at(k) + 0.35*p) * f.rate)
		if at < f.sound.first() || at+int64(n) > f.sound.end {
			continue
		}
		f.sound.copy(x, at)
		e := 0.0
		for _, v := range x {
			e += v * v
		}
		if e > 0 {
			qs = append(qs, quiet{at, e})
		}
		f.pace.rest(2 * n)
	}
	if len(qs) == 0 {
		return whitener{}, 1
	}
	es := make([]float64, len(qs))
	for i, q := range qs {
		es[i] = q.energy
	}
	limit := 2 * median(es)
	r := make([]float64, whitenOrder+1)
	used := 0
	for _, q := range qs {
		if q.energy <= limit && used < 60 {
			f.sound.copy(x, q.at)
			autocorrelate(r, x)
			f.pace.rest(9 * n)
			used++
		}
	}
	w := newWhitener(r)
	// Variance behind the filter: r[0] + Σ a[i] r[i+1], the prediction error.
	e := r[0]
	for i, a := range w.a {
		e += a * r[i+1]
	}
	return w, max(e, r[0]*1e-6) / float64(used*n)
}
