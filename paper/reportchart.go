package paper

import (
	"math"

	"etabli.example/timing/strip"
)

// rowsScene is before and after by position: the rate (0) or the amplitude (1).
func (r report) rowsScene(quantity int, w float64) strip.Scene {
	in := strip.BeforeAfterInput{Frame: strip.Frame{W: w, H: 152, Text: 11}, Low: r.in.RateBand.Low, High: r.in.RateBand.High,
		Label: func(v float64) string { return r.p.Signed(v, 0) }}
	pick := func(g Reading) *float64 { return g.Rate }
	if quantity == 1 {
		in.Low, in.High = r.in.AmplitudeBand.Low, r.in.AmplitudeBand.High
		in.Label = func(v float64) string { return r.p.Number(v, 0) }
		pick = func(g Reading) *float64 { return g.Amplitude }
		in.NoNames = r.zoom == 0 // beside the rates, whose names it shares
	}
	for _, pr := range r.in.Positions {
		in.Rows = append(in.Rows, strip.PositionRow{Label: r.word("position", pr.Position), Before: pick(pr.Before), After: pick(pr.After), After24: pick(pr.After24)})
	}
	return strip.BeforeAfter(in)
}

// positionCharts draws rate and amplitude by position and the polar plot side
// by side; their figures are in the table above.
func (r report) positionCharts() block {
	return block{h: 204, draw: func(x, y float64) {
		p := r.p
		signed := func(v float64) string { return p.Signed(v, 0) }
		r.chartTitle(x, y+27, 272, p.T("paper.report.rate"), r.toleranceWords(0))
		r.chart(r.rowsScene(0, 272), x, y+34, 272)
		r.chartTitle(x+296, y+27, 200, p.T("paper.report.amplitude"), r.toleranceWords(1))
		r.chart(r.rowsScene(1, 200), x+296, y+34, 200)
		r.chartTitle(x+520, y+27, a4Inner-520, p.T("paper.report.hanging"), p.T("paper.report.hanging_unit"))
		r.chart(strip.Polar(r.polar(signed, a4Inner-520)), x+520, y+32, a4Inner-520)
	}}
}

func (r report) polar(label strip.Label, side float64) strip.PolarInput {
	in := strip.PolarInput{Frame: strip.Frame{W: side, H: side - 10, Text: 10}, Low: r.in.RateBand.Low, High: r.in.RateBand.High, Label: label}
	for i, position := range []string{"12H", "3H", "6H", "9H"} {
		in.Names[i] = r.word("position", position)
		for _, pr := range r.in.Positions {
			if pr.Position == position {
				in.Before[i], in.After[i] = pr.Before.Rate, pr.After.Rate
			}
		}
	}
	return in
}

// toleranceWords says unit and tolerance of the rate (0) or the amplitude (1).
func (r report) toleranceWords(quantity int) string {
	p, b := r.p, r.in.RateBand
	full, plain, label := "paper.report.rate_band", "paper.report.rate_plain", func(v float64) string { return p.Signed(v, 0) }
	if quantity == 1 {
		b, full, plain = r.in.AmplitudeBand, "paper.report.amplitude_band", "paper.report.amplitude_plain"
		label = p.Degrees
	}
	if b.Low == nil || b.High == nil {
		return p.T(plain)
	}
	return p.T(full, label(*b.Low), label(*b.High))
}

// plot is a chart with its title, drawn as wide as there is room.
type plot struct {
	title, unit string
	scene       func(w float64) strip.Scene
}

// plots returns the recordings and the amplitude over time, as many as there are.
func (r report) plots() []plot {
	in, p := r.in, r.p
	var out []plot
	for i, tr := range []*TraceOf{in.TraceBefore, in.TraceAfter} {
		if tr != nil && len(tr.Points) > 0 {
			out = append(out, r.tracePlot([]string{"paper.report.trace_before", "paper.report.trace_after"}[i], tr))
		}
	}
	if len(in.AmplitudeBefore)+len(in.AmplitudeAfter) > 1 {
		out = append(out, plot{p.T("paper.report.reserve", r.word("position", in.AmplitudePosition)), "", func(w float64) strip.Scene {
			return strip.AmplitudeOverTime(strip.AmplitudeInput{Frame: strip.Frame{W: w, H: 102, Text: 11}, Before: in.AmplitudeBefore, After: in.AmplitudeAfter,
				Low: in.AmplitudeBand.Low, High: in.AmplitudeBand.High, DayLabel: p.T("paper.report.hours", 24),
				XLabel: func(v float64) string { return p.Number(v, 0) }, XUnit: p.T("unit.h"), YLabel: func(v float64) string { return p.Degrees(v) }})
		}})
	}
	return out
}

func (r report) tracePlot(title string, tr *TraceOf) plot {
	p, seconds, reach := r.p, max(1, math.Round(tr.Seconds)), r.traceReach()
	return plot{p.T(title, r.word("position", tr.Position)), p.T("paper.report.trace_unit", p.Number(seconds, 0)), func(w float64) strip.Scene {
		return strip.Trace(strip.TraceInput{Frame: strip.Frame{W: w, H: 102, Text: 11}, Points: tr.Points, Gaps: tr.Gaps, GapLabel: p.T("paper.report.lost_sound"),
			To: seconds, RangeMS: reach, XLabel: r.lastWith("paper.report.seconds", seconds), YLabel: func(v float64) string { return p.Signed(v, 0) }, XStep: traceStep(seconds)})
	}}
}

// traces draws the plots side by side; any is false where there is none.
func (r report) traces() (b block, any bool) {
	plots := r.plots()
	if len(plots) == 0 {
		return block{}, false
	}
	return block{h: 142, draw: func(x, y float64) {
		const between = 24.0
		w := (a4Inner - between*2) / 3
		for i, pl := range plots {
			at := x + float64(i)*(w+between)
			r.chartTitle(at, y+16, w, pl.title, pl.unit)
			r.chart(pl.scene(w), at, y+25, w)
		}
	}}, true
}

// traceReach is one scale for both traces: they are there to be compared.
func (r report) traceReach() float64 {
	reach := 2.0
	for _, tr := range []*TraceOf{r.in.TraceBefore, r.in.TraceAfter} {
		if tr != nil {
			reach = math.Max(reach, strip.TraceRange(tr.Points))
		}
	}
	return reach
}

func traceStep(seconds float64) float64 {
	for _, step := range []float64{1, 2, 5, 10, 20} {
		if seconds/step <= 4 {
			return step
		}
	}
	return 30
}

// lastWith labels figures, and the last of the axis with its unit.
func (r report) lastWith(key string, last float64) strip.Label {
	return func(v float64) string {
		if v == last {
			return r.p.T(key, r.p.Number(v, 0))
		}
		return r.p.Number(v, 0)
	}
}
