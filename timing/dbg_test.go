package timing

import (
	"etabli.example/timing/synth"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"
)

func offs(a *analysis, truth synth.Truth) {
	for par := 0; par < 2; par++ {
		var da, dc []float64
		for i, n := range a.n {
			if n&1 != par {
				continue
			}
			best := 1e9
			bi := 0
			for j, u := range truth.Unlock {
				if math.Abs(a.drop.t[i]-truth.Drop[j]) < best {
					best = math.Abs(a.drop.t[i] - truth.Drop[j])
					bi = j
				}
				_ = u
			}
			dc = append(dc, a.drop.t[i]-truth.Drop[bi])
			if a.unlock.t[i] == a.unlock.t[i] {
				da = append(da, a.unlock.t[i]-truth.Unlock[bi])
			}
		}
		fmt.Printf("  par %d: A off %.1f us scat %.1f   C off %.1f us scat %.1f  fitA %.2f fitC %.2f waveA %v waveC %v uOn %.1f %.1f uPar %.1f %.1f at %v %v on %.1f %.1f\n", par, median(da)*1e6, scatter(da)*1e6, median(dc)*1e6, scatter(dc)*1e6, median(a.unlock.fit), median(a.drop.fit), a.unlock.wave, a.drop.wave, a.unlock.uOn*1e6, a.drop.uOn*1e6, a.unlock.uPar*1e6, a.drop.uPar*1e6, a.unlock.at, a.drop.at, a.unlock.on, a.drop.on)
	}
	fmt.Printf("  amp %.1f %.1f u %.1f be %.4f u %.4f scaleA %.1f scaleC %.1f scale %.1f used %d\n", a.amp[0], a.amp[1], a.ampU, a.parity*1e3, a.uParity*1e3, a.unlock.line.scale*1e6, a.drop.line.scale*1e6, a.line.scale*1e6, a.line.used)
}
func TestDbg(t *testing.T) {
	var w synth.Watch
	var o synth.Options
	if os.Getenv("SEED") == "" {
		w, o = synth.Watch{RateSD: 12, BeatErrorMS: 0.7, AmplitudeDeg: 255}, synth.Options{Seconds: 7, SNR: 25, Seed: 5}
	} else {
		seed, _ := strconv.Atoi(os.Getenv("SEED"))
		tr, _ := strconv.Atoi(os.Getenv("TIERN"))
		w, o = draw(tier(tr), uint64(seed))
	}
	c, truth := synth.Make(w, o)
	fmt.Printf("truth amp %.1f/%.1f be %.3f\n", truth.TickDeg, truth.TockDeg, truth.BeatErrorMS)
	m, _ := NewMeter(Config{Rate: c.Rate, LiftDeg: w.LiftDeg})
	m.Write(c.Channels[0])
	m.Reading()
	offs(&m.a, truth)
	m.conclude()
	m.Reading()
	offs(&m.a, truth)
	a := m.analyse(max(0, m.seconds()-lessonSeconds), m.seconds(), math.NaN(), 0)
	if os.Getenv("PROF") != "" {
		for par := range 2 {
			p := a.hearing.profile(par, a.drop.shift)
			s := smoothed(p, 3)
			for i := 0; i < len(s); i += 7 {
				fmt.Printf("%d %d %.2f\n", par, i, math.Sqrt(s[i]))
			}
		}
	}
}
