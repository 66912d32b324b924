package cli

import (
	"fmt"
	"io"

	"etabli.example/locale"
	"etabli.example/timing"
	"etabli.example/timing/quartz"
	"etabli.example/timing/strip"
	"etabli.example/timing/wave"
)

// hearClip listens for what the options ask for; Kind is then the kind forced,
// even where nothing trustworthy is heard of it.
func hearClip(c wave.Clip, o measureOptions) (quartz.Heard, error) {
	m := timing.Config{LiftDeg: o.lift, BeatBPH: o.beat, ClockPPM: o.clockPPM, ClockUPPM: o.clockU,
		Escapement: o.escapement, Train: o.train}
	q := quartz.Config{ClockPPM: o.clockPPM, ClockUPPM: o.clockU}
	if o.kind == timing.None && o.beat == 0 {
		return quartz.Hear(c, m, q)
	}
	h := quartz.Heard{Kind: timing.Mechanical}
	var err error
	if o.kind == timing.Quartz {
		h.Kind = timing.Quartz
		h.Quartz, err = quartz.Measure(c, q)
		return h, err
	}
	h.Meter, h.Mechanical, err = timing.MeasureClip(c, m)
	return h, err
}

// printQuartz writes a reading of a stepping motor, one figure a line with its
// 95 % interval.
func printQuartz(w io.Writer, p *locale.Printer, r quartz.Reading) {
	line := func(key, value string) { fmt.Fprintf(w, "%-22s %s\n", p.T(key), value) }
	if r.Kind == timing.Quartz {
		line("quartz.kind", p.T("quartz.kind.quartz"))
	}
	if !r.Confident {
		fmt.Fprintln(w, p.T("timing.refused"))
		fmt.Fprintln(w, p.T("quartz.say."+string(r.Reason)))
	}
	if r.MotorPeriodS != nil {
		line("quartz.motor", p.Unit(p.Number(*r.MotorPeriodS, places(*r.MotorPeriodS)), "unit.s"))
	}
	if r.InhibitionPeriodS != nil {
		line("quartz.inhibition", p.Unit(p.Number(*r.InhibitionPeriodS, 0), "unit.s"))
	} else if r.MotorPeriodS != nil {
		line("quartz.inhibition", p.T("quartz.inhibition_unseen"))
	}
	if r.PulseWidthMS != nil {
		line("quartz.pulse", p.Unit(p.Number(*r.PulseWidthMS, 2), "unit.ms"))
	}
	if r.Confident {
		line("timing.rate", p.Unit(p.Signed(*r.RateSD, 3)+" "+p.PlusMinus(1.96**r.RateU, 3), "unit.rate"))
		line("quartz.month", p.Unit(p.Signed(*r.RateSMonth, 1), "unit.rate_month"))
		if r.ClockU == nil {
			line("timing.clock", p.T("timing.clock_unknown"))
		} else {
			line("timing.clock", p.Unit(p.PlusMinus(1.96**r.ClockU, 3), "unit.rate"))
		}
		line("timing.heard", p.T("quartz.heard_of", p.Number(r.FromS, 1), p.Number(r.ToS, 1), p.Int(int64(r.Steps))))
	}
	for _, n := range r.Notices {
		fmt.Fprintln(w, "• "+p.T("quartz.say."+string(n)))
	}
}

// places is how many decimals a motor period is written with.
func places(s float64) int {
	if s == float64(int(s)) {
		return 0
	}
	return 3
}

// plotHeard draws what was heard: the trace and the mean beat of a balance, the
// steps of a motor against a watch of rate zero.
func plotHeard(p *locale.Printer, h quartz.Heard) string {
	if h.Kind != timing.Quartz {
		return plotReading(p, h.Meter)
	}
	label := func(v float64) string { return p.Float(v) }
	var points []strip.TracePoint
	for i, s := range h.Quartz.Trace {
		points = append(points, strip.TracePoint{Seconds: s.Seconds, OffsetMS: s.OffsetMS, Tock: i%2 == 1})
	}
	scenes := []strip.Scene{strip.Trace(strip.TraceInput{Points: points, XLabel: label, YLabel: label})}
	return sheet(scenes, []string{p.T("timing.plot.trace")})
}
