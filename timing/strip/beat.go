package strip

import "math"

// FoldedBeatInput is one averaged beat: samples StepMS apart from StartMS, as
// a waveform (both signs) or an envelope (none below zero).
type FoldedBeatInput struct {
	Frame
	Samples         []float64
	StartMS, StepMS float64
	Marks           []Mark // A, B, C: unlocking, impulse, drop; At in ms
	XLabel          Label  // ms
}

// FoldedBeat draws the averaged beat at full height, with its marks as upright
// lines named above the drawing.
func FoldedBeat(in FoldedBeatInput) Scene {
	f := in.Frame.or(636, 170, 12)
	s := Scene{W: f.W, H: f.H}
	top, bottom := f.Text*1.6, f.H-f.Text*1.7
	end := in.StartMS + in.StepMS*math.Max(1, float64(len(in.Samples)-1))
	x := axis{in.StartMS, end, f.Text * 0.6, f.W - f.Text*0.6}
	lo, hi := beatReach(in.Samples)
	y := axis{lo, hi, bottom, top}
	for _, v := range graduations(x.min, x.max, nice(x.max-x.min, 8)) {
		s.add(Line{X1: x.at(v), Y1: top, X2: x.at(v), Y2: bottom, Ink: Grid, Width: 1},
			Text{X: x.at(v), Y: f.H - f.Text*0.4, Text: in.XLabel.of(v), Size: f.Text, Anchor: Middle, Ink: Third})
	}
	s.add(Line{X1: x.from, Y1: y.at(0), X2: x.to, Y2: y.at(0), Ink: Edge, Width: 1})
	if pts := columns(in.Samples, x, y); len(pts) > 1 {
		s.add(Polyline{Points: pts, Ink: Main, Width: 1.2})
	}
	for _, m := range in.Marks {
		if m.At >= x.min && m.At <= x.max {
			s.add(Line{X1: x.at(m.At), Y1: top, X2: x.at(m.At), Y2: bottom, Ink: Tic, Width: 1.5, Dash: []float64{4, 2}},
				Text{X: x.at(m.At), Y: f.Text * 1.15, Text: m.Label, Size: f.Text + 1, Weight: 600, Anchor: Middle, Ink: Tic, Halo: true})
		}
	}
	return s
}

// beatReach returns a vertical scale that holds every sample: from 0 for an
// envelope, symmetrical for a waveform.
func beatReach(samples []float64) (lo, hi float64) {
	var e extent
	e.add(0)
	for _, v := range samples {
		e.add(v)
	}
	reach := math.Max(-e.min, e.max)
	if reach == 0 {
		return 0, 1
	}
	if e.min < 0 {
		return -reach, reach
	}
	return 0, reach
}

// columns returns the line through equally spaced samples. More samples than
// two per unit are drawn by the least and the greatest of each column, in the
// order they came: no peak is lost and no page holds a thousand points.
func columns(samples []float64, x, y axis) []Point {
	n := len(samples)
	if n == 0 {
		return nil
	}
	at := func(i int) Point {
		v := samples[i]
		if !finite(v) {
			v = 0
		}
		py, _ := y.pin(v)
		return Point{x.from + (x.to-x.from)*float64(i)/math.Max(1, float64(n-1)), py}
	}
	width := int(math.Max(1, x.to-x.from))
	if n <= 2*width {
		out := make([]Point, n)
		for i := range out {
			out[i] = at(i)
		}
		return out
	}
	out := make([]Point, 0, 2*width)
	for c := range width {
		a, b := c*n/width, (c+1)*n/width
		least, most := a, a
		for i := a; i < b; i++ {
			if samples[i] < samples[least] {
				least = i
			}
			if samples[i] > samples[most] {
				most = i
			}
		}
		if least > most {
			least, most = most, least
		}
		out = append(out, at(least))
		if most != least {
			out = append(out, at(most))
		}
	}
	return out
}
