package strip

// RulerInput is one quantity on its ruler. The scale (Min, Max and the
// graduations) belongs to the quantity and does not follow the value.
type RulerInput struct {
	Frame
	Min, Max     float64
	Major, Minor float64
	Low, High    *Mark  // limits with the words under them; nil where there is none
	Ends         []Mark // other words under the line: ends and zero
	Value        *float64
	ValueLabel   string  // shown beside a hand held at the end of the scale
	Half95       float64 // half width of the 95 % interval; 0 draws no bar
	Verdict      Verdict
}

// Ruler draws the graduated line, the tolerance band between its upright
// limits, the hand at the value and the bar as wide as the 95 % interval. A
// value outside the scale leaves the hand hollow at the end, with its number.
func Ruler(in RulerInput) Scene {
	f := in.Frame.or(636, 44, 15)
	s := Scene{W: f.W, H: f.H}
	margin := f.Text * 1.15
	x := axis{in.Min, in.Max, margin, f.W - margin}
	line := f.H - f.Text*1.65
	rulerBand(&s, in, x, line)
	s.add(Line{X1: x.from, Y1: line, X2: x.to, Y2: line, Ink: Edge, Width: 1})
	for _, v := range graduations(in.Min, in.Max, in.Minor) {
		s.add(Line{X1: x.at(v), Y1: line, X2: x.at(v), Y2: line - 4, Ink: Edge, Width: 1})
	}
	for _, v := range graduations(in.Min, in.Max, in.Major) {
		s.add(Line{X1: x.at(v), Y1: line, X2: x.at(v), Y2: line - 8, Ink: Second, Width: 1.2})
	}
	for _, m := range []*Mark{in.Low, in.High} {
		if m != nil && finite(m.At) && m.At >= in.Min && m.At <= in.Max {
			s.add(Line{X1: x.at(m.At), Y1: line + 1, X2: x.at(m.At), Y2: line - 15, Ink: Baize, Width: 2},
				rulerWord(x, *m, f))
		}
	}
	for _, m := range in.Ends {
		if m.At >= in.Min && m.At <= in.Max && !near(in, x, m, f.Text*2.4) {
			s.add(rulerWord(x, m, f))
		}
	}
	if in.Value != nil && finite(*in.Value) {
		rulerHand(&s, in, x, line, f)
	}
	return s
}

func rulerWord(x axis, m Mark, f Frame) Text {
	return Text{X: x.at(m.At), Y: f.H - f.Text*0.2, Text: m.Label, Size: f.Text, Weight: 500, Anchor: Middle, Ink: Second}
}

// near says whether a word would run into that of a limit, which wins.
func near(in RulerInput, x axis, m Mark, room float64) bool {
	for _, l := range []*Mark{in.Low, in.High} {
		if l != nil && l.At >= in.Min && l.At <= in.Max {
			if d := x.at(l.At) - x.at(m.At); d < room && d > -room {
				return true
			}
		}
	}
	return false
}

func rulerBand(s *Scene, in RulerInput, x axis, line float64) {
	if in.Low == nil && in.High == nil {
		return
	}
	a, b := x.from, x.to
	if in.Low != nil {
		a, _ = x.pin(in.Low.At)
	}
	if in.High != nil {
		b, _ = x.pin(in.High.At)
	}
	if b > a {
		s.add(Rect{X: a, Y: line - 12, W: b - a, H: 12, Ink: BaizeSoft})
	}
}

func rulerHand(s *Scene, in RulerInput, x axis, line float64, f Frame) {
	at, out := x.pin(*in.Value)
	ink := in.Verdict.Ink()
	if in.Half95 > 0 {
		a, _ := x.pin(*in.Value - in.Half95)
		b, _ := x.pin(*in.Value + in.Half95)
		if b-a < 3 && !out { // still to be seen when the interval is very narrow
			a, b = at-1.5, at+1.5
		}
		if b > a {
			s.add(Rect{X: a, Y: line + 1.5, W: b - a, H: 4, Ink: ink})
		}
	}
	hand := Polyline{Points: []Point{{at, line}, {at - 6.5, line - 17}, {at + 6.5, line - 17}}, Closed: true, Ink: Surface, Fill: ink, Width: 1.5}
	if out {
		hand.Ink, hand.Fill = ink, Surface
	}
	s.add(hand)
	if out && in.ValueLabel != "" {
		t := Text{X: at - 10, Y: line - 6, Text: in.ValueLabel, Size: f.Text, Weight: 600, Anchor: End, Ink: ink, Halo: true}
		if at == x.from {
			t.X, t.Anchor = at+10, Start
		}
		s.add(t)
	}
}
