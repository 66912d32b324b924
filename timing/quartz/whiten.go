package quartz

import (
	"math"

	"etabli.example/timing/internal/fourier"
)

// whitener returns a symmetric filter that makes the usual sound white: hum
// and the colour of the noise go, the edges of a step stay. It delays by half
// its length.
func (f frames) whitener() []float64 {
	n := f.size
	top := 0.0
	for _, v := range f.usual {
		top = max(top, v)
	}
	z := make([]complex128, n)
	for k := range z {
		b := min(k, n-k, n/2-1)
		// The neighbours' mean: one band alone would ring.
		lo, hi := max(1, b-1), min(n/2-1, b+1)
		p := 0.0
		for i := lo; i <= hi; i++ {
			p += f.usual[i] / float64(hi-lo+1)
		}
		z[k] = complex(1/math.Sqrt(p+1e-9*top+1e-30), 0)
		if k == 0 {
			z[k] = 0
		}
	}
	fourier.NewPlan(n).Inverse(z)
	h := make([]float64, n-1)
	norm := 0.0
	for i := range h {
		d := i - (n/2 - 1)
		w := 0.5 + 0.5*math.Cos(2*math.Pi*float64(d)/float64(n))
		h[i] = w * real(z[((d%n)+n)%n])
		norm += h[i] * h[i]
	}
	for i := range h {
		h[i] /= math.Sqrt(norm)
	}
	return h
}

// cutWhite puts the whitened sound from sample from on into dst; what lies
// outside of x is zero.
func cutWhite(dst []float64, x []float32, from int, h []float64) {
	half := len(h) / 2
	for i := range dst {
		s := 0.0
		c := from + i + half
		lo, hi := 0, len(h)
		if c-(len(x)-1) > lo {
			lo = c - (len(x) - 1)
		}
		if c+1 < hi {
			hi = c + 1
		}
		for j := lo; j < hi; j++ {
			s += h[j] * float64(x[c-j])
		}
		dst[i] = s
	}
}
