package timing

import "math"

// coarse is where each beat was heard by its loudness alone, to a fraction of
// a millisecond: enough to know whether there is a watch, and where to listen.
type coarse struct {
	n     []int     // beats on the grid since the start of the sound
	t     []float64 // seconds of the place lock.phase
	fit   []float64 // likeness to the mean beat, −1…1
	res   []float64
	keep  []float64
	line  line
	reach float64 // seconds a beat was looked for early and late
	proof float64 // log-likelihood of a regular beat against chance
	told  int     // places the proof rests on: as many as beats, or groups of beats
}

// nearer are the shares of the usual reach within which beats are looked for
// where noise finds most of them elsewhere: the fold and its period say where
// they are far better than a single beat does.
var nearer = []float64{0.5, 0.25}

// timeCoarsely finds the beats of l in e, as near to where the fold expects
// them as proves them best. A narrower look has to prove the more, for it was
// chosen among several.
func timeCoarsely(e envelope, l lock) coarse {
	best := timeWithin(e, l, 1, 1)
	for _, share := range nearer {
		if l.z < sureZ || best.proof > 1.2*float64(len(best.n)) {
			break
		}
		if c := timeWithin(e, l, share, 1); c.proof > best.proof+5 {
			best = c
		}
	}
	for _, size := range groupSizes {
		if best.proves() {
			break
		}
		c := timeWithin(e, l, 1, size)
		if c.told >= fewestGroups && c.proof > groupProof+float64(c.told) {
			c.spread(size)
			best = c
		}
	}
	return best
}

// In noise that hides single beats the mean of several in a row is looked at
// instead. Of it more is asked, for this is tried last.
var groupSizes = []int{4, 8}

const (
	fewestGroups = 12
	groupProof   = 10
)

// proves tells whether single beats prove that there is a watch.
func (c coarse) proves() bool { return c.proof > leastProof && c.proof > 0.5*float64(c.told) }

// leastProof is the log-likelihood ratio below which no watch is believed.
const leastProof = 15

// spread puts the single beats, where the line expects them, in the place of
// the groups of size beats they were heard in.
func (c *coarse) spread(size int) {
	first, last := c.n[0], c.n[len(c.n)-1]
	half := size - 1 // a group reaches so many beats to both sides of its middle
	fit := median(c.fit) / math.Sqrt(float64(size))
	c.n, c.t, c.fit = nil, nil, nil
	for n := first - half; n <= last+half; n++ {
		c.n, c.t, c.fit = append(c.n, n), append(c.t, c.line.at(n)), append(c.fit, fit)
	}
	c.res, c.keep = make([]float64, len(c.n)), make([]float64, len(c.n))
	for i := range c.keep {
		c.keep[i] = 1
	}
}

// sureZ is how far above chance a repetition must be for its fold to say where
// beats are.
const sureZ = 8

// timeWithin looks for the beats of l in e, or for the means of size beats of
// one pallet in a row, within a share of the usual reach.
// Each is compared with the mean of all others: a mean that holds the beat
// itself would find it in pure noise.
func timeWithin(e envelope, l lock, share float64, size int) coarse {
	p := l.swing / 2
	c := coarse{reach: share * min(0.12*p, 0.012)}
	f := newFold(e, l.swing, nil)
	pre, post := int(min(0.2*p, 0.03)/f.bin), int(min(0.12*p, 0.012)/f.bin)
	lags := int(c.reach/f.bin) + 1
	m := len(f.v)
	others, corr := e.pace.floats(pre+post), e.pace.floats(2*lags+1)
	group := e.pace.floats(pre + post + 2*lags)
	for k := int(math.Floor(float64(e.first) / e.rate / l.swing)); ; k += size {
		if float64(k)*l.swing > float64(e.first+int64(len(e.v)))/e.rate {
			break
		}
		for par := range 2 {
			at := float64(k)*l.swing + l.phase[par]
			if !e.meanOf(group, at, l.swing, size, pre+lags) {
				continue
			}
			b := int(math.Round(l.phase[par]/f.bin)) % m
			lag, fit := matchBeat(e, f, group, float64(size), b, pre, lags, others, corr)
			e.pace.rest(2 * (lags + size) * (pre + post))
			if math.IsNaN(fit) {
				continue
			}
			// The middle of a group, a swing being two beats.
			c.n = append(c.n, 2*k+par+size-1+(size-1)%2)
			c.t = append(c.t, at+lag/e.rate+float64((size-1+(size-1)%2)/2)*l.swing)
			c.fit = append(c.fit, fit)
		}
	}
	c.told = len(c.t)
	c.res, c.keep = make([]float64, len(c.t)), make([]float64, len(c.t))
	if len(c.t) >= 6 {
		c.line = fitLine(c.n, c.t, c.res, c.keep, true)
		c.proof = proof(c.res, c.line.scale, c.reach)
	}
	return c
}

// meanOf puts the mean loudness about at seconds, and about so many swings
// later as there are in a group of size, into x, which begins before frames
// earlier. It returns false where not all of it was heard.
func (e envelope) meanOf(x []float64, at, swing float64, size, before int) bool {
	clear(x)
	share, most := 1/float64(size), 6*e.sigma
	for k := range size {
		o := int(math.Round((at+float64(k)*swing)*e.rate-float64(e.first))) - before
		if o < 0 || o+len(x) >= len(e.v) {
			return false
		}
		for j, v := range e.v[o : o+len(x)] {
			x[j] += share * min(v, most)
		}
	}
	return true
}

// matchBeat compares the loudness heard, a mean of count beats, with the fold
// about bin b. others and corr are room to work in.
func matchBeat(e envelope, f fold, heard []float64, count float64, b, pre, lags int, others, corr []float64) (lag, fit float64) {
	m := len(f.v)
	size := len(others)
	mean, own, most := 0.0, count/max(2*count, f.turns), 6*e.sigma
	for j := range others {
		k := ((b-pre+j)%m + m) % m
		others[j] = f.v[k] - own*min(heard[lags+j], 6*e.sigma)
		mean += others[j]
	}
	mean /= float64(size)
	tt := 0.0
	for j := range others {
		others[j] -= mean
		tt += others[j] * others[j]
	}
	top, at := math.Inf(-1), 0
	for d := range corr {
		x := heard[d:]
		x = x[:len(others)]
		s := 0.0
		for j, v := range others {
			u := x[j]
			if u > most {
				u = most
			}
			s += v * u
		}
		corr[d] = s
		if s > top {
			top, at = s, d
		}
	}
	xx, xm := 0.0, 0.0
	unheard := 0
	for _, v := range heard[at : at+size] {
		v = min(v, 6*e.sigma)
		xx += v * v
		xm += v
		if v == 0 {
			unheard++
		}
	}
	xx -= xm * xm / float64(size)
	if unheard > size/4 || tt <= 0 || xx <= 0 {
		return 0, math.NaN()
	}
	d := 0.0
	if at > 0 && at < len(corr)-1 {
		d = parabola(corr[at-1], corr[at], corr[at+1])
	}
	return float64(at-lags) + d, top / math.Sqrt(tt*xx)
}

// proof returns the log-likelihood ratio of residuals that are normal with the
// given scale, one in five an outlier, against residuals that lie anywhere
// within ±reach, which is where chance would put them.
func proof(res []float64, scale, reach float64) float64 {
	scale = max(scale, reach/200)
	s := 0.0
	for _, r := range res {
		u := r / scale
		s += math.Log(0.8*math.Exp(-u*u/2)/(scale*math.Sqrt(2*math.Pi))*2*reach + 0.2)
	}
	return s
}

// doubt says why the beats found are not to be believed, if they are not.
func (c coarse) doubt(l lock) Reason {
	n := float64(len(c.t))
	switch {
	case n < 8, n < 16 && l.lame():
		return TooShort
	case l.z < 4:
		return NoWatch
	case c.proof < leastProof, c.proof < 0.5*float64(c.told) && !(l.z > 12 && c.proof > 0.15*float64(c.told)), l.halved(), l.thirds(), (l.single || l.even(inTime)) && l.energy < 18 && l.maybeTicks(),
		l.contrast < 4 && median(c.fit) < 0.6:
		// One sound a period that barely stands out may as well be the tick of
		// a watch whose tock does not; and where half as much is heard between
		// the beats as in them, and the beats are hardly alike, they may be
		// any of several.
		return TooNoisy
	}
	return NoReason
}
