package quartz

import (
	"math"

	"etabli.example/timing"
)

// What must hold before a rate is believed.
const (
	mostScatter = 4e-4 // seconds a step may scatter
	leastKept   = 0.6  // share of the steps due that must have been heard
	leastFit    = 0.25 // median likeness of the steps to their template
	fewest      = 5    // steps
	mostU       = 1.0  // s/d of standard uncertainty that still tells a bench something
)

func measure(x []float32, rate float64, cfg Config) Reading {
	x, rate = thin(x, rate)
	x = unhum(x, rate)
	seconds := float64(len(x)) / rate
	r := Reading{Kind: timing.None, Reason: timing.NoWatch, Notices: []timing.Notice{}, ToS: seconds, StepsAtOnce: 1}
	if seconds < 3 {
		r.Reason = timing.TooShort
		return r
	}
	f := listen(x, rate)
	if len(f.z) == 0 {
		r.Reason = timing.TooShort
		return r
	}
	t, ok := search(f)
	if !ok {
		return r
	}
	at, height := path(f, t)
	best, h, s := explain(x, rate, f, t, at, height)
	if h == nil {
		return r
	}
	kept := float64(best.used) / float64(len(at))
	like := middle(append([]float64(nil), h.fit...))
	switch {
	case best.sigma > mostScatter || kept < leastKept || like < leastFit:
		r.Reason = timing.TooNoisy
		if float64(len(at)) < 6 {
			r.Reason = timing.TooShort
		}
		return r
	}
	r.Kind, r.Reason = timing.Quartz, timing.NoReason
	r.report(best, t, h, s, cfg)
	if w, ok := h.width(x); ok {
		r.PulseWidthMS = figure(w * 1000)
	}
	if kept < 0.97 {
		r.Notices = append(r.Notices, StepsMissing)
	}
	return r
}

// explain times the steps in two ways, by all of their sound and by its
// beginning, and keeps the one that scatters less about its fit: where pulses
// change their shape, only their beginning stays.
func explain(x []float32, rate float64, f frames, t train, at, height []float64) (result, *heard, *steps) {
	h := cutSteps(x, rate, f, at, height, 0.012)
	if len(h.slot) < fewest {
		return result{}, nil, nil
	}
	h.byEnergy()
	start := append([]float64(nil), h.lag...)
	play := int(0.002 * rate)
	h.byWave(play, 0, h.size, 4)
	best, s, ok := fitHeard(h, t)
	whole := *h
	whole.lag = append([]float64(nil), h.lag...)
	whole.fit = append([]float64(nil), h.fit...)
	// The beginning alone.
	hi := min(h.size, h.head+int(0.0012*rate)+2)
	h.lag = start
	h.byWave(play, 0, h.size, 1)
	h.byWave(max(2, int(0.0008*rate)), 0, hi, 3)
	if r, s2, ok2 := fitHeard(h, t); ok2 && (!ok || r.sigma < 0.8*best.sigma) {
		return r, h, s2
	}
	if !ok {
		return best, nil, nil
	}
	return best, &whole, s
}

func fitHeard(h *heard, t train) (result, *steps, bool) {
	s := &steps{motor: t.motor, free: !h.tied()}
	at := h.times()
	for i, k := range h.slot {
		if h.fit[i] < 0.1 {
			continue
		}
		s.k = append(s.k, float64(k))
		s.t = append(s.t, at[i])
		s.odd = append(s.odd, k&1 == 1)
		s.w = append(s.w, 1)
	}
	r, ok := s.fit()
	return r, s, ok
}

// report fills in the figures.
func (r *Reading) report(b result, t train, h *heard, s *steps, cfg Config) {
	clock := 1 + cfg.ClockPPM*1e-6
	r.StepsAtOnce = t.burst
	r.MotorPeriodS = figure(t.motor / float64(t.burst))
	if t.burst > 1 {
		r.Notices = append(r.Notices, EndOfLife)
	}
	r.Steps = b.used
	r.ScatterUS = figure(b.sigma * 1e6)
	r.Alternating = h.alike < -0.7
	r.FromS, r.ToS = s.t[0], s.t[len(s.t)-1]
	if cfg.ClockUPPM > 0 {
		r.ClockU = figure(0.0864 * cfg.ClockUPPM)
	}
	if len(s.cuts) > 0 {
		r.Notices = append(r.Notices, timing.SamplesMissing)
	}
	rate := 86400 * (t.motor/(b.net/clock) - 1)
	u := math.Hypot(math.Hypot(86400*b.uNet/b.net, b.blind), b.between(h.rate))
	if b.seen {
		if b.named {
			r.InhibitionPeriodS = figure(b.saw.gate)
		}
		r.CrystalSD = figure(86400 * (t.motor/(b.period/clock) - 1))
		r.CorrectionMS = figure(1000 * b.saw.jump)
		k := math.Ceil((s.k[0]*s.motor-b.saw.phase)/b.saw.gate)*b.saw.gate + b.saw.phase
		r.FirstGateS = figure(s.t[0] + (k-s.k[0]*s.motor)*b.net/s.motor)
	}
	long := (s.k[len(s.k)-1] - s.k[0]) * s.motor
	switch {
	case b.hanging:
		r.Reason = timing.TooShort
		r.Notices = append(r.Notices, InhibitionNotSeen)
	case !b.seen && rate > untrimmed+2*0.0864*cfg.ClockUPPM && long < 2*gates[len(gates)-1] && t.motor < gates[len(gates)-1]/2:
		r.Reason = timing.TooShort
		r.Notices = append(r.Notices, InhibitionNotSeen)
	case u > mostU || b.used < fewest:
		r.Reason = timing.TooNoisy
		if long < 60 || b.used < 10 {
			r.Reason = timing.TooShort
		}
	default:
		r.Confident = true
		r.RateSD, r.RateU = figure(rate), figure(u)
		r.RateSMonth = figure(MonthDays * rate)
		r.PeriodSeconds = figure(b.net / clock / float64(t.burst))
	}
	r.trace(b, t, s, clock)
}

// between is the s/d by which reading between the samples may falsify a rate:
// a twentieth of a sample over the whole stretch.
func (b result) between(rate float64) float64 { return 86400 * 0.05 / rate / max(1, b.span) }

// trace draws the steps against a watch of rate zero.
func (r *Reading) trace(b result, t train, s *steps, clock float64) {
	for i, k := range s.k {
		r.Trace = append(r.Trace, Step{Seconds: s.t[i], Used: s.w[i] > 0.5,
			OffsetMS: 1000 * ((s.t[i]-s.t[0])/clock - t.motor*(k-s.k[0]))})
	}
}

// thin halves the rate of sound that holds more than the ear of a microphone
// or the edge of a coil's pulse needs.
func thin(x []float32, rate float64) ([]float32, float64) {
	for rate > 64000 {
		y := make([]float32, len(x)/2)
		for i := range y {
			y[i] = halved(x, 2*i)
		}
		x, rate = y, rate/2
	}
	return x, rate
}

// taps are a half-band low-pass (windowed sinc, Blackman) at the odd distances
// 1, 3, … 11 from its middle.
var taps = func() (t [6]float64) {
	sum := 0.0
	for i := range t {
		d := float64(2*i + 1)
		t[i] = (0.42 + 0.5*math.Cos(math.Pi*d/12) + 0.08*math.Cos(2*math.Pi*d/12)) * math.Sin(math.Pi*d/2) / (math.Pi * d)
		sum += 2 * t[i]
	}
	for i := range t {
		t[i] *= 0.5 / sum
	}
	return t
}()

func halved(x []float32, at int) float32 {
	v := 0.5 * float64(x[at])
	for i, t := range taps {
		for _, j := range [2]int{at - 2*i - 1, at + 2*i + 1} {
			if j >= 0 && j < len(x) {
				v += t * float64(x[j])
			}
		}
	}
	return float32(v)
}
