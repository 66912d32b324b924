package quartz

import "math"

// basis is a set of weighted columns made orthogonal, and what is left of the
// data beside them.
type basis struct {
	w    []float64
	cols [][]float64
	q    [][]float64 // orthonormal under w
	rest []float64
}

// newBasis lays t over the columns. A column the others already hold is left
// out of q.
func newBasis(cols [][]float64, t, w []float64) *basis {
	b := &basis{w: w, cols: cols, rest: append([]float64(nil), t...)}
	for _, c := range cols {
		q := append([]float64(nil), c...)
		was := b.dot(q, q)
		for range 2 { // twice is enough
			b.strip(q)
		}
		n := b.dot(q, q)
		if n <= 1e-12*was || n == 0 {
			continue
		}
		for i := range q {
			q[i] /= math.Sqrt(n)
		}
		b.q = append(b.q, q)
	}
	for range 2 {
		b.strip(b.rest)
	}
	return b
}

func (b *basis) dot(x, y []float64) float64 {
	s := 0.0
	for i, w := range b.w {
		s += w * x[i] * y[i]
	}
	return s
}

// strip takes the columns out of v.
func (b *basis) strip(v []float64) {
	for _, q := range b.q {
		d := b.dot(q, v)
		for i := range v {
			v[i] -= d * q[i]
		}
	}
}

// tails are the sums from each sample to the end, by which a column of steps
// is laid over the data without looking at every sample.
type tails struct {
	w    []float64
	q    [][]float64
	rest []float64
}

func (b *basis) sums() tails {
	tail := func(v []float64) []float64 {
		s := make([]float64, len(b.w)+1)
		for i := len(b.w) - 1; i >= 0; i-- {
			x := b.w[i]
			if v != nil {
				x *= v[i]
			}
			s[i] = s[i+1] + x
		}
		return s
	}
	t := tails{w: tail(nil), rest: tail(b.rest)}
	for _, q := range b.q {
		t.q = append(t.q, tail(q))
	}
	return t
}

// gain is by how much a column that rises by one at each of the places lowers
// the weighted sum of squares, the column's coefficient, and how much of it
// the others do not hold.
func (t tails) gain(at []int) (less, coef, own float64) {
	if len(at) == 0 {
		return 0, 0, 0
	}
	// The column is counted from its middle so that squares stay small.
	h := -float64(len(at)) / 2
	own = h * h * t.w[0]
	d := h * t.rest[0]
	for j, i := range at {
		v := h + float64(j)
		own += (2*v + 1) * t.w[i]
		d += t.rest[i]
	}
	for _, q := range t.q {
		p := h * q[0]
		for _, i := range at {
			p += q[i]
		}
		own -= p * p
	}
	if own < 1e-3 {
		return 0, 0, own
	}
	return d * d / own, d / own, own
}

// solve returns the coefficients of the columns by least squares and the
// inverse of their normal matrix.
func solve(cols [][]float64, t, w []float64) (beta []float64, inv [][]float64, ok bool) {
	n := len(cols)
	a := make([][]float64, n)
	for i := range a {
		a[i] = make([]float64, 2*n+1)
		a[i][n+i] = 1
		for j := range n {
			for k, x := range w {
				a[i][j] += x * cols[i][k] * cols[j][k]
			}
		}
		for k, x := range w {
			a[i][2*n] += x * cols[i][k] * t[k]
		}
	}
	for c := range n {
		p := c
		for r := c + 1; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[p][c]) {
				p = r
			}
		}
		if math.Abs(a[p][c]) < 1e-12 {
			return nil, nil, false
		}
		a[c], a[p] = a[p], a[c]
		for j := 2 * n; j >= c; j-- {
			a[c][j] /= a[c][c]
		}
		for r := range n {
			if r == c || a[r][c] == 0 {
				continue
			}
			m := a[r][c]
			for j := c; j <= 2*n; j++ {
				a[r][j] -= m * a[c][j]
			}
		}
	}
	beta = make([]float64, n)
	inv = make([][]float64, n)
	for i := range n {
		beta[i] = a[i][2*n]
		inv[i] = a[i][n : 2*n]
	}
	return beta, inv, true
}
