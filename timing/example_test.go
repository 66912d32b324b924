package timing_test

import (
	"fmt"
	"math"

	"etabli.example/timing"
	"etabli.example/timing/synth"
)

// A recording is measured as a whole.
func ExampleMeasure() {
	clip, _ := synth.Make(
		synth.Watch{BPH: 28800, RateSD: 7, AmplitudeDeg: 280, BeatErrorMS: 0.4},
		synth.Options{Seconds: 20, SNR: 30, Seed: 1})
	r := timing.Measure(clip, timing.Config{LiftDeg: 52})
	fmt.Printf("%.0f A/h, %+.0f s/d, %.1f ms\n", *r.BPH, *r.RateSD, *r.BeatErrorMS)
	fmt.Println("amplitude right within 3 u:", math.Abs(*r.AmplitudeDeg-280) < 3**r.AmplitudeU)
	// Output:
	// 28800 A/h, +7 s/d, 0.4 ms
	// amplitude right within 3 u: true
}

// A live watch is measured while it is heard.
func ExampleMeter() {
	source := synth.NewSource(synth.Watch{BPH: 21600, RateSD: -4}, synth.Options{SNR: 30, Seed: 2})
	meter, err := timing.NewMeter(timing.Config{Rate: 48000})
	if err != nil {
		fmt.Println(err)
		return
	}
	second := make([]float32, 48000)
	for range 15 {
		source.Read(second)
		meter.Write(second)
	}
	r := meter.Reading()
	fmt.Println(*r.BPH, r.Confident, math.Abs(*r.RateSD+4) < 4**r.RateU)
	// Output: 21600 true true
}

// What cannot be told is not told.
func ExampleReading() {
	clip, _ := synth.Make(synth.Watch{StopS: 1e-9}, synth.Options{Seconds: 5, SNR: 20})
	r := timing.Measure(clip, timing.Config{})
	fmt.Println(r.Confident, r.Reason, r.RateSD == nil)
	// Output: false no_watch true
}
