package timing

import (
	"math"
	"sort"
)

// lock is where the beats are: tick and tock of every swing of the balance.
type lock struct {
	stray      float64    // loudness of the loudest place that belongs to no beat, over the loudest beat
	strayAfter float64    // where it is, in beats after the one before
	strayEven  bool       // it lies alike in both halves of a swing
	swing      float64    // seconds of a full oscillation, two beats
	phase      [2]float64 // seconds into the swing of tick and tock, roughly the drop
	z          float64    // strength of the repetition
	energy     float64    // loudness of the softer of the two, in standard deviations
	width      float64    // of a beat in the fold, seconds
	single     bool       // tick and tock could not be told apart
	tock       float64    // where tick and tock could not be told apart or are in time: how loud, against the beat, one between may be at most
	contrast   float64    // loudness of the beats over the loudest place between them
	fold       fold
	explained  float64 // variance of the sound that the fold explains, over that of chance
}

// Between A and C, and within the ringing after C, lies one beat: two places
// nearer to each other than this share of the period are one beat. At 100°
// amplitude A precedes C by 0.17 of a beat, and a clock so far out of beat
// that its halves are as 3 to 7 hardly runs.
const oneBeat = 0.3

// findLock looks for a watch in e. Of the candidate periods whose fold shows
// one beat or two, those that explain nearly as much of the sound as any are
// true periods or multiples of it, and the strongest of them is it.
func findLock(e envelope, least, greatest float64) (lock, bool) {
	cands := e.periods(least, greatest, 9)
	if len(cands) == 0 {
		return lock{}, false
	}
	// A period that the comb missed may be a simple ratio of one it found.
	top := cands[0]
	for _, r := range []float64{1.5, 2, 3, 0.5} {
		if p := top.period * r; p > least && p < greatest {
			cands = append(cands, candidate{p, top.z / math.Sqrt(max(r, 1/r))})
		}
	}
	var locks, refused []lock
	for _, c := range cands {
		if c.z < 0.45*top.z {
			continue
		}
		if l, ok := newLock(e, c); ok {
			locks = append(locks, l)
		} else {
			refused = append(refused, l)
		}
	}
	var best lock
	for _, l := range locks {
		if l.z > best.z && l.explains(locks) && l.explains(refused) {
			best = l
		}
	}
	return best, best.z > 0
}

// explains tells whether l explains nearly as much of the sound as each of
// others. Twice the period and more may explain a second watch, or half of a
// beat far out of place, so less is asked against those.
func (l lock) explains(others []lock) bool {
	for _, o := range others {
		share := 0.8
		if o.fold.period > 1.75*l.fold.period {
			share = 0.62
		}
		if l.explained < share*o.explained {
			return false
		}
	}
	return true
}

// apart is the distance of two places on the circle of one period, 0 to 0.5.
func apart(a, b cluster, period float64) float64 {
	d := math.Abs(a.at-b.at) / period
	return min(d, 1-d)
}

// partner returns the place of the other pallet's beat: the loudest that is at
// least a beat away from the first and not too soft; nil where there is none.
func partner(places []cluster, period float64) *cluster {
	for i := 1; i < len(places); i++ {
		if apart(places[i], places[0], period) >= oneBeat && places[i].sum > 0.15*places[0].sum {
			return &places[i]
		}
	}
	return nil
}

// weighStrays notes what sounds away from tick and tock, and returns how loud
// the loudest of it is. What lies within one beat of either belongs to it; the
// further away from the drop, the less surely.
func (l *lock) weighStrays(places []cluster, second *cluster, period float64) (loudest float64) {
	first, near := places[0], oneBeat
	if second != nil {
		near = oneBeat / 2
	}
	var strays []cluster
	for _, p := range places[1:] {
		d := apart(p, first, period)
		if second != nil {
			if p == *second {
				continue
			}
			d = min(d, apart(p, *second, period))
		}
		switch {
		case d >= near:
			loudest = max(loudest, p.sum)
			strays = append(strays, p)
			if p.sum > l.stray*first.sum {
				l.stray = p.sum / first.sum
				l.strayAfter = (p.at - first.at) / period
				l.strayAfter -= math.Floor(l.strayAfter)
				if second != nil {
					l.strayAfter *= 2
				}
			}
		case d >= 0.6*near:
			loudest = max(loudest, 0.5*p.sum)
		}
	}
	if second != nil {
		// The same sound between tick and tock as between tock and tick?
		l.strayAfter = math.Mod(l.strayAfter, 1)
		if len(strays) == 2 {
			d := math.Mod(math.Abs(strays[0].at-strays[1].at)/period, 0.5)
			l.strayEven = min(d, 0.5-d) < 0.03
		}
	}
	return loudest
}

// newLock judges one candidate; explained is set even where it is refused.
func newLock(e envelope, c candidate) (lock, bool) {
	period := trackPeriod(e, c.period)
	f := newFold(e, period, nil)
	e.pace.rest(8 * len(e.v))
	l := lock{z: c.z, fold: f, explained: f.explained()}
	places := f.flat().clusters(0.22 * period)
	e.pace.rest(60 * len(f.v))
	if len(places) == 0 {
		return l, false
	}
	first := places[0]
	second := partner(places, period)
	loudest := l.weighStrays(places, second, period)
	l.width = first.width
	softer := first
	if second == nil {
		l.single = true
		l.swing = 2 * period
		l.phase = [2]float64{first.at, first.at + period}
		l.tock = f.between(first.at)
	} else {
		l.swing = period
		l.phase = [2]float64{first.at, second.at}
		if l.phase[1] < l.phase[0] {
			l.phase[1] += period
		}
		softer = *second
		l.sameSound()
		if l.even(inTime) {
			l.tock = newFold(e, period/2, nil).between(math.Mod(first.at, period/2))
			e.pace.rest(8 * len(e.v))
		}
	}
	l.energy = softer.energy
	l.contrast = softer.sum / max(loudest, 1e-3*softer.sum)
	if l.swing < 7200.0/MaxBPH*0.97 || l.swing > 7200.0/MinBPH*1.03 {
		return l, false
	}
	if c.z > 10 {
		return l, loudest <= 0.8*softer.sum // another watch may be near
	}
	return l, loudest <= 0.5*softer.sum
}

// sameSound moves the places of tick and tock to one sound: the loudest place
// of a tick may be its drop and that of a tock its impulse. Both are laid over
// each other, and the loudest place of the sum is taken in either.
func (l *lock) sameSound() {
	f := l.fold
	n, p := len(f.v), l.swing/2
	half := int(0.25 * p / f.bin)
	cut := func(phase float64) []float64 {
		v := make([]float64, 2*half+1)
		for j := range v {
			v[j] = f.v[((int(math.Round(phase/f.bin))+j-half)%n+n)%n]
		}
		return v
	}
	x, y := cut(l.phase[0]), cut(l.phase[1])
	lag, fit := likeness(x, y, int(0.18*p/f.bin))
	if fit < 0.5 {
		return
	}
	d := int(math.Round(lag))
	sum := make([]float64, len(x))
	for j := range sum {
		if k := j + d; k >= 0 && k < len(y) {
			sum[j] = x[j] + y[k]
		}
	}
	sum = smoothed(sum, 2)
	peak := 0
	for j := range sum {
		if sum[j] > sum[peak] {
			peak = j
		}
	}
	l.phase[0] += float64(peak-half) * f.bin
	l.phase[1] += (float64(peak-half) + lag) * f.bin
}

// name calls tick the beat that falls on the second even.
func (l *lock) name(even float64) {
	if even != even {
		return
	}
	off := func(phase float64) float64 {
		d := (even - phase) / l.swing
		return math.Abs(d - math.Round(d))
	}
	if off(l.phase[1]) < off(l.phase[0]) {
		l.phase[0], l.phase[1] = l.phase[1], l.phase[0]+l.swing
		if l.phase[1]-l.phase[0] >= l.swing {
			l.phase[1] -= l.swing
		}
	}
}

// halved tells whether the beats found may be the ticks alone of a watch twice
// as fast, whose tocks hardly stand out: the beats follow each other evenly,
// and something is heard between them.
func (l lock) halved() bool {
	return (l.single || l.even(0.01) && l.strayEven) && l.stray > 0.1
}

// inTime is by how little of a swing tick and tock may be out of step and still
// be taken for the ticks alone of a watch twice as fast.
const inTime = 0.003

// even tells whether tick and tock follow each other evenly, within a share of
// the swing.
func (l lock) even(within float64) bool {
	return math.Abs((l.phase[1]-l.phase[0])/l.swing-0.5) < within
}

// lame tells whether the halves of the swing are so unequal that a few beats do
// not prove them to be tick and tock of one watch.
func (l lock) lame() bool { return !l.single && !l.even(0.1) }

// Where one sound a period is heard, a tock between may have gone unheard that
// is softTock as loud as the tick, or rareTock where what is heard is the beat
// of nearly every watch: one of twice the beat, and with so soft a tock, is
// rarer than both.
const (
	softTock = 0.15
	rareTock = 0.35
)

// usualBeats are those of nearly every wristwatch.
var usualBeats = []float64{18000, 19800, 21600, 25200, 28800}

// maybeTicks tells whether the one sound a period may be the ticks alone.
func (l lock) maybeTicks() bool {
	for _, b := range usualBeats {
		if math.Abs(7200/l.swing/b-1)*SecondsPerDay < listedWithin {
			return l.tock > rareTock
		}
	}
	return l.tock > softTock
}

// thirds tells whether tick and tock stand at a third of the swing: they are
// then two of three beats of a watch three times as fast, or two of three
// sounds, for a watch so far out of beat hardly runs.
func (l lock) thirds() bool {
	d := (l.phase[1] - l.phase[0]) / l.swing
	d -= math.Floor(d)
	return !l.single && math.Abs(min(d, 1-d)-1.0/3) < 0.008
}

// trackPeriod refines a period by following the fold through e.
func trackPeriod(e envelope, period float64) float64 {
	for range 3 {
		f := newFold(e, period, nil)
		e.pace.rest(8 * len(e.v))
		at, late, weight := follow(e, f, max(1.0, 3*period), min(0.1*period, 0.012))
		if len(at) < 2 {
			return period
		}
		_, slope := weightedLine(at, late, weight)
		period *= 1 + slope
		if math.Abs(slope)*(at[len(at)-1]-at[0]) < 2e-4 {
			break
		}
	}
	return period
}

// follow cuts e into stretches of length seconds and returns how late the
// fold f is heard in each, looking ±reach seconds, and how clearly.
func follow(e envelope, f fold, length, reach float64) (at, late, weight []float64) {
	n := len(f.v)
	per := int(length * e.rate)
	turns, most := 1/(e.rate*f.period), 6*e.sigma
	lags := int(reach/f.bin) + 1
	acc, cnt, c := make([]float64, n), make([]float64, n), make([]float64, 2*lags+1)
	var loud []int
	for k, v := range f.v {
		if v > 2*f.sigma {
			loud = append(loud, k)
		}
	}
	for from := 0; from+per/2 < len(e.v); from += per {
		to := min(len(e.v), from+per)
		clear(acc)
		clear(cnt)
		for i := from; i < to; i++ {
			ph := (float64(e.first) + float64(i)) * turns
			k := int((ph - float64(int64(ph))) * float64(n))
			if k >= n {
				k = 0
			}
			v := e.v[i]
			if v > most {
				v = most
			}
			acc[k] += v
			cnt[k]++
		}
		for k := range acc {
			if cnt[k] > 0 {
				acc[k] /= cnt[k]
			}
		}
		best, bestAt := math.Inf(-1), 0
		for lag := -lags; lag <= lags; lag++ {
			s := 0.0
			for _, k := range loud {
				j := k + lag
				if j < 0 {
					j += n
				} else if j >= n {
					j -= n
				}
				s += f.v[k] * acc[j]
			}
			c[lag+lags] = s
			if s > best {
				best, bestAt = s, lag+lags
			}
		}
		if bestAt == 0 || bestAt == 2*lags || best <= 0 {
			continue
		}
		d := parabola(c[bestAt-1], c[bestAt], c[bestAt+1])
		at = append(at, (float64(e.first)+float64(from+to)/2)/e.rate)
		late = append(late, (float64(bestAt-lags)+d)*f.bin)
		weight = append(weight, best)
		e.pace.rest(5*per + 2*len(c)*len(loud))
	}
	return at, late, weight
}

// parabola returns where between −½ and ½ the parabola through three
// equidistant values peaks.
func parabola(a, b, c float64) float64 {
	d := a - 2*b + c
	if d >= 0 {
		return 0
	}
	return max(-0.5, min(0.5, 0.5*(a-c)/d))
}

// weightedLine fits y = a + b·x by least absolute deviations (Theil–Sen start,
// reweighted), robust against stretches spoilt by noise.
func weightedLine(x, y, w []float64) (a, b float64) {
	if len(x) < 2 {
		return 0, 0
	}
	type pair struct{ s, w float64 }
	var ps []pair
	for i := range x {
		for j := i + 1; j < len(x); j++ {
			dx := x[j] - x[i]
			ps = append(ps, pair{(y[j] - y[i]) / dx, dx * math.Sqrt(max(w[i], 0)*max(w[j], 0))})
		}
	}
	sort.Slice(ps, func(i, j int) bool { return ps[i].s < ps[j].s })
	total := 0.0
	for _, p := range ps {
		total += p.w
	}
	half := 0.0
	for _, p := range ps {
		if half += p.w; half >= total/2 {
			b = p.s
			break
		}
	}
	rs := make([]float64, len(x))
	for i := range x {
		rs[i] = y[i] - b*x[i]
	}
	sort.Float64s(rs)
	return rs[len(rs)/2], b
}
