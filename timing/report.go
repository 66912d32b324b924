package timing

import (
	"math"
)

// read makes the reading.
func (m *listener) read() {
	if m.known {
		m.extend(&m.a)
	}
	a := &m.a
	if m.taught == 0 || !m.known && a.reason == NoReason {
		a.reason = TooShort // the first lesson is to come, or under way
	}
	r := Reading{Kind: None, Reason: a.reason, Notices: []Notice{}, Periodic: []Periodic{},
		FromS: max(0, m.seconds()-lessonSeconds), ToS: m.seconds(), LiftDeg: m.cfg.LiftDeg}
	if r.Reason == NoReason && m.known && m.company && m.companyDB < 6 {
		r.Reason = TwoWatches
	}
	m.trace = m.trace[:0]
	if r.Reason == NoReason && m.known {
		r.Reason = vague(a, m.seconds())
	}
	if r.Reason == NoReason && m.known {
		m.figures(&r, a)
		m.draw(&r, a)
	}
	if r.Reason == TooShort || r.Reason == TooNoisy {
		// The beat is known long before the rate is.
		if u := SecondsPerDay * a.line.uPeriod / a.line.period; u < 60 {
			m.name(&r, a)
		}
	}
	if r.SignalDB == nil {
		r.SignalDB = figure(m.level)
	}
	m.notices(&r)
	m.reading = r
}

// A rate whose standard uncertainty is above mostRateU tells a bench nothing: it
// could not be judged against any tolerance in use (±4 to ±30 s/d), and a slow
// wander that a few seconds cannot show may be several times larger.
const (
	mostRateU  = 5.0  // s/d, where every beat is clear …
	noisyRateU = 3.5  // … and where they are not, or unlocking is not heard, so that few rates are off by 5 s/d
	longEnough = 20.0 // s; sound as long as this and still vague is noisy, not short
)

// vague says why a rate that was found is still too uncertain to be given.
func vague(a *analysis, seconds float64) Reason {
	most := noisyRateU
	if a.isA && a.coarse.proof > 2.2*float64(len(a.coarse.n)) {
		most = mostRateU
	}
	if SecondsPerDay*a.line.uPeriod/a.line.period <= most {
		return NoReason
	}
	if seconds < longEnough {
		return TooShort
	}
	return TooNoisy
}

// figures fills in what a says.
func (m *listener) figures(r *Reading, a *analysis) {
	r.Kind, r.Confident = Mechanical, true
	bph, nominal := m.name(r, a)
	clock := 1 + m.cfg.ClockPPM*1e-6
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
		r.Periodic = append(r.Periodic, a.describe(p, m.cfg.Train))
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

// name gives the reading its beats an hour, measured and nominal.
func (m *listener) name(r *Reading, a *analysis) (bph, nominal float64) {
	period := a.line.period / (1 + m.cfg.ClockPPM*1e-6) // true seconds
	bph = 3600 / period
	nominal = bph
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
	return bph, nominal
}

// notices adds what is to be known beside the figures.
func (m *listener) notices(r *Reading) {
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
func (m *listener) draw(r *Reading, a *analysis) {
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
