package component

import (
	"testing"

	"pgregory.net/rapid"
)

// Bars stay inside the drawing, lie end to end, and a longer row is never drawn
// shorter.
func TestBars(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var b Bars
		for range rapid.IntRange(0, 8).Draw(rt, "rows") {
			b.Rows = append(b.Rows, Bar{Values: rapid.SliceOfN(rapid.IntRange(0, 400), 1, 5).Draw(rt, "values")})
		}
		end := func(d DrawnBar) int {
			x := barsName
			for _, s := range d.Segments {
				if s.X != x || s.Width < 2 || s.Shade < 0 || s.Shade > 4 {
					rt.Fatalf("segment %+v after %d", s, x)
				}
				x += s.Width
			}
			return x
		}
		for _, d := range b.Drawn() {
			if x := end(d); x > barsEnd+10 || (x == barsName) != (d.Total == 0) {
				rt.Fatalf("a bar of %d ends at %d", d.Total, x)
			}
			for _, e := range b.Drawn() {
				if d.Total > e.Total+20 && end(d) < end(e)-10 {
					rt.Fatalf("%d is drawn to %d, %d to %d", d.Total, end(d), e.Total, end(e))
				}
			}
		}
	})
}
