package timing

import "math"

// Meter listens to one watch. It remembers the last minute and needs the same
// memory after a second and after three days. It is not safe for concurrent
// use.
type Meter struct {
	cfg   Config
	front *front
	lost  int64 // samples known missing
	gapAt float64

	seen    int64 // samples at the last reading
	reading Reading
	trace   []Beat
}

// NewMeter returns a Meter that has heard nothing yet. Its error wraps
// ErrConfig.
func NewMeter(c Config) (*Meter, error) {
	c, err := c.check()
	if err != nil {
		return nil, err
	}
	return &Meter{cfg: c, front: newFront(c.Rate), seen: -1}, nil
}

// Write takes the next samples, mono, within [-1, 1].
func (m *Meter) Write(samples []float32) { m.front.write(samples) }

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

// read makes the reading.
func (m *Meter) read() {
	to := m.seconds()
	a := m.analyse(max(0, to-keepSeconds), to)
	r := Reading{Kind: None, Reason: a.reason, Notices: []Notice{}, Periodic: []Periodic{},
		FromS: a.from, ToS: a.to, LiftDeg: m.cfg.LiftDeg}
	m.notices(&r)
	m.trace = m.trace[:0]
	if a.reason == NoReason {
		m.figures(&r, &a)
		m.draw(&r, &a)
	}
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
	if n := len(a.hearing.beats); n > 0 {
		r.FromS = float64(a.hearing.beats[0].start) / a.hearing.rate
		r.ToS = float64(a.hearing.beats[n-1].start+int64(a.hearing.pre+a.hearing.post)) / a.hearing.rate
	}
}

// notices adds what the sound alone tells.
func (m *Meter) notices(r *Reading) {
	if m.front.railed > m.cfg.Rate/2000 && m.front.railed > int(m.front.total/100000) {
		r.Notices = append(r.Notices, Clipped)
	}
	if m.lost > 0 {
		r.Notices = append(r.Notices, SamplesMissing)
		r.NoticeSeconds = map[Notice]float64{SamplesMissing: m.gapAt}
	}
}

// draw makes the trace.
func (m *Meter) draw(r *Reading, a *analysis) {
	beat := 3600 / *r.BPH * (1 + m.cfg.ClockPPM*1e-6)
	bph := 3600 / a.line.period
	for i, n := range a.n {
		off := a.t[i] - a.line.start - beat*float64(n)
		b := Beat{Seconds: a.t[i], Tock: n&1 == 1, Used: a.keep[i] > 0, AmplitudeDeg: math.NaN()}
		b.OffsetMS = 1000 * (off - beat*math.Round(off/beat))
		if a.hasA && b.Used {
			b.AmplitudeDeg = amplitude(bph, a.drop.t[i]-a.unlock.t[i], m.cfg.LiftDeg)
		}
		m.trace = append(m.trace, b)
	}
}
