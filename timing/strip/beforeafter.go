package strip

import "math"

// PositionRow is one position (or any named row) before and after; nil was
// not measured.
type PositionRow struct {
	Label                  string
	Before, After, After24 *float64
}

// BeforeAfterInput is a chart of rows on one scale.
type BeforeAfterInput struct {
	Frame
	Rows           []PositionRow
	Min, Max, Step float64  // Max ≤ Min takes the extent of rows and limits
	Low, High      *float64 // tolerance; nil where there is none
	Label          Label
	NoNames        bool // leave the row names to the chart at the left
}

// BeforeAfter draws one row per position: open square as received, filled disc
// after at 0 h, open lozenge after at 24 h, joined by a hairline, over the
// tolerance band. A value off the scale stands at its end, with its number.
func BeforeAfter(in BeforeAfterInput) Scene {
	f := in.Frame.or(270, 152, 11)
	min, max, step := beforeAfterScale(in)
	s := Scene{W: f.W, H: f.H}
	left := f.Text * 3.1
	if in.NoNames {
		left = f.Text * 1.2
	}
	x := axis{min, max, left, f.W - f.Text*0.95}
	top, bottom := f.Text*0.7, f.H-f.Text*2
	rowBand(&s, in, x, top, bottom)
	for _, v := range graduations(min, max, step) {
		s.add(Line{X1: x.at(v), Y1: bottom, X2: x.at(v), Y2: bottom + 4, Ink: Second, Width: 1},
			Text{X: x.at(v), Y: f.H - f.Text*0.45, Text: in.Label.of(v), Size: f.Text, Anchor: Middle, Ink: Second})
	}
	s.add(Line{X1: x.from, Y1: bottom, X2: x.to, Y2: bottom, Ink: Edge, Width: 1})
	pitch := (bottom - top) / math.Max(1, float64(len(in.Rows)))
	for i, r := range in.Rows {
		y := top + (float64(i)+0.5)*pitch
		if !in.NoNames {
			s.add(Text{X: 0, Y: y + f.Text*0.38, Text: r.Label, Size: f.Text + 1, Weight: 600, Ink: Main})
		}
		drawRow(&s, in, r, x, y, f.Text)
	}
	return s
}

func beforeAfterScale(in BeforeAfterInput) (min, max, step float64) {
	if in.Max > in.Min {
		step = in.Step
		if !(step > 0) {
			step = nice(in.Max-in.Min, 6)
		}
		return in.Min, in.Max, step
	}
	var e extent
	for _, r := range in.Rows {
		e.addp(r.Before, r.After, r.After24)
	}
	e.addp(in.Low, in.High)
	if !e.ok {
		e.min, e.max = -10, 10
	}
	return around(e.min, e.max, 7)
}

func rowBand(s *Scene, in BeforeAfterInput, x axis, top, bottom float64) {
	if in.Low == nil && in.High == nil {
		return
	}
	a, b := x.from, x.to
	if in.Low != nil {
		a, _ = x.pin(*in.Low)
	}
	if in.High != nil {
		b, _ = x.pin(*in.High)
	}
	if b > a {
		s.add(Rect{X: a, Y: top, W: b - a, H: bottom - top, Ink: BaizeSoft})
	}
	for _, l := range []*float64{in.Low, in.High} {
		if l != nil && *l >= x.min && *l <= x.max {
			s.add(Line{X1: x.at(*l), Y1: top, X2: x.at(*l), Y2: bottom, Ink: Baize, Width: 1.2})
		}
	}
}

func drawRow(s *Scene, in BeforeAfterInput, r PositionRow, x axis, y, size float64) {
	var e extent
	for _, v := range []*float64{r.Before, r.After, r.After24} {
		if v != nil && finite(*v) {
			at, out := x.pin(*v)
			e.add(at)
			if out {
				t := Text{X: at - size*0.7, Y: y - size*0.35, Text: in.Label.of(*v), Size: size * 0.9, Anchor: End, Ink: Second, Halo: true}
				if at == x.from {
					t.X, t.Anchor = at+size*0.7, Start
				}
				s.add(t)
			}
		}
	}
	if e.ok && e.max > e.min {
		s.add(Line{X1: e.min, Y1: y, X2: e.max, Y2: y, Ink: Edge, Width: 1})
	}
	if r.Before != nil && finite(*r.Before) {
		at, _ := x.pin(*r.Before)
		s.add(Square{X: at, Y: y, Side: 7, Ink: Tac, Width: 1.6})
	}
	if r.After24 != nil && finite(*r.After24) {
		at, _ := x.pin(*r.After24)
		s.add(Lozenge{X: at, Y: y, R: 4.5, Ink: Tic, Width: 1.4})
	}
	if r.After != nil && finite(*r.After) {
		at, _ := x.pin(*r.After)
		s.add(Circle{X: at, Y: y, R: 4, Ink: Tic})
	}
}
