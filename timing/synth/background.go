package synth

import (
	"math"
	"math/rand/v2"
)

// microphone is a first-order high-pass and low-pass.
type microphone struct {
	a, b   float64
	hx, hy float64
	ly     float64
}

func newMicrophone(low, high, rate float64) microphone {
	return microphone{a: math.Exp(-2 * math.Pi * low / rate), b: 1 - math.Exp(-2*math.Pi*high/rate)}
}

func (m *microphone) hear(v float64) float64 {
	m.hy = m.a * (m.hy + v - m.hx)
	m.hx = v
	m.ly += m.b * (m.hy - m.ly)
	return m.ly
}

// background is all that is heard beside the watch, and what the recorder
// then does to it.
type background struct {
	o     Options
	rng   *rand.Rand
	rate  float64
	sigma float64
	tilt  []float64 // states of the colouring filter
	t     float64
	knock float64 // envelope

	// The voice: seconds left of the present syllable, its length, loudness of
	// buzz and hiss, pitch, and the states of both sounds.
	syllable, length, voiced, hissing, pitch float64
	phase, buzz, breath                      float64

	peak   float64
	gain   float64 // of the recorder, turned down where the noise would overload it
	follow float64 // AGC follower
}

func newBackground(o Options, power, peak float64) *background {
	b := &background{o: o, rng: rand.New(rand.NewPCG(o.Seed, 4)), rate: float64(o.Rate), peak: peak, gain: 1}
	b.tilt = make([]float64, 8)
	if !o.NoNoise {
		b.sigma = 1
		// The share of this noise inside 1–20 kHz is measured, not derived, so
		// that every colour means the same SNR.
		x, all := make([]complex128, 1<<14), 0.0
		for i := range x {
			v := b.noise()
			all += v * v
			x[i] = complex(v, 0)
		}
		bandpass(x, b.rate)
		e := 0.0
		for _, v := range x {
			e += real(v) * real(v)
		}
		b.sigma = math.Sqrt(power / math.Pow(10, o.SNR/10) / (e / float64(len(x))))
		if loudest := peak + 4*b.sigma*math.Sqrt(all/float64(len(x))); loudest > 1 {
			b.gain = 1 / loudest
			if o.Clip > 0 {
				b.gain = 2 * o.Clip / loudest
			}
		}
	}
	return b
}

// noise returns Gaussian noise of slope Colour: white, or a sum of one-pole
// low-passes an octave and more apart weighted to the slope.
func (b *background) noise() float64 {
	w := b.rng.NormFloat64()
	if b.o.Colour == 0 {
		return b.sigma * w
	}
	v, f := 0.0, 30.0
	for i := range b.tilt {
		a := 1 - math.Exp(-2*math.Pi*min(f, 0.4*b.rate)/b.rate)
		b.tilt[i] += a * (w - b.tilt[i])
		v += b.tilt[i] * math.Pow(f/1000, b.o.Colour/6.02)
		f *= 2.6
	}
	return b.sigma * v
}

func (b *background) add(v float64) float64 {
	o := &b.o
	b.t += 1 / b.rate
	if b.sigma > 0 {
		v += b.noise()
	}
	if o.HumLevel > 0 {
		for h := 1; h <= 7; h += 2 {
			v += o.HumLevel / float64(h*h) * math.Sin(2*math.Pi*o.HumHz*float64(h)*b.t)
		}
	}
	if o.Knocks > 0 {
		if b.rng.Float64() < o.Knocks/60/b.rate {
			b.knock = b.peak * (1 + 4*b.rng.Float64())
		}
		b.knock *= math.Exp(-1 / (0.012 * b.rate))
		v += b.knock * b.rng.NormFloat64() * 0.6
	}
	if o.Speech > 0 {
		v += b.speech()
	}
	v *= b.gain
	if o.AGC {
		b.follow = max(math.Abs(v), b.follow*math.Exp(-1/(0.4*b.rate)))
		v *= 0.5 / (0.05 + b.follow)
	}
	if o.Clip > 0 {
		v = max(-o.Clip, min(o.Clip, v))
	}
	return max(-1, min(1, v))
}

// speech is a buzz at a wandering pitch under syllables, with hissed
// consonants between them: its energy comes and goes as a voice's does, and
// never with a fixed period.
func (b *background) speech() float64 {
	if b.syllable -= 1 / b.rate; b.syllable <= 0 {
		b.syllable = 0.06 + 0.25*b.rng.Float64()
		b.length = b.syllable
		b.voiced = b.rng.Float64() * b.rng.Float64() * 1.6
		b.hissing = max(0, b.rng.Float64()*1.6-0.9)
		b.pitch = 90 + 110*b.rng.Float64()
	}
	env := math.Sin(math.Pi * b.syllable / b.length)
	b.phase += b.pitch / b.rate
	b.phase -= math.Floor(b.phase)
	b.buzz += 0.25 * (2*b.phase - 1 - b.buzz)
	hiss := b.rng.NormFloat64()
	b.breath += 0.5 * (hiss - b.breath)
	return b.o.Speech * b.peak * env * (b.voiced*b.buzz + 0.5*b.hissing*(hiss-b.breath))
}
