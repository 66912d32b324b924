package timing

import (
	"math"
	"slices"
)

// extend hears the beats that came since the last lesson with what was learnt
// in it: a few thousand operations a beat. What is heard of a beat depends on
// the lesson and the beats before it, never on when it was asked for.
func (m *listener) extend(a *analysis) {
	if !m.hearNew(a) {
		return
	}
	a.forget()
	a.early, a.isA = a.learnt.early, a.learnt.isA
	a.settle()
	a.to = a.drop.line.at(a.n[len(a.n)-1]) + float64(a.hearing.post)/m.front.rate
	m.settled = len(a.n)
}

// hearNew times the beats that came since it was last called, and tells
// whether any were not settled yet.
func (m *listener) hearNew(a *analysis) bool {
	f := m.front
	for n := a.n[len(a.n)-1] + 1; ; n++ {
		end := a.drop.expect(n, a.n) + float64(a.hearing.post)/f.rate
		if end*f.rate > float64(f.sound.end+int64(f.sound.fill)) {
			break
		}
		te := a.drop.expect(n, a.n)
		t, fit := m.hearOne(&a.drop, a.whiten, te, n&1)
		u, ufit, ue := math.NaN(), 0.0, 0.0
		if a.learnt.early {
			ue = a.unlock.expect(n, a.n)
			u, ufit = m.hearOne(&a.unlock, a.whiten, ue, n&1)
		}
		// The drop moves with the amplitude: one of the two in place will do.
		off := min(a.drop.astray(t, te, f.rate), a.unlock.astray(u, ue, f.rate))
		a.astray = 0.85*a.astray + 0.15*off
		a.n = append(a.n, n)
		a.drop.t, a.drop.fit = append(a.drop.t, t), append(a.drop.fit, fit)
		a.unlock.t, a.unlock.fit = append(a.unlock.t, u), append(a.unlock.fit, ufit)
	}
	return len(a.n) != m.settled
}

// astray returns how far from te a beat was heard, as a share of the reach; 1
// if not at all.
func (e *event) astray(t, te, rate float64) float64 {
	if t != t {
		return 1
	}
	return min(1, math.Abs(t-te)*rate/float64(max(1, e.reach*e.step)))
}

// expect returns when beat n should be heard: on the line of the last lesson,
// moved by the middle of what the last beats showed, so that a watch that
// moves on is followed.
func (e *event) expect(n int, beats []int) float64 {
	var d [31]float64
	k, most := 0, 9
	if e.soft {
		most = len(d) // one beat says little
	}
	for i := len(e.t) - 1; i >= 0 && i >= len(e.t)-2*most && k < most; i-- {
		if v := e.t[i] - e.base.at(beats[i]); v == v {
			d[k] = v
			k++
		}
	}
	if k < 5 {
		return e.base.at(n)
	}
	slices.Sort(d[:k])
	return e.base.at(n) + d[k/2]
}

// hearOne times one event where it is expected, at te seconds.
func (m *listener) hearOne(ev *event, w whitener, te float64, par int) (t, fit float64) {
	f := m.front
	start := int64(math.Round(te*f.rate - ev.on[par]))
	d := int(math.Round(ev.mid[par] * f.rate))
	// In noise the last fit knows better than this beat's best likeness where
	// to look, but a watch that has moved on must be followed.
	from := ev.at[par] + d - (ev.pre+ev.reach)*ev.step
	n := (len(ev.shape[par]) + 2*ev.reach + 3) * ev.step
	m.raw, m.white = resize(m.raw, n+len(w.a)+2*ev.step), resize(m.white, n+2*ev.step)
	f.sound.copy(m.raw, start+int64(from)-int64(len(w.a))-int64(ev.step))
	w.apply(m.white, m.raw)
	a := aligner{reach: ev.reach, shape: ev.shape[par], corr: resize(m.corr, 2*ev.reach+1)}
	m.corr = a.corr
	m.seg = resize(m.seg, len(a.shape)+2*ev.reach+1)
	if ev.wave {
		cut(m.seg, m.white, ev.step)
	} else {
		envelopeOf(m.seg, m.white, ev.step, ev.step)
	}
	lag, fit := a.best(m.seg)
	if ev.soft {
		lag, fit = a.leaning(m.seg, ev.curve[par])
	}
	if fit <= 0 {
		return math.NaN(), 0
	}
	shift := (float64(d)+lag*float64(ev.step))/f.rate - ev.mid[par]
	return (float64(start)+ev.on[par])/f.rate + shift, fit
}

// forget drops beats older than is remembered.
func (a *analysis) forget() {
	k := 0
	for k < len(a.n) && a.n[len(a.n)-1]-a.n[k] > int(keepSeconds/a.line.period) {
		k++
	}
	if k == 0 {
		return
	}
	a.n = append(a.n[:0], a.n[k:]...)
	for _, e := range []*event{&a.drop, &a.unlock} {
		e.t = append(e.t[:0], e.t[min(k, len(e.t)):]...)
		e.fit = append(e.fit[:0], e.fit[min(k, len(e.fit)):]...)
	}
}

// remember puts the beats of the last analysis that are older than those of
// the new one before them, on the new one's grid and shifted to the new
// templates. It does nothing where the two do not continue each other.
func (a *analysis) remember(old *analysis) {
	if len(old.n) == 0 || len(a.n) == 0 || old.drop.line.period == 0 {
		return
	}
	// Which beat of the old grid is the new one's first?
	k := (a.drop.t[0] - old.drop.line.start) / old.drop.line.period
	off := int(math.Round(k)) - a.n[0]
	if off&1 == 1 {
		return // tick and tock have changed names: see sameNames
	}
	for i := range a.n {
		a.n[i] += off
	}
	a.rebase(off)
	a.ripples = nil // their phase counts from the grid's first beat
	dc, ok := overlap(a.n, a.drop.t, old.n, old.drop.t)
	if !ok {
		return
	}
	da, bothA := [2]float64{}, false
	if a.early && old.early && a.isA == old.isA {
		da, bothA = overlap(a.n, a.unlock.t, old.n, old.unlock.t)
	}
	older := 0
	for older < len(old.n) && old.n[older] < a.n[0] {
		older++
	}
	n := append(append(make([]int, 0, older+len(a.n)), old.n[:older]...), a.n...)
	join := func(x, y []float64, d [2]float64, known bool) []float64 {
		out := make([]float64, 0, older+len(y))
		for i := range older {
			if known && i < len(x) {
				out = append(out, x[i]+d[old.n[i]&1])
			} else {
				out = append(out, math.NaN())
			}
		}
		return append(out, y...)
	}
	a.drop.t = join(old.drop.t, a.drop.t, dc, true)
	a.drop.fit = join(old.drop.fit, a.drop.fit, [2]float64{}, true)
	a.unlock.t = join(old.unlock.t, a.unlock.t, da, bothA)
	a.unlock.fit = join(old.unlock.fit, a.unlock.fit, [2]float64{}, bothA)
	a.n = n
	a.forget()
	a.settle()
	a.findRipples()
}

// rebase moves the fits to a grid on which every beat has a number higher by
// off, an even one.
func (a *analysis) rebase(off int) {
	for _, l := range []*line{&a.line, &a.drop.line, &a.unlock.line, &a.drop.base, &a.unlock.base} {
		l.start -= l.period * float64(off)
	}
}

// overlap returns by how much later x is than y in the beats both have, by
// parity.
func overlap(nx []int, x []float64, ny []int, y []float64) (d [2]float64, ok bool) {
	var v [2][]float64
	j := 0
	for i, n := range nx {
		for j < len(ny) && ny[j] < n {
			j++
		}
		if j < len(ny) && ny[j] == n {
			if e := x[i] - y[j]; e == e {
				v[n&1] = append(v[n&1], e)
			}
		}
	}
	for par := range 2 {
		if len(v[par]) < 3 {
			return d, false
		}
		d[par] = median(v[par])
		if math.Abs(d[par]) > 0.003 {
			return d, false
		}
	}
	return d, true
}

func nans(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.NaN()
	}
	return v
}
