package timing

import (
	"math"
	"sync"
)

// scratch lends short-lived slices to the small functions that need a copy of
// what they are given; a stream that has been heard for a while makes no new
// ones.
var scratch = sync.Pool{New: func() any { return new([]float64) }}

// median returns the middle of v, which it leaves as it was; NaN for none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	p := scratch.Get().(*[]float64)
	*p = append((*p)[:0], v...)
	m := middle(*p)
	scratch.Put(p)
	return m
}

// quantile returns the value below which the share q of v lies; v is left as
// it was.
func quantile(v []float64, q float64) float64 {
	p := scratch.Get().(*[]float64)
	*p = append((*p)[:0], v...)
	x := nth(*p, int(q*float64(len(v))))
	scratch.Put(p)
	return x
}

// middle returns the middle of v, which it reorders.
func middle(v []float64) float64 {
	n := len(v)
	hi := nth(v, n/2)
	if n%2 == 1 {
		return hi
	}
	lo := v[0]
	for _, x := range v[1 : n/2] {
		lo = max(lo, x)
	}
	return (lo + hi) / 2
}

// nth returns the value that would be at place k if v were sorted, and puts
// what is less before it (Hoare 1961, the pivot the middle of three). NaN
// counts as less than all.
func nth(v []float64, k int) float64 {
	less := func(a, b float64) bool { return a < b || a != a && b == b }
	lo, hi := 0, len(v)-1
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if less(v[mid], v[lo]) {
			v[mid], v[lo] = v[lo], v[mid]
		}
		if less(v[hi], v[lo]) {
			v[hi], v[lo] = v[lo], v[hi]
		}
		if less(v[hi], v[mid]) {
			v[hi], v[mid] = v[mid], v[hi]
		}
		p := v[mid]
		i, j := lo, hi
		for i <= j {
			for less(v[i], p) {
				i++
			}
			for less(p, v[j]) {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return v[k]
		}
	}
	return v[k]
}

// scatter is the median absolute deviation from the median, scaled to the
// standard deviation of a normal law.
func scatter(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	p := scratch.Get().(*[]float64)
	d := append((*p)[:0], v...)
	m := middle(d)
	for i := range v {
		d[i] = math.Abs(v[i] - m)
	}
	m = middle(d)
	*p = d
	scratch.Put(p)
	return m / 0.6745
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
