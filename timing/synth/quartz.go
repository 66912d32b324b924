package synth

import (
	"math"
	"math/rand/v2"

	"etabli.example/timing/wave"
)

// Pickup is what hears a stepping motor.
type Pickup string

// The pickups.
const (
	CoilVoltage Pickup = "voltage"    // the pulse itself, AC coupled
	CoilEdges   Pickup = "edges"      // a second coil beside the motor's: its edges
	CoilCurrent Pickup = "current"    // the pulse through the motor's inductance
	Microphone  Pickup = "microphone" // the click of the rotor and the ringing of the case
)

// Stepper says what a watch with a stepping motor does. The zero value of a
// field is replaced by what is written behind it.
type Stepper struct {
	MotorS      float64 // seconds between steps; 1
	RateSD      float64 // rate over whole inhibition periods, s/d
	CrystalSD   float64 // how fast the crystal runs, s/d; taken only with an inhibition
	InhibitionS float64 // seconds of the watch between corrections of the divider; 0: none
	PhaseS      float64 // second of the first correction
	PulseMS     float64 // width of the pulse; 5
	ChopHz      float64 // the pulse is chopped at this frequency; 0: not
	Duty        float64 // share of the chopping period that conducts; 0.75
	AdaptS      float64 // the duty changes every so many seconds; 0: never
	Corrections float64 // share of steps repeated by a full correction pulse
	EndOfLife   int     // steps made at once at the end of life of the cell, 0: none
	BurstMS     float64 // time between those steps; 125
	JitterUS    float64 // scatter of a step, standard deviation in µs
	SamePole    bool    // every pulse of the same polarity
	TockGain    float64 // strength of every other step; 1
	LandingMS   float64 // the rotor is heard again so long after; 0: not (microphone)
	Landing     float64 // and so loud, relative to the first; 0.5
	Pickup      Pickup  // CoilVoltage
	Rough       float64 // how much a click varies from step to step, 0…1 (microphone)
	Modes       []Mode  // how the case rings; drawn from the seed where empty
}

// StepperTruth is what was really made.
type StepperTruth struct {
	MotorS      float64   // mean seconds a step
	RateSD      float64   // over whole inhibition periods, as heard through the card's clock error
	InhibitionS float64   // 0: none
	JumpUS      float64   // lateness added by one correction
	PulseMS     float64   // width of the pulse
	Steps       []float64 // seconds of the steps by the card's clock, bursts by their first
}

func (w Stepper) withDefaults() Stepper {
	or := func(p *float64, v float64) {
		if *p == 0 {
			*p = v
		}
	}
	or(&w.MotorS, 1)
	or(&w.PulseMS, 5)
	or(&w.Duty, 0.75)
	or(&w.BurstMS, 125)
	or(&w.TockGain, 1)
	or(&w.Landing, 0.5)
	if w.Pickup == "" {
		w.Pickup = CoilVoltage
	}
	return w
}

// MakeQuartz returns o.Seconds of a watch with a stepping motor and what is
// true of it. o.SNR is the peak of a step over the noise's root mean square in
// the whole band, in dB; o.GapAtS and o.GapS cut samples out as in Make.
func MakeQuartz(w Stepper, o Options) (wave.Clip, StepperTruth) {
	w, o = w.withDefaults(), o.withDefaults()
	s := newSteps(w, o)
	n := int(o.Seconds * float64(o.Rate))
	x := make([]float64, n)
	truth := s.run(x)
	back := newBackground(o, 1, o.Peak)
	if !o.NoNoise {
		back.sigma *= o.Peak / math.Pow(10, o.SNR/20) / rms(back)
	}
	ear := newMicrophone(o.LowHz, min(o.HighHz, 0.45*float64(o.Rate)), float64(o.Rate))
	out := make([]float32, n)
	for i, v := range x {
		if w.Pickup == Microphone {
			v = ear.hear(v)
		}
		out[i] = float32(back.add(v))
	}
	if o.GapS > 0 && o.GapAtS > 0 {
		a, b := min(n, int(o.GapAtS*float64(o.Rate))), min(n, int((o.GapAtS+o.GapS)*float64(o.Rate)))
		out = append(out[:a], out[b:]...)
	}
	return wave.Clip{Rate: o.Rate, Channels: [][]float32{out}}, truth
}

// rms measures the noise of a background as it stands.
func rms(b *background) float64 {
	e := 0.0
	const n = 1 << 14
	for range n {
		v := b.noise()
		e += v * v
	}
	return math.Sqrt(e / n)
}

// steps makes the pulses.
type steps struct {
	w     Stepper
	o     Options
	rng   *rand.Rand
	rate  float64 // samples a true second
	modes []Mode
	level float64 // brings the peak of a click to 1
}

func newSteps(w Stepper, o Options) *steps {
	s := &steps{w: w, o: o, rng: rand.New(rand.NewPCG(o.Seed, 11)),
		rate: float64(o.Rate) * (1 + o.ClockPPM*1e-6), modes: w.Modes}
	if len(s.modes) == 0 {
		s.modes = drawModes(rand.New(rand.NewPCG(o.Seed, 3)), 0.45*float64(o.Rate))
	}
	s.modes = s.audible()
	s.level = 1
	smooth := *s
	smooth.w.Rough, smooth.rng = 0, rand.New(rand.NewPCG(1, 1))
	x := make([]float64, s.o.Rate/50)
	smooth.click(x, 0, 1)
	ear := newMicrophone(o.LowHz, min(o.HighHz, 0.45*float64(o.Rate)), float64(o.Rate))
	top := 0.0
	for _, v := range x {
		top = max(top, math.Abs(ear.hear(v)))
	}
	s.level = 1 / top
	return s
}

// run adds every step to x.
func (s *steps) run(x []float64) StepperTruth {
	w := s.w
	crystal, jump := w.RateSD, 0.0
	if w.InhibitionS > 0 {
		crystal = w.CrystalSD
		jump = (w.CrystalSD - w.RateSD) / 86400 * w.InhibitionS
	}
	truth := StepperTruth{MotorS: w.MotorS, RateSD: w.RateSD - 0.0864*s.o.ClockPPM,
		InhibitionS: w.InhibitionS, JumpUS: jump * 1e6, PulseMS: w.PulseMS}
	burst := max(1, w.EndOfLife)
	every := w.MotorS * float64(burst)
	t0 := (0.1 + 0.8*s.rng.Float64()) * min(every, 1)
	duty := w.Duty
	step := 0
	for k := 0; ; k++ {
		at := float64(k) * every // by the watch
		late := 0.0
		if w.InhibitionS > 0 {
			late = jump * math.Floor((at-w.PhaseS)/w.InhibitionS+1)
		}
		t := t0 + at/(1+crystal/86400) + late
		if t*s.rate >= float64(len(x)) {
			return truth
		}
		if w.AdaptS > 0 && k > 0 && math.Floor(at/w.AdaptS) != math.Floor((at-every)/w.AdaptS) {
			duty = w.Duty + 0.15*(s.rng.Float64()-0.5)
		}
		truth.Steps = append(truth.Steps, t*s.rate/float64(s.o.Rate))
		for i := range burst {
			s.step(x, t+float64(i)*w.BurstMS*1e-3, step, duty)
			step++
		}
	}
}

// step adds one step of the motor, and its correction where one is drawn.
func (s *steps) step(x []float64, t float64, k int, duty float64) {
	w := s.w
	t += w.JitterUS * 1e-6 * s.rng.NormFloat64()
	gain := s.o.Peak
	if k&1 == 1 {
		gain *= w.TockGain
		if !w.SamePole && w.Pickup != Microphone {
			gain = -gain
		}
	}
	again := s.rng.Float64() < w.Corrections
	if w.Pickup == Microphone {
		s.click(x, t, gain)
		if w.LandingMS > 0 {
			s.click(x, t+w.LandingMS*1e-3, gain*w.Landing)
		}
		if again {
			s.click(x, t+0.0312, gain)
		}
		return
	}
	s.pulse(x, t, w.PulseMS*1e-3, duty, gain)
	if again {
		s.pulse(x, t+0.0312, w.PulseMS*1.3e-3, 1, gain)
	}
}

// click strikes the case.
func (s *steps) click(x []float64, t, gain float64) {
	at := t * s.rate
	i := max(0, int(math.Ceil(at)))
	vs := strike(nil, s.modes, s.rate, (at-float64(i))/s.rate, gain*s.level, s.w.Rough, s.rng)
	for _, v := range vs {
		z := v.z
		for j := i; j < min(len(x), i+v.left); j++ {
			x[j] += imag(z)
			z *= v.step
		}
	}
}

func (s *steps) audible() []Mode {
	var kept []Mode
	for _, m := range s.modes {
		if m.Hz < 0.45*float64(s.o.Rate) {
			kept = append(kept, m)
		}
	}
	if len(kept) == 0 {
		kept = []Mode{{Hz: 0.3 * float64(s.o.Rate), DecayMS: 1, Gain: 1}}
	}
	return kept
}

// over is by how much a pulse is sampled finer than the recording.
const over = 6

// pulse adds a pulse of a coil.
func (s *steps) pulse(x []float64, t, width, duty, gain float64) {
	from, to := int((t-0.0005)*s.rate), int((t+width+0.012)*s.rate)
	fine := 1 / (s.rate * over)
	state, last, top := 0.0, 0.0, 0.0
	shape := make([]float64, 0, to-from)
	for i := from; i < to; i++ {
		sum := 0.0
		for j := range over {
			v := s.drive(float64(i)/s.rate+float64(j)*fine-t, width, duty)
			switch s.w.Pickup {
			case CoilCurrent:
				state += (v - state) * fine / 0.0006
				sum += state
			case CoilEdges:
				state += (v - last) - state*fine/0.00015
				last = v
				sum += state
			default: // AC coupled at 15 Hz
				state += (v - last) - state*fine*2*math.Pi*15
				last = v
				sum += state
			}
		}
		shape = append(shape, sum/over)
		top = max(top, math.Abs(sum/over))
	}
	if top == 0 {
		return
	}
	for k, v := range shape {
		if i := from + k; i >= 0 && i < len(x) {
			x[i] += gain / top * v
		}
	}
}

// drive is the voltage across the motor t seconds after the pulse began.
func (s *steps) drive(t, width, duty float64) float64 {
	if t < 0 || t >= width {
		return 0
	}
	if s.w.ChopHz > 0 && duty < 1 {
		if _, f := math.Modf(t * s.w.ChopHz); f >= duty {
			return 0
		}
	}
	return 1
}
