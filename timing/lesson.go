package timing

import (
	"math"
	"slices"
)

// follow, once a second, times the new beats; where they are no longer heard
// in their places a lesson is due.
func (m *listener) follow() {
	if !m.known {
		return
	}
	m.hearNew(&m.a)
	if m.a.astray > lostTrack && !m.a.alarmed && !m.pace.busy() {
		m.extend(&m.a)
		m.a.alarmed = true
		m.lesson = min(m.lesson, m.front.total+int64(m.cfg.Rate))
	}
	if m.a.astray < lostTrack/2 {
		m.a.alarmed = false
	}
}

// learn looks at the last half minute afresh, or at what was heard since the
// watch changed. A watch that is known is looked for where it was, except when
// twice as much was heard as at the last full search: what a short sound
// suggested, a longer one may refute.
func (m *listener) learn() {
	now := m.seconds()
	m.taught = m.front.total
	m.catchUp()
	from := max(m.begin, now-lessonSeconds)
	next := max(0.5, min(slowLesson, lessonShare*(now-m.begin)))
	full := !m.known || now >= 2*m.searched || now >= m.searched+3*slowLesson
	a := analysis{reason: NoWatch}
	if !full {
		a = m.analyse(from, now, m.evenBeat(), m.a.hearing.swing)
	}
	if a.reason != NoReason {
		a, full = m.analyse(from, now, m.evenBeat(), 0), true
	}
	m.catchUp()
	if full {
		m.searched = now
	}
	gone := !a.inPlace(now) || m.known && m.a.astray > lostTrack && a.line.scale >= 3*m.a.line.scale+50e-6
	if m.known && gone && m.relearn(&a, now) {
		return
	}
	if (a.reason == NoReason || m.known && m.a.clear() && len(a.n) > 0) && now > m.begin+2*firstLesson {
		if at, ok := a.kink(); ok && m.restart(at, now) {
			return
		}
	}
	switch {
	case a.reason == NoReason:
		if full && len(a.n) > 20 && now > firstCompany {
			m.seekCompany(&a, from)
			m.catchUp()
		}
		if m.known {
			a.remember(&m.a)
		}
		m.take(a)
	case m.known && !a.halved && m.stays(now):
		// It was heard clearly, and it is not any more: it has stopped, or
		// something is louder. What was measured stands for a while.
	default:
		m.a, m.known = a, false
		m.level = m.front.loud.loudest()
		next = max(next, 1)
	}
	m.schedule(next)
}

// catchUp hears the beats that came while the lesson rested, whether or not
// anybody asked for a reading meanwhile.
func (m *listener) catchUp() {
	if m.known {
		m.extend(&m.a)
	}
}

// lostTrack is the running mean of astray from which on the beats are no
// longer where they should be: 0.5 is chance.
const lostTrack = 0.4

// patience is for how many seconds a watch clearly heard before may be away
// before the whole window is looked at again.
const patience = 6.0

// relearn tries whether a watch is heard since the beats were last in their
// place: then its position was changed, it was paused, or sound was lost. It
// returns false where nothing new is heard.
func (m *listener) relearn(lesson *analysis, now float64) bool {
	from := m.a.lastInPlace()
	// The beats of the last lesson are followed wherever they go; a fresh look
	// may show that they left their line before.
	if len(lesson.n) > 0 {
		if at := lesson.lastInPlace(); at > 0 {
			from = min(from, at)
		}
		if at, ok := lesson.kink(); ok {
			from = min(from, at)
		}
	}
	if !m.a.clear() || !lesson.breaks(from) {
		return false
	}
	if now-from < firstLesson {
		m.schedule(firstLesson - (now - from) + 0.05)
		return true
	}
	a, from := m.since(from, now)
	if !a.clear() {
		if now-from < patience {
			// A pause, perhaps; what is heard meanwhile is of two minds.
			m.schedule(1)
			return true
		}
		return false
	}
	m.reopen(m.whatChanged(&a, from), from, now, a)
	return true
}

// since looks for a watch in what was heard since about the second from. Where
// that is later in place, what was before or the pause between is left out, and
// the second it begins at is returned.
func (m *listener) since(from, now float64) (analysis, float64) {
	a := m.analyse(from, now, math.NaN(), 0)
	m.catchUp()
	if a.reason != NoReason {
		return a, from
	}
	at := a.firstInPlace() - 0.3*a.drop.line.period
	if !(at > from+1 && now-at > firstLesson) {
		return a, from
	}
	b := m.analyse(at, now, math.NaN(), 0)
	m.catchUp()
	if !b.clear() {
		return a, from
	}
	return b, at
}

// firstInPlace returns the time of the first beat of which the drop was where
// it should be, as were most of the six from it on; 0 if there is none.
func (a *analysis) firstInPlace() float64 {
	like := 0.62 * median(a.drop.fit)
	fits := func(i int) bool { return a.drop.keep[i] > 0 && a.drop.fit[i] > like }
	for i := range a.n {
		if !fits(i) || i+6 > len(a.n) {
			continue
		}
		good := 0
		for j := i; j < i+6; j++ {
			if fits(j) {
				good++
			}
		}
		if good >= 5 {
			return a.drop.t[i]
		}
	}
	return 0
}

// reopen makes a, of what was heard since the second from, the new window.
func (m *listener) reopen(what Notice, from, now float64, a analysis) {
	m.events[what] = from
	m.begin, m.searched = from, now
	m.take(a)
	m.schedule(0.6)
}

// clear tells whether the watch is heard so well that a change in it is to be
// believed: in noise, beats go astray without anything having happened.
func (a *analysis) clear() bool {
	n := float64(len(a.coarse.n))
	return a.reason == NoReason && n >= 16 && a.coarse.proof > 1.5*n && a.line.uPeriod/a.line.period*SecondsPerDay < 4
}

// whatChanged tells a change of position from sound that was lost: after a
// loss the rate is the same, and the beats go on without a pause.
func (m *listener) whatChanged(a *analysis, from float64) Notice {
	first := a.drop.t[0]
	if k := slices.IndexFunc(a.keep, func(w float64) bool { return w > 0 }); k >= 0 {
		first = a.drop.t[k]
	}
	// The rate before is that of the last lesson: beats since then may be of
	// either side of the break.
	before := m.a.drop.base
	if m.a.learnt.isA && m.a.unlock.base.scale < before.scale {
		before = m.a.unlock.base
	}
	n := float64(len(m.a.coarse.n))
	u := math.Hypot(a.line.uPeriod, before.scale*math.Sqrt(12/(n*n*n))) / a.line.period
	same := math.Abs(a.line.period/before.period-1) < 3*u+6e-5
	last := from
	for i, t := range m.a.drop.t {
		if t < first-0.1*a.line.period && math.Abs(t-m.a.drop.base.at(m.a.n[i])) < 5*m.a.drop.base.scale {
			last = max(last, t)
		}
	}
	if same && first-last < 2.5*a.line.period {
		return SamplesMissing
	}
	return PositionChanged
}

// restart opens a new window at the second from, where the beats break, if a
// watch is clearly heard since.
func (m *listener) restart(from, now float64) bool {
	if now-from < firstLesson {
		return false
	}
	a, from := m.since(from, now)
	if !a.clear() {
		return false
	}
	what := PositionChanged
	if m.known {
		what = m.whatChanged(&a, from)
	}
	m.reopen(what, from, now, a)
	return true
}

// take makes a what is known.
func (m *listener) take(a analysis) {
	m.a, m.known, m.settled = a, true, 0
	m.mean = m.a.meanBeat()
	m.a.hearing.beats = nil
	m.a.drop.mean, m.a.unlock.mean = [2][]float64{}, [2][]float64{}
	if a.pumping {
		m.events[GainControl] = m.seconds()
	}
	if a.banks {
		m.events[Rebanking] = m.seconds()
	}
}

func (m *listener) schedule(seconds float64) {
	m.lesson = m.front.total + max(1, int64(seconds*float64(m.cfg.Rate)))
}

// seekCompany looks for a second watch beside the one of a.
func (m *listener) seekCompany(a *analysis, from float64) {
	db, ok := a.company(m.front, int64(from*m.front.loud.rate))
	m.company, m.companyDB = ok, db
}

// stays tells whether the watch heard so far is still believed although the
// last lesson did not find it: only if it was heard beyond doubt.
func (m *listener) stays(now float64) bool {
	return m.a.coarse.proof > 60 && len(m.a.n) >= 20 && now-m.a.lastInPlace() < keepSeconds/2
}

// inPlace tells whether a holds a watch that is still heard at its end.
func (a *analysis) inPlace(now float64) bool {
	return a.reason == NoReason && now-a.lastInPlace() < max(1.5, 10*a.line.period)
}

// lastInPlace returns the time of the last beat that was where it should be:
// of six in a row, four fit.
func (a *analysis) lastInPlace() float64 {
	good := 0
	// A beat that was not there was heard somewhere all the same, but nothing
	// like a beat.
	like := 0.62 * median(a.drop.fit)
	fits := func(i int) bool { return i < len(a.keep) && a.keep[i] > 0 && a.drop.fit[i] > like }
	for i := len(a.n) - 1; i >= 0; i-- {
		if fits(i) {
			good++
		}
		if i+6 < len(a.n) && fits(i+6) {
			good--
		}
		if good >= 4 {
			for j := min(i+5, len(a.n)-1); j >= i; j-- {
				if fits(j) {
					return a.t[j]
				}
			}
		}
	}
	return 0
}

// evenBeat returns the time of a beat called tick so far, NaN if none.
func (m *listener) evenBeat() float64 {
	if !m.known {
		return math.NaN()
	}
	n := m.a.n[len(m.a.n)-1]
	return m.a.drop.line.at(n - n&1)
}
