package timing

import (
	"etabli.example/timing/synth"
	"fmt"
	"math"
	"testing"
)

func TestDbg(t *testing.T) {
	for _, g := range []float32{1, 0.25} {
		x, _ := synth.Make(synth.Watch{RateSD: 5}, synth.Options{Seconds: 20, SNR: 30, Seed: 6})
		b, _ := synth.Make(synth.Watch{BPH: 21600, RateSD: -20}, synth.Options{Seconds: 20, SNR: 30, Seed: 7})
		for i, v := range b.Channels[0] {
			x.Channels[0][i] += v * g
		}
		m, _ := NewMeter(Config{Rate: 48000})
		m.Write(x.Channels[0])
		e := newEnvelope(&m.front.loud, 0, m.front.loud.end)
		for _, k := range e.periods(0.0485, 2.47, 14) {
			l, ok := newLock(e, k)
			fmt.Printf("  %.4f z %.1f ok %v expl %.1f single %v swing %.4f even %v stray %.2f halved %v\n", k.period, k.z, ok, l.explained, l.single, l.swing, l.strayEven, l.stray, l.halved())
			if math.Abs(l.swing-.25) < .001 || math.Abs(l.swing-.333) < .001 {
				for _, p := range l.fold.clusters(0.22 * l.fold.period) {
					fmt.Printf("      at %.4f sum %.2f en %.1f\n", p.at/l.fold.period, p.sum, p.energy)
				}
			}
		}
		a := m.analyse(0, m.seconds(), math.NaN(), 0)
		fmt.Println("analysis", a.reason, a.lock.swing, a.coarse.proof, len(a.coarse.n), a.coarse.line.scale)
		if a.reason == NoReason {
			db, ok := a.company(m.front, 0)
			fmt.Println("company", db, ok)
		}
	}
}
