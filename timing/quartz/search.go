package quartz

import (
	"math"
	"slices"
)

// motors are the step periods of the trade's motors, in seconds: sweeping
// hands, chronograph and seconds hands, and two-hand watches.
var motors = []float64{1. / 32, 1. / 16, 0.1, 1. / 8, 1. / 6, 0.2, 0.25, 1. / 3, 0.5, 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60}

const (
	drift   = 3.2e-4 // relative, either way: the card's clock and the crystal
	found   = 7.5    // standard deviations from which a fold is no chance
	searchS = 900    // seconds of sound looked at for the period
)

// train is a periodic row of steps found in the frames.
type train struct {
	motor  float64   // nominal seconds from one group of steps to the next
	period float64   // the same as heard
	start  float64   // frames' seconds of the first
	z      float64   // how far its fold stands out
	fold   []float64 // mean of the frames over one period, in their own standard deviations
	peak   int       // its place in the fold
	burst  int       // steps at once; 1
	gap    float64   // seconds between those
}

// search finds the row of steps, or none.
func search(f frames) (train, bool) {
	z := f.z[:min(len(f.z), int(searchS*f.rate))]
	var best train
	for _, p := range motors {
		if float64(len(z))/f.rate < 2.5*p {
			break
		}
		if t := foldAt(z, f.rate, p); t.z > best.z {
			best = t
		}
	}
	if best.z < found {
		return best, false
	}
	for _, m := range []int{8, 6, 5, 4, 3, 2} {
		if best.divides(m, f.rate) {
			best = foldAt(z, f.rate, best.motor/float64(m))
			best.burst = 1
			return best, best.lonely(f.rate)
		}
	}
	best.burst, best.gap = best.bursts(f.rate)
	return best, best.lonely(f.rate)
}

// foldAt lays the frames over each other with period p, sheared for every
// drift, and returns the sharpest.
func foldAt(z []float64, rate, p float64) train {
	bins := max(8, int(math.Ceil(p*rate)))
	per := max(1, int(10/p)) // periods a row
	span := float64(per) * p
	rows := int(float64(len(z))/rate/span) + 1
	sum := make([]float64, rows*bins)
	cnt := make([]float64, rows*bins)
	for i, v := range z {
		t := float64(i) / rate
		r := int(t / span)
		_, frac := math.Modf(t / p)
		b := r*bins + min(bins-1, int(frac*float64(bins)))
		sum[b] += v
		cnt[b]++
	}
	best := train{motor: p}
	perBin := p / float64(bins)
	limit := drift * float64(len(z)) / rate / perBin // bins over the whole
	acc, n := make([]float64, bins), make([]float64, bins)
	for d := -math.Ceil(limit); d <= math.Ceil(limit); d++ {
		clear(acc)
		clear(n)
		for r := range rows {
			shift := int(math.Round(d * (float64(r) + 0.5) / float64(rows)))
			for b := range bins {
				src := r*bins + (((b+shift)%bins)+bins)%bins
				acc[b] += sum[src]
				n[b] += cnt[src]
			}
		}
		for b := range bins {
			if n[b] == 0 {
				continue
			}
			if s := acc[b] / math.Sqrt(n[b]); s > best.z {
				total := float64(rows) * span
				best.z, best.peak = s, b
				best.period = p * (1 + d*perBin/total)
				best.start = (float64(b) + 0.5) * perBin
				best.fold = best.fold[:0]
				for j := range bins {
					best.fold = append(best.fold, acc[j]/max(1, n[j]))
				}
			}
		}
	}
	return best
}

// near returns the tallest of the fold within ±reach seconds of a place given
// in periods after the peak.
func (t *train) near(after, reach, rate float64) float64 {
	n := len(t.fold)
	bin := t.motor / float64(n)
	c := t.peak + int(math.Round(after*float64(n)))
	w := int(reach / bin)
	top := math.Inf(-1)
	for j := c - w; j <= c+w; j++ {
		top = max(top, t.fold[((j%n)+n)%n])
	}
	return top
}

// divides tells whether the true period is an m-th of the one found: there is
// a step at every m-th of the fold, though some be softer.
func (t *train) divides(m int, rate float64) bool {
	p := t.motor / float64(m)
	if !slices.ContainsFunc(motors, func(v float64) bool { return math.Abs(v/p-1) < 1e-6 }) {
		return false
	}
	if p < 0.03 {
		return false
	}
	top := t.fold[t.peak]
	rest := scatter(t.fold)
	for k := 1; k < m; k++ {
		h := t.near(float64(k)/float64(m), 0.0045, rate)
		if h < 0.22*top || h < 5*rest {
			return false
		}
	}
	return true
}

// bursts counts the steps that follow the first at once, as a watch makes them
// when its cell is empty: two every two seconds, four every four, evenly
// spaced and alike.
func (t *train) bursts(rate float64) (int, float64) {
	if t.motor < 1.5 || t.motor > 4.5 {
		return 1, 0
	}
	at := t.groups()
	n := len(at)
	if n < 2 || n > 8 || math.Abs(t.motor/float64(n)-1) > 1e-9 && math.Abs(t.motor/float64(n)-2) > 1e-9 {
		return 1, 0 // another sound of the same step
	}
	gap := (at[n-1] - at[0]) / float64(n-1)
	if gap < 0.02 {
		return 1, 0
	}
	for i := range at {
		if math.Abs(at[i]-at[0]-gap*float64(i)) > 0.006 {
			return 1, 0
		}
	}
	t.start += at[0]
	for t.start < 0 {
		t.start += t.motor
	}
	return n, gap
}

// groups are the middles, in seconds from the peak, of what stands out of the
// fold around it.
func (t *train) groups() []float64 {
	top, n := t.fold[t.peak], len(t.fold)
	bin := t.motor / float64(n)
	var at []float64
	first, last := 0, math.MinInt/2
	reach := int(1.2 / bin)
	for j := -reach; j <= reach; j++ {
		if t.fold[((t.peak+j)%n+n)%n] < 0.5*top {
			continue
		}
		if float64(j-last)*bin > 0.005 {
			if last > -reach-1 {
				at = append(at, float64(first+last)/2*bin)
			}
			first = j
		}
		last = j
	}
	return append(at, float64(first+last)/2*bin)
}

// lonely tells whether the rest of the period is quiet: what sounds all the
// time, or at many places of it, is no stepping motor.
func (t *train) lonely(rate float64) bool {
	top := t.fold[t.peak]
	n := len(t.fold)
	bin := t.motor / float64(n)
	around := 0.06 // the landing, and correction pulses
	if t.burst > 1 {
		around += t.gap * float64(t.burst)
	}
	loud, last := 0, -n
	for j := range n {
		s := float64(j-t.peak) * bin
		s -= t.motor * math.Round(s/t.motor)
		if math.Abs(s) < around && math.Abs(s) < 0.3*t.motor || math.Abs(s) < 0.012 {
			continue
		}
		if t.fold[j] > 0.5*top {
			if float64(j-last)*bin > 0.006 {
				loud++
			}
			last = j
		}
	}
	return loud <= 2
}

// scatter returns 1.4826 times the median absolute deviation of v.
func scatter(v []float64) float64 {
	w := slices.Clone(v)
	m := middle(w)
	for i, x := range w {
		w[i] = math.Abs(x - m)
	}
	return 1.4826 * middle(w)
}
