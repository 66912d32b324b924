package timing

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"etabli.example/timing/synth"
)

// listen feeds x in pieces of the given length, asking for a reading after
// each.
func listen(t *testing.T, rate, piece int, x []float32) (*Meter, Reading) {
	t.Helper()
	m, err := NewMeter(Config{Rate: rate})
	if err != nil {
		t.Fatal(err)
	}
	var r Reading
	for len(x) > 0 {
		n := min(piece, len(x))
		m.Write(x[:n])
		x = x[n:]
		r = m.Reading()
	}
	return m, r
}

func TestStreamAgreesWithWhole(t *testing.T) {
	for _, tt := range []struct {
		name    string
		seconds float64
		snr     float64
	}{{"short", 7, 25}, {"half a minute", 31, 15}, {"more than is remembered", 75, 20}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, truth := synth.Make(synth.Watch{RateSD: 12, BeatErrorMS: 0.7, AmplitudeDeg: 255}, synth.Options{Seconds: tt.seconds, SNR: tt.snr, Seed: 5})
			whole := Measure(c, Config{})
			_, live := listen(t, c.Rate, 4800, c.Channels[0])
			if !whole.Confident || !live.Confident {
				t.Fatalf("confident: whole %v (%s), live %v (%s)", whole.Confident, whole.Reason, live.Confident, live.Reason)
			}
			near := func(what string, a, b, u *float64) {
				if a == nil || b == nil || u == nil {
					t.Errorf("%s: not given", what)
				} else if d := math.Abs(*a - *b); d > *u/10 {
					t.Errorf("%s: whole %.4f, live %.4f, apart by %.2f u", what, *a, *b, d / *u)
				}
			}
			near("rate", whole.RateSD, live.RateSD, whole.RateU)
			near("beat error", whole.SignedErrorMS, live.SignedErrorMS, whole.BeatErrorU)
			near("amplitude", whole.AmplitudeDeg, live.AmplitudeDeg, whole.AmplitudeU)
			if d := math.Abs(*whole.RateSD - truth.RateSD); d > 4**whole.RateU {
				t.Errorf("rate %.3f ± %.3f, truth %.3f", *whole.RateSD, *whole.RateU, truth.RateSD)
			}
		})
	}
}

// TestChangeAgrees notices a change alike whether readings were asked for on
// the way or not.
func TestChangeAgrees(t *testing.T) {
	a, _ := synth.Make(synth.Watch{RateSD: 20}, synth.Options{Seconds: 12, SNR: 28, Seed: 4})
	b, _ := synth.Make(synth.Watch{RateSD: -15, AmplitudeDeg: 240}, synth.Options{Seconds: 14, SNR: 28, Seed: 5})
	x := append(append(a.Channels[0], make([]float32, a.Rate)...), b.Channels[0]...)
	_, live := listen(t, a.Rate, 7000, x)
	_, whole := listen(t, a.Rate, len(x), x)
	if d := cmp.Diff(whole, live); d != "" {
		t.Error(d)
	}
}
