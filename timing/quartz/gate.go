package quartz

import (
	"math"
	"slices"
	"sort"
)

// gates are the inhibition periods of the trade's circuits, in seconds, and
// others that a divider could be built with.
var (
	gates     = []float64{10, 20, 30, 60, 120, 240, 480, 960}
	rareGates = []float64{2, 4, 5, 8, 15, 16, 32, 40, 64, 80, 128, 180, 256, 300, 360, 512, 600}
)

// What a correction of the divider takes away, in seconds a day: crystals are
// cut to run a little fast, and no maker lets them run faster than this.
const (
	leastTrim = 0.1
	mostTrim  = 16
	untrimmed = 0.4   // a rate above may be that of a crystal whose correction was not heard
	surely    = 25.0  // twice the logarithm of the likelihood ratio that proves a correction
	clearly   = 9.0   // and the one that decides between two explanations
	finest    = 1e-13 // s² of variance below which no step is timed
)

// steps is the steps of a recording as they are fitted.
type steps struct {
	motor float64   // nominal seconds between two of them
	k     []float64 // number of the slot
	t     []float64 // seconds
	odd   []bool
	free  bool // odd steps may be placed otherwise than even ones
	w     []float64
	cuts  []float64 // slots from which on the sound is spliced
	marks []int     // workspace
}

// saw is a hypothesis about corrections: one every gate seconds from phase on.
type saw struct {
	gate, phase float64
	jump        float64 // seconds of lateness one adds
	score       float64 // twice the logarithm of its likelihood over that of no correction
	single      bool    // one correction alone is seen: its gate cannot be told
}

func (s *steps) columns() [][]float64 {
	n := len(s.k)
	one := make([]float64, n)
	lin := make([]float64, n)
	for i := range one {
		one[i], lin[i] = 1, s.k[i]-s.k[0]
	}
	cols := [][]float64{one, lin}
	if s.free {
		c := make([]float64, n)
		for i, o := range s.odd {
			if o {
				c[i] = 1
			}
		}
		cols = append(cols, c)
	}
	for _, at := range s.cuts {
		c := make([]float64, n)
		for i, k := range s.k {
			if k >= at {
				c[i] = 1
			}
		}
		cols = append(cols, c)
	}
	return cols
}

// teeth fills c with how many corrections were made before each step.
func (s *steps) teeth(c []float64, gate, phase float64) {
	for i, k := range s.k {
		c[i] = math.Floor((k*s.motor-phase)/gate + 1 + 1e-9)
	}
}

// grain is the common measure of two periods, in seconds.
func grain(a, b float64) float64 {
	x, y := int(math.Round(a*480)), int(math.Round(b*480))
	for y != 0 {
		x, y = y, x%y
	}
	return float64(x) / 480
}

// saws returns the best phase of every gate of which at least two corrections
// lie within the recording, and the best single correction.
func (s *steps) saws() (many []saw, one saw) {
	b := newBasis(s.columns(), s.t, s.w)
	p := b.sums()
	rss, n := b.dot(b.rest, b.rest), float64(len(s.k))
	dof := n - float64(len(b.q)) - 1
	if dof < 1 {
		return nil, saw{}
	}
	score := func(gain float64) float64 {
		return dof * math.Log((rss+n*finest)/(max(0, rss-gain)+n*finest))
	}
	first, last := s.k[0]*s.motor, s.k[len(s.k)-1]*s.motor
	for _, g := range slices.Concat(gates, rareGates) {
		if g > last-first || g*4 < s.motor {
			continue
		}
		best, most := saw{gate: g}, 0.0
		step := grain(s.motor, g)
		for phase := 0.0; phase < g-step/2; phase += step {
			gain, jump, own := p.gain(s.corrections(g, phase))
			// Two phases may explain the steps alike, one by corrections that
			// come early, which no divider makes.
			if own > 0.3 && jump > 0 && gain > most {
				most, best.jump, best.phase = gain, jump, phase
			}
		}
		if most > 0 {
			best.score = score(most)
			many = append(many, best)
		}
	}
	most := 0.0
	for i := 2; i < len(s.k)-1; i++ {
		if gain, jump, own := p.gain([]int{i}); own > 0.3 && gain > most {
			most = gain
			one = saw{jump: jump, phase: s.k[i] * s.motor, single: true, score: score(gain)}
		}
	}
	return many, one
}

// corrections returns the numbers of the steps before which a correction was
// made, one number for each; fewer than two make none.
func (s *steps) corrections(gate, phase float64) []int {
	first := s.k[0] * s.motor
	at := phase + gate*math.Floor((first-phase)/gate+1+1e-9)
	out := s.marks[:0]
	i := 0
	for n := len(s.k); ; at += gate {
		i += sort.Search(n-i, func(j int) bool { return s.k[i+j]*s.motor >= at-1e-6 })
		if i >= n {
			break
		}
		out = append(out, i)
	}
	s.marks = out
	if len(out) < 2 {
		return nil
	}
	return out
}

// trim is what the corrections take away, in s/d.
func (w saw) trim() float64 { return 86400 * w.jump / w.gate }

func (w saw) possible() bool { return w.trim() > leastTrim && w.trim() < mostTrim }

// verdict is what the corrections of a recording are known to be.
type verdict struct {
	saw     saw
	seen    bool // the rate is over whole periods of saw.gate …
	named   bool // … and that is the only gate that explains the steps
	hanging bool // a correction was seen and its gate cannot be told: no rate
}

// judge chooses between the hypotheses.
func judge(many []saw, one saw) verdict {
	var best saw
	for _, w := range many {
		if !w.possible() {
			continue
		}
		// A gate of the trade is believed before one that could be built.
		if !slices.Contains(gates, w.gate) {
			w.score -= 2*clearly + 0.02*w.score
		}
		if w.score > best.score {
			best = w
		}
	}
	switch {
	case best.score < surely:
		return verdict{hanging: one.score > surely && one.jump > 0, saw: one}
	case one.jump > 0 && one.score > best.score-clearly:
		return verdict{hanging: true, saw: one}
	}
	v := verdict{saw: best, seen: true, named: true}
	for _, w := range many {
		if w.gate == best.gate || !w.possible() || !slices.Contains(gates, w.gate) || w.score < best.score-clearly {
			continue
		}
		// Two gates explain the steps alike. The crystals of the trade decide
		// where they can: half a second to ten a day.
		switch a, b := likely(v.saw), likely(w); {
		case b && !a:
			v.saw = w
		case a == b:
			v.named = false
		}
	}
	return v
}

func likely(w saw) bool { return w.trim() >= 0.45 && w.trim() <= 11 }
