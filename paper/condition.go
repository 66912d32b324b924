package paper

import (
	"math"
	"strconv"

	"etabli.example/timing/strip"
)

// ConditionMark is one defect seen with the customer on arrival, by the codes
// of the reception: zone ("crystal", "lug_7", "back"…), defect ("scratch",
// "dent"…) and a grade of 1 to 4.
type ConditionMark struct {
	Zone, Defect string
	Grade        int
	Note         string
}

// zonePlaces is where the number of a mark stands on the drawing of front and
// back, from the centre of the front, the case having a radius of 100.
var zonePlaces = map[string]strip.Point{
	"crystal": {X: 34, Y: -44}, "bezel": {X: -68, Y: -68}, "case": {X: -112, Y: 0}, "crown": {X: 136, Y: 0},
	"lug_1": {X: 92, Y: -112}, "lug_5": {X: 92, Y: 112}, "lug_7": {X: -92, Y: 112}, "lug_11": {X: -92, Y: -112},
	"dial": {X: -30, Y: 44}, "hands": {X: -34, Y: -34}, "bracelet": {X: 0, Y: -122}, "back": {X: backX, Y: 20},
}

// backX is the centre of the back on the drawing.
const backX = 280

// conditionScene draws front and back in line with the numbered marks.
func conditionScene(marks []ConditionMark) strip.Scene {
	sc := strip.Scene{W: 560, H: 284}
	const ox, oy = 150, 142
	sc.Shapes = append(sc.Shapes, watchBody(ox, oy, 1)...)
	sc.Shapes = append(sc.Shapes, watchFace(ox, oy)...)
	sc.Shapes = append(sc.Shapes, watchBody(ox+backX, oy, -1)...)
	sc.Shapes = append(sc.Shapes, watchBack(ox+backX, oy)...)
	taken := map[string]int{}
	for i, m := range marks {
		at, known := zonePlaces[m.Zone]
		if !known {
			continue
		}
		n := taken[m.Zone]
		taken[m.Zone]++
		words := strconv.Itoa(i + 1)
		if n == 2 {
			words = "…" // the list below has them all; the drawing stays legible
		} else if n > 2 {
			continue
		}
		x, y := ox+at.X+23*float64(n), oy+at.Y
		sc.Shapes = append(sc.Shapes, strip.Ring{X: x, Y: y, R: 11, Ink: strip.Ruby, Fill: strip.Surface, Width: 1.6},
			strip.Text{X: x, Y: y + 5.2, Text: words, Size: 15, Weight: 600, Anchor: strip.Middle, Ink: strip.Main})
	}
	return sc
}

// watchScene is the small drawing at the head of a report.
func watchScene() strip.Scene {
	sc := strip.Scene{W: 252, H: 330}
	sc.Shapes = append(watchBody(126, 165, 1), watchFace(126, 165)...)
	return sc
}

// watchBody draws strap, lugs, crown (at the right where side is 1, as seen
// from the front) and case.
func watchBody(cx, cy, side float64) []strip.Shape {
	var out []strip.Shape
	line := func(x1, y1, x2, y2, w float64, ink strip.Ink, dash ...float64) {
		out = append(out, strip.Line{X1: cx + side*x1, Y1: cy + y1, X2: cx + side*x2, Y2: cy + y2, Ink: ink, Width: w, Dash: dash})
	}
	for _, sx := range []float64{-1, 1} {
		for _, sy := range []float64{-1, 1} {
			line(sx*42, sy*94, sx*40, sy*138, 1.2, strip.Main)
			line(sx*36, sy*96, sx*34.5, sy*138, 1, strip.Edge, 3.5, 3)
			lug := []strip.Point{{X: 44, Y: 80}, {X: 47, Y: 118}, {X: 49, Y: 122.5}, {X: 54, Y: 124}, {X: 62, Y: 123}, {X: 66, Y: 121}, {X: 68, Y: 116}, {X: 74, Y: 66}}
			for i, p := range lug {
				lug[i] = strip.Point{X: cx + sx*p.X, Y: cy + sy*p.Y}
			}
			out = append(out, strip.Polyline{Points: lug, Closed: true, Ink: strip.Main, Fill: strip.Surface, Width: 1.4})
		}
	}
	crown := []strip.Point{{X: 100, Y: -13}, {X: 118, Y: -13}, {X: 118, Y: 13}, {X: 100, Y: 13}}
	for i, p := range crown {
		crown[i] = strip.Point{X: cx + side*p.X, Y: cy + p.Y}
	}
	out = append(out, strip.Polyline{Points: crown, Closed: true, Ink: strip.Main, Fill: strip.Surface, Width: 1.4})
	for x := 106.0; x <= 115; x += 3 {
		line(x, -13, x, 13, 0.8, strip.Main)
	}
	return append(out, strip.Ring{X: cx, Y: cy, R: 100, Ink: strip.Main, Fill: strip.Surface, Width: 1.6},
		strip.Ring{X: cx, Y: cy, R: 92, Ink: strip.Main, Width: 1})
}

// watchFace draws minute track, indexes and hands at ten past ten.
func watchFace(cx, cy float64) []strip.Shape {
	out := []strip.Shape{strip.Ring{X: cx, Y: cy, R: 85, Ink: strip.Main, Width: 0.8}}
	ray := func(turn, from, to, w float64) {
		a := turn * 2 * math.Pi
		out = append(out, strip.Line{X1: cx + math.Sin(a)*from, Y1: cy - math.Cos(a)*from, X2: cx + math.Sin(a)*to, Y2: cy - math.Cos(a)*to, Ink: strip.Main, Width: w})
	}
	for m := range 60 {
		ray(float64(m)/60, 76, 82, 0.9)
	}
	for h := range 12 {
		ray(float64(h)/12, 54, 72, 3)
	}
	hand := func(turn, length, half, tail float64) {
		a := turn * 2 * math.Pi
		at := func(along, across float64) strip.Point {
			return strip.Point{X: cx + math.Sin(a)*along + math.Cos(a)*across, Y: cy - math.Cos(a)*along + math.Sin(a)*across}
		}
		out = append(out, strip.Polyline{Points: []strip.Point{at(-tail, 0), at(0, half), at(length, 0), at(0, -half)}, Closed: true, Ink: strip.Main, Fill: strip.Surface, Width: 1})
	}
	hand(304.5/360, 46, 4.5, 12)
	hand(54.0/360, 70, 3.8, 14)
	ray(216.0/360, -20, 74, 1.1)
	return append(out, strip.Circle{X: cx, Y: cy, R: 3.2, Ink: strip.Main})
}

// watchBack draws a screwed back with its six notches.
func watchBack(cx, cy float64) []strip.Shape {
	out := []strip.Shape{strip.Ring{X: cx, Y: cy, R: 62, Ink: strip.Main, Width: 1}}
	for n := range 6 {
		a := float64(n) * math.Pi / 3
		at := func(along, across float64) strip.Point {
			return strip.Point{X: cx + math.Cos(a)*along - math.Sin(a)*across, Y: cy + math.Sin(a)*along + math.Cos(a)*across}
		}
		out = append(out, strip.Polyline{Points: []strip.Point{at(84, -6), at(92, -6), at(92, 6), at(84, 6)}, Closed: true, Ink: strip.Main, Fill: strip.Surface, Width: 1})
	}
	return out
}
