package strip

import (
	"html"
	"math"
	"strconv"
	"strings"
)

// SVG renders the scene for a page. title is its accessible name and must say
// what is drawn. Colours are the look's custom properties in presentation
// attributes: the page's content security policy forbids inline styles.
func (s Scene) SVG(title string) string {
	var b strings.Builder
	b.WriteString(`<svg class="strip" viewBox="0 0 ` + num(s.W) + " " + num(s.H) + `" width="100%" role="img"><title>`)
	b.WriteString(html.EscapeString(title) + `</title>`)
	for i := 0; i < len(s.Shapes); {
		i += writeRun(&b, s.Shapes[i:])
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// writeRun writes the first shape, with all that follow and can share its
// element (a trace has hundreds of equal dots), and returns how many it wrote.
func writeRun(b *strings.Builder, run []Shape) int {
	switch s := run[0].(type) {
	case Circle:
		return writeDots(b, s, run)
	case Ring:
		return writeRings(b, s, run)
	default:
		writeShape(b, s)
		return 1
	}
}

func writeDots(b *strings.Builder, first Circle, run []Shape) int {
	n := 0
	b.WriteString(`<path d="`)
	for ; n < len(run); n++ {
		c, ok := run[n].(Circle)
		if !ok || c.R != first.R || c.Ink != first.Ink {
			break
		}
		b.WriteString("M" + num(c.X) + " " + num(c.Y) + "h0")
	}
	b.WriteString(`"` + stroke(first.Ink, 2*first.R, nil) + ` stroke-linecap="round"/>`)
	return n
}

func writeRings(b *strings.Builder, first Ring, run []Shape) int {
	n := 0
	b.WriteString(`<path d="`)
	r, d := num(first.R), num(2*first.R)
	for ; n < len(run); n++ {
		c, ok := run[n].(Ring)
		if !ok || c.R != first.R || c.Ink != first.Ink || c.Fill != first.Fill || c.Width != first.Width {
			break
		}
		b.WriteString("M" + num(c.X-c.R) + " " + num(c.Y) + "a" + r + " " + r + " 0 1 0 " + d + " 0a" + r + " " + r + " 0 1 0 -" + d + " 0")
	}
	b.WriteString(`" fill="` + colour(first.Fill) + `"` + stroke(first.Ink, first.Width, nil) + `/>`)
	return n
}

func writeShape(b *strings.Builder, shape Shape) {
	switch s := shape.(type) {
	case Line:
		b.WriteString(`<path d="M` + num(s.X1) + " " + num(s.Y1) + "L" + num(s.X2) + " " + num(s.Y2) + `"` + stroke(s.Ink, s.Width, s.Dash) + `/>`)
	case Polyline:
		writePolyline(b, s)
	case Square:
		h := s.Side / 2
		b.WriteString(`<rect x="` + num(s.X-h) + `" y="` + num(s.Y-h) + `" width="` + num(s.Side) + `" height="` + num(s.Side) + `" fill="` + colour(Surface) + `"` + stroke(s.Ink, s.Width, nil) + `/>`)
	case Lozenge:
		writePolyline(b, Polyline{Points: s.Corners(), Closed: true, Ink: s.Ink, Fill: Surface, Width: s.Width})
	case Rect:
		b.WriteString(`<rect x="` + num(s.X) + `" y="` + num(s.Y) + `" width="` + num(s.W) + `" height="` + num(s.H) + `" fill="` + colour(s.Ink) + `"/>`)
	case Text:
		writeText(b, s)
	}
}

// Corners returns the four points of the lozenge, from the top, clockwise.
func (s Lozenge) Corners() []Point {
	return []Point{{s.X, s.Y - s.R}, {s.X + s.R, s.Y}, {s.X, s.Y + s.R}, {s.X - s.R, s.Y}}
}

func writePolyline(b *strings.Builder, s Polyline) {
	b.WriteString(`<path d="`)
	for i, p := range s.Points {
		if i == 0 {
			b.WriteString("M")
		} else {
			b.WriteString("L")
		}
		b.WriteString(num(p.X) + " " + num(p.Y))
	}
	if s.Closed {
		b.WriteString("z")
	}
	b.WriteString(`" fill="` + colour(s.Fill) + `"` + stroke(s.Ink, s.Width, s.Dash))
	if s.Ink != None {
		b.WriteString(` stroke-linejoin="round"`)
	}
	b.WriteString(`/>`)
}

func writeText(b *strings.Builder, s Text) {
	b.WriteString(`<text x="` + num(s.X) + `" y="` + num(s.Y) + `" font-family="var(--cond)" font-size="` + num(s.Size) + `"`)
	if s.Weight > 400 {
		b.WriteString(` font-weight="` + strconv.Itoa(s.Weight) + `"`)
	}
	switch s.Anchor {
	case Middle:
		b.WriteString(` text-anchor="middle"`)
	case End:
		b.WriteString(` text-anchor="end"`)
	}
	b.WriteString(` fill="` + colour(s.Ink) + `"`)
	if s.Halo {
		b.WriteString(` paint-order="stroke"` + stroke(Surface, 2.5, nil))
	}
	b.WriteString(`>` + html.EscapeString(s.Text) + `</text>`)
}

func colour(k Ink) string {
	if k == None || int(k) >= len(inkNames) {
		return "none"
	}
	return "var(--" + k.String() + ")"
}

func stroke(k Ink, width float64, dash []float64) string {
	if k == None {
		return ""
	}
	out := ` stroke="` + colour(k) + `"`
	if width > 0 && width != 1 {
		out += ` stroke-width="` + num(width) + `"`
	}
	if len(dash) > 0 {
		parts := make([]string, len(dash))
		for i, d := range dash {
			parts[i] = num(d)
		}
		out += ` stroke-dasharray="` + strings.Join(parts, " ") + `"`
	}
	return out
}

// num writes a coordinate to a tenth of a unit, which is under what a screen
// shows and over what the last bit of a float may change between machines.
func num(v float64) string {
	if !finite(v) {
		return "0"
	}
	v = math.Round(v*10) / 10
	if v == 0 {
		return "0"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
