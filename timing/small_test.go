package timing

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"etabli.example/timing/synth"
	"etabli.example/timing/wave"
)

func TestNearestListed(t *testing.T) {
	for _, tt := range []struct {
		bph, want float64
		ok        bool
	}{
		{28800, 28800, true}, {28800 * (1 + 250.0/86400), 28800, true}, {18002, 18000, true},
		{21600 * (1 - 500.0/86400), 21600, true}, {17897, 17897, true}, {23456, 0, false}, {3600.4, 3600, true},
	} {
		if got, ok := nearestListed(tt.bph); ok != tt.ok || got != tt.want {
			t.Errorf("nearestListed(%v) = %v, %v; want %v, %v", tt.bph, got, ok, tt.want, tt.ok)
		}
	}
}

func TestConfigIsChecked(t *testing.T) {
	for _, c := range []Config{{}, {Rate: 7999}, {Rate: 192001}, {Rate: 48000, LiftDeg: -1}, {Rate: 48000, LiftDeg: 300},
		{Rate: 48000, BeatBPH: -5}, {Rate: 48000, ClockPPM: math.NaN()}, {Rate: 48000, ClockUPPM: -1}, {Rate: 48000, Escapement: "verge"}} {
		if _, err := NewMeter(c); !errors.Is(err, ErrConfig) {
			t.Errorf("%+v: got %v, want ErrConfig", c, err)
		}
	}
}

// TestFitLine recovers a line through jitter and one outlier in ten.
func TestFitLine(t *testing.T) {
	g := rand.New(rand.NewPCG(1, 2))
	var n []int
	var x []float64
	for i := range 200 {
		v := 3 + 0.125*float64(i) + 0.0004*(0.5-float64(i%2)) + 50e-6*g.NormFloat64()
		if i%10 == 3 {
			v += 0.02 * g.NormFloat64()
		}
		n, x = append(n, i), append(x, v)
	}
	x[50] = math.NaN()
	res, keep := make([]float64, 200), make([]float64, 200)
	l := fitLine(n, x, res, keep, true)
	l.refine(n, res, keep, math.Inf(1))
	if e := math.Abs(l.period - 0.125); e > 4*l.uPeriod || l.uPeriod > 3e-7 {
		t.Errorf("period off by %.2g ± %.2g", e, l.uPeriod)
	}
	if e := math.Abs(l.parity - 0.0004); e > 4*l.uParity || l.uParity > 2e-5 {
		t.Errorf("parity off by %.2g ± %.2g", e, l.uParity)
	}
	if keep[50] != 0 {
		t.Error("a beat that was not heard was kept")
	}
}

// TestSteadyCovers counts how often the 95 % interval of the slope holds the
// truth in 400 draws: without a walk, with one that hardly shows in so few
// beats and yet moves the slope (where no method can know, 75 % is asked), and
// with one that shows.
func TestSteadyCovers(t *testing.T) {
	for walk, least := range map[float64]float64{0: 93, 5e-6: 75, 30e-6: 90} {
		g := rand.New(rand.NewPCG(7, uint64(walk*1e7)))
		held := 0
		for range 400 {
			var n []int
			var res []float64
			w := 0.0
			for i := range 120 {
				w += walk * g.NormFloat64()
				n, res = append(n, i), append(res, w+50e-6*g.NormFloat64())
			}
			keep := make([]float64, len(n))
			for i := range keep {
				keep[i] = 1
			}
			s := steadily(n, res, keep, line{scale: 1e-3, period: 0.125, used: len(n)}, math.Inf(1))
			if math.Abs(s.slope) < 1.96*s.uSlope {
				held++
			}
		}
		if c := float64(held) / 4; c < least || c > 99.9 {
			t.Errorf("walk of %v s a beat: %.1f %% covered", walk, c)
		}
	}
}

// TestWhitener turns coloured noise white.
func TestWhitener(t *testing.T) {
	g := rand.New(rand.NewPCG(3, 4))
	x := make([]float64, 20000)
	for i := 2; i < len(x); i++ {
		x[i] = 1.6*x[i-1] - 0.8*x[i-2] + g.NormFloat64()
	}
	r := make([]float64, whitenOrder+1)
	autocorrelate(r, x)
	w := newWhitener(r)
	y := make([]float64, len(x)-len(w.a))
	w.apply(y, x)
	q := make([]float64, 6)
	autocorrelate(q, y)
	for k := 1; k < len(q); k++ {
		if c := math.Abs(q[k] / q[0]); c > 0.03 {
			t.Errorf("autocorrelation at lag %d is %.3f", k, c)
		}
	}
}

// TestSoundRing keeps the last samples to 16 bits of their block.
func TestSoundRing(t *testing.T) {
	r := newSoundRing(4 * soundBlock)
	for i := range 3000 {
		r.push(float32(math.Sin(float64(i) / 9)))
	}
	r.skip(100)
	r.push(0.5)
	got := make([]float64, 5)
	r.copy(got, 2998)
	for i, want := range []float64{math.Sin(2998.0 / 9), math.Sin(2999.0 / 9), 0, 0, 0} {
		if math.Abs(got[i]-want) > 1e-4 {
			t.Errorf("sample %d: %v, want %v", 2998+i, got[i], want)
		}
	}
	r.copy(got[:1], 3100)
	if math.Abs(got[0]-0.5) > 1e-4 {
		t.Errorf("behind the gap: %v, want 0.5", got[0])
	}
}

// TestLost keeps the beats behind a known gap on the grid of those before it.
func TestLost(t *testing.T) {
	c, _ := synth.Make(synth.Watch{RateSD: 15}, synth.Options{Seconds: 20, SNR: 28, Seed: 11})
	x := c.Channels[0]
	m, err := NewMeter(Config{Rate: c.Rate})
	if err != nil {
		t.Fatal(err)
	}
	m.Write(x[:9*48000])
	m.Lost(24000)
	m.Write(x[9*48000+24000:])
	r := m.Reading()
	if !r.Confident || !r.Has(SamplesMissing) {
		t.Fatalf("confident %v (%s), notices %v", r.Confident, r.Reason, r.Notices)
	}
	if d := math.Abs(*r.RateSD - 15); d > 4**r.RateU || r.FromS > 1 {
		t.Errorf("rate %.2f ± %.2f from second %.1f, want 15 from the start", *r.RateSD, *r.RateU, r.FromS)
	}
}

// TestFirstReading comes after two seconds of clean sound.
func TestFirstReading(t *testing.T) {
	for _, bph := range []float64{18000, 21600, 28800, 36000} {
		c, _ := synth.Make(synth.Watch{BPH: bph}, synth.Options{Seconds: 2.1, SNR: 30, Seed: 12})
		if r := Measure(c, Config{}); !r.Confident {
			t.Errorf("%v A/h: %s after two seconds", bph, r.Reason)
		}
	}
}

func TestChannels(t *testing.T) {
	c, _ := synth.Make(synth.Watch{}, synth.Options{Seconds: 8, SNR: 25, Seed: 13})
	quiet := make([]float32, c.Len())
	opposite := make([]float32, c.Len())
	for i, v := range c.Channels[0] {
		opposite[i] = -0.9 * v
	}
	for _, tt := range []struct {
		name     string
		channels [][]float32
		notice   bool
	}{{"the other channel is silent", [][]float32{quiet, c.Channels[0]}, false}, {"antiphase", [][]float32{c.Channels[0], opposite}, true}} {
		r := Measure(wave.Clip{Rate: c.Rate, Channels: tt.channels}, Config{})
		if !r.Confident || *r.BPH != 28800 || r.Has(Antiphase) != tt.notice {
			t.Errorf("%s: %s", tt.name, short(r))
		}
	}
}

// TestBeats finds any beat, listed or not, at any rate of sampling.
func TestBeats(t *testing.T) {
	for i, tt := range []struct {
		bph  float64
		rate int
	}{{3600, 48000}, {5952, 44100}, {9079, 16000}, {14400, 8000}, {18000, 96000}, {19731, 22050}, {28800, 192000}, {36000, 44100}, {51234, 48000}, {72000, 48000}} {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			seconds := max(8, 14*3600/tt.bph)
			c, _ := synth.Make(synth.Watch{BPH: tt.bph, BeatErrorMS: 0.8}, synth.Options{Rate: tt.rate, Seconds: seconds, SNR: 25, Seed: uint64(20 + i)})
			r := Measure(c, Config{})
			if !r.Confident {
				t.Fatalf("%v A/h at %d Hz: %s", tt.bph, tt.rate, r.Reason)
			}
			if got := measured(r); math.Abs(got/tt.bph-1)*SecondsPerDay > max(5, 4**r.RateU) {
				t.Errorf("%v A/h at %d Hz: measured %.2f ± %.1f s/d", tt.bph, tt.rate, got, *r.RateU)
			}
		})
	}
}
