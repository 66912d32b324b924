package quartz

import (
	"math"
	"slices"
)

// result is the fit of the steps.
type result struct {
	verdict
	start, period float64 // heard, between corrections
	net, uNet     float64 // heard mean seconds a step over whole gates, and its standard uncertainty
	sigma         float64 // of one step
	used          int
	span          float64 // seconds from the first to the last
	res           []float64
	blind         float64 // s/d by which corrections too small to be seen may falsify the rate
}

// roughly returns the scatter of a step from differences that neither drift
// nor an alternating misplacement nor rare corrections touch.
func (s *steps) roughly() float64 {
	var d []float64
	for i := 4; i < len(s.k); i++ {
		if s.k[i]-s.k[i-2] == 2 && s.k[i-2]-s.k[i-4] == 2 {
			d = append(d, math.Abs(s.t[i]-2*s.t[i-2]+s.t[i-4]))
		}
	}
	if len(d) < 3 {
		return math.NaN()
	}
	return 1.4826 * middle(d) / math.Sqrt(6)
}

// discard gives no weight to steps that lie apart from two neighbours who
// agree with each other. Where many do, it is the watch that is so.
func (s *steps) discard() {
	n := len(s.k)
	slope := s.slope()
	r := make([]float64, n)
	for i := range r {
		r[i] = s.t[i] - s.t[0] - slope*(s.k[i]-s.k[0])
	}
	var apart []float64
	for i := 1; i+1 < n; i++ {
		apart = append(apart, math.Abs(r[i]-(r[i-1]+r[i+1])/2))
	}
	limit := max(10*middle(slices.Clone(apart)), 30e-6)
	var bad []int
	for i, d := range apart {
		if d > limit && math.Abs(r[i]-r[i+2]) < limit/2 {
			bad = append(bad, i+1)
		}
	}
	if len(bad)*8 < n {
		for _, i := range bad {
			s.w[i] = 0
		}
		s.drop()
	}
}

// drop removes the steps without weight.
func (s *steps) drop() {
	j := 0
	for i, w := range s.w {
		if w > 0 {
			s.k[j], s.t[j], s.odd[j], s.w[j] = s.k[i], s.t[i], s.odd[i], w
			j++
		}
	}
	s.k, s.t, s.odd, s.w = s.k[:j], s.t[:j], s.odd[:j], s.w[:j]
}

// slope is the median seconds a slot between steps that follow each other by
// two.
func (s *steps) slope() float64 {
	var d []float64
	for i := 2; i < len(s.k); i++ {
		d = append(d, (s.t[i]-s.t[i-2])/(s.k[i]-s.k[i-2]))
	}
	return middle(d)
}

// splices finds where sound is missing or was put in: steps that come too
// early, which no correction does, or far too late.
func (s *steps) splices() {
	slope, rough := s.slope(), s.roughly()
	if math.IsNaN(rough) {
		return
	}
	early, late := max(4e-4, 15*rough), max(0.2, 15*rough)
	for i := 3; i+3 <= len(s.k); i++ {
		step := func(j int) float64 { return s.t[j] - slope*(s.k[j]-s.k[i]) }
		before := middle([]float64{step(i - 1), step(i - 2), step(i - 3)})
		after := middle([]float64{step(i), step(i + 1), step(i + 2)})
		here := step(i) - step(i-1)
		if d := after - before; (d < -early || d > late) && math.Abs(here-d) < 0.3*math.Abs(d) {
			s.cuts = append(s.cuts, s.k[i])
		}
	}
	if len(s.cuts) > 6 {
		s.cuts = nil // what is spliced everywhere is something else
	}
}

// fit explains the steps.
func (s *steps) fit() (result, bool) {
	if len(s.k) < 4 {
		return result{}, false
	}
	s.discard()
	if len(s.k) < 4 {
		return result{}, false
	}
	s.splices()
	var r result
	for round := range 4 {
		r.verdict = judge(s.saws())
		if !s.regress(&r) {
			return r, false
		}
		if round == 3 || !s.reweigh(&r) {
			break
		}
	}
	r.used = len(s.k)
	r.span = s.t[len(s.t)-1] - s.t[0]
	if !r.seen {
		r.blind = s.blindness(r.sigma)
	}
	return r, true
}

// regress fits the chosen hypothesis.
func (s *steps) regress(r *result) bool {
	cols := s.columns()
	if r.seen || r.hanging {
		c := make([]float64, len(s.k))
		if r.saw.single {
			for i, k := range s.k {
				if k*s.motor >= r.saw.phase {
					c[i] = 1
				}
			}
		} else {
			s.teeth(c, r.saw.gate, r.saw.phase)
		}
		cols = append(cols, c)
	}
	beta, inv, ok := solve(cols, s.t, s.w)
	if !ok {
		return false
	}
	r.start, r.period = beta[0], beta[1]
	r.res = make([]float64, len(s.k))
	sum, weight := 0.0, 0.0
	for i := range r.res {
		v := s.t[i]
		for j, c := range cols {
			v -= beta[j] * c[i]
		}
		r.res[i] = v
		sum += s.w[i] * v * v
		weight += s.w[i]
	}
	dof := weight - float64(len(cols))
	if dof < 1 {
		return false
	}
	r.sigma = math.Sqrt(sum/dof + 4e-14)
	r.net = r.period
	last := len(cols) - 1
	v := inv[1][1]
	if r.seen {
		a := s.motor / r.saw.gate
		r.saw.jump = beta[last]
		r.net += a * beta[last]
		v += 2*a*inv[1][last] + a*a*inv[last][last]
	}
	r.uNet = r.sigma * math.Sqrt(max(0, v))
	if dof > 2.5 {
		r.uNet *= math.Sqrt(dof / (dof - 2)) // few steps know their own scatter badly
	} else {
		r.uNet *= 3
	}
	return true
}

// reweigh takes weight from steps that lie off the fit and tells whether it
// changed anything.
func (s *steps) reweigh(r *result) bool {
	mad := scatter(r.res)
	scale := max(mad, 0.3*r.sigma, 1e-7)
	changed := false
	for i, v := range r.res {
		w := 1.0
		if a := math.Abs(v) / scale; a > 6 {
			w = 0
		} else if a > 2.5 {
			w = 2.5 / a
		}
		if math.Abs(w-s.w[i]) > 0.05 {
			changed = true
		}
		s.w[i] = w
	}
	if changed {
		s.drop()
	}
	return changed && len(s.k) >= 5
}

// blindness is by how much, in s/d, corrections that hide in the scatter may
// falsify a rate taken as if there were none.
func (s *steps) blindness(sigma float64) float64 {
	span := (s.k[len(s.k)-1] - s.k[0]) * s.motor
	b := newBasis(s.columns(), s.t, s.w)
	c := make([]float64, len(s.k))
	lin := make([]float64, len(s.k))
	for i := range lin {
		lin[i] = s.k[i] - s.k[0]
	}
	// The slope's own share of a column: what is left of the line beside the
	// others.
	var others [][]float64
	for i, col := range s.columns() {
		if i != 1 {
			others = append(others, col)
		}
	}
	rest := newBasis(others, lin, s.w).rest
	norm := b.dot(rest, rest)
	worst := 0.0
	for _, g := range gates {
		if g*2 > span || g < 2*s.motor {
			continue
		}
		var sq, n float64
		step := max(grain(s.motor, g), g/12)
		own := 0.0
		for p := 0.0; p < g-step/2; p += step {
			s.teeth(c, g, p)
			bias := b.dot(rest, c)/norm - s.motor/g
			sq += bias * bias
			b.strip(c)
			own += b.dot(c, c)
			n++
		}
		own /= n
		if own < 1e-3 {
			continue
		}
		jump := min(3*sigma/math.Sqrt(own), mostTrim/86400*g)
		worst = max(worst, math.Sqrt(sq/n)*jump/s.motor*86400)
	}
	return worst / 2
}
