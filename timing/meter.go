package timing

import (
	"math"
	"slices"
)

// Meter listens to one watch. It remembers the last minute and needs the same
// memory after a second and after three days. It is not safe for concurrent
// use.
//
// What a watch sounds like is learnt in lessons, at moments that depend on the
// sound heard alone and not on how it was cut into pieces; between lessons new
// beats are timed with what was learnt.
type Meter struct {
	cfg   Config
	front *front
	lost  int64 // samples known missing
	gapAt float64

	a         analysis           // as of the last lesson, and the beats since
	known     bool               // a holds a watch
	lesson    int64              // input samples at the next lesson
	taught    int64              // and at the last one
	searched  float64            // seconds heard at the last search for any beat
	begin     float64            // seconds from which on the watch is the same
	settled   int                // beats the last fit was of
	look      int64              // input samples at which the beats are looked after next
	events    map[Notice]float64 // when something worth a notice was last seen
	company   bool               // a second watch is heard …
	companyDB float64            // … softer by this

	seen    int64 // samples at the last reading
	reading Reading
	mean    MeanBeat
	trace   []Beat

	raw, white, seg, corr []float64 // workspace
}

// firstLesson is when a watch is first looked for, in seconds; lessons are
// this share of all that was heard apart, but never more than slowLesson.
const (
	firstLesson = 2.0
	lessonShare = 0.4
	slowLesson  = 15.0
)

// firstCompany is the second from which on a second watch is looked for.
const firstCompany = 6.0

// NewMeter returns a Meter that has heard nothing yet. Its error wraps
// ErrConfig.
func NewMeter(c Config) (*Meter, error) {
	c, err := c.check()
	if err != nil {
		return nil, err
	}
	return &Meter{cfg: c, front: newFront(c.Rate), seen: -1, lesson: int64(firstLesson * float64(c.Rate)), look: int64(c.Rate), events: map[Notice]float64{}}, nil
}

// Write takes the next samples, mono, within [-1, 1].
func (m *Meter) Write(samples []float32) {
	for len(samples) > 0 {
		stop := min(m.lesson, m.look)
		n := int(min(int64(len(samples)), max(1, stop-m.front.total)))
		m.front.write(samples[:n])
		samples = samples[n:]
		if m.front.total >= m.look {
			m.look += int64(m.cfg.Rate)
			m.follow()
		}
		if m.front.total >= m.lesson {
			m.learn()
		}
	}
}

// follow, once a second, times the new beats; where they are no longer heard
// in their places a lesson is due.
func (m *Meter) follow() {
	if !m.known || !m.hearNew(&m.a) {
		return
	}
	if m.a.astray > lostTrack && !m.a.alarmed {
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
func (m *Meter) learn() {
	now := m.seconds()
	m.taught = m.front.total
	if m.known {
		m.hearNew(&m.a)
	}
	from := max(m.begin, now-lessonSeconds)
	next := max(0.5, min(slowLesson, lessonShare*(now-m.begin)))
	full := !m.known || now >= 2*m.searched || now >= m.searched+4*slowLesson
	a := analysis{reason: NoWatch}
	if !full {
		a = m.analyse(from, now, m.evenBeat(), m.a.hearing.swing)
	}
	if a.reason != NoReason {
		a, full = m.analyse(from, now, m.evenBeat(), 0), true
	}
	if full {
		m.searched = now
	}
	if m.known && m.a.astray > lostTrack && !(a.inPlace(now) && a.line.scale < 3*m.a.line.scale+50e-6) && m.relearn(now) {
		return
	}
	if a.reason == NoReason && now > m.begin+2*firstLesson {
		if at, ok := a.kink(); ok && m.restart(PositionChanged, at, now) {
			return
		}
	}
	switch {
	case a.reason == NoReason:
		if full && len(a.n) > 20 && now > firstCompany {
			m.seekCompany(&a, from)
		}
		if m.known {
			a.remember(&m.a)
		}
		m.take(a)
	case m.known && m.stays(now):
		// It was heard clearly, and it is not any more: it has stopped, or
		// something is louder. What was measured stands for a while.
	default:
		m.a, m.known = a, false
		next = max(next, 1)
	}
	m.schedule(next)
}

// lostTrack is the running mean of astray from which on the beats are no
// longer where they should be: 0.5 is chance.
const lostTrack = 0.4

// relearn tries whether a watch is heard since the beats were last in their
// place: then its position was changed, it was paused, or sound was lost. It
// returns false where nothing new is heard.
func (m *Meter) relearn(now float64) bool {
	from := m.a.lastInPlace()
	if now-from < firstLesson {
		m.schedule(firstLesson - (now - from) + 0.05)
		return true
	}
	a := m.analyse(from, now, math.NaN(), 0)
	if !a.clear() || !m.a.clear() {
		return false
	}
	what := PositionChanged
	first := a.drop.t[0]
	if k := slices.IndexFunc(a.keep, func(w float64) bool { return w > 0 }); k >= 0 {
		first = a.drop.t[k]
	}
	same := math.Abs(a.line.period/m.a.line.period-1) < 3*math.Hypot(a.line.uPeriod, m.a.line.uPeriod)/a.line.period+6e-5
	if same && first-from < 2.5*a.line.period {
		what = SamplesMissing
	}
	m.events[what] = from
	m.begin, m.searched = from, now
	m.take(a)
	m.schedule(0.6)
	return true
}

// clear tells whether the watch is heard so well that a change in it is to be
// believed: in noise, beats go astray without anything having happened.
func (a *analysis) clear() bool {
	n := float64(len(a.coarse.n))
	return a.reason == NoReason && n >= 16 && a.coarse.proof > 1.5*n && a.line.uPeriod/a.line.period*SecondsPerDay < 4
}

// restart opens a new window at the second from, where what happened, if a
// watch is heard since.
func (m *Meter) restart(what Notice, from, now float64) bool {
	if now-from < firstLesson {
		return false
	}
	a := m.analyse(from, now, math.NaN(), 0)
	if !a.clear() {
		return false
	}
	m.events[what] = from
	m.begin, m.searched = from, now
	m.take(a)
	m.schedule(0.6)
	return true
}

// take makes a what is known.
func (m *Meter) take(a analysis) {
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

func (m *Meter) schedule(seconds float64) {
	m.lesson = m.front.total + max(1, int64(seconds*float64(m.cfg.Rate)))
}

// seekCompany looks for a second watch beside the one of a.
func (m *Meter) seekCompany(a *analysis, from float64) {
	db, ok := a.company(m.front, int64(from*m.front.loud.rate))
	m.company, m.companyDB = ok, db
}

// stays tells whether the watch heard so far is still believed although the
// last lesson did not find it: only if it was heard beyond doubt.
func (m *Meter) stays(now float64) bool {
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
func (m *Meter) evenBeat() float64 {
	if !m.known {
		return math.NaN()
	}
	n := m.a.n[len(m.a.n)-1]
	return m.a.drop.line.at(n - n&1)
}

// Lost says that n samples never arrived. The beats behind the gap keep their
// place on the grid of those before it.
func (m *Meter) Lost(n int) {
	if n <= 0 {
		return
	}
	if m.lost == 0 {
		m.gapAt = m.seconds()
	}
	m.lost += int64(n)
	m.front.lost(int64(n))
}

// seconds is the time of the last sample.
func (m *Meter) seconds() float64 { return float64(m.front.total) / float64(m.cfg.Rate) }

// Reading says what is known now. It is cheap to ask again as long as less
// than a tenth of a second of sound was added.
func (m *Meter) Reading() Reading {
	if m.seen >= 0 && m.front.total-m.seen < int64(m.cfg.Rate/10) && m.front.total != m.seen && m.front.total > int64(m.cfg.Rate) {
		return m.reading
	}
	if m.front.total != m.seen {
		m.seen = m.front.total
		m.read()
	}
	return m.reading
}

// Trace appends the beats of the last minute to dst[:0] and returns it.
func (m *Meter) Trace(dst []Beat) []Beat {
	m.Reading()
	return append(dst[:0], m.trace...)
}

// conclude takes a last lesson where much was heard since the last one.
func (m *Meter) conclude() {
	if m.front.total-m.taught > m.front.total/50 {
		m.learn()
	}
}

// read makes the reading.
func (m *Meter) read() {
	if m.known {
		m.extend(&m.a)
	}
	a := &m.a
	if m.taught == 0 {
		a.reason = TooShort
	}
	r := Reading{Kind: None, Reason: a.reason, Notices: []Notice{}, Periodic: []Periodic{},
		FromS: max(0, m.seconds()-lessonSeconds), ToS: m.seconds(), LiftDeg: m.cfg.LiftDeg}
	if r.Reason == NoReason && m.known && m.company && m.companyDB < 6 {
		r.Reason = TwoWatches
	}
	m.trace = m.trace[:0]
	if r.Reason == NoReason && m.known {
		m.figures(&r, a)
		m.draw(&r, a)
	}
	m.notices(&r)
	m.reading = r
}

// figures fills in what a says.
func (m *Meter) figures(r *Reading, a *analysis) {
	r.Kind, r.Confident = Mechanical, true
	clock := 1 + m.cfg.ClockPPM*1e-6
	period := a.line.period / clock // true seconds
	bph := 3600 / period
	nominal := bph
	switch listed, ok := nearestListed(bph); {
	case m.cfg.BeatBPH > 0:
		nominal = m.cfg.BeatBPH
	case ok:
		nominal = listed
	default:
		r.Notices = append(r.Notices, UnlistedBeat)
	}
	if nominal != bph {
		r.BPHListed = figure(nominal)
	}
	r.BPH = figure(nominal)
	r.RateSD = figure(SecondsPerDay * (bph/nominal - 1))
	r.RateU = figure(SecondsPerDay * a.line.uPeriod / a.line.period)
	if m.cfg.ClockUPPM > 0 {
		r.ClockU = figure(SecondsPerDay * m.cfg.ClockUPPM * 1e-6)
	}
	r.BeatErrorMS = figure(1000 * math.Abs(a.parity) / clock)
	r.SignedErrorMS = figure(1000 * a.parity / clock)
	r.BeatErrorU = figure(1000 * a.uParity)
	if a.hasA {
		r.TickDeg, r.TockDeg = figure(a.amp[0]), figure(a.amp[1])
		r.AmplitudeDeg = figure((a.amp[0] + a.amp[1]) / 2)
		r.AmplitudeU = figure(a.ampU)
	} else {
		r.Notices = append(r.Notices, UnlockingNotHeard)
	}
	r.Beats = a.line.used
	if v, ok := a.instability(); ok {
		r.InstabilitySD = figure(v)
	}
	for _, p := range a.ripples {
		r.Periodic = append(r.Periodic, a.describe(p))
	}
	level := 10 * math.Log10(max(1e-9, a.peakOverNoise))
	r.SignalDB = figure(level)
	r.FromS, r.ToS = math.Inf(1), 0
	for i, t := range a.t {
		if a.keep[i] > 0 {
			r.FromS, r.ToS = min(r.FromS, t), max(r.ToS, t)
		}
	}
}

// notices adds what is to be known beside the figures.
func (m *Meter) notices(r *Reading) {
	at := func(n Notice, seconds float64) {
		r.Notices = append(r.Notices, n)
		if r.NoticeSeconds == nil {
			r.NoticeSeconds = map[Notice]float64{}
		}
		r.NoticeSeconds[n] = seconds
	}
	if m.front.railed > m.cfg.Rate/2000 && m.front.railed > int(m.front.total/100000) {
		r.Notices = append(r.Notices, Clipped)
	}
	if _, ok := m.events[SamplesMissing]; m.lost > 0 && !ok {
		at(SamplesMissing, m.gapAt)
	}
	for _, n := range []Notice{SamplesMissing, PositionChanged, GainControl, Rebanking} {
		if t, ok := m.events[n]; ok && m.seconds()-t < keepSeconds {
			at(n, t)
		}
	}
	if !r.Confident {
		return
	}
	if m.company && m.companyDB >= 6 {
		r.Notices = append(r.Notices, OtherWatch)
	}
	if last := m.a.lastInPlace(); m.seconds()-last > max(1.5, 8*m.a.line.period) {
		at(StoppedAt, last)
	}
}

// draw makes the trace.
func (m *Meter) draw(r *Reading, a *analysis) {
	beat := 3600 / *r.BPH * (1 + m.cfg.ClockPPM*1e-6)
	bph := 3600 / a.line.period
	for i, n := range a.n {
		if a.t[i] != a.t[i] {
			continue
		}
		off := a.t[i] - a.line.start - beat*float64(n)
		b := Beat{Seconds: a.t[i], Tock: n&1 == 1, Used: a.keep[i] > 0, AmplitudeDeg: math.NaN()}
		b.OffsetMS = 1000 * (off - beat*math.Round(off/beat))
		if a.hasA && b.Used && a.unlock.keep[i] > 0 {
			b.AmplitudeDeg = amplitude(bph, a.drop.t[i]-a.unlock.t[i], m.cfg.LiftDeg)
		}
		m.trace = append(m.trace, b)
	}
}
