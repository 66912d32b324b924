package timing

import "math"

// Spectrum is what returns in the lateness of the beats: the level of each
// frequency from 0 on.
type Spectrum struct {
	StepHz   float64   // between two levels
	LevelsDB []float64 // peak lateness, 0 dB is 1 µs
}

// Spectrum returns the residual spectrum of the beats heard, from which the
// periodic faults of the reading were taken; ok is false before 45 beats.
func (m *Meter) Spectrum() (s Spectrum, ok bool) {
	m.Reading()
	a := &m.a
	if !m.known || a.reason != NoReason || len(a.n) < 45 {
		return Spectrum{}, false
	}
	res := make([]float64, len(a.n))
	for i, n := range a.n {
		res[i] = a.res[i]
		for _, r := range a.ripples {
			res[i] += r.at(n)
		}
	}
	span := float64(a.n[len(a.n)-1]-a.n[0]) + 1
	s.StepHz = 0.5 / span / a.line.period
	for k := range int(span * 2 / 3) { // up to a third of a beat's frequency
		c := [2]float64{}
		if k > 0 {
			c, _ = lineAt(a.n, res, a.keep, math.Pi*float64(k)/span)
		}
		s.LevelsDB = append(s.LevelsDB, 20*math.Log10(max(1e-3, 1e6*math.Hypot(c[0], c[1]))))
	}
	return s, true
}
