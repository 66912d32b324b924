package timing

// whitener is a prediction-error filter learnt from the sound between beats:
// behind it the noise is white, so that a sum of squares or a product with a
// template weighs every frequency as it deserves. It is of minimum phase and
// answers without delay, so that the onset of a sound stays where it is.
type whitener struct {
	a []float64 // error[n] = x[n] + Σ a[i] x[n-1-i]
}

const whitenOrder = 16

// newWhitener solves the normal equations of the autocorrelation r (Levinson
// and Durbin). A little white noise is added, 50 dB down, so that a recording
// without noise is not differentiated to pieces.
func newWhitener(r []float64) whitener {
	w := whitener{}
	if len(r) < 2 || r[0] <= 0 {
		return w
	}
	r0 := r[0] * 1.00001
	order := len(r) - 1
	a := make([]float64, order)
	tmp := make([]float64, order)
	e := r0
	for i := range order {
		k := r[i+1]
		for j := range i {
			k += a[j] * r[i-j]
		}
		k = -k / e
		copy(tmp, a[:i])
		for j := range i {
			a[j] = tmp[j] + k*tmp[i-1-j]
		}
		a[i] = k
		if e *= 1 - k*k; e <= 0 {
			return whitener{}
		}
	}
	w.a = a
	return w
}

// apply filters src, which begins len(a) samples before dst does.
func (w whitener) apply(dst, src []float64) {
	n := len(w.a)
	for i := range dst {
		x := src[i : i+n+1]
		s := x[n]
		for j, a := range w.a {
			s += a * x[n-1-j]
		}
		dst[i] = s
	}
}

// autocorrelate adds the autocorrelation of x to r.
func autocorrelate(r, x []float64) {
	for k := range r {
		s := 0.0
		for i := k; i < len(x); i++ {
			s += x[i] * x[i-k]
		}
		r[k] += s
	}
}
