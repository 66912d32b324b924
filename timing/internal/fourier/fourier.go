// Package fourier is the discrete Fourier transform of the timing engine:
// powers of two only, with the tables kept between calls. It is not a
// general transform library; other lengths are padded by the caller.
package fourier

import (
	"math"
	"math/bits"
	"math/cmplx"
)

// Plan holds the tables for one length. It may be shared by goroutines.
type Plan struct {
	n     int
	twid  []complex128 // exp(-2πi k/n), k < n/2
	order []int32      // bit-reversed indices
}

// NewPlan returns the plan for transforms of n points; it panics unless n is a
// power of two of at least 1.
func NewPlan(n int) *Plan {
	if n < 1 || n&(n-1) != 0 {
		panic("fourier: length is not a power of two")
	}
	p := &Plan{n: n, twid: make([]complex128, n/2), order: make([]int32, n)}
	for k := range p.twid {
		s, c := math.Sincos(-2 * math.Pi * float64(k) / float64(n))
		p.twid[k] = complex(c, s)
	}
	if n > 1 {
		shift := 64 - bits.TrailingZeros(uint(n))
		for i := range p.order {
			p.order[i] = int32(bits.Reverse64(uint64(i)) >> shift)
		}
	}
	return p
}

// Len returns the number of points.
func (p *Plan) Len() int { return p.n }

// Forward replaces x by its unnormalised transform Σ x[j] exp(-2πi jk/n); it
// panics where the length is not the plan's. Decimation in time, radix 2
// (Cooley and Tukey 1965).
func (p *Plan) Forward(x []complex128) {
	if len(x) != p.n {
		panic("fourier: length mismatch")
	}
	for i, j := range p.order {
		if int(j) > i {
			x[i], x[j] = x[j], x[i]
		}
	}
	// The first two stages together, whose factors are 1 and −i.
	half := 1
	if p.n >= 4 {
		for base := 0; base < p.n; base += 4 {
			v := (*[4]complex128)(x[base:])
			a, b := v[0]+v[1], v[0]-v[1]
			c, d := v[2]+v[3], v[2]-v[3]
			d = complex(imag(d), -real(d))
			v[0], v[1], v[2], v[3] = a+c, b+d, a-c, b-d
		}
		half = 4
	}
	for ; half < p.n; half *= 2 {
		step := p.n / (2 * half)
		for base := 0; base < p.n; base += 2 * half {
			a, b := x[base:base+half], x[base+half:base+2*half]
			b = b[:len(a)]
			w := 0
			for k, u := range a {
				// Written out: the built-in product looks for infinities.
				f, v := p.twid[w], b[k]
				w += step
				t := complex(real(f)*real(v)-imag(f)*imag(v), real(f)*imag(v)+imag(f)*real(v))
				a[k], b[k] = u+t, u-t
			}
		}
	}
}

// Inverse replaces x by Σ x[j] exp(+2πi jk/n) / n, so that it undoes Forward.
func (p *Plan) Inverse(x []complex128) {
	for i := range x {
		x[i] = cmplx.Conj(x[i])
	}
	p.Forward(x)
	s := 1 / float64(p.n)
	for i := range x {
		x[i] = complex(real(x[i])*s, -imag(x[i])*s)
	}
}

// CeilPow2 returns the least power of two that is at least n.
func CeilPow2(n int) int {
	if n <= 1 {
		return 1
	}
	return 1 << bits.Len(uint(n-1))
}
