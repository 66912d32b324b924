package quartz

import "math"

const (
	widthBefore = 0.02 // seconds looked at either side, for what is not the pulse
	widthAfter  = 0.03
	pulseMost   = 0.016 // longest pulse of the trade
)

// width returns the seconds from the first edge of a coil's pulse to its last,
// off the mean of all pulses. It is known only where even and odd pulses are
// of opposite sign, as a coil hears them: a click has no width.
func (h *heard) width(x []float32) (float64, bool) {
	if h.alike > -0.7 {
		return 0, false
	}
	pre := int(widthBefore * h.rate)
	m := h.mean(x, pre, pre+int(widthAfter*h.rate))
	d := edges(m, max(1, int(0.00008*h.rate)))
	from, to := pre-int(0.003*h.rate), pre+int(pulseMost*h.rate)
	top := 0.0
	for i := max(0, from); i < min(to, len(d)); i++ {
		top = max(top, d[i])
	}
	rest := scatter(d[:pre-int(0.003*h.rate)])
	level := max(0.3*top, 6*rest)
	if top < 12*rest {
		return 0, false
	}
	// Edges are runs above the level; what is nearer than gap is one edge.
	first, last, quiet := -1, -1, 0
	gap := max(2, int(0.0004*h.rate))
	for i := max(1, from); i < min(to, len(d)-1); i++ {
		if d[i] < level {
			quiet++
			continue
		}
		switch {
		case first < 0:
			first, last = i, i
		case quiet > gap:
			last = i
		case d[i] > d[last]:
			if last == first {
				first = i
			}
			last = i
		}
		quiet = 0
	}
	if w := (crest(d, last) - crest(d, first)) / h.rate; first >= 0 && w > 0.0008 {
		return w, true
	}
	return 0, false
}

// crest is the place of the maximum at i between the samples.
func crest(d []float64, i int) float64 {
	if i < 1 || i+1 >= len(d) {
		return float64(i)
	}
	if q := d[i-1] - 2*d[i] + d[i+1]; q < 0 {
		return float64(i) + max(-0.5, min(0.5, 0.5*(d[i-1]-d[i+1])/q))
	}
	return float64(i)
}

// mean is the mean pulse, odd ones turned over, from pre samples before the
// template's step on.
func (h *heard) mean(x []float32, pre, size int) []float64 {
	m := make([]float64, size)
	n := 0.0
	for i := range h.seg {
		if h.fit[i] < 0.5*middle(append([]float64(nil), h.fit...)) {
			continue
		}
		at := float64(h.from[i]) + h.lag[i] + float64(h.head-pre)
		sign := 1.0
		if h.slot[i]&1 == 1 {
			sign = -1
			at += h.odd
		}
		o := int(math.Floor(at))
		f := at - float64(o)
		if o < 0 || o+size+1 >= len(x) {
			continue
		}
		n++
		for j := range m {
			m[j] += sign * (float64(x[o+j])*(1-f) + float64(x[o+j+1])*f)
		}
	}
	for j := range m {
		m[j] /= max(1, n)
	}
	return m
}

// edges is how steep m is at each sample, over ±w samples.
func edges(m []float64, w int) []float64 {
	d := make([]float64, len(m))
	for i := w; i < len(m)-w; i++ {
		d[i] = math.Abs(m[i+w] - m[i-w])
	}
	return d
}
