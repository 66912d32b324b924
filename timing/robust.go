package timing

import (
	"math"
	"sort"
)

// median returns the middle of v, which it leaves as it was; NaN for none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	s := append(make([]float64, 0, len(v)), v...)
	sort.Float64s(s)
	n := len(s)
	return (s[(n-1)/2] + s[n/2]) / 2
}

// scatter is the median absolute deviation from the median, scaled to the
// standard deviation of a normal law.
func scatter(v []float64) float64 {
	m := median(v)
	d := make([]float64, len(v))
	for i := range v {
		d[i] = math.Abs(v[i] - m)
	}
	return median(d) / 0.6745
}

// biweight is Tukey's weight for a residual of r scales; it is 0 beyond 4.685,
// where the estimate keeps 95 % of its efficiency on normal noise.
func biweight(r float64) float64 {
	u := r / 4.685
	if u <= -1 || u >= 1 {
		return 0
	}
	u = 1 - u*u
	return u * u
}
