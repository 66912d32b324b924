package workshop_test

import (
	"encoding/json"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"etabli.example/timing"
	"etabli.example/timing/synth"
	"etabli.example/workshop"
)

// A vario of many hours through the engine itself: ETABLI_VARIO=72 runs the three
// days whose figures stand in doc/timing.md, without it two minutes are.
func TestVarioIsConstant(t *testing.T) {
	hours := 2. / 60
	if v, err := strconv.ParseFloat(os.Getenv("ETABLI_VARIO"), 64); err == nil {
		hours = v
	}
	const rate = 8000
	clip, _ := synth.Make(synth.Watch{BPH: 28800, AmplitudeDeg: 280, BeatErrorMS: .3, LiftDeg: 50}, synth.Options{Rate: rate, Seconds: 60, SNR: 30, Seed: 4})
	minute := clip.Channels[0] // whole periods at rate 0: laid end to end it goes on beating
	m, err := timing.NewMeter(timing.Config{Rate: rate, LiftDeg: 50, BeatBPH: 28800})
	if err != nil {
		t.Fatal(err)
	}
	debug.FreeOSMemory() // what made the sound is not the vario's
	var v workshop.Vario
	began, most := time.Now(), uint64(0)
	for s := 0.; s < hours*3600; s += 60 {
		for at := 0; at < len(minute); at += rate {
			m.Write(minute[at:min(at+rate, len(minute))])
		}
		v.Note(s+60, m.Reading)
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		most = max(most, mem.HeapInuse+mem.StackInuse)
	}
	kept, err := json.Marshal(v.Points())
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, p := range v.Points() {
		if p.R != nil && *p.R > -.5 && *p.R < .5 && p.A != nil && *p.A > 275 && *p.A < 285 {
			told++
		}
	}
	took := time.Since(began)
	t.Logf("%.2f h in %v, %.0f times real time; %d points, %d told rightly; %.1f MB of memory at most, %.2f MB kept", hours, took.Round(time.Second), hours*3600/took.Seconds(), len(v.Points()), told, float64(most)/1e6, float64(len(kept))/1e6)
	if n := len(v.Points()); told < n-1 || n == 0 {
		t.Errorf("%d of %d points are right", told, n)
	}
	if most > 64e6 || len(kept) > 20e6 {
		t.Errorf("%d bytes of memory, %d kept", most, len(kept))
	}
}

// Beyond what is kept by the minute the points become fewer, never more, and stay
// in order.
func TestVarioNeverGrowsBeyondThreeDays(t *testing.T) {
	var v workshop.Vario
	rate := 1.5
	for s := 0.; s < 20*24*3600; s += 30 {
		v.Note(s, func() timing.Reading { return timing.Reading{Confident: true, RateSD: &rate} })
	}
	points := v.Points()
	if len(points) > 3*24*60 || len(points) < 24*60 {
		t.Errorf("%d points", len(points))
	}
	for i := 1; i < len(points); i++ {
		if points[i].S <= points[i-1].S {
			t.Fatalf("point %d goes back in time", i)
		}
	}
	if last := points[len(points)-1].S; last < 19.9*24*3600 {
		t.Errorf("the last point is of second %v", last)
	}
}
