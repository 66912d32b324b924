package quartz

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestUnhum takes a hum off a noise and leaves noise alone.
func TestUnhum(t *testing.T) {
	const rate = 8000.0
	g := rand.New(rand.NewPCG(1, 2))
	noise, both := make([]float32, 10*rate), make([]float32, 10*rate)
	for i := range noise {
		noise[i] = float32(0.01 * g.NormFloat64())
		s := 2 * math.Pi * 50.03 * float64(i) / rate
		both[i] = noise[i] + float32(0.5*math.Sin(s)+0.1*math.Sin(3*s+1))
	}
	if &unhum(noise, rate)[0] != &noise[0] {
		t.Error("noise is taken for hum")
	}
	y := unhum(both, rate)
	e := 0.0
	for i := int(rate); i < 9*rate; i++ {
		d := float64(y[i] - noise[i])
		e += d * d
	}
	if rms := math.Sqrt(e / 8 / rate); rms > 0.006 {
		t.Errorf("%.4f of a hum of 0.35 are left", rms)
	}
}
