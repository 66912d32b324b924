package strip

import "math"

// Hanging is the order of the four hanging positions round the dial: 12H on
// top, then clockwise.
const Hanging = 4

// PolarInput is the rate in the four hanging positions, before and after; nil
// was not measured.
type PolarInput struct {
	Frame
	Names         [Hanging]string // 12H, 3H, 6H, 9H in the reader's words
	Before, After [Hanging]*float64
	Low, High     *float64
	Min, Max      float64 // rate at the centre and at the rim; Max ≤ Min takes the extent
	Label         Label
}

// Polar draws the rate outward from the centre, the zero circle in ink, the
// tolerance as a ring of baize; before dashed with squares, after full with
// discs. It must be captioned as rate, so that nobody reads amplitude.
func Polar(in PolarInput) Scene {
	f := in.Frame.or(244, 244, 12)
	s := Scene{W: f.W, H: f.H}
	cx, cy := f.W/2, f.H/2
	rim := math.Min(cx-f.Text*2.4, cy-f.Text*1.9)
	min, max, step := polarScale(in)
	r := axis{min, max, 0, rim}
	polarBand(&s, in, r, cx, cy)
	circles := graduations(min, max, step)
	for _, v := range circles {
		if r.at(v) > 0.5 {
			ink, w := Hairline, 1.0
			if v == 0 {
				ink, w = Second, 1.1
			}
			s.add(Ring{X: cx, Y: cy, R: r.at(v), Ink: ink, Width: w})
		}
	}
	s.add(Line{X1: cx, Y1: cy - rim, X2: cx, Y2: cy + rim, Ink: Hairline, Width: 1},
		Line{X1: cx - rim, Y1: cy, X2: cx + rim, Y2: cy, Ink: Hairline, Width: 1})
	for i, v := range circles {
		if v == 0 || i == len(circles)-1 || i == 1 && v != 0 {
			d := r.at(v) * math.Sqrt2 / 2
			s.add(Text{X: cx + d + 2, Y: cy - d - 1, Text: in.Label.of(v), Size: f.Text, Ink: Third, Halo: true})
		}
	}
	for i, name := range in.Names {
		ux, uy := compass(i)
		s.add(Text{X: cx + ux*(rim+f.Text*1.25), Y: cy + uy*(rim+f.Text*0.95) + f.Text*0.38, Text: name, Size: f.Text + 1, Weight: 600, Anchor: Middle, Ink: Main})
	}
	polarSeries(&s, in.Before, r, cx, cy, true)
	polarSeries(&s, in.After, r, cx, cy, false)
	return s
}

// compass returns the direction of hanging position i: 12H up, 3H right.
func compass(i int) (x, y float64) {
	return [Hanging]float64{0, 1, 0, -1}[i], [Hanging]float64{-1, 0, 1, 0}[i]
}

func polarScale(in PolarInput) (min, max, step float64) {
	if in.Max > in.Min {
		return in.Min, in.Max, nice(in.Max-in.Min, 5)
	}
	var e extent
	e.add(0)
	e.addp(in.Before[:]...)
	e.addp(in.After[:]...)
	e.addp(in.Low, in.High)
	min, max, step = around(e.min, e.max, 4)
	if min > e.min-step*0.2 { // keep the lowest value off the centre, where directions are lost
		min -= step
	}
	return min, max, step
}

func polarBand(s *Scene, in PolarInput, r axis, cx, cy float64) {
	if in.Low == nil && in.High == nil {
		return
	}
	outer, inner := r.to, 0.0
	if in.High != nil {
		outer, _ = r.pin(*in.High)
	}
	if in.Low != nil {
		inner, _ = r.pin(*in.Low)
	}
	if outer > inner {
		s.add(Circle{X: cx, Y: cy, R: outer, Ink: BaizeSoft}, Circle{X: cx, Y: cy, R: inner, Ink: Surface})
	}
}

func polarSeries(s *Scene, values [Hanging]*float64, r axis, cx, cy float64, before bool) {
	var pts []Point
	for i, v := range values {
		if v == nil || !finite(*v) {
			continue
		}
		d, _ := r.pin(*v)
		ux, uy := compass(i)
		pts = append(pts, Point{cx + ux*d, cy + uy*d})
	}
	line := Polyline{Points: pts, Closed: len(pts) == Hanging, Ink: Tic, Width: 1.8}
	if before {
		line.Ink, line.Dash = Tac, []float64{5, 3.5}
	}
	// With a position missing a line would claim a neighbourhood that was not
	// measured: the marks alone stand.
	if len(pts) == Hanging {
		s.add(line)
	}
	for _, p := range pts {
		if before {
			s.add(Square{X: p.X, Y: p.Y, Side: 7, Ink: Tac, Width: 1.8})
		} else {
			s.add(Circle{X: p.X, Y: p.Y, R: 4, Ink: Tic})
		}
	}
}
