package quartz

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"etabli.example/timing"
	"etabli.example/timing/synth"
	"etabli.example/timing/wave"
)

// TestNeverTheOther listens to balances and motors whose beats lie close
// together: neither is ever called the other.
func TestNeverTheOther(t *testing.T) {
	hear := func(c wave.Clip) Heard {
		h, err := Hear(c, timing.Config{}, Config{ClockUPPM: 0.01})
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	for i, w := range []synth.Watch{
		{BPH: 18000, RateSD: 0.2}, {BPH: 28800, RateSD: -1, BeatErrorMS: 0.4}, {BPH: 21600, RateSD: 4},
		{BPH: 3600, RateSD: 40, BeatErrorMS: 6}, {BPH: 36000, Unlock: -1}, {BPH: 7200, RateSD: 3, BeatErrorMS: 2},
		{BPH: 14400, RateSD: -0.5}, {BPH: 19800}, {BPH: 25200, RateSD: 8},
	} {
		c, _ := synth.Make(w, synth.Options{Seed: uint64(i + 1), Seconds: 20, SNR: 25, Rate: 22050})
		if h := hear(c); h.Kind == timing.Quartz {
			t.Errorf("a balance of %v A/h is called a motor of %v s", w.BPH, *h.Quartz.MotorPeriodS)
		}
	}
	for i, w := range []synth.Stepper{
		{MotorS: 1, Pickup: synth.Microphone, RateSD: 0.2}, {MotorS: 0.2, RateSD: 0.1}, {MotorS: 0.125},
		{MotorS: 0.2, Pickup: synth.Microphone, InhibitionS: 10, CrystalSD: 6, RateSD: 0.1},
		{MotorS: 20, InhibitionS: 10, CrystalSD: 3}, {MotorS: 0.5, Pickup: synth.Microphone, LandingMS: 9},
	} {
		w.JitterUS = 8
		c, _ := synth.MakeQuartz(w, synth.Options{Seed: uint64(i + 1), Seconds: max(60, 7*w.MotorS), SNR: 36, Rate: 22050})
		h := hear(c)
		if h.Kind == timing.Mechanical {
			t.Errorf("a motor of %v s (%s) is called a balance of %v A/h", w.MotorS, w.Pickup, *h.Mechanical.BPH)
		}
		t.Logf("%v s %s: %s", w.MotorS, w.Pickup, h.Kind)
	}
}

// TestRecordings holds the kind on real clocks and noises: what the list does
// not call quartz never becomes so with confidence. The recordings lie beside
// the product, or in the folder that ETABLI_RECORDINGS names.
func TestRecordings(t *testing.T) {
	dir := os.Getenv("ETABLI_RECORDINGS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "recordings")
	}
	f, err := os.Open(filepath.Join(dir, "manifest.tsv"))
	if err != nil {
		t.Skipf("no recordings at %s: real clocks and noises are not tried", dir)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	may := map[string]bool{}
	for _, row := range rows[1:] {
		// A tick a second may be a motor's.
		may[row[0]] = strings.Contains(strings.Join(row, " "), "uartz") || strings.Contains(row[5], "1 s ticks")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.wav"))
	noises, _ := filepath.Glob(filepath.Join(dir, "noise", "*.wav"))
	for _, name := range append(files, noises...) {
		g, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		c, err := wave.Decode(g)
		g.Close()
		if err != nil {
			t.Fatal(err)
		}
		h, err := Hear(c, timing.Config{}, Config{})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %s; balance %v %s; motor %s %s", filepath.Base(name), h.Kind, h.Mechanical.Confident, h.Mechanical.Reason, h.Quartz.Kind, h.Quartz.Reason)
		if h.Kind == timing.Quartz && !may[filepath.Base(name)] {
			t.Errorf("%s: called quartz", filepath.Base(name))
		}
	}
}
