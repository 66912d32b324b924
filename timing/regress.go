package timing

import "math"

// line is the fit t = start + period·n + (−1)^n·parity/2 of beat times.
type line struct {
	start, period, parity    float64 // seconds
	uStart, uPeriod, uParity float64
	scale                    float64 // robust scatter of a beat
	used                     int
	inflation                float64 // of the variance, for residuals that hang together
}

// at returns the fitted time of beat n.
func (l line) at(n int) float64 {
	s := 0.5
	if n&1 == 1 {
		s = -0.5
	}
	return l.start + l.period*float64(n) + s*l.parity
}

// fitLine fits the beat times robustly: least squares reweighted by Tukey's
// biweight on the scatter found. res receives the residuals and keep the final
// weights; both have the length of n and t. withParity says whether tick and
// tock may be unequal.
func fitLine(n []int, t, res, keep []float64, withParity bool) line {
	var l line
	l.inflation = 1
	for i := range keep {
		keep[i] = 1
	}
	for round := range 12 {
		inv, ok := l.solve(n, t, keep, withParity)
		if !ok {
			l.scale = math.Inf(1)
			return l
		}
		abs := make([]float64, 0, len(t))
		for i := range t {
			res[i] = t[i] - l.at(n[i])
			abs = append(abs, math.Abs(res[i]))
		}
		dof := 3.0
		scale := median(abs) / 0.6745 * math.Sqrt(float64(len(t))/max(1, float64(len(t))-dof))
		scale = max(scale, 1e-7)
		done := round > 3 && math.Abs(scale-l.scale) < 1e-4*scale
		l.scale = scale
		if done || round == 11 {
			l.uncertain(res, keep, inv)
			return l
		}
		for i := range t {
			keep[i] = biweight(res[i] / scale)
		}
	}
	return l
}

// solve is one weighted least-squares step; it returns the inverse of the
// normal matrix in the order start, period, parity.
func (l *line) solve(n []int, t, w []float64, withParity bool) (inv [3][3]float64, ok bool) {
	var m [3][3]float64
	var v [3]float64
	// About the middle, so that the matrix is well conditioned.
	mid, sw := 0.0, 0.0
	for i := range n {
		mid += w[i] * float64(n[i])
		sw += w[i]
	}
	if sw < 3 {
		return inv, false
	}
	mid /= sw
	t0 := t[0]
	for i := range n {
		s := 0.5
		if n[i]&1 == 1 {
			s = -0.5
		}
		if !withParity {
			s = 0
		}
		x := [3]float64{1, float64(n[i]) - mid, s}
		for a := range 3 {
			for b := range 3 {
				m[a][b] += w[i] * x[a] * x[b]
			}
			v[a] += w[i] * x[a] * (t[i] - t0)
		}
	}
	if !withParity {
		m[2][2] = 1
	}
	inv, ok = invert3(m)
	if !ok {
		return inv, false
	}
	var p [3]float64
	for a := range 3 {
		for b := range 3 {
			p[a] += inv[a][b] * v[b]
		}
	}
	l.period, l.parity = p[1], p[2]
	l.start = t0 + p[0] - mid*p[1]
	return inv, true
}

// uncertain sets the uncertainties from the residuals: their weighted variance
// with the biweight's correction (Huber 1981, ch. 7), inflated where
// neighbouring residuals hang together, which they do in a real watch.
func (l *line) uncertain(res, keep []float64, inv [3][3]float64) {
	var psi2, dpsi float64
	used := 0
	for _, r := range res {
		u := r / l.scale / 4.685
		if u > -1 && u < 1 {
			w := 1 - u*u
			psi2 += r * r * w * w * w * w
			dpsi += w * (1 - 5*u*u)
			used++
		}
	}
	n := float64(len(res))
	l.used = used
	if dpsi <= 0 || n < 5 {
		l.uPeriod, l.uParity, l.uStart = math.Inf(1), math.Inf(1), math.Inf(1)
		return
	}
	variance := psi2 / (n - 3) / (dpsi / n) / (dpsi / n)
	// inv is of the weighted matrix; bring it to the full one.
	sw := 0.0
	for _, w := range keep {
		sw += w
	}
	full := sw / n
	l.inflation = hanging(res, keep)
	l.uStart = math.Sqrt(variance * inv[0][0] * full)
	l.uPeriod = math.Sqrt(variance * inv[1][1] * full * l.inflation)
	l.uParity = math.Sqrt(variance * inv[2][2] * full)
}

// hanging estimates by how much positive autocorrelation of the residuals
// raises the variance of a slope: 1 + 2 Σ ρ over the first lags, as long as
// they stand out of chance.
func hanging(res, keep []float64) float64 {
	n := len(res)
	if n < 12 {
		return 1
	}
	c0 := 0.0
	for i, r := range res {
		c0 += keep[i] * r * r
	}
	f := 1.0
	for lag := 1; lag <= min(n/4, 60); lag++ {
		c := 0.0
		for i := lag; i < n; i++ {
			c += math.Sqrt(keep[i]*keep[i-lag]) * res[i] * res[i-lag]
		}
		rho := c / c0
		if lag > 2 && rho < 1.5/math.Sqrt(float64(n)) {
			break
		}
		f += 2 * rho
	}
	return max(1, f)
}

func invert3(m [3][3]float64) (inv [3][3]float64, ok bool) {
	c := func(a, b, d, e int) float64 { return m[a][b]*m[d][e] - m[a][e]*m[d][b] }
	inv[0][0], inv[1][0], inv[2][0] = c(1, 1, 2, 2), -c(1, 0, 2, 2), c(1, 0, 2, 1)
	inv[0][1], inv[1][1], inv[2][1] = -c(0, 1, 2, 2), c(0, 0, 2, 2), -c(0, 0, 2, 1)
	inv[0][2], inv[1][2], inv[2][2] = c(0, 1, 1, 2), -c(0, 0, 1, 2), c(0, 0, 1, 1)
	det := m[0][0]*inv[0][0] + m[0][1]*inv[1][0] + m[0][2]*inv[2][0]
	if !(math.Abs(det) > 1e-30) {
		return inv, false
	}
	for a := range 3 {
		for b := range 3 {
			inv[a][b] /= det
		}
	}
	return inv, true
}
