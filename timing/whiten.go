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
	if n == whitenOrder {
		w.apply16(dst, src)
		return
	}
	for i := range dst {
		x := src[i : i+n+1]
		s := x[n]
		for j, a := range w.a {
			s += a * x[n-1-j]
		}
		dst[i] = s
	}
}

// apply16 is apply for the usual order, in four sums that do not wait for each
// other.
func (w whitener) apply16(dst, src []float64) {
	a := (*[16]float64)(w.a)
	for i := range dst {
		x := (*[17]float64)(src[i : i+17])
		p := x[16] + a[0]*x[15] + a[4]*x[11] + a[8]*x[7] + a[12]*x[3]
		q := a[1]*x[14] + a[5]*x[10] + a[9]*x[6] + a[13]*x[2]
		r := a[2]*x[13] + a[6]*x[9] + a[10]*x[5] + a[14]*x[1]
		s := a[3]*x[12] + a[7]*x[8] + a[11]*x[4] + a[15]*x[0]
		dst[i] = (p + q) + (r + s)
	}
}

// autocorrelate adds the autocorrelation of x to r.
func autocorrelate(r, x []float64) {
	for k := range r {
		r[k] += dot(x[k:], x)
	}
}
