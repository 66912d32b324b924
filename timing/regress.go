package timing

import "math"

// line is the fit t = start + period·n + (−1)^n·parity/2 of beat times.
type line struct {
	start, period, parity float64 // seconds
	uPeriod, uParity      float64 // set by refine
	scale                 float64 // robust scatter of a beat
	sigma, walk           float64 // the part that is independent, and the steps of the rest
	used                  int
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
// weights; both have the length of n and t. A beat whose time is NaN was not
// heard. withParity says whether tick and
// tock may be unequal.
func fitLine(n []int, t, res, keep []float64, withParity bool) line {
	var l line
	heard := 0
	for i := range keep {
		keep[i] = 1
		if t[i] != t[i] {
			keep[i] = 0
		} else {
			heard++
		}
	}
	pool := scratch.Get().(*[]float64)
	defer scratch.Put(pool)
	for round := range 12 {
		if !l.solve(n, t, keep, withParity) {
			l.scale = math.Inf(1)
			return l
		}
		abs := (*pool)[:0]
		for i := range t {
			res[i] = t[i] - l.at(n[i])
			if t[i] == t[i] {
				abs = append(abs, math.Abs(res[i]))
			}
		}
		*pool = abs
		const dof = 3
		scale := nth(abs, len(abs)/2) / 0.6745 * math.Sqrt(float64(heard)/max(1, float64(heard)-dof))
		scale = max(scale, 1e-7)
		done := round > 2 && math.Abs(scale-l.scale) < 1e-3*scale
		l.scale = scale
		if done || round == 11 {
			return l
		}
		for i := range t {
			if t[i] == t[i] {
				keep[i] = biweight(res[i] / scale)
			}
		}
	}
	return l
}

// solve is one weighted least-squares step.
func (l *line) solve(n []int, t, w []float64, withParity bool) bool {
	// About the middle, so that the matrix is well conditioned.
	mid, sw := 0.0, 0.0
	first := -1
	for i := range n {
		mid += w[i] * float64(n[i])
		sw += w[i]
		if first < 0 && w[i] != 0 {
			first = i
		}
	}
	if sw < 3 {
		return false
	}
	mid /= sw
	t0 := t[first]
	var xx, xs, ws, sv, xv, hv float64 // sums of products of 1, place, side and time
	for i := range n {
		if w[i] == 0 {
			continue
		}
		x, y, k := float64(n[i])-mid, w[i]*(t[i]-t0), w[i]
		xx += k * x * x
		sv += y
		xv += x * y
		if n[i]&1 == 1 {
			k, y = -k, -y
		}
		ws += k
		xs += k * x
		hv += y
	}
	m := [3][3]float64{{sw, 0, ws / 2}, {0, xx, xs / 2}, {ws / 2, xs / 2, sw / 4}}
	v := [3]float64{sv, xv, hv / 2}
	if !withParity {
		m[0][2], m[1][2], m[2][0], m[2][1], v[2] = 0, 0, 0, 0, 0
	}
	if !withParity {
		m[2][2] = 1
	}
	inv, ok := invert3(m)
	if !ok {
		return false
	}
	var p [3]float64
	for a := range 3 {
		for b := range 3 {
			p[a] += inv[a][b] * v[b]
		}
	}
	l.period, l.parity = p[1], p[2]
	l.start = t0 + p[0] - mid*p[1]
	return true
}

// uses tells whether a beat of residual r and weight keep is good enough for
// the filter, which is not robust.
func (l *line) uses(r, keep float64) bool { return keep > 0 && math.Abs(r) < 3.5*l.scale }

// refine replaces slope and parity by those of a watch that may wander, and
// sets their uncertainties; usual is the walk to be reckoned with.
func (l *line) refine(n []int, res, keep []float64, usual float64) {
	l.used = 0
	for i, r := range res {
		if l.uses(r, keep[i]) {
			l.used++
		}
	}
	s := steadily(n, res, keep, *l, usual)
	l.uPeriod, l.uParity = s.uSlope, s.uParity
	if math.IsInf(s.uSlope, 0) {
		return
	}
	l.walk, l.sigma = s.walk, s.sigma
	mid := float64(n[0]+n[len(n)-1]) / 2
	l.period += s.slope
	l.start -= s.slope * mid
	l.parity += s.parity
	for i := range res {
		h := 0.5
		if n[i]&1 == 1 {
			h = -0.5
		}
		res[i] -= s.slope*(float64(n[i])-mid) + h*s.parity
	}
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
