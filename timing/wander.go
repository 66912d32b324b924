package timing

import "math"

// steady is the rate and beat error of a watch that may wander: its beats
// scatter independently by sigma and its phase performs, besides, a random
// walk. How much of each is not known beforehand, so the estimate is the mean
// over a range of ratios, each weighted by how well it explains the beats. A
// least-squares line is the special case without a walk; its uncertainty is
// far too small for a real watch.
type steady struct {
	slope, uSlope   float64 // seconds a beat, against the line the residuals are of
	parity, uParity float64 // seconds, likewise
	walk            float64 // mean step of the walk, seconds a root beat
	sigma           float64 // independent scatter, seconds
	n               int
}

// beyond is how much less likely than the best, as a logarithm, a walk is that
// no longer counts.
const beyond = 14

// maxRatios is how many ratios are tried at most: enough for 70,000 beats.
const maxRatios = 24

// steadily estimates from the residuals res of beats n about the line l, of
// which those it uses are taken; usual is by how much the phase is thought to
// wander in a second.
func steadily(n []int, res, keep []float64, l line, usual float64) steady {
	count, scale, period := l.used, l.scale, l.period
	s := steady{n: count}
	if count < 6 || !(scale > 0) {
		s.uSlope, s.uParity = math.Inf(1), math.Inf(1)
		return s
	}
	span := float64(n[len(n)-1]-n[0]) + 1
	var ratios [maxRatios]float64 // the first is 0
	most := 1
	// Below 2/span² a walk changes the slope's variance by a fifth only; above
	// 1 nothing but the walk is seen.
	for r := 2 / (span * span); r < 2 && most < maxRatios; r *= 3 {
		ratios[most] = r
		most++
	}
	var all [maxRatios]walkFit
	fits := all[:most]
	best := math.Inf(-1)
	for i, r := range ratios[:most] {
		f := filterWalk(n, res, keep, &l, r)
		// Nearly half of the belief lies on no walk at all, the rest on all
		// strengths alike.
		if i > 0 {
			f.like -= math.Log(0.8 * float64(most-1))
			// A watch that walks much farther than watches do must show it: in
			// noise, which hides any walk, only a plausible one is allowed for.
			far := math.Sqrt(r/period) * scale / usual
			f.like -= math.Log(1 + far*far)
		}
		fits[i] = f
		best = max(best, f.like)
		// Once a walk has become far too strong, a stronger one is no better.
		if i > 2 && f.like < best-beyond && fits[i-1].like < best-beyond {
			fits = fits[:i+1]
			break
		}
	}
	total := 0.0
	for i := range fits {
		fits[i].like = math.Exp(fits[i].like - best)
		total += fits[i].like
	}
	for i, f := range fits {
		w := f.like / total
		s.slope += w * f.slope
		s.parity += w * f.parity
		s.walk += w * math.Sqrt(ratios[i]) * f.sigma
		s.sigma += w * f.sigma
	}
	for _, f := range fits {
		w := f.like / total
		s.uSlope += w * (f.vSlope + (f.slope-s.slope)*(f.slope-s.slope))
		s.uParity += w * (f.vParity + (f.parity-s.parity)*(f.parity-s.parity))
	}
	t := studentFactor(count - 3)
	s.uSlope, s.uParity = t*math.Sqrt(s.uSlope), t*math.Sqrt(s.uParity)
	return s
}

// usualWalk is by how much the phase of a watch wanders in a second, in
// seconds: tens of microseconds (reference timing §5.2 and §5.3).
const usualWalk = 70e-6

// usual is the walk to be reckoned with: any where every beat is clear, for
// what is then seen is the watch's own; that of a watch where noise hides it.
func (c coarse) usual() float64 {
	if hidden := c.hidden(); hidden > 0 {
		return usualWalk / hidden
	}
	return math.Inf(1)
}

// hidden is how far noise hides the beats: 0 where each is clear, towards 1.
func (c coarse) hidden() float64 {
	return max(0, 1-median(c.fit)/0.8)
}

// walkFit is what one ratio of walk to scatter gives.
type walkFit struct {
	like            float64 // log-likelihood
	slope, parity   float64
	vSlope, vParity float64
	sigma           float64
}

// filterWalk is a Kalman filter with the states phase, slope and parity; ratio
// is the variance of a step of the walk over that of the scatter, whose size
// is found on the way (Harvey 1989, §3.4).
func filterWalk(n []int, res, keep []float64, l *line, ratio float64) walkFit {
	scale := l.scale
	const big = 1e6
	// The states, and their covariance, of which one half is enough.
	var phase, slope, parity float64
	p00, p11, p22 := big, big, big
	var p01, p02, p12 float64
	last := n[0]
	var chi, logs float64
	product := 1.0 // of variances, so that few logarithms are taken
	count, inv := 0, 1/scale
	for i, k := range n {
		if !l.uses(res[i], keep[i]) {
			continue
		}
		if k != last {
			// phase += d·slope
			d := float64(k - last)
			last = k
			phase += d * slope
			p00 += d*(2*p01+d*p11) + ratio*math.Abs(d)
			p01 += d * p11
			p02 += d * p12
		}
		h := 0.5
		if k&1 == 1 {
			h = -0.5
		}
		g0, g1, g2 := p00+h*p02, p01+h*p12, p02+h*p22
		v := g0 + h*g2 + 1
		e := res[i]*inv - phase - h*parity
		r := 1 / v
		c := e * r
		phase += g0 * c
		slope += g1 * c
		parity += g2 * c
		k0, k1, k2 := g0*r, g1*r, g2*r
		p00 -= k0 * g0
		p01 -= k0 * g1
		p02 -= k0 * g2
		p11 -= k1 * g1
		p12 -= k1 * g2
		p22 -= k2 * g2
		// The first three beats only settle the states.
		if count++; count > 3 {
			chi += e * c
			if product *= v; product > 1e100 {
				logs += math.Log(product)
				product = 1
			}
		}
	}
	logs += math.Log(product)
	dof := float64(count - 3)
	f := walkFit{slope: slope * scale, parity: parity * scale}
	variance := chi / dof
	f.like = -0.5 * (dof*math.Log(variance) + logs)
	f.sigma = math.Sqrt(variance) * scale
	f.vSlope, f.vParity = p11*f.sigma*f.sigma, p22*f.sigma*f.sigma
	return f
}

// studentFactor is how much wider the 95 % interval of Student's law with dof
// degrees of freedom is than the normal one (Cornish–Fisher, three terms).
func studentFactor(dof int) float64 {
	const z = 1.959964
	n := float64(max(1, dof))
	t := z + (z*z*z+z)/(4*n) + (5*math.Pow(z, 5)+16*z*z*z+3*z)/(96*n*n) +
		(3*math.Pow(z, 7)+19*math.Pow(z, 5)+17*z*z*z-15*z)/(384*n*n*n)
	return t / z
}
