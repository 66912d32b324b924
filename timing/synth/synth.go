// Package synth makes the sound of watches whose every property is known: the
// test bench of the timing engine and the source of simulated watches.
//
// A beat is computed from the balance and the escapement: the balance swings
// as a sine of the given amplitude, the fork is unlocked when it enters the
// lift angle (sound A), the tooth meets the impulse plane a little later
// (sound B) and drops at the end of the lift (sound C). Each sound strikes a
// case with a few damped modes. It is not a measuring instrument and knows
// nothing of package timing.
package synth

import "math"

// Watch says what the watch does. The zero value of a field is replaced by
// what is written behind it.
type Watch struct {
	BPH          float64 // beats an hour, nominal; 28800
	RateSD       float64 // rate in s/d, positive when it gains
	AmplitudeDeg float64 // mean of tick and tock; 270
	SpreadDeg    float64 // amplitude of tick minus that of tock
	BeatErrorMS  float64 // displayed beat error, |t1−t2|/2; its sign says which half is longer
	LiftDeg      float64 // 52

	JitterUS     float64 // scatter of unlocking from beat to beat, standard deviation in µs; 45 (negative: none)
	DropJitterUS float64 // additional scatter of the drop; 90 (negative: none)
	WanderUS     float64 // random walk of the phase, µs per square-root second
	SwingDeg     float64 // slow amplitude change, peak, over SwingS seconds
	SwingS       float64 // 10

	ToothUS    float64 // periodic fault: phase amplitude in µs
	ToothBeats float64 // and its period in beats; 30 (an escape wheel of 15 teeth)

	Unlock, Impulse, Drop float64 // relative strength of A, B and C; 0.35, 0.4, 1 (negative: silent)
	TockGain              float64 // strength of the tock relative to the tick; 0.85
	Rough                 float64 // how much the shape of a sound varies from beat to beat, 0…1; 0.15 (negative: not at all)
	Modes                 []Mode  // how the case rings; drawn from the seed where empty

	StopS     float64 // the watch stops at this second (0: never)
	Rebanking float64 // share of beats with a second, late bank (0…1)
}

// Mode is one way in which case and movement ring.
type Mode struct {
	Hz      float64 // frequency
	DecayMS float64 // time to 1/e
	Gain    float64
}

// Options say how the watch is recorded.
type Options struct {
	Rate    int     // samples a second; 48000
	Seconds float64 // length made by Make; 30
	Seed    uint64
	// SNR in dB: mean power of a beat in 1–20 kHz, from unlocking to drop plus
	// 3 ms, over the noise power in that band. math.Inf(1) means no noise.
	SNR      float64
	NoNoise  bool    // the zero SNR is 0 dB; this one means silence behind the watch
	Colour   float64 // slope of the noise in dB an octave: 0 white, −3 pink, −6 brown
	HumHz    float64 // mains hum with its harmonics, 50 or 60
	HumLevel float64 // its amplitude, full scale = 1
	Knocks   float64 // knocks a minute, far louder than the watch
	Speech   float64 // level of babble relative to the peak of the drop
	Peak     float64 // peak of the drop, full scale = 1; 0.3
	Clip     float64 // clipping level (0: none)
	AGC      bool    // an automatic gain control that pumps
	ClockPPM float64 // the card samples faster than it says by this much
	LowHz    float64 // high-pass of the microphone; 100
	HighHz   float64 // low-pass of the microphone; 16000
	GapAtS   float64 // samples are missing from here (0: none) …
	GapS     float64 // … for this long, and spliced
}

// Truth is what was really made.
type Truth struct {
	BPH          float64   // beats an hour of the nominal watch
	RateSD       float64   // s/d as heard through the card's clock error
	BeatErrorMS  float64   // displayed, never negative
	AmplitudeDeg float64   // mean over the beats
	TickDeg      float64   // mean of the even beats
	TockDeg      float64   // mean of the odd beats
	Unlock, Drop []float64 // seconds of A and C, without the microphone's delay
}

// LiftTime returns the time in seconds from unlocking to drop of a balance of
// amplitude amp with lift angle lift, both in degrees, at bph beats an hour:
// a sine crossing half the lift each side of the centre. It returns NaN where
// the amplitude does not reach the lift.
func LiftTime(bph, amp, lift float64) float64 {
	if !(amp >= lift/2) || bph <= 0 {
		return math.NaN()
	}
	return 7200 / bph / math.Pi * math.Asin(lift/(2*amp))
}

func (w Watch) withDefaults() Watch {
	or := func(p *float64, v float64) {
		if *p == 0 {
			*p = v
		} else if *p < 0 {
			*p = 0
		}
	}
	or(&w.BPH, 28800)
	or(&w.AmplitudeDeg, 270)
	or(&w.LiftDeg, 52)
	or(&w.JitterUS, 45)
	or(&w.DropJitterUS, 90)
	or(&w.SwingS, 10)
	or(&w.ToothBeats, 30)
	or(&w.Unlock, 0.35)
	or(&w.Impulse, 0.4)
	or(&w.Drop, 1)
	or(&w.TockGain, 0.85)
	or(&w.Rough, 0.15)
	return w
}

func (o Options) withDefaults() Options {
	if o.Rate == 0 {
		o.Rate = 48000
	}
	if o.Seconds == 0 {
		o.Seconds = 30
	}
	if o.Peak == 0 {
		o.Peak = 0.3
	}
	if o.LowHz == 0 {
		o.LowHz = 100
	}
	if o.HighHz == 0 {
		o.HighHz = 16000
	}
	if math.IsInf(o.SNR, 1) {
		o.NoNoise = true
	}
	return o
}
