package timing

import "math"

// smoothDegree is the degree of the curve that a break is held against: with
// the parity it has as many free numbers as two lines and the place where they
// part.
const smoothDegree = 5

// curves is how many numbers a smooth course has: those of its polynomial and
// the parity.
const curves = smoothDegree + 2

// smoothScale returns the robust scatter of the beats about a smooth curve, a
// polynomial fitted like a line (see fitLine); +Inf where it cannot be fitted.
func smoothScale(n []int, t []float64) float64 {
	if len(n) < 2*curves {
		return math.Inf(1)
	}
	mid, half := float64(n[0]+n[len(n)-1])/2, float64(n[len(n)-1]-n[0])/2
	basis := make([][curves]float64, len(n))
	w := make([]float64, len(n))
	t0 := math.NaN()
	for i, k := range n {
		// Legendre's polynomials, nearly orthogonal over the beats.
		x := (float64(k) - mid) / half
		b := &basis[i]
		b[0], b[1] = 1, x
		for d := 2; d <= smoothDegree; d++ {
			b[d] = (float64(2*d-1)*x*b[d-1] - float64(d-1)*b[d-2]) / float64(d)
		}
		b[curves-1] = 0.5 - float64(k&1)
		if t[i] == t[i] {
			w[i] = 1
			if t0 != t0 {
				t0 = t[i]
			}
		}
	}
	scale := math.Inf(1)
	res := make([]float64, 0, len(n))
	for range 6 {
		c, ok := leastSquares(basis, t, w, t0)
		if !ok {
			return scale
		}
		at := func(i int) float64 {
			r := t[i] - t0
			for d, v := range c {
				r -= v * basis[i][d]
			}
			return r
		}
		res = res[:0]
		for i := range n {
			if t[i] == t[i] {
				res = append(res, math.Abs(at(i)))
			}
		}
		m := float64(len(res))
		scale = max(1e-7, nth(res, len(res)/2)/0.6745*math.Sqrt(m/max(1, m-curves)))
		for i := range n {
			if t[i] == t[i] {
				w[i] = biweight(at(i) / scale)
			}
		}
	}
	return scale
}

// leastSquares solves the weighted normal equations (Cholesky).
func leastSquares(basis [][curves]float64, t, w []float64, t0 float64) (c [curves]float64, ok bool) {
	var m [curves][curves]float64
	for i, b := range basis {
		if w[i] == 0 {
			continue
		}
		for a := range curves {
			for d := range a + 1 {
				m[a][d] += w[i] * b[a] * b[d]
			}
			c[a] += w[i] * b[a] * (t[i] - t0)
		}
	}
	for a := range curves {
		for d := range a + 1 {
			s := m[a][d]
			for k := range d {
				s -= m[a][k] * m[d][k]
			}
			if a != d {
				m[a][d] = s / m[d][d]
			} else if s > 1e-9 {
				m[a][a] = math.Sqrt(s)
			} else {
				return c, false
			}
		}
		for k := range a {
			c[a] -= m[a][k] * c[k]
		}
		c[a] /= m[a][a]
	}
	for a := curves - 1; a >= 0; a-- {
		for k := a + 1; k < curves; k++ {
			c[a] -= m[k][a] * c[k]
		}
		c[a] /= m[a][a]
	}
	return c, true
}

// sharper is how much less the beats must scatter about two lines than about a
// smooth curve for a break to be believed.
const sharper = 0.8

// breaks tells whether the beats break at the second at rather than go along a
// curve: a balance whose amplitude breathes moves the drop by milliseconds to
// and fro, and nothing has happened to it. Where too little is on one side of
// the break to tell, or what is heard behind it is nothing like the beats, the
// break is believed.
func (a *analysis) breaks(at float64) bool {
	n, t := a.n, a.t
	s := 0
	for s < len(t) && !(t[s] >= at) {
		s++
	}
	if s < 12 || s+12 > len(n) {
		return true
	}
	like, alike := 0.62*median(a.drop.fit[:s]), 0
	for _, f := range a.drop.fit[s:] {
		if f > like {
			alike++
		}
	}
	if 4*alike < 3*(len(n)-s) {
		return true
	}
	res, keep := make([]float64, len(n)), make([]float64, len(n))
	x := fitLine(n[:s], t[:s], res[:s], keep[:s], true)
	y := fitLine(n[s:], t[s:], res[s:], keep[s:], true)
	w := float64(s) / float64(len(n))
	two := math.Exp(w*math.Log(x.scale) + (1-w)*math.Log(y.scale))
	return two < sharper*smoothScale(n, t)
}
