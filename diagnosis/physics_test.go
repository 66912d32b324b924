package diagnosis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// bench makes watches whose fault is known, from the physics of balance and
// motor, with the scatter of real readings (about 2 s/d and 4° between
// positions of a sound movement).
type bench struct{ *rand.Rand }

func (b bench) between(lo, hi float64) float64 { return lo + b.Float64()*(hi-lo) }
func (b bench) noise(s float64) float64        { return s * b.NormFloat64() }
func (b bench) sign() float64                  { return float64(2*b.IntN(2) - 1) }

var hourAngle = map[string]float64{"12H": 0, "3H": 90, "6H": 180, "9H": 270}

// watch is the state of one simulated movement.
type watch struct {
	rate, flat, hang, beat float64
	poise, angle           float64 // s/d and degrees: which way is heavy
	dvh, flatGap           float64
	trace                  string
}

func (b bench) sound() watch {
	return watch{rate: b.noise(4), flat: b.between(262, 300), hang: b.between(14, 32), beat: b.between(0, 0.5), trace: "clean"}
}

// readings reads w in six positions. The poise error's sign turns over near
// 220° of amplitude.
func (b bench) readings(w watch, winding string) []Reading {
	var out []Reading
	for _, p := range []string{"CH", "CB", "3H", "6H", "9H", "12H"} {
		rate, amp := w.rate+b.noise(2), w.flat+b.noise(4)
		if p == "CB" {
			amp -= w.flatGap
		}
		if a, hanging := hourAngle[p]; hanging {
			amp -= w.hang
			turn := 1.0
			if amp < 220 {
				turn = -1
			}
			rate += w.dvh + turn*w.poise*math.Cos((a-w.angle)*math.Pi/180)
		}
		beat := math.Abs(w.beat + b.noise(0.05))
		out = append(out, Reading{p, winding, &rate, &amp, &beat, w.trace})
	}
	return out
}

// mechanicalFaults bends a sound movement.
var mechanicalFaults = map[string]func(b bench, c *Case, w *watch){
	"NO_FAULT":   func(b bench, c *Case, w *watch) { w.rate = b.between(-3, 8) },
	"REGULATION": func(b bench, c *Case, w *watch) { w.rate = b.sign() * b.between(22, 90) },
	"MAGNETISM": func(b bench, c *Case, w *watch) {
		w.rate = b.between(40, 300)
		w.flat -= b.between(0, 20)
		if b.IntN(4) > 0 {
			c.Findings.Checks.Magnetised = "yes"
		}
	},
	"POISE":       func(b bench, c *Case, w *watch) { w.poise, w.angle = b.between(14, 40), b.between(0, 360) },
	"OUT_OF_BEAT": func(b bench, c *Case, w *watch) { w.beat, w.trace = b.between(1.5, 6), "split" },
	"OIL_DIRTY": func(b bench, c *Case, w *watch) {
		w.flat, w.hang, w.rate, w.trace = b.between(150, 212), b.between(20, 40), -b.between(5, 80), "noisy"
	},
	"KNOCKING": func(b bench, c *Case, w *watch) {
		w.flat, w.rate, w.trace = b.between(338, 350), b.between(20, 120), "knocking"
	},
	"BAL_PIVOT": func(b bench, c *Case, w *watch) {
		w.flat, w.flatGap, w.hang, w.dvh = b.between(240, 280), b.between(25, 50), b.between(55, 85), -b.between(10, 35)
	},
	"REG_PINS": func(b bench, c *Case, w *watch) { w.dvh = b.sign() * b.between(14, 32) },
	"MEASUREMENT": func(b bench, c *Case, w *watch) {
		c.Watch.LiftAngleDeg = 52
		c.Findings.Checks.TimegrapherLiftAngleDeg = ptr(52 + b.sign()*b.between(9, 14))
		w.flat *= *c.Findings.Checks.TimegrapherLiftAngleDeg / 52
		w.hang *= *c.Findings.Checks.TimegrapherLiftAngleDeg / 52
	},
	"UNDERWOUND": func(b bench, c *Case, w *watch) {
		c.Findings.Symptoms = []string{"s'arrête la nuit"}
		c.Findings.PowerReserveH = ptr(b.between(37, 44))
	},
}

// electronicFaults sets the bench figures of a quartz watch.
var electronicFaults = map[string]func(b bench, q *QuartzReading){
	"NO_FAULT":  func(b bench, q *QuartzReading) { q.RateSPerMonth = ptr(b.between(-8, 12)) },
	"BATT_FLAT": func(b bench, q *QuartzReading) { q.BatteryV = ptr(b.between(0.9, 1.38)) },
	"COIL_OPEN": func(b bench, q *QuartzReading) {
		q.CoilKOhm, q.CoilReading, q.ConsumptionUA = nil, "OL", ptr(b.between(0.1, 0.25))
	},
	"COIL_SHORT": func(b bench, q *QuartzReading) {
		q.CoilKOhm, q.ConsumptionUA = ptr(b.between(0.1, 0.7)), ptr(b.between(2.5, 9))
	},
	"IC_FAULT": func(b bench, q *QuartzReading) {
		q.CircuitOnlyUA, q.ConsumptionUA = ptr(b.between(2, 8)), ptr(b.between(8.1, 9))
	},
	"Q_TRAIN_GUM": func(b bench, q *QuartzReading) {
		q.ConsumptionUA, q.MinStartV = ptr(b.between(2.2, 5)), ptr(b.between(1.36, 1.5))
	},
	"Q_CRYSTAL": func(b bench, q *QuartzReading) { q.RateSPerMonth = ptr(b.sign() * b.between(40, 400)) },
}

// TestPhysics diagnoses simulated watches from their figures alone and holds
// the claimed probabilities to the share that was right.
func TestPhysics(t *testing.T) {
	b := bench{rand.New(rand.NewPCG(1, 2))}
	n, right, three := 0, 0, 0
	claimed := 0.0
	missed := map[string]int{}
	count := func(cause string, c Case) {
		r := Diagnose(c)
		n++
		claimed += r.Causes[0].Probability
		place := slices.IndexFunc(r.Causes, func(x Cause) bool { return x.ID == cause })
		if place == 0 {
			right++
		} else {
			missed[cause+" taken for "+r.Causes[0].ID]++
		}
		if place >= 0 && place < 3 {
			three++
		}
	}
	for range 20 {
		for _, cause := range keys(mechanicalFaults) {
			c := Case{Watch: Watch{Kind: Automatic}}
			w := b.sound()
			mechanicalFaults[cause](b, &c, &w)
			c.Findings.Timing = b.readings(w, "full")
			count(cause, c)
		}
		for _, cause := range keys(electronicFaults) {
			q := QuartzReading{BatteryV: ptr(b.between(1.54, 1.58)), ConsumptionUA: ptr(b.between(0.7, 1.3)), CircuitOnlyUA: ptr(b.between(0.15, 0.45)), CoilKOhm: ptr(b.between(1.3, 2.2))}
			electronicFaults[cause](b, &q)
			count(cause, Case{Watch: Watch{Kind: Quartz}, Findings: Findings{Quartz: q}})
		}
	}
	t.Logf("%d watches: first %.0f %%, first three %.0f %%, claimed %.0f %%", n, 100*share(right, n), 100*share(three, n), 100*claimed/float64(n))
	for _, m := range keys(missed) {
		t.Logf("  %s: %d", m, missed[m])
	}
	if share(right, n) < 0.85 || share(three, n) < 0.95 {
		t.Error("the physics is not read")
	}
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
