package demo

import (
	"time"

	"etabli.example/timing"
	"etabli.example/timing/synth"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

// heard is for how many orders the demo's readings are real sound through the
// engine; the others are typed, as from the timegrapher of the bench, since
// sixty watches in six positions would keep a newcomer waiting.
const heard = 1

// healthy and tired are rates, amplitudes and beat errors per position of a
// watch after and before a service: invented, of the size that workshops see.
var (
	positions = []string{"CH", "CB", "3H", "6H", "9H", "12H"}
	tired     = [][3]float64{{-9.4, 243, 0.7}, {-6.8, 239, 0.8}, {-21.5, 208, 0.9}, {-12.2, 212, 0.6}, {2.1, 205, 0.7}, {-5.6, 210, 0.8}}
	healthy   = [][3]float64{{3.2, 287, 0.4}, {4.1, 285, 0.4}, {4.8, 259, 0.4}, {-1.1, 264, 0.3}, {0.6, 261, 0.4}, {1.4, 262, 0.4}}
)

// tests runs the bench's tests of a phase.
func (t *teller) tests(phase string) {
	kind := t.s.Watch.Kind
	c := order.Check{Phase: phase}
	for _, item := range order.CheckItems(string(kind)) {
		r := order.CheckItem{Item: item, Result: "ok"}
		if item == "power_reserve" && phase == order.Before {
			r.Result, r.Note = "not_tested", "devis d'abord"
		}
		c.Items = append(c.Items, r)
	}
	if !t.did(t.w.KeepChecks(t.ctx, t.act(t.bench(), 10*time.Minute), c)) {
		return
	}
	switch {
	case kind.Mechanical():
		t.readings(phase)
	default:
		v, ua, coil := 1.55, 0.9, 1.6
		if phase == order.Before {
			v = 1.31
		}
		t.did(t.w.KeepElectric(t.ctx, t.act(t.bench(), 5*time.Minute), order.Electric{Phase: phase, BatteryV: &v, ConsumptionUA: &ua, CoilKOhm: &coil}))
	}
	if t.s.Watch.WaterBar > 0 && phase == order.After {
		room, leak := 21.0, 9.0
		t.did(t.w.KeepWater(t.ctx, t.act(t.bench(), 10*time.Minute), order.WaterTest{Phase: phase, Method: "dry_vacuum", Bar: -0.4, Seconds: 60, Celsius: &room, Leak: &leak, Passed: true}))
		t.did(t.w.KeepWater(t.ctx, t.act(t.bench(), 2*time.Minute), order.WaterTest{Phase: phase, Method: "dry_pressure", Bar: min(t.s.Watch.WaterBar, 6), Seconds: 60, Celsius: &room, Leak: &leak, Agreed: true, Passed: true, Criterion: "déformation stable"}))
	}
}

// readings keeps the six positions.
func (t *teller) readings(phase string) {
	figures := tired
	if phase != order.Before {
		figures = healthy
	}
	for i, p := range positions {
		f := figures[i]
		f[0] += float64(t.n%5) - 2
		f[1] += float64(t.n % 7)
		m := workshop.Sounding{Reading: order.Reading{Phase: phase, Position: p, Winding: "0h"}}
		if !t.soundly() || !t.hear(&m, f, uint64(t.n*100+i)) {
			rate, amplitude, beat := f[0], f[1], f[2]
			m.How, m.Instrument, m.Rate, m.Amplitude, m.BeatError = "typed", "chronocomparateur, poste 2", &rate, &amplitude, &beat
		}
		if !t.did(t.w.KeepReading(t.ctx, t.act(t.bench(), 2*time.Minute), m)) {
			return
		}
	}
}

// soundly chooses the orders whose readings are of real sound: the demo's first
// mechanical watches that came to their end.
func (t *teller) soundly() bool {
	return t.goal == order.InControl && t.spent < heard*2*len(positions)
}

// hear makes the sound of such a watch and measures it, with the one engine; it
// reports whether the engine trusts what it heard.
func (t *teller) hear(m *workshop.Sounding, f [3]float64, seed uint64) bool {
	t.spent++
	lift, _ := workshop.LiftOf(t.s.Watch)
	clip, _ := synth.Make(synth.Watch{BPH: t.s.Watch.BPH, RateSD: f[0], AmplitudeDeg: f[1], BeatErrorMS: f[2], LiftDeg: lift},
		synth.Options{Rate: 22050, Seconds: 10, SNR: 30, Seed: seed})
	meter, err := timing.NewMeter(timing.Config{Rate: clip.Rate, LiftDeg: lift, BeatBPH: t.s.Watch.BPH})
	if err != nil {
		t.err = err
		return false
	}
	meter.Write(clip.Channels[0])
	e := meter.Reading()
	if !e.Confident {
		return false
	}
	m.How, m.Instrument, m.Engine, m.Clip, m.Beats = "simulated", "montre simulée", &e, &clip, meter.Trace(nil)
	return true
}
