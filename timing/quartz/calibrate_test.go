package quartz

import (
	"errors"
	"math"
	"testing"

	"etabli.example/timing/synth"
)

// TestCalibrate finds a card's clock from a reference and then measures
// another watch by it.
func TestCalibrate(t *testing.T) {
	o := synth.Options{Rate: 16000, Seconds: 65, SNR: 40, Seed: 2, ClockPPM: 37}
	read := func(w synth.Stepper, c Config) Reading {
		clip, _ := synth.MakeQuartz(w, o)
		r, err := Measure(clip, c)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for _, guess := range []float64{0, 20} {
		c := Config{ClockPPM: guess}
		clock, err := Calibrate(read(synth.Stepper{RateSD: 0.02, InhibitionS: 10, CrystalSD: 3}, c), c, 0.02, 0.005)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(clock.PPM-37) > 3*clock.UPPM || clock.UPPM > 0.3 {
			t.Errorf("from %v ppm: %.3f ± %.3f ppm, want 37", guess, clock.PPM, clock.UPPM)
		}
		r := read(synth.Stepper{RateSD: -0.3, InhibitionS: 20, CrystalSD: 5, MotorS: 0.5}, Config{ClockPPM: clock.PPM, ClockUPPM: clock.UPPM})
		if !r.Confident || math.Abs(*r.RateSD+0.3) > 3*math.Hypot(*r.RateU, *r.ClockU) {
			t.Errorf("%v", r)
		}
	}
	if _, err := Calibrate(Reading{}, Config{}, 0, 0.01); !errors.Is(err, ErrNoReference) {
		t.Errorf("silence calibrates: %v", err)
	}
	far, u := 60.0, 0.01
	if _, err := Calibrate(Reading{Confident: true, RateSD: &far, RateU: &u}, Config{}, 0, 0.01); !errors.Is(err, ErrNoReference) {
		t.Errorf("a clock of 700 ppm: %v", err)
	}
}
