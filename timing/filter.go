package timing

import "math"

// decimator halves the rate log2(factor) times by a half-band filter.
type decimator struct {
	factor int
	stages []halfband
}

func newDecimator(factor int) decimator {
	d := decimator{factor: factor}
	for m := factor; m > 1; m /= 2 {
		d.stages = append(d.stages, newHalfband())
	}
	return d
}

func (d *decimator) push(v float64) (float64, bool) {
	for i := range d.stages {
		var ok bool
		if v, ok = d.stages[i].push(v); !ok {
			return 0, false
		}
	}
	return v, true
}

// halfband is a 23-tap half-band low-pass (windowed sinc, Blackman): every
// second tap but the middle one is zero.
type halfband struct {
	buf  [24]float64
	at   int
	skip bool
	taps [6]float64 // at odd distances 1, 3, … 11
}

func newHalfband() halfband {
	var h halfband
	sum := 0.0
	for i := range h.taps {
		d := float64(2*i + 1)
		w := 0.42 + 0.5*math.Cos(math.Pi*d/12) + 0.08*math.Cos(2*math.Pi*d/12)
		h.taps[i] = w * math.Sin(math.Pi*d/2) / (math.Pi * d)
		sum += 2 * h.taps[i]
	}
	for i := range h.taps {
		h.taps[i] *= 0.5 / sum
	}
	return h
}

func (h *halfband) push(v float64) (float64, bool) {
	h.buf[h.at] = v
	at := h.at
	h.at = (h.at + 1) % 24
	h.skip = !h.skip
	if h.skip {
		return 0, false
	}
	mid := at - 11 + 24
	y := 0.5 * h.buf[mid%24]
	for i, t := range h.taps {
		d := 2*i + 1
		y += t * (h.buf[(mid-d)%24] + h.buf[(mid+d)%24])
	}
	return y, true
}

// highpass is a second-order Butterworth high-pass (bilinear transform).
type highpass struct {
	b0, a1, a2     float64
	x1, x2, y1, y2 float64
}

func newHighpass(hz, rate float64) highpass {
	k := math.Tan(math.Pi * hz / rate)
	n := 1 / (1 + math.Sqrt2*k + k*k)
	return highpass{b0: n, a1: 2 * (k*k - 1) * n, a2: (1 - math.Sqrt2*k + k*k) * n}
}

func (h *highpass) push(x float64) float64 {
	y := h.b0*(x-2*h.x1+h.x2) - h.a1*h.y1 - h.a2*h.y2
	h.x2, h.x1 = h.x1, x
	h.y2, h.y1 = h.y1, y
	return y
}

func (h *highpass) reset() { h.x1, h.x2, h.y1, h.y2 = 0, 0, 0, 0 }
