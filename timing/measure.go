package timing

import (
	"math"

	"etabli.example/timing/wave"
)

// Measure reads a whole clip: what a Meter would say at its end. Of several
// channels the one with the clearest watch is read. cfg.Rate is taken from the
// clip.
func Measure(c wave.Clip, cfg Config) Reading {
	cfg.Rate = c.Rate
	best := Reading{Kind: None, Reason: NoWatch, Notices: []Notice{}, Periodic: []Periodic{}}
	for _, x := range c.Channels {
		m, err := NewMeter(cfg)
		if err != nil {
			return best
		}
		m.Write(x)
		if !m.known {
			m.conclude()
		}
		if r := m.Reading(); better(r, best) {
			best = r
		}
	}
	return best
}

// better tells whether a says more than b.
func better(a, b Reading) bool {
	if a.Confident != b.Confident {
		return a.Confident
	}
	if !a.Confident {
		return b.ToS == 0
	}
	u := func(r Reading) float64 {
		if r.RateU == nil {
			return math.Inf(1)
		}
		return *r.RateU
	}
	return u(a) < u(b)
}
