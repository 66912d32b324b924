package quartz

import (
	"math"
	"slices"

	"etabli.example/timing/internal/fourier"
)

// frames is the sound cut into short overlapping spectra: how much each stands
// out from what is usual in its bands, and what is usual. Hum and hiss are
// usual; a step is not.
type frames struct {
	rate  float64   // frames a second
	z     []float64 // how far each frame stands out, in standard deviations, capped
	half  float64   // seconds from a frame's number over rate to its middle
	usual []float64 // median power of each band
	size  int       // samples of a frame
}

const (
	frameSeconds = 0.004
	hopsASecond  = 500
	tallest      = 10 // no frame counts more: one bang is not a watch
)

// listen cuts x into frames.
func listen(x []float32, rate float64) frames {
	n := fourier.CeilPow2(int(frameSeconds * rate))
	hop := int(math.Round(rate / hopsASecond))
	count := (len(x) - n) / hop
	f := frames{rate: rate / float64(hop), half: float64(n) / 2 / rate, size: n}
	if count < 64 {
		return f
	}
	bands := n / 2
	p := spectra(x, n, hop, count)
	f.usual = make([]float64, bands)
	column := make([]float64, 0, count)
	every := max(1, count/3000)
	for b := range bands {
		column = column[:0]
		for i := b % every; i < count; i += every {
			column = append(column, float64(p[i*bands+b]))
		}
		f.usual[b] = middle(column)
	}
	floor := 1e-12 * slices.Max(f.usual)
	f.z = make([]float64, count)
	for i := range f.z {
		s := 0.0
		for b := 1; b < bands; b++ {
			s += math.Log1p(float64(p[i*bands+b]) / (f.usual[b] + floor + 1e-30))
		}
		f.z[i] = s
	}
	standardise(f.z)
	return f
}

// spectra returns the power of each band of each frame.
func spectra(x []float32, n, hop, count int) []float32 {
	bands := n / 2
	plan := fourier.NewPlan(n)
	win := make([]float64, n)
	for i := range win {
		win[i] = 0.5 - 0.5*math.Cos(2*math.Pi*(float64(i)+0.5)/float64(n))
	}
	z := make([]complex128, n)
	p := make([]float32, count*bands)
	for i := 0; i < count; i += 2 {
		// Two real frames ride on one complex transform.
		a, b := i*hop, min(i+1, count-1)*hop
		for j := range z {
			z[j] = complex(win[j]*float64(x[a+j]), win[j]*float64(x[b+j]))
		}
		plan.Forward(z)
		for k := range bands {
			u, v := z[k], z[(n-k)%n]
			ra, ia := (real(u)+real(v))/2, (imag(u)-imag(v))/2
			rb, ib := (imag(u)+imag(v))/2, (real(v)-real(u))/2
			p[i*bands+k] = float32(ra*ra + ia*ia)
			if i+1 < count {
				p[(i+1)*bands+k] = float32(rb*rb + ib*ib)
			}
		}
	}
	return p
}

// standardise brings v to median zero and standard deviation one and caps it.
func standardise(v []float64) {
	m := middle(slices.Clone(v))
	d := make([]float64, len(v))
	for i, x := range v {
		d[i] = math.Abs(x - m)
	}
	s := 1.4826*middle(d) + 1e-9
	for i, x := range v {
		v[i] = max(-3, min(tallest, (x-m)/s))
	}
}

// middle returns the median of v, which it reorders.
func middle(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	slices.Sort(v)
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}
