package horology

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestLiftSpread(t *testing.T) {
	t.Parallel()
	three := []string{"a", "b", "c"}
	for _, c := range []struct {
		name string
		used float64
		c    *Calibre
		want float64
	}{
		{"nobody knows the calibre", 52, nil, 2},
		{"the calibre has no angle", 52, &Calibre{}, 2},
		{"one angle, printed in whole degrees", 49, &Calibre{LiftAngles: []Sourced{{Value: 49}}}, 0.5},
		{"two lists disagree by three degrees", 50, &Calibre{LiftAngles: []Sourced{{50, []string{"a"}, ""}, {53, []string{"b"}, ""}}}, 3},
		{"a lone list against three is held to two degrees", 44, &Calibre{LiftAngles: []Sourced{{44, three, ""}, {52, []string{"d"}, ""}}}, 2},
		{"two lists against three count in full", 52, &Calibre{LiftAngles: []Sourced{{52, three, ""}, {55, []string{"d", "e"}, ""}}}, 3},
		{"an angle nobody gives is as far as the farthest", 48, &Calibre{LiftAngles: []Sourced{{50, three, ""}, {53, []string{"d"}, ""}}}, 5},
		{"the workshop confirmed it", 44, &Calibre{LiftConfirmed: true, LiftAngles: []Sourced{{44, three, ""}, {53, three, ""}}}, 0.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := LiftSpread(c.used, c.c); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func TestAmplitudeUncertainty(t *testing.T) {
	t.Parallel()
	// Assumed 52° ± 2°: 260/52·2 = 10°, with 3° of the reading √(10² + 3²) = 10.4403°.
	if got := AmplitudeUncertainty(260, 3, 52, nil); math.Abs(got-10.440307) > 1e-6 {
		t.Errorf("assumed angle: %v", got)
	}
	// 2824-2 at 50°: seven lists give 50, one gives 53, held to 2°: 270/50·2 = 10.8°.
	c, _ := CalibreOf("ETA", "2824-2")
	if got := AmplitudeUncertainty(270, 0, 50, &c); math.Abs(got-10.8) > 1e-9 {
		t.Errorf("2824-2: %v", got)
	}
	for _, bad := range [][3]float64{{0, 1, 52}, {270, 1, 0}, {270, -1, 52}, {math.NaN(), 1, 52}, {270, math.NaN(), 52}} {
		if got := AmplitudeUncertainty(bad[0], bad[1], bad[2], nil); !math.IsNaN(got) {
			t.Errorf("%v: %v, want NaN", bad, got)
		}
	}
}

func TestTheLiftAngleOnlyAddsUncertainty(t *testing.T) {
	t.Parallel()
	all := Calibres()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(all).Draw(t, "calibre")
		measured := rapid.Float64Range(100, 340).Draw(t, "amplitude")
		u := rapid.Float64Range(0, 20).Draw(t, "u")
		lift, assumed := Lift(&c)
		got := AmplitudeUncertainty(measured, u, lift, &c)
		if !(got > u) {
			t.Fatalf("%v from %v", got, u)
		}
		if assumed && lift != AssumedLift {
			t.Fatalf("assumed %v", lift)
		}
	})
}
