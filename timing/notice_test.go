package timing

import (
	"math"
	"testing"

	"etabli.example/timing/synth"
	"etabli.example/timing/wave"
)

// TestNotices makes what each notice is about, and checks that it comes, that
// none comes unasked, and that the reading is still right.
func TestNotices(t *testing.T) {
	clean := synth.Options{Seconds: 16, SNR: 28, Seed: 3}
	with := func(f func(*synth.Options)) synth.Options { o := clean; f(&o); return o }
	for _, tt := range []struct {
		name string
		w    synth.Watch
		o    synth.Options
		want []Notice
	}{
		{"a clean watch needs none", synth.Watch{}, clean, nil},
		{"clipped", synth.Watch{}, with(func(o *synth.Options) { o.Peak, o.Clip = 0.9, 0.3 }), []Notice{Clipped}},
		{"an automatic gain control", synth.Watch{}, with(func(o *synth.Options) { o.AGC, o.SNR = true, 18 }), []Notice{GainControl}},
		{"a watch that stops", synth.Watch{StopS: 11}, clean, []Notice{StoppedAt}},
		{"a beat that has no name", synth.Watch{BPH: 23456}, clean, []Notice{UnlistedBeat}},
		{"no sound of unlocking", synth.Watch{Unlock: -1}, clean, []Notice{UnlockingNotHeard}},
		{"samples lost by the recorder", synth.Watch{}, with(func(o *synth.Options) { o.GapAtS, o.GapS = 8, 0.1 }), []Notice{SamplesMissing}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.w.RateSD = 8
			c, _ := synth.Make(tt.w, tt.o)
			r := Measure(c, Config{})
			if !r.Confident {
				t.Fatalf("not confident: %s", r.Reason)
			}
			if r.RateSD != nil && tt.w.BPH == 0 && math.Abs(*r.RateSD-8) > max(1, 4**r.RateU) {
				t.Errorf("rate %.2f ± %.2f, want 8", *r.RateSD, *r.RateU)
			}
			for _, n := range tt.want {
				if !r.Has(n) {
					t.Errorf("no notice %s; got %v", n, r.Notices)
				}
			}
			for _, n := range r.Notices {
				if len(tt.want) == 0 || n != tt.want[0] {
					t.Errorf("unasked notice %s", n)
				}
			}
		})
	}
}

func TestPositionChange(t *testing.T) {
	a, _ := synth.Make(synth.Watch{RateSD: 20}, synth.Options{Seconds: 12, SNR: 28, Seed: 4})
	b, _ := synth.Make(synth.Watch{RateSD: -15, AmplitudeDeg: 240}, synth.Options{Seconds: 14, SNR: 28, Seed: 4})
	c := wave.Clip{Rate: a.Rate, Channels: [][]float32{append(append(a.Channels[0], make([]float32, a.Rate)...), b.Channels[0]...)}}
	r := Measure(c, Config{})
	if !r.Confident || !r.Has(PositionChanged) {
		t.Fatalf("confident %v (%s), notices %v", r.Confident, r.Reason, r.Notices)
	}
	if math.Abs(*r.RateSD+15) > max(0.5, 4**r.RateU) || r.FromS < 12 {
		t.Errorf("rate %.2f ± %.2f from second %.1f, want −15 from 13 on", *r.RateSD, *r.RateU, r.FromS)
	}
}

func TestTwoWatches(t *testing.T) {
	mix := func(gain float32) Reading {
		a, _ := synth.Make(synth.Watch{RateSD: 5}, synth.Options{Seconds: 20, SNR: 30, Seed: 6})
		b, _ := synth.Make(synth.Watch{BPH: 21600, RateSD: -20}, synth.Options{Seconds: 20, SNR: 30, Seed: 7})
		for i, v := range b.Channels[0] {
			a.Channels[0][i] += gain * v
		}
		return Measure(a, Config{})
	}
	if r := mix(1); r.Confident || r.Reason != TwoWatches {
		t.Errorf("two equally loud: confident %v, reason %q", r.Confident, r.Reason)
	}
	if r := mix(0.25); !r.Confident || !r.Has(OtherWatch) {
		t.Errorf("one 12 dB softer: confident %v (%s), notices %v", r.Confident, r.Reason, r.Notices)
	} else if math.Abs(*r.RateSD-5) > max(0.5, 4**r.RateU) {
		t.Errorf("one 12 dB softer: rate %.2f ± %.2f, want 5", *r.RateSD, *r.RateU)
	}
}

func TestPeriodicFault(t *testing.T) {
	c, _ := synth.Make(synth.Watch{ToothUS: 150}, synth.Options{Seconds: 30, SNR: 28, Seed: 8})
	r := Measure(c, Config{})
	if len(r.Periodic) == 0 {
		t.Fatal("a fault of 150 µs every 30 beats was not found")
	}
	p := r.Periodic[0]
	if math.Abs(p.Beats-30) > 0.5 || math.Abs(p.DepthMS-0.15) > 0.03 || p.Teeth != 15 || !p.Hypothesis {
		t.Errorf("got %+v, want 30 beats, 0.15 ms, 15 teeth as a hypothesis", p)
	}
	// With the wheels given it is no hypothesis.
	r = Measure(c, Config{Train: []Wheel{{Name: "escape", Beats: 30, Teeth: 15, Counted: true}, {Name: "fourth", Beats: 480}}})
	if len(r.Periodic) == 0 || r.Periodic[0].Wheel != "escape" || r.Periodic[0].Hypothesis || r.Periodic[0].Tooth < 1 || r.Periodic[0].Tooth > 15 {
		t.Errorf("with the train known: %+v", r.Periodic)
	}
	clean, _ := synth.Make(synth.Watch{}, synth.Options{Seconds: 30, SNR: 28, Seed: 8})
	if r := Measure(clean, Config{}); len(r.Periodic) != 0 {
		t.Errorf("a clean watch shows %+v", r.Periodic)
	}
}

func TestNoWatch(t *testing.T) {
	for _, o := range []synth.Options{
		{Seconds: 10, SNR: 20, Seed: 1},
		{Seconds: 10, SNR: 20, Seed: 2, Colour: -6, Knocks: 40},
		{Seconds: 20, SNR: 20, Seed: 3, Speech: 0.8},
		{Seconds: 10, SNR: 40, Seed: 4, HumHz: 50, HumLevel: 0.5},
	} {
		c, _ := synth.Make(synth.Watch{Unlock: -1, Impulse: -1, StopS: 1e-9}, o)
		if r := Measure(c, Config{}); r.Confident || r.BPH != nil || r.RateSD != nil {
			t.Errorf("seed %d: confident of a watch where none is: %s", o.Seed, short(r))
		}
	}
	if r := Measure(wave.Clip{Rate: 48000, Channels: [][]float32{make([]float32, 480000)}}, Config{}); r.Confident || r.Reason != NoWatch {
		t.Errorf("silence: %q", r.Reason)
	}
	if r := Measure(wave.Clip{Rate: 48000, Channels: [][]float32{make([]float32, 4800)}}, Config{}); r.Reason != TooShort {
		t.Errorf("a tenth of a second: %q", r.Reason)
	}
}

// TestEscapements gives an amplitude only where one can be heard.
func TestEscapements(t *testing.T) {
	c, _ := synth.Make(synth.Watch{LiftDeg: 38}, synth.Options{Seconds: 8, SNR: 28, Seed: 9})
	for e, given := range map[Escapement]bool{"": true, Lever: true, PinLever: true, Coaxial: true, Detent: false, Cylinder: false} {
		lift := 38.0
		if e == Coaxial {
			lift = 0 // its own
		}
		r := Measure(c, Config{Escapement: e, LiftDeg: lift})
		if !r.Confident || (r.AmplitudeDeg != nil) != given {
			t.Errorf("%q: %s", e, short(r))
		}
		if e == Coaxial && r.AmplitudeDeg != nil && math.Abs(*r.AmplitudeDeg-270) > 4 {
			t.Errorf("co-axial: amplitude %.1f, want 270 by its own lift angle", *r.AmplitudeDeg)
		}
	}
}

// TestSpectrum shows the fault where it is.
func TestSpectrum(t *testing.T) {
	c, _ := synth.Make(synth.Watch{ToothUS: 150}, synth.Options{Seconds: 30, SNR: 28, Seed: 8})
	m, _, err := MeasureClip(c, Config{})
	if err != nil {
		t.Fatal(err)
	}
	s, ok := m.Spectrum()
	if !ok {
		t.Fatal("no spectrum")
	}
	at := 0
	for i, v := range s.LevelsDB {
		if v > s.LevelsDB[at] {
			at = i
		}
	}
	if hz := float64(at) * s.StepHz; math.Abs(hz-8.0/30) > 2*s.StepHz || math.Abs(s.LevelsDB[at]-20*math.Log10(150)) > 3 {
		t.Errorf("highest line at %.3f Hz, %.1f dB; want 0.267 Hz, 43.5 dB", hz, s.LevelsDB[at])
	}
}

// TestBreathing listens to a watch whose amplitude comes and goes: its drop
// moves to and fro by a millisecond, but nobody has moved the watch.
func TestBreathing(t *testing.T) {
	for seed := range uint64(3) {
		w := synth.Watch{BPH: 14400, AmplitudeDeg: 170, SwingDeg: 3, SwingS: 14, Unlock: -1, RateSD: 5}
		c, _ := synth.Make(w, synth.Options{Seconds: 24, SNR: 14, Seed: 20 + seed})
		r := Measure(c, Config{})
		if !r.Confident || r.Has(PositionChanged) || r.Has(SamplesMissing) {
			t.Errorf("seed %d: %s", seed, short(r))
		}
	}
}

// TestSmoothScale tells a curve from a break.
func TestSmoothScale(t *testing.T) {
	n := make([]int, 200)
	curve, broken := make([]float64, 200), make([]float64, 200)
	for i := range n {
		n[i] = i
		x := float64(i) / 8
		curve[i] = x + 1e-3*math.Sin(x/4) + 20e-6*math.Sin(float64(7*i*i))
		broken[i] = x + 400e-6*max(0, x-12) + 20e-6*math.Sin(float64(7*i*i))
	}
	a, b := smoothScale(n, curve), smoothScale(n, broken)
	if a > 60e-6 || b < 60e-6 {
		t.Errorf("scatter of %.0f µs about a curve and of %.0f µs about a break", 1e6*a, 1e6*b)
	}
}
