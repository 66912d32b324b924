// Package strip draws what a timing machine's paper strip and its sheet show:
// the trace, the ruler, before and after, the polar plot, amplitude over time,
// the folded beat and its spectrum. Geometry is computed once, as a Scene;
// Scene.SVG renders it for a page and package paper draws the same shapes as
// vectors. It is not a measuring package, holds no sentence in any language
// (labels come in formatted) and knows nothing of watches, orders or pages.
package strip

// Ink names a colour by its role in the look, never by its value: a page
// resolves it in its theme, a printed sheet in its own palette.
type Ink uint8

// The inks. None paints nothing.
const (
	None Ink = iota
	Main
	Second
	Third
	Edge
	Hairline
	Grid
	Tic
	Tac
	Baize
	BaizeSoft
	Ruby
	Brass
	Surface
)

var inkNames = [...]string{"none", "ink", "ink2", "ink3", "edge", "line", "grid", "tic", "tac", "baize", "baize-soft", "ruby", "brass", "surface"}

// String returns the name of the ink's custom property, without the dashes.
func (k Ink) String() string {
	if int(k) < len(inkNames) {
		return inkNames[k]
	}
	return "none"
}

// Verdict is how a value stands to its limits. The zero value is Inconclusive:
// what nothing has proved is never shown as good.
type Verdict uint8

// The verdicts.
const (
	Inconclusive Verdict = iota
	InTolerance
	OutOfTolerance
)

// Ink returns the colour of the verdict; it never stands without a shape.
func (v Verdict) Ink() Ink {
	switch v {
	case InTolerance:
		return Baize
	case OutOfTolerance:
		return Ruby
	}
	return Brass
}

// Point is a place on the scene: x to the right, y downwards, in scene units.
type Point struct{ X, Y float64 }

// Scene is a drawing W units wide and H high, its shapes in painting order.
type Scene struct {
	W, H   float64
	Shapes []Shape
}

// Shape is one drawing primitive: Line, Polyline, Circle, Ring, Square,
// Lozenge, Rect or Text. The set is closed, so that a renderer can be complete.
type Shape interface{ shape() }

// Line is a straight stroke. Dash is the length of dash and gap, nil for full.
type Line struct {
	X1, Y1, X2, Y2 float64
	Ink            Ink
	Width          float64
	Dash           []float64
}

// Polyline is a broken line through Points; Closed joins the last to the first.
// Fill is None for a mere line, Ink is None for a mere area.
type Polyline struct {
	Points []Point
	Closed bool
	Ink    Ink
	Fill   Ink
	Width  float64
	Dash   []float64
}

// Circle is a filled disc: "after" in every chart, tic on the trace.
type Circle struct {
	X, Y, R float64
	Ink     Ink
}

// Ring is a circle that is only stroked: tac on the trace, circles of scales.
// Fill None leaves what lies below visible.
type Ring struct {
	X, Y, R float64
	Ink     Ink
	Fill    Ink
	Width   float64
}

// Square is an open square of the given Side centred on X, Y: "before".
type Square struct {
	X, Y, Side float64
	Ink        Ink
	Width      float64
}

// Lozenge is an open square on its point, R from centre to corner: "after 24 h".
type Lozenge struct {
	X, Y, R float64
	Ink     Ink
	Width   float64
}

// Rect is a filled rectangle: tolerance bands and bars.
type Rect struct {
	X, Y, W, H float64
	Ink        Ink
}

// Anchor says which part of a text stands at its x.
type Anchor uint8

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// Text is one line of words whose baseline is at Y. Weight is 400, 500 or 600.
// Halo paints the ground round the letters so that lines below do not cut them.
type Text struct {
	X, Y   float64
	Text   string
	Size   float64
	Weight int
	Anchor Anchor
	Ink    Ink
	Halo   bool
}

func (Line) shape()     {}
func (Polyline) shape() {}
func (Circle) shape()   {}
func (Ring) shape()     {}
func (Square) shape()   {}
func (Lozenge) shape()  {}
func (Rect) shape()     {}
func (Text) shape()     {}

func (s *Scene) add(shapes ...Shape) { s.Shapes = append(s.Shapes, shapes...) }
