package workshop

import (
	"math"

	"etabli.example/horology"
	"etabli.example/timing"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

// coverage turns a standard uncertainty into the half width of a 95 % interval.
const coverage = 1.96

// uncalibratedPPM is the 95 % clock uncertainty of a sound card that nobody
// calibrated: 10 to 100 ppm (timing reference §5.4).
const uncalibratedPPM = 100

// calibreOf returns what the catalogue knows of the watch, with the lift angle
// and beat the workshop noted for it; nil where neither is known.
func calibreOf(w order.WatchFacts) *horology.Calibre {
	c, ok := horology.CalibreOf(w.CalibreMaker, w.Calibre)
	if !ok && w.LiftDeg == 0 && w.BPH == 0 && w.Kind != watch.Quartz {
		return nil
	}
	if w.LiftDeg > 0 {
		lift := w.LiftDeg
		c.LiftDeg = &lift
	}
	if c.BPH == nil && w.BPH > 0 {
		b := w.BPH
		c.BPH = &b
	}
	if !ok && w.Kind == watch.Quartz {
		c.Kind = horology.Quartz
	}
	return &c
}

// LiftOf is the lift angle a watch is measured with, and whether it is only assumed.
func LiftOf(w order.WatchFacts) (deg float64, assumed bool) { return horology.Lift(calibreOf(w)) }

// judged compares one figure with the rule that fits best and copies that rule.
func judged(q horology.Quantity, value, u95 float64, c *horology.Calibre, p horology.Position, wind horology.Winding) order.Judged {
	rules := horology.Tolerances(c, q, p, wind)
	if len(rules) == 0 {
		return order.Judged{Quantity: string(q), Verdict: string(horology.CannotTell)}
	}
	t := rules[0]
	of := t.Of
	if t.Grade != "" {
		of += " " + t.Grade
	}
	return order.Judged{Quantity: string(q), Verdict: string(horology.Judge(value, u95, &t)), Min: t.Min, Max: t.Max, Unit: t.Unit,
		Scope: of, Source: t.Source, Confidence: string(t.Confidence)}
}

// Judge gives the verdicts of a reading in its position and winding state. An
// unknown uncertainty of a typed figure counts as none beyond the instrument's
// own last digit; the amplitude's includes the lift angle's.
func Judge(w order.WatchFacts, r order.Reading) []order.Judged {
	c := calibreOf(w)
	p, _ := horology.ParsePosition(r.Position)
	wind := horology.Winding(r.Winding)
	var out []order.Judged
	if r.Rate != nil {
		u := coverage * figure(r.RateU)
		if r.ClockU != nil {
			u = math.Hypot(u, coverage**r.ClockU)
		}
		out = append(out, judged(horology.Rate, *r.Rate, u, c, p, wind))
	}
	if r.Amplitude != nil {
		u := coverage * figure(r.AmplitudeU)
		if r.LiftDeg > 0 {
			u = horology.AmplitudeUncertainty(*r.Amplitude, u, r.LiftDeg, c)
		}
		out = append(out, judged(horology.Amplitude, *r.Amplitude, u, c, p, wind))
	}
	if r.BeatError != nil {
		out = append(out, judged(horology.BeatError, *r.BeatError, coverage*figure(r.BeatErrorU), c, p, wind))
	}
	return out
}

func figure(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}

// FromEngine makes the sheet's reading out of the engine's.
func FromEngine(e timing.Reading) order.Reading {
	r := order.Reading{BPH: e.BPH, Rate: e.RateSD, RateU: e.RateU, Amplitude: e.AmplitudeDeg, AmplitudeU: e.AmplitudeU,
		BeatError: e.BeatErrorMS, BeatErrorU: e.BeatErrorU, ClockU: e.ClockU, Confident: e.Confident, Seconds: e.ToS - e.FromS, LiftDeg: e.LiftDeg}
	for _, n := range e.Notices {
		r.Notices = append(r.Notices, string(n))
	}
	return r
}

// judgeElectric gives the verdicts of wired readings.
func judgeElectric(w order.WatchFacts, x order.Electric) []order.Judged {
	c := calibreOf(w)
	var out []order.Judged
	add := func(q horology.Quantity, v *float64) {
		if v != nil {
			out = append(out, judged(q, *v, 0, c, "", horology.Unknown))
		}
	}
	add(horology.BatteryVoltage, x.BatteryV)
	add(horology.Consumption, x.ConsumptionUA)
	add(horology.CoilResistance, x.CoilKOhm)
	add(horology.MinVoltage, x.MinVoltageV)
	return out
}
