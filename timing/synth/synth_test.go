package synth

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLiftTime compares with the table of A→C times for a lift of 52° in ms.
func TestLiftTime(t *testing.T) {
	for _, tt := range []struct{ bph, amp, ms float64 }{
		{18000, 150, 22.2}, {18000, 270, 12.3}, {21600, 200, 13.8}, {28800, 270, 7.67}, {28800, 310, 6.7}, {36000, 310, 5.35},
	} {
		if got := 1000 * LiftTime(tt.bph, tt.amp, 52); math.Abs(got-tt.ms) > 0.06 {
			t.Errorf("%v A/h at %v°: %.2f ms, want %.2f", tt.bph, tt.amp, got, tt.ms)
		}
	}
	if !math.IsNaN(LiftTime(28800, 20, 52)) {
		t.Error("20° do not reach a lift of 52°")
	}
}

func TestMakeIsDeterministic(t *testing.T) {
	o := Options{Seconds: 0.5, Seed: 3, Knocks: 60, Speech: 0.2, Colour: -3}
	a, _ := Make(Watch{}, o)
	b, _ := Make(Watch{}, o)
	if d := cmp.Diff(a, b); d != "" {
		t.Error("the same seed gave another sound")
	}
	o.Seed = 4
	if c, _ := Make(Watch{}, o); cmp.Equal(a, c) {
		t.Error("another seed gave the same sound")
	}
}

// TestSourceInPieces makes the same sound however it is cut.
func TestSourceInPieces(t *testing.T) {
	o := Options{Seconds: 1, Seed: 9, SNR: 20}
	whole, _ := Make(Watch{}, o)
	s := NewSource(Watch{}, o)
	var got []float32
	for n := 1; len(got) < whole.Len(); n = n*3%997 + 1 {
		piece := make([]float32, min(n, whole.Len()-len(got)))
		s.Read(piece)
		got = append(got, piece...)
	}
	if !cmp.Equal(whole.Channels[0], got) {
		t.Error("pieces differ from the whole")
	}
}

// TestTruth checks the beats made against what was asked for.
func TestTruth(t *testing.T) {
	w := Watch{BPH: 21600, RateSD: 30, BeatErrorMS: 1.5, AmplitudeDeg: 240, JitterUS: -1, DropJitterUS: -1}
	_, truth := Make(w, Options{Seconds: 20, NoNoise: true})
	n := len(truth.Unlock) &^ 1
	period := (truth.Unlock[n-2] - truth.Unlock[0]) / float64(n-2)
	if got := (3600/w.BPH/period - 1) * 86400; math.Abs(got-30) > 1e-6 {
		t.Errorf("rate %.6f, want 30", got)
	}
	e := (truth.Unlock[2] - 2*truth.Unlock[1] + truth.Unlock[0]) / 2
	if math.Abs(e*1000-1.5) > 1e-6 {
		t.Errorf("beat error %.6f ms, want 1.5", e*1000)
	}
	if got := truth.Drop[0] - truth.Unlock[0]; math.Abs(got-LiftTime(21600, 240, 52)) > 1e-9 {
		t.Errorf("%.6f s from unlocking to drop", got)
	}
}

// TestSNR measures the noise behind the watch against what was asked for.
func TestSNR(t *testing.T) {
	for _, colour := range []float64{0, -3, -6} {
		o := Options{Seconds: 4, Seed: 2, SNR: 12, Colour: colour}
		s := NewSource(Watch{}, o)
		_, power := newSource(Watch{}.withDefaults(), o.withDefaults()).calibrate()
		x := make([]complex128, 1<<16)
		for i := range x {
			x[i] = complex(s.back.noise(), 0)
		}
		bandpass(x, 48000)
		noise := 0.0
		for _, v := range x {
			noise += real(v) * real(v) / float64(len(x))
		}
		if got := 10 * math.Log10(power*s.level*s.level/noise); math.Abs(got-12) > 0.3 {
			t.Errorf("colour %v: SNR %.2f dB, want 12", colour, got)
		}
	}
}
