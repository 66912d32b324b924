package synth

import (
	"math"
	"math/rand/v2"

	"etabli.example/timing/internal/fourier"
	"etabli.example/timing/wave"
)

// Source makes the sound of one watch as long as it is asked to. It is
// deterministic by seed and is not safe for concurrent use.
type Source struct {
	w     Watch
	o     Options
	truth Truth

	esc    *escapement
	shape  *rand.Rand // the sounds; kept apart so that noise never shifts them
	rate   float64    // samples a true second
	made   int
	coming []blow
	ahead  beat
	voices []voice
	ear    microphone
	back   *background
	level  float64
	swung  [2]struct {
		sum   float64
		beats int
	} // amplitudes made, tick and tock
}

// blow is one sound that is to begin.
type blow struct {
	at, gain float64
}

// NewSource returns the endless sound of w recorded as o says; o.Seconds is
// not used.
func NewSource(w Watch, o Options) *Source {
	w, o = w.withDefaults(), o.withDefaults()
	s := newSource(w, o)
	peak, power := s.calibrate()
	if peak > 0 {
		s.level = o.Peak / peak
	}
	s.back = newBackground(o, s.level*s.level*power, o.Peak)
	return s
}

func newSource(w Watch, o Options) *Source {
	s := &Source{w: w, o: o, level: 1,
		esc:   newEscapement(w, rand.New(rand.NewPCG(o.Seed, 1))),
		shape: rand.New(rand.NewPCG(o.Seed, 2)),
		rate:  float64(o.Rate) * (1 + o.ClockPPM*1e-6),
	}
	if len(w.Modes) == 0 {
		s.w.Modes = drawModes(rand.New(rand.NewPCG(o.Seed, 3)), 0.45*float64(o.Rate))
	}
	nyquist := 0.45 * float64(o.Rate)
	s.ear = newMicrophone(o.LowHz, min(o.HighHz, nyquist), float64(o.Rate))
	var kept []Mode
	for _, m := range s.w.Modes {
		if m.Hz < nyquist {
			kept = append(kept, m)
		}
	}
	s.w.Modes = kept
	s.ahead = s.esc.step()
	s.truth = Truth{BPH: w.BPH, BeatErrorMS: math.Abs(w.BeatErrorMS),
		RateSD: w.RateSD - 0.0864*o.ClockPPM}
	return s
}

// Truth returns what the watch is and has done so far.
func (s *Source) Truth() Truth {
	t := s.truth
	t.TickDeg, t.TockDeg = s.w.AmplitudeDeg+s.w.SpreadDeg/2, s.w.AmplitudeDeg-s.w.SpreadDeg/2
	// A balance whose amplitude breathes has the mean of what was heard of it.
	for par, deg := range []*float64{&t.TickDeg, &t.TockDeg} {
		if s.swung[par].beats > 0 {
			*deg = s.swung[par].sum / float64(s.swung[par].beats)
		}
	}
	t.AmplitudeDeg = (t.TickDeg + t.TockDeg) / 2
	return t
}

// Read fills dst with the next samples, in [-1, 1].
func (s *Source) Read(dst []float32) {
	for i := range dst {
		v := s.clean() * s.level
		dst[i] = float32(s.back.add(v))
	}
}

// clean returns the next sample of the watch alone, through the microphone.
func (s *Source) clean() float64 {
	now := float64(s.made) / s.rate
	s.made++
	for s.ahead.unlock < now+0.01 {
		s.plan(s.ahead)
		s.ahead = s.esc.step()
	}
	until := now + 1/s.rate
	for i := 0; i < len(s.coming); i++ {
		if b := s.coming[i]; b.at < until {
			s.voices = strike(s.voices, s.w.Modes, s.rate, b.at-now, b.gain, s.w.Rough, s.shape)
			s.coming = append(s.coming[:i], s.coming[i+1:]...)
			i--
		}
	}
	v := 0.0
	for i := 0; i < len(s.voices); i++ {
		u := &s.voices[i]
		v += imag(u.z)
		u.z *= u.step
		if u.left--; u.left <= 0 {
			*u = s.voices[len(s.voices)-1]
			s.voices = s.voices[:len(s.voices)-1]
			i--
		}
	}
	return s.ear.hear(v)
}

// plan lays out the three blows of a beat.
func (s *Source) plan(b beat) {
	if b.stopped {
		return
	}
	add := func(at, gain float64) {
		if gain > 0 {
			s.coming = append(s.coming, blow{at, gain * b.gain})
		}
	}
	add(b.unlock, s.w.Unlock)
	add(b.impulse, s.w.Impulse)
	add(b.drop, s.w.Drop)
	s.swung[b.index&1].sum += b.amplitude
	s.swung[b.index&1].beats++
	if b.knocking {
		add(b.drop+0.3*s.esc.period, 1.5*s.w.Drop)
	}
	if len(s.truth.Unlock) < 1<<16 {
		s.truth.Unlock = append(s.truth.Unlock, b.unlock)
		s.truth.Drop = append(s.truth.Drop, b.drop)
	}
}

// calibrate makes some beats on a copy without noise and returns the peak and
// the mean power within 1–20 kHz from unlocking to drop plus 3 ms.
func (s *Source) calibrate() (peak, power float64) {
	w, o := s.w, s.o
	w.StopS, w.Rebanking = 0, 0
	c := newSource(w, o)
	beats := 8
	n := int((0.05 + float64(beats+1)*c.esc.period) * c.rate)
	x := make([]complex128, fourier.CeilPow2(n))
	for i := range n {
		v := c.clean()
		peak = max(peak, math.Abs(v))
		x[i] = complex(v, 0)
	}
	bandpass(x, float64(o.Rate))
	count := 0
	for k := range beats {
		from, to := int(c.truth.Unlock[k]*c.rate), int((c.truth.Drop[k]+0.003)*c.rate)
		for i := max(from, 0); i < min(to, n); i++ {
			power += real(x[i]) * real(x[i])
			count++
		}
	}
	return peak, power / float64(max(count, 1))
}

// bandpass keeps 1–20 kHz of x.
func bandpass(x []complex128, rate float64) {
	p := fourier.NewPlan(len(x))
	p.Forward(x)
	for i := range x {
		f := float64(min(i, len(x)-i)) * rate / float64(len(x))
		if f < 1000 || f > 20000 {
			x[i] = 0
		}
	}
	p.Inverse(x)
}

// Make returns o.Seconds of the watch and what is true of it.
func Make(w Watch, o Options) (wave.Clip, Truth) {
	o = o.withDefaults()
	s := NewSource(w, o)
	n := int(o.Seconds * float64(o.Rate))
	x := make([]float32, n)
	s.Read(x)
	if o.GapS > 0 && o.GapAtS > 0 {
		a, b := min(n, int(o.GapAtS*float64(o.Rate))), min(n, int((o.GapAtS+o.GapS)*float64(o.Rate)))
		x = append(x[:a], x[b:]...)
	}
	return wave.Clip{Rate: o.Rate, Channels: [][]float32{x}}, s.Truth()
}
