package component

import (
	"fmt"
	"math"
)

// TracePoint is one beat on the trace.
type TracePoint struct {
	Second float64 // from the beginning
	Offset float64 // ms off the ideal beat
	Tac    bool    // open ring; a tic is a filled dot
}

// Gap is a stretch without sound, hatched and never joined.
type Gap struct{ From, To float64 }

// Trace is the kept trace of a reading. Slope is rate, distance is beat error.
// Template "trace"; the live one is the element live-trace.
type Trace struct {
	Label   string // accessible name
	Title   string // "Tracé, 60 dernières secondes (ms)"
	Seconds float64
	Span    float64 // the scale runs from −Span to +Span ms: 2, 4 or 8
	Points  []TracePoint
	Gaps    []Gap
	Figure  func(float64) string
}

// Dot is a point placed in percent of the plot.
type Dot struct {
	X, Y string
	Tac  bool
}

// Dots returns the points wrapped into the strip like paper.
func (t Trace) Dots() []Dot {
	out := make([]Dot, len(t.Points))
	for i, p := range t.Points {
		y := math.Mod(p.Offset+t.Span, 2*t.Span)
		if y < 0 {
			y += 2 * t.Span
		}
		out[i] = Dot{X: percent(100 * p.Second / t.Seconds), Y: percent(100 - 100*y/(2*t.Span)), Tac: p.Tac}
	}
	return out
}

// Lost returns the gaps as from and width.
func (t Trace) Lost() []struct{ At, Width string } {
	var out []struct{ At, Width string }
	for _, g := range t.Gaps {
		out = append(out, struct{ At, Width string }{percent(100 * g.From / t.Seconds), percent(100 * (g.To - g.From) / t.Seconds)})
	}
	return out
}

// Rows returns the horizontal grid with its figures.
func (t Trace) Rows() []Tick {
	var out []Tick
	for i := -2; i <= 2; i++ {
		v := t.Span * float64(i) / 2
		label := fmt.Sprint(v)
		if t.Figure != nil {
			label = t.Figure(v)
		}
		out = append(out, Tick{At: percent(50 - 25*float64(i)), Label: label})
	}
	return out
}

// Columns returns the vertical grid, every sixth of the time.
func (t Trace) Columns() []Tick {
	var out []Tick
	for i := range 7 {
		label := fmt.Sprintf("%.0f", t.Seconds*float64(i)/6)
		if i == 6 {
			label += " s"
		}
		out = append(out, Tick{At: percent(100 * float64(i) / 6), Label: label})
	}
	return out
}
