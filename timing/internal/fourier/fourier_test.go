package fourier

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/dsp/fourier"
	"pgregory.net/rapid"
)

func draw(t *rapid.T) []complex128 {
	n := 1 << rapid.IntRange(0, 11).Draw(t, "log n")
	g := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	x := make([]complex128, n)
	for i := range x {
		x[i] = complex(g.NormFloat64(), g.NormFloat64())
	}
	return x
}

func TestForwardAgreesWithGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := draw(t)
		want := fourier.NewCmplxFFT(len(x)).Coefficients(nil, x)
		NewPlan(len(x)).Forward(x)
		for i := range x {
			if cmplx.Abs(x[i]-want[i]) > 1e-9*math.Sqrt(float64(len(x))) {
				t.Fatalf("bin %d of %d: got %v, want %v", i, len(x), x[i], want[i])
			}
		}
	})
}

func TestInverseAndParseval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := draw(t)
		y := append([]complex128(nil), x...)
		p := NewPlan(len(x))
		p.Forward(y)
		var ex, ey float64
		for i := range x {
			ex += real(x[i])*real(x[i]) + imag(x[i])*imag(x[i])
			ey += (real(y[i])*real(y[i]) + imag(y[i])*imag(y[i])) / float64(len(x))
		}
		if math.Abs(ex-ey) > 1e-9*ex {
			t.Fatalf("energy %g became %g", ex, ey)
		}
		p.Inverse(y)
		for i := range x {
			if cmplx.Abs(x[i]-y[i]) > 1e-10 {
				t.Fatalf("sample %d: %v became %v", i, x[i], y[i])
			}
		}
	})
}

func TestNewPlanRefuses(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a length of 12 was accepted")
		}
	}()
	NewPlan(12)
}

func TestCeilPow2(t *testing.T) {
	for _, tt := range [][2]int{{0, 1}, {1, 1}, {2, 2}, {3, 4}, {4, 4}, {5, 8}, {1000, 1024}} {
		if got := CeilPow2(tt[0]); got != tt[1] {
			t.Errorf("CeilPow2(%d) = %d, want %d", tt[0], got, tt[1])
		}
	}
}
