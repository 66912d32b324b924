package paper

import (
	"codeberg.org/go-pdf/fpdf"

	"etabli.example/timing/strip"
)

// chart draws a scene with its left upper corner at x, y, w wide, and returns
// its height. Every shape is a vector; the ground is the paper's white.
func (s *sheet) chart(sc strip.Scene, x, y, w float64) float64 {
	k := w / sc.W
	for _, shape := range sc.Shapes {
		s.shape(shape, x, y, k)
	}
	s.pdf.SetDashPattern(nil, 0)
	return sc.H * k
}

func (s *sheet) shape(shape strip.Shape, x, y, k float64) {
	switch e := shape.(type) {
	case strip.Line:
		s.pen(e.Ink, e.Width*k, e.Dash, k)
		s.pdf.Line((x+e.X1*k)*point, (y+e.Y1*k)*point, (x+e.X2*k)*point, (y+e.Y2*k)*point)
	case strip.Polyline:
		s.polyline(e, x, y, k)
	case strip.Circle:
		s.fill(e.Ink)
		s.pdf.Circle((x+e.X*k)*point, (y+e.Y*k)*point, e.R*k*point, "F")
	case strip.Ring:
		s.pen(e.Ink, e.Width*k, nil, k)
		how := "D"
		if e.Fill != strip.None {
			s.fill(e.Fill)
			how = "FD"
		}
		s.pdf.Circle((x+e.X*k)*point, (y+e.Y*k)*point, e.R*k*point, how)
	case strip.Square:
		h := e.Side / 2
		s.polyline(strip.Polyline{Points: []strip.Point{{X: e.X - h, Y: e.Y - h}, {X: e.X + h, Y: e.Y - h}, {X: e.X + h, Y: e.Y + h}, {X: e.X - h, Y: e.Y + h}},
			Closed: true, Ink: e.Ink, Fill: strip.Surface, Width: e.Width}, x, y, k)
	case strip.Lozenge:
		s.polyline(strip.Polyline{Points: e.Corners(), Closed: true, Ink: e.Ink, Fill: strip.Surface, Width: e.Width}, x, y, k)
	case strip.Rect:
		s.box(x+e.X*k, y+e.Y*k, e.W*k, e.H*k, e.Ink)
	case strip.Text:
		s.chartText(e, x, y, k)
	}
}

func (s *sheet) pen(ink strip.Ink, width float64, dash []float64, k float64) {
	s.stroke(ink)
	s.pdf.SetLineWidth(width * point)
	scaled := make([]float64, len(dash))
	for i, d := range dash {
		scaled[i] = d * k * point
	}
	s.pdf.SetDashPattern(scaled, 0)
}

func (s *sheet) polyline(e strip.Polyline, x, y, k float64) {
	if len(e.Points) < 2 {
		return
	}
	pts := make([]fpdf.PointType, len(e.Points))
	for i, p := range e.Points {
		pts[i] = fpdf.PointType{X: (x + p.X*k) * point, Y: (y + p.Y*k) * point}
	}
	s.pdf.MoveTo(pts[0].X, pts[0].Y)
	for _, p := range pts[1:] {
		s.pdf.LineTo(p.X, p.Y)
	}
	if e.Closed {
		s.pdf.ClosePath()
	}
	how := ""
	if e.Fill != strip.None {
		s.fill(e.Fill)
		how = "F"
	}
	if e.Ink != strip.None {
		s.pen(e.Ink, e.Width*k, e.Dash, k)
		how += "D"
	}
	s.pdf.SetLineJoinStyle("round")
	s.pdf.DrawPath(how)
}

func (s *sheet) chartText(e strip.Text, x, y, k float64) {
	f := condText
	switch {
	case e.Weight >= 600:
		f = condHead
	case e.Weight >= 500:
		f = condStrong
	}
	st := style{f, e.Size * k, e.Ink}
	w := s.width(st, e.Text)
	tx := x + e.X*k
	switch e.Anchor {
	case strip.Middle:
		tx -= w / 2
	case strip.End:
		tx -= w
	}
	ty := y + e.Y*k
	if e.Halo { // a stroke round the letters on screen; here their ground
		s.box(tx-1, ty-st.px*0.72, w+2, st.px*0.75, strip.Surface)
	}
	s.put(tx, ty, st, e.Text)
}
