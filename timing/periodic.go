package timing

import "math"

// ripple is a sine in the lateness of the beats.
type ripple struct {
	beats    float64 // period
	cos, sin float64 // seconds, at beat 0 of the grid
	chance   float64 // false-alarm probability
}

// at returns the ripple's lateness at beat n, in seconds.
func (r ripple) at(n int) float64 {
	s, c := math.Sincos(2 * math.Pi * float64(n) / r.beats)
	return r.cos*c + r.sin*s
}

// depth is the ripple's amplitude in seconds.
func (r ripple) depth() float64 { return math.Hypot(r.cos, r.sin) }

// falseAlarm is how improbable a ripple must be by chance to be reported.
const falseAlarm = 1e-3

// findRipples looks for sines in the residuals of the beats, from 3 beats to a
// third of what was heard (Lomb 1976, Scargle 1982). A line is held against
// the lines about it rather than against all of them, so that the slow unrest
// of a watch does not pass for a wheel. The strongest is taken out and the
// search repeated.
func findRipples(n []int, res, keep []float64, most int, p *pace) []ripple {
	var found []ripple
	r := append([]float64(nil), res...)
	for len(found) < most {
		best, ok := strongest(n, r, keep, p)
		if !ok {
			break
		}
		found = append(found, best)
		for i := range r {
			r[i] -= best.at(n[i])
		}
	}
	return found
}

// strongest returns the line that stands out most.
func strongest(n []int, res, keep []float64, pc *pace) (ripple, bool) {
	if len(n) < 45 {
		return ripple{}, false
	}
	span := float64(n[len(n)-1]-n[0]) + 1
	lines := int(span * 2 / 3 * 2) // up to 1/3 a beat, half a resolution apart
	power := make([]float64, lines)
	coef := make([][2]float64, lines)
	for k := range power {
		if k >= 6 { // shorter than a third of what was heard
			coef[k], power[k] = lineAt(n, res, keep, math.Pi*float64(k)/span)
			pc.rest(8 * len(n))
		}
	}
	var best ripple
	top := 0.0
	pool := scratch.Get().(*[]float64)
	defer scratch.Put(pool)
	for k := 6; k < lines; k++ {
		about := (*pool)[:0]
		for j := max(6, k-40); j < min(lines, k+41); j++ {
			if j < k-3 || j > k+3 {
				about = append(about, power[j])
			}
		}
		*pool = about
		if len(about) < 12 {
			continue
		}
		pc.rest(1000)
		// Power of noise is exponential: its median is ln 2 of its mean.
		mean := middle(about) / math.Ln2
		if z := power[k] / mean; z > top {
			top = z
			trials := span * 2 / 3
			best = ripple{beats: 2 * span / float64(k), cos: coef[k][0], sin: coef[k][1], chance: min(1, trials*math.Exp(-z))}
		}
	}
	if !(top > 0 && best.chance < falseAlarm) {
		return best, false
	}
	// The lines are half a resolution apart; the summit lies between.
	w, p := 2*math.Pi/best.beats, 0.0
	for d := -1.0; d <= 1; d += 0.1 {
		v := w + d*math.Pi/span
		if c, q := lineAt(n, res, keep, v); q > p {
			p = q
			best.beats, best.cos, best.sin = 2*math.Pi/v, c[0], c[1]
		}
	}
	return best, true
}

// lineAt fits a sine of w radians a beat; it returns its coefficients and the
// power it explains.
func lineAt(n []int, res, keep []float64, w float64) (coef [2]float64, power float64) {
	var cc, ss, cs, yc, ys float64
	step := complex(math.Cos(w), math.Sin(w))
	ph := complex(math.Cos(w*float64(n[0])), math.Sin(w*float64(n[0])))
	last := n[0]
	for i, m := range n {
		for ; last < m; last++ {
			ph *= step
		}
		if !(keep[i] > 0) {
			continue
		}
		c, s := real(ph), imag(ph)
		cc += c * c
		ss += s * s
		cs += c * s
		yc += res[i] * c
		ys += res[i] * s
	}
	if d := cc*ss - cs*cs; d > 1e-9*cc*ss {
		coef = [2]float64{(yc*ss - ys*cs) / d, (ys*cc - yc*cs) / d}
		power = coef[0]*yc + coef[1]*ys
	}
	return coef, power
}

// describe names what a ripple may be.
func (a *analysis) describe(r ripple, train []Wheel) Periodic {
	beat := a.line.period
	p := Periodic{PeriodS: r.beats * beat, Beats: r.beats, DepthMS: 1000 * r.depth(), FalseAlarm: r.chance}
	// The first maximum of lateness heard.
	phase := math.Atan2(r.sin, r.cos) / (2 * math.Pi) * r.beats
	k := math.Ceil((float64(a.n[0]) - phase) / r.beats)
	p.FirstAtS = a.line.start + beat*(phase+k*r.beats)
	span := float64(a.n[len(a.n)-1] - a.n[0])
	if w, ok := suspect(train, r.beats, span); ok {
		p.Wheel, p.Teeth, p.Hypothesis = w.Name, w.Teeth, !w.Counted
		if w.Teeth > 0 && math.Abs(w.Beats-2*float64(w.Teeth)) < 0.01 && math.Abs(r.beats-w.Beats) < 0.5*w.Beats {
			// Tooth by tooth, every second beat, from the first beat heard.
			beat := int(math.Round(phase+k*r.beats)) - a.n[0]
			p.Tooth = beat/2%w.Teeth + 1
		}
	} else if math.Abs(p.PeriodS-60) < 1.5 {
		p.Wheel, p.Hypothesis = "fourth", true
	}
	return p
}
