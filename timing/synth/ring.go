package synth

import (
	"math"
	"math/rand/v2"
)

// drawModes invents a case: a handful of modes between 2 and 13 kHz, or what
// is heard of it below the limit, the louder the lower, each ringing some tenths of a millisecond to 2 ms.
func drawModes(rng *rand.Rand, limit float64) []Mode {
	span := max(1.1, min(6.5, limit/2000))
	n := 4 + rng.IntN(5)
	m := make([]Mode, n)
	for i := range m {
		hz := 2000 * math.Pow(span, rng.Float64())
		m[i] = Mode{Hz: hz, DecayMS: 0.25 + 1.6*rng.Float64()*math.Sqrt(3000/hz), Gain: (0.3 + rng.Float64()) * math.Pow(4000/hz, 0.4)}
	}
	return m
}

// voice is one struck mode: a damped phasor stepped once a sample.
type voice struct {
	z, step complex128
	left    int
}

// attack is how long a blow takes to build up; metal on jewel is a matter of
// tens of microseconds.
const attack = 40e-6

// strike adds the voices of one blow at delay seconds behind the sample that
// is made next (delay < 1 sample) to vs.
func strike(vs []voice, modes []Mode, rate, delay, gain, rough float64, rng *rand.Rand) []voice {
	for _, m := range modes {
		g := gain * m.Gain * math.Exp(rough*rng.NormFloat64())
		phase := rough * rng.NormFloat64()
		for _, tau := range [2]float64{m.DecayMS * 1e-3, attack} {
			w := complex(-1/tau, 2*math.Pi*m.Hz)
			vs = append(vs, voice{
				z:    complex(g, 0) * expc(w*complex(-delay, 0)) * expc(complex(0, phase)),
				step: expc(w * complex(1/rate, 0)),
				left: int(min(9*tau, 0.04)*rate) + 1,
			})
			g = -g // the second voice takes the first one's onset away
		}
	}
	return vs
}

func expc(z complex128) complex128 {
	s, c := math.Sincos(imag(z))
	r := math.Exp(real(z))
	return complex(r*c, r*s)
}
