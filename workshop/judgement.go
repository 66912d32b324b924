package workshop

import (
	"encoding/json"
	"math"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/timing"
	"etabli.example/timing/quartz"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

// coverage turns a standard uncertainty into the half width of a 95 % interval.
const coverage = 1.96

// UncalibratedPPM is the 95 % clock uncertainty of a sound card that nobody
// calibrated: 10 to 100 ppm (timing reference §5.4).
const UncalibratedPPM = 100

// calibreOf returns what the catalogue knows of the watch, with the lift angle
// and beat noted for it, or the lift angle the workshop set for its calibre as it
// held at an instant (zero: now); nil where nothing of it is known.
func calibreOf(w order.WatchFacts, at time.Time) *horology.Calibre {
	c, ok := horology.CalibreOf(w.CalibreMaker, w.Calibre)
	own, set := horology.OwnLift(w.Own, w.CalibreMaker, w.Calibre, at)
	if !ok && w.LiftDeg == 0 && !set && w.BPH == 0 && w.Kind != watch.Quartz {
		return nil
	}
	switch {
	case w.LiftDeg > 0:
		lift := w.LiftDeg
		c.LiftDeg = &lift
	case set:
		c.LiftDeg, c.LiftConfirmed = &own, true
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

// How many days a month and a year have, for rates told by them.
const (
	DaysPerYear  = 365.25
	DaysPerMonth = DaysPerYear / 12
)

// judge holds figures of one watch against the rules of one instant: the workshop's
// own values first, then the catalogue's.
type judge struct {
	facts order.WatchFacts
	c     *horology.Calibre
	at    time.Time // zero: now
}

func judgeOf(w order.WatchFacts, at time.Time) judge { return judge{w, calibreOf(w, at), at} }

// own are the workshop's rules of a quantity.
func (j judge) own(q horology.Quantity, p horology.Position, wind horology.Winding) []horology.Tolerance {
	return horology.OwnRules(j.facts.Own, j.facts.CalibreMaker, j.facts.Calibre, q, p, wind, j.at)
}

// rate compares a rate in seconds a day. What is known of an electronic watch
// is a rule on seconds a month or a year: it is turned into one on seconds a day.
func (j judge) rate(value, u95 float64, p horology.Position, wind horology.Winding) order.Judged {
	if j.c == nil || !j.c.Kind.Electronic() || len(j.own(horology.Rate, p, wind)) > 0 {
		return j.figure(horology.Rate, value, u95, p, wind)
	}
	by := []struct {
		q    horology.Quantity
		days float64
	}{{horology.AnnualRate, DaysPerYear}, {horology.MonthlyRate, DaysPerMonth}}
	if len(j.own(horology.MonthlyRate, p, wind)) > 0 {
		by = by[1:] // the workshop's month goes before the maker's year
	}
	for _, by := range by {
		x := j.figure(by.q, value*by.days, u95*by.days, p, wind)
		if x.Min == nil && x.Max == nil {
			continue
		}
		x.Quantity, x.Unit, x.Min, x.Max = string(horology.Rate), "s/d", perDay(x.Min, by.days), perDay(x.Max, by.days)
		return x
	}
	return j.figure(horology.Rate, value, u95, p, wind)
}

func perDay(v *float64, days float64) *float64 {
	if v == nil {
		return nil
	}
	x := *v / days
	return &x
}

// LiftOf is the lift angle a watch is measured with, and whether it is only assumed.
func LiftOf(w order.WatchFacts) (deg float64, assumed bool) {
	return horology.Lift(calibreOf(w, time.Time{}))
}

// LiftDoubt is what is not sure of the lift angle a watch is measured with.
type LiftDoubt struct {
	Used    float64   // degrees
	Assumed bool      // no source gives one
	Spread  float64   // half of a 95 % interval, degrees: what an amplitude's uncertainty counts
	Angles  []float64 // that the sources give, ascending; several disagree
}

// Doubtful reports whether the angle should be confirmed: assumed, or farther from what
// a source gives than a printed angle can be trusted.
func (d LiftDoubt) Doubtful() bool { return d.Assumed || d.Spread > .5 }

// LiftDoubtOf says it of an angle used; of the watch's own where used is 0.
func LiftDoubtOf(w order.WatchFacts, used float64) LiftDoubt {
	c := calibreOf(w, time.Time{})
	deg, assumed := horology.Lift(c)
	if used > 0 && used != deg {
		deg, assumed = used, false
	}
	d := LiftDoubt{Used: deg, Assumed: assumed, Spread: horology.LiftSpread(deg, c)}
	if c != nil {
		for _, s := range c.LiftAngles {
			if !slices.Contains(d.Angles, s.Value) {
				d.Angles = append(d.Angles, s.Value)
			}
		}
	}
	slices.Sort(d.Angles)
	return d
}

// figure compares one figure with the rule that fits best and copies that rule.
func (j judge) figure(q horology.Quantity, value, u95 float64, p horology.Position, wind horology.Winding) order.Judged {
	rules := horology.WithOwn(j.own(q, p, wind), horology.Tolerances(j.c, q, p, wind))
	if len(rules) == 0 {
		return order.Judged{Quantity: string(q), Verdict: string(horology.CannotTell)}
	}
	t := rules[0]
	of := t.Of
	if t.Grade != "" {
		of += " " + t.Grade
	}
	x := order.Judged{Quantity: string(q), Verdict: string(horology.Judge(value, u95, &t)), Min: t.Min, Max: t.Max, Unit: t.Unit,
		Scope: of, Source: t.Source, Confidence: string(t.Confidence)}
	if t.Own != nil {
		x.Own, x.OwnSince, x.OwnBy = t.Own.ID, t.Own.Since.Format(time.DateOnly), t.Own.By
	}
	return x
}

// Interval is half the 95 % interval of each figure of a reading, as its
// verdicts use it: rate in s/d with the clock's part, amplitude in degrees with
// the lift angle's part, beat error in ms.
type Interval struct{ Rate, Amplitude, BeatError float64 }

// IntervalOf returns the intervals of a reading. An unknown uncertainty of a
// typed figure counts as none beyond the instrument's own last digit.
func IntervalOf(w order.WatchFacts, r order.Reading) Interval {
	i := Interval{Rate: coverage * figure(r.RateU), Amplitude: coverage * figure(r.AmplitudeU), BeatError: coverage * figure(r.BeatErrorU)}
	if r.ClockU != nil {
		i.Rate = math.Hypot(i.Rate, coverage**r.ClockU)
	}
	if r.Amplitude != nil && r.LiftDeg > 0 {
		i.Amplitude = horology.AmplitudeUncertainty(*r.Amplitude, i.Amplitude, r.LiftDeg, calibreOf(w, r.At))
	}
	return i
}

// Judge gives the verdicts of a reading in its position and winding state.
func Judge(w order.WatchFacts, r order.Reading) []order.Judged {
	j := judgeOf(w, r.At)
	p, _ := horology.ParsePosition(r.Position)
	wind := horology.Winding(r.Winding)
	half := IntervalOf(w, r)
	var out []order.Judged
	add := func(q horology.Quantity, v *float64, u95 float64) {
		if v != nil {
			out = append(out, j.figure(q, *v, u95, p, wind))
		}
	}
	if r.Rate != nil {
		out = append(out, j.rate(*r.Rate, half.Rate, p, wind))
	}
	add(horology.Amplitude, r.Amplitude, half.Amplitude)
	add(horology.BeatError, r.BeatError, half.BeatError)
	return out
}

// Limits returns what rate, amplitude and beat error of the watch will be held
// against in a position and winding state, before anything was measured; every
// verdict in it is "unknown".
func Limits(w order.WatchFacts, position, winding string) []order.Judged {
	j := judgeOf(w, time.Time{})
	p, _ := horology.ParsePosition(position)
	out := []order.Judged{j.rate(math.NaN(), 0, p, horology.Winding(winding))}
	for _, q := range []horology.Quantity{horology.Amplitude, horology.BeatError} {
		out = append(out, j.figure(q, math.NaN(), 0, p, horology.Winding(winding)))
	}
	return out
}

// Judged is the reading that KeepReading would write: the engine's figures where
// there are some, the clock's part, the verdicts. Its sound is not stored yet.
func Judged(w order.WatchFacts, m Sounding) (order.Reading, error) {
	r := m.Reading
	if m.Engine != nil {
		e := FromEngine(*m.Engine)
		e.Phase, e.Position, e.Winding, e.How, e.Instrument, e.At = r.Phase, r.Position, r.Winding, r.How, r.Instrument, r.At
		r = e
		var err error
		if r.Engine, err = json.Marshal(m.Engine); err != nil {
			return r, fault.Wrap("workshop.Judged", err)
		}
	}
	if m.Motor != nil {
		e := FromMotor(*m.Motor)
		e.Phase, e.Position, e.Winding, e.How, e.Instrument, e.At = r.Phase, r.Position, r.Winding, r.How, r.Instrument, r.At
		r = e
		var err error
		if r.Engine, err = json.Marshal(m.Motor); err != nil {
			return r, fault.Wrap("workshop.Judged", err)
		}
	}
	if (r.How == "microphone" || r.How == "file") && r.ClockU == nil {
		u := UncalibratedPPM * 0.0864 / coverage // s/d per ppm of a clock
		r.ClockU = &u
	}
	r.Verdicts = Judge(w, r)
	return r, nil
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

// FromMotor makes the sheet's reading out of that of a stepping motor.
func FromMotor(e quartz.Reading) order.Reading {
	r := order.Reading{Rate: e.RateSD, RateU: e.RateU, ClockU: e.ClockU, Confident: e.Confident, Seconds: e.ToS - e.FromS,
		Stepping: &order.Stepping{MotorS: e.MotorPeriodS, InhibitionS: e.InhibitionPeriodS, PulseMS: e.PulseWidthMS, StepsAtOnce: e.StepsAtOnce}}
	for _, n := range e.Notices {
		r.Notices = append(r.Notices, string(n))
	}
	return r
}

// judgeElectric gives the verdicts of wired readings.
func judgeElectric(w order.WatchFacts, x order.Electric) []order.Judged {
	j := judgeOf(w, time.Time{})
	var out []order.Judged
	add := func(q horology.Quantity, v *float64) {
		if v != nil {
			out = append(out, j.figure(q, *v, 0, "", horology.Unknown))
		}
	}
	add(horology.BatteryVoltage, x.BatteryV)
	add(horology.BatteryLoaded, x.BatteryLoadedV)
	add(horology.Consumption, x.ConsumptionUA)
	add(horology.CoilResistance, x.CoilKOhm)
	add(horology.CoilInsulation, x.InsulationKOhm)
	add(horology.MinVoltage, x.MinVoltageV)
	add(horology.StartVoltage, x.StartVoltageV)
	return out
}

// ElectricLimits returns what the wired readings of a watch will be held
// against, before anything was measured.
func ElectricLimits(w order.WatchFacts) []order.Judged {
	j := judgeOf(w, time.Time{})
	var out []order.Judged
	for _, q := range []horology.Quantity{horology.BatteryVoltage, horology.BatteryLoaded, horology.Consumption, horology.CoilResistance, horology.CoilInsulation, horology.MinVoltage, horology.StartVoltage} {
		out = append(out, j.figure(q, math.NaN(), 0, "", horology.Unknown))
	}
	return out
}
