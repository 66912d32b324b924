package strip

import "math"

// SpectrumInput is the level of equally spaced frequencies, from 0 Hz.
type SpectrumInput struct {
	Frame
	LevelsDB     []float64
	StepHz       float64
	MinDB, MaxDB float64 // MaxDB ≤ MinDB takes the loudest and 80 dB below it
	Marks        []Mark  // At in Hz: a band's edges, a peak
	XLabel       Label   // Hz
	YLabel       Label   // dB
}

// spectrumDepth is how far below the loudest line the plot goes when the
// caller sets no scale, in dB.
const spectrumDepth = 80

// Spectrum draws level against frequency, its marks as dashed uprights.
func Spectrum(in SpectrumInput) Scene {
	f := in.Frame.or(636, 170, 12)
	s := Scene{W: f.W, H: f.H}
	lo, hi := in.MinDB, in.MaxDB
	if !(hi > lo) {
		var e extent
		for _, v := range in.LevelsDB {
			e.add(v)
		}
		hi = math.Ceil(e.max/10) * 10
		lo = hi - spectrumDepth
	}
	end := in.StepHz * math.Max(1, float64(len(in.LevelsDB)-1))
	x := axis{0, end, f.Text * 3, f.W - f.Text*0.9}
	y := axis{lo, hi, f.H - f.Text*1.7, f.Text * 1.6}
	for _, v := range graduations(lo, hi, nice(hi-lo, 4)) {
		s.add(Line{X1: x.from, Y1: y.at(v), X2: x.to, Y2: y.at(v), Ink: Grid, Width: 1},
			Text{X: x.from - f.Text*0.5, Y: y.at(v) + f.Text*0.36, Text: in.YLabel.of(v), Size: f.Text, Anchor: End, Ink: Third})
	}
	for _, v := range graduations(0, end, nice(end, 8)) {
		s.add(Line{X1: x.at(v), Y1: y.to, X2: x.at(v), Y2: y.from, Ink: Grid, Width: 1},
			Text{X: x.at(v), Y: f.H - f.Text*0.4, Text: in.XLabel.of(v), Size: f.Text, Anchor: Middle, Ink: Third})
	}
	levels := make([]float64, len(in.LevelsDB))
	for i, v := range in.LevelsDB {
		levels[i] = v
		if !finite(v) { // silence is minus infinity: the floor of the plot
			levels[i] = lo
		}
	}
	if pts := columns(levels, x, y); len(pts) > 1 {
		s.add(Polyline{Points: pts, Ink: Main, Width: 1.2})
	}
	for _, m := range in.Marks {
		if m.At >= 0 && m.At <= end {
			s.add(Line{X1: x.at(m.At), Y1: y.to, X2: x.at(m.At), Y2: y.from, Ink: Tic, Width: 1.5, Dash: []float64{4, 2}},
				Text{X: x.at(m.At), Y: f.Text * 1.15, Text: m.Label, Size: f.Text, Weight: 600, Anchor: Middle, Ink: Tic, Halo: true})
		}
	}
	return s
}
