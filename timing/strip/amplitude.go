package strip

import "math"

// TimePoint is an amplitude some hours after full wind.
type TimePoint struct{ Hours, Degrees float64 }

// AmplitudeInput is amplitude over the power reserve, before and after.
type AmplitudeInput struct {
	Frame
	Before, After  []TimePoint
	Low, High      *float64 // allowed amplitude in degrees
	Hours          float64  // right end; 0 takes the extent
	MinDeg, MaxDeg float64  // MaxDeg ≤ MinDeg takes the extent
	DayLabel       string   // words at the 24 h line; empty draws no line
	XLabel         Label    // hours
	XUnit          string   // after the last of the hours: "h"
	YLabel         Label    // degrees
}

// AmplitudeOverTime draws after as a full line and before dashed, over the
// allowed band, with 24 hours marked.
func AmplitudeOverTime(in AmplitudeInput) Scene {
	f := in.Frame.or(238, 110, 11)
	s := Scene{W: f.W, H: f.H}
	hours, lo, hi, step := amplitudeScale(in)
	x := axis{0, hours, f.Text * 2.9, f.W - f.Text*0.9}
	y := axis{lo, hi, f.H - f.Text*1.9, f.Text * 0.5}
	if in.Low != nil || in.High != nil {
		top, bottom := y.to, y.from
		if in.High != nil {
			top, _ = y.pin(*in.High)
		}
		if in.Low != nil {
			bottom, _ = y.pin(*in.Low)
		}
		if bottom > top {
			s.add(Rect{X: x.from, Y: top, W: x.to - x.from, H: bottom - top, Ink: BaizeSoft})
		}
	}
	for _, v := range graduations(lo, hi, step) {
		s.add(Line{X1: x.from, Y1: y.at(v), X2: x.to, Y2: y.at(v), Ink: Grid, Width: 1},
			Text{X: x.from - f.Text*0.5, Y: y.at(v) + f.Text*0.36, Text: in.YLabel.of(v), Size: f.Text, Anchor: End, Ink: Second})
	}
	marks := graduations(0, hours, hourStep(hours))
	for i, v := range marks {
		anchor, words := Middle, in.XLabel.of(v)
		if x.to-x.at(v) < f.Text {
			anchor = End
		}
		if i == len(marks)-1 && in.XUnit != "" {
			words += "\u00a0" + in.XUnit
		}
		s.add(Text{X: x.at(v), Y: f.H - f.Text*0.4, Text: words, Size: f.Text, Anchor: anchor, Ink: Second})
	}
	if in.DayLabel != "" && hours > 24 {
		s.add(Line{X1: x.at(24), Y1: y.to, X2: x.at(24), Y2: y.from, Ink: Second, Width: 1.2, Dash: []float64{2, 3}},
			Text{X: x.at(24) + f.Text*0.4, Y: y.to + f.Text, Text: in.DayLabel, Size: f.Text, Ink: Second, Halo: true})
	}
	amplitudeSeries(&s, in.Before, x, y, Polyline{Ink: Tac, Width: 1.6, Dash: []float64{5, 3.5}})
	amplitudeSeries(&s, in.After, x, y, Polyline{Ink: Tic, Width: 1.6})
	return s
}

// hourStep divides the axis in thirds of a day or days, as reserves are spoken of.
func hourStep(hours float64) float64 {
	for _, step := range []float64{4, 8, 12, 24, 48} {
		if hours/step <= 6 {
			return step
		}
	}
	return 24 * math.Ceil(hours/24/6)
}

func amplitudeScale(in AmplitudeInput) (hours, lo, hi, step float64) {
	var h, d extent
	for _, series := range [][]TimePoint{in.Before, in.After} {
		for _, p := range series {
			h.add(p.Hours)
			d.add(p.Degrees)
		}
	}
	d.addp(in.Low, in.High)
	hours = in.Hours
	if !(hours > 0) {
		hours = 24
		if h.ok && h.max > 0 {
			hours = h.max
		}
	}
	lo, hi = in.MinDeg, in.MaxDeg
	if hi > lo {
		return hours, lo, hi, nice(hi-lo, 4)
	}
	if !d.ok {
		d.min, d.max = 180, 320
	}
	lo, hi, step = around(d.min, d.max, 4)
	return hours, lo, hi, step
}

func amplitudeSeries(s *Scene, series []TimePoint, x, y axis, pen Polyline) {
	for _, p := range series {
		if finite(p.Hours) && finite(p.Degrees) && p.Hours >= 0 && p.Hours <= x.max {
			py, _ := y.pin(p.Degrees)
			pen.Points = append(pen.Points, Point{x.at(p.Hours), py})
		}
	}
	if len(pen.Points) > 1 {
		s.add(pen)
	}
}
