package strip

import "math"

// TracePoint is one beat heard: its time from the start of the recording, and
// how far it stands from where the nominal beat would be (positive: early or
// late as the caller's rate sign says, up on the strip).
type TracePoint struct {
	Seconds  float64
	OffsetMS float64
	Tock     bool // the other of the two beats, drawn as an open ring
}

// Gap is a stretch of the recording without usable sound, in seconds.
type Gap struct{ From, To float64 }

// TraceInput is what a trace shows.
type TraceInput struct {
	Frame
	Points   []TracePoint
	Gaps     []Gap
	GapLabel string  // "son perdu"
	From, To float64 // window in seconds; To ≤ From takes the extent of the points
	RangeMS  float64 // half height in ms; 0 chooses 2, 4 or 8 by the points
	XLabel   Label   // seconds
	YLabel   Label   // milliseconds
	XStep    float64 // seconds between the vertical lines; 0 chooses
}

// traceRanges are the half heights a bench knows, in ms.
var traceRanges = [...]float64{2, 4, 8}

// TraceRange returns the smallest of ±2, ±4 and ±8 ms that holds every point,
// or 8 when none does: the trace then wraps like the paper strip.
func TraceRange(points []TracePoint) float64 {
	reach := 0.0
	for _, p := range points {
		if finite(p.OffsetMS) {
			reach = math.Max(reach, math.Abs(p.OffsetMS))
		}
	}
	for _, r := range traceRanges {
		if reach <= r {
			return r
		}
	}
	return traceRanges[len(traceRanges)-1]
}

// Trace draws offsets against time: tic filled, tac open, what leaves at the
// top comes back at the bottom, lost sound hatched and never joined.
func Trace(in TraceInput) Scene {
	f := in.Frame.or(636, 170, 12)
	reach := in.RangeMS
	if !(reach > 0) {
		reach = TraceRange(in.Points)
	}
	from, to := traceWindow(in)
	s := Scene{W: f.W, H: f.H}
	left, right, top, bottom := f.Text*2.2, f.W-f.Text*0.4, f.Text*0.45, f.H-f.Text*1.6
	x := axis{from, to, left, right}
	y := axis{-reach, reach, bottom, top}
	traceGrid(&s, in, f, x, y)
	for _, g := range in.Gaps {
		hatch(&s, x, y, g)
	}
	r := math.Max(1.2, math.Min(2.2, f.W/290))
	for _, tock := range []bool{false, true} { // one run each, so that one element holds them
		for _, p := range in.Points {
			if p.Tock != tock || !finite(p.Seconds) || !finite(p.OffsetMS) || p.Seconds < from || p.Seconds > to {
				continue
			}
			px, py := x.at(p.Seconds), y.at(wrap(p.OffsetMS, reach))
			if tock {
				s.add(Ring{X: px, Y: py, R: r, Ink: Tac, Width: r * 0.8})
			} else {
				s.add(Circle{X: px, Y: py, R: r, Ink: Tic})
			}
		}
	}
	for _, g := range in.Gaps { // over the points, or a narrow gap would hide its name
		nameGap(&s, x, y, g, in.GapLabel, f)
	}
	return s
}

// wrap brings v into [-reach, reach], as the paper comes round.
func wrap(v, reach float64) float64 {
	if v >= -reach && v <= reach {
		return v
	}
	m := math.Mod(v+reach, 2*reach)
	if m < 0 {
		m += 2 * reach
	}
	return m - reach
}

func traceWindow(in TraceInput) (from, to float64) {
	if in.To > in.From {
		return in.From, in.To
	}
	var e extent
	for _, p := range in.Points {
		e.add(p.Seconds)
	}
	for _, g := range in.Gaps {
		e.add(g.From)
		e.add(g.To)
	}
	if !e.ok || e.max <= e.min {
		return 0, 30 // an empty strip still shows its paper
	}
	return e.min, e.max
}

func traceGrid(s *Scene, in TraceInput, f Frame, x, y axis) {
	for _, v := range graduations(y.min, y.max, y.max/2) {
		s.add(Line{X1: x.from, Y1: y.at(v), X2: x.to, Y2: y.at(v), Ink: Grid, Width: 1},
			Text{X: x.from - f.Text*0.5, Y: y.at(v) + f.Text*0.36, Text: in.YLabel.of(v), Size: f.Text, Anchor: End, Ink: Third})
	}
	step := in.XStep
	if !(step > 0) {
		step = nice(x.max-x.min, 6)
	}
	for _, v := range graduations(x.min, x.max, step) {
		anchor := Middle
		if x.to-x.at(v) < f.Text {
			anchor = End
		}
		s.add(Line{X1: x.at(v), Y1: y.to, X2: x.at(v), Y2: y.from, Ink: Grid, Width: 1},
			Text{X: x.at(v), Y: y.from + f.Text*1.35, Text: in.XLabel.of(v), Size: f.Text, Anchor: anchor, Ink: Third})
	}
}

// span returns where a gap begins and ends on the paper; ok is false where
// none of it is in the window.
func (g Gap) span(x axis) (a, b float64, ok bool) {
	a, _ = x.pin(math.Min(g.From, g.To))
	b, _ = x.pin(math.Max(g.From, g.To))
	return a, b, b > a
}

// hatch draws slanting lines over a gap, cut at its sides.
func hatch(s *Scene, x, y axis, g Gap) {
	a, b, ok := g.span(x)
	if !ok {
		return
	}
	top, bottom := y.to, y.from
	h := bottom - top
	for c := a - h; c < b; c += 7 {
		// the line runs from (c, bottom) up to (c+h, top); keep what lies in [a, b]
		x1, x2 := math.Max(c, a), math.Min(c+h, b)
		if x2 > x1 {
			s.add(Line{X1: x1, Y1: bottom - (x1 - c), X2: x2, Y2: bottom - (x2 - c), Ink: Edge, Width: 0.8})
		}
	}
	s.add(Line{X1: a, Y1: top, X2: a, Y2: bottom, Ink: Edge, Width: 1}, Line{X1: b, Y1: top, X2: b, Y2: bottom, Ink: Edge, Width: 1})
}

// nameGap writes what a gap is at its foot, held inside the paper.
func nameGap(s *Scene, x, y axis, g Gap, label string, f Frame) {
	a, b, ok := g.span(x)
	if !ok || label == "" {
		return
	}
	half := f.Text * 0.28 * float64(len([]rune(label))) // a condensed letter is about 0.5 em
	at := math.Max(x.from+half, math.Min(x.to-half, (a+b)/2))
	s.add(Text{X: at, Y: y.from - f.Text*0.6, Text: label, Size: f.Text, Weight: 500, Anchor: Middle, Ink: Second, Halo: true})
}
