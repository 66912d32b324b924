package timing

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"etabli.example/timing/wave"
)

// TestRecordings runs the engine over real clocks and real noises: right or an
// honest refusal, never confident and wrong. The recordings are not part of
// the product; they lie beside it, or in the folder that ETABLI_RECORDINGS names.
func TestRecordings(t *testing.T) {
	dir := os.Getenv("ETABLI_RECORDINGS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "recordings")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no recordings at %s: real clocks and noises are not tried", dir)
	}
	f, err := os.Open(filepath.Join(dir, "manifest.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		want, err := strconv.ParseFloat(row[6], 64)
		if err != nil {
			t.Fatal(err)
		}
		a, g := listenTo(t, filepath.Join(dir, row[0]))
		logAnalysis(t, row[0]+" known "+row[6], a, g)
		if g.Confident && math.Abs(measured(g)/want-1) > 0.004 {
			t.Errorf("%s: confident of %.1f beats an hour, known are %v", row[0], measured(g), want)
			continue
		}
		// Five seconds give a rate to some 10 s/d at best, as the manifest says.
		if g.Confident {
			if off := SecondsPerDay * math.Abs(measured(g)/want-1); off > 10+2**g.RateU {
				t.Errorf("%s: confident and %.1f s/d off, with an uncertainty of %.1f", row[0], off, *g.RateU)
			}
		}
	}
	noises, _ := filepath.Glob(filepath.Join(dir, "noise", "*.wav"))
	for _, n := range noises {
		a, g := listenTo(t, n)
		logAnalysis(t, filepath.Base(n), a, g)
		if g.Confident {
			t.Errorf("%s: confident of a watch of %.1f beats an hour", filepath.Base(n), measured(g))
		}
	}
}

// measured returns the beats an hour really heard.
func measured(r Reading) float64 { return *r.BPH * (1 + *r.RateSD/SecondsPerDay) }

func listenTo(t *testing.T, name string) (analysis, Reading) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := wave.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewMeter(Config{Rate: c.Rate})
	if err != nil {
		t.Fatal(err)
	}
	m.Write(c.Channels[0])
	m.conclude()
	return m.analyse(0, m.seconds(), math.NaN(), 0), m.Reading()
}

func logAnalysis(t *testing.T, name string, a analysis, g Reading) {
	l := a.line
	used := 0
	for _, k := range a.keep {
		if k > 0 {
			used++
		}
	}
	t.Logf("%-30s proof %.1f/%d cscale %.3f of %.1f cfit %.2f | %-9s bph %8.1f z %5.1f en %5.1f con %5.1f wid %4.1fms scale %6.3f ms (%.4f P) used %d/%d fit %.2f/%.2f hasA %v u %.1f be %.2f amp %.0f/%.0f",
		name, a.coarse.proof, len(a.coarse.n), a.coarse.line.scale*1e3, a.coarse.reach*1e3, median(a.coarse.fit), a.reason, 3600/l.period, a.lock.z, a.lock.energy, a.lock.contrast, a.lock.width*1e3, l.scale*1e3, l.scale/a.hearing.swing*2, used, len(a.n),
		median(a.drop.fit), median(a.unlock.fit), a.hasA, 86400*l.uPeriod/l.period, l.parity*1e3, a.amp[0], a.amp[1])
}
