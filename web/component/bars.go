package component

import "strconv"

// Bars is a chart of lying bars, one a row, each in up to five segments that
// grow darker: it reads in grey and without colour. Its figures belong in a
// table beside it. Template "bars".
type Bars struct {
	Label string // accessible name
	Rows  []Bar
	Keys  []string // what each shade is, light to dark; nil draws no key
}

// Bar is one row.
type Bar struct {
	Name   string
	Values []int
	Text   string // at the end of the bar: the total
}

// The geometry, in pixels of a drawing 520 wide.
const (
	barsWide   = 520
	barsName   = 150 // where bars begin
	barsEnd    = 470 // where the longest ends
	barsPitch  = 24
	barsHeight = 16
)

// Segment is one drawn piece of a bar.
type Segment struct {
	X, Y, Width, Height int
	Shade               int // 0 to 4
}

// DrawnBar is a bar with its geometry.
type DrawnBar struct {
	Name, Text   string
	Y, TextX     int // of the baseline of the words
	Segments     []Segment
	NameX, Total int
}

// ViewBox is the drawing's.
func (b Bars) ViewBox() string {
	return "0 0 " + strconv.Itoa(barsWide) + " " + strconv.Itoa(len(b.Rows)*barsPitch+4)
}

// AxisX is where the bars begin; Bottom is where the axis ends.
func (b Bars) AxisX() int { return barsName }

// Bottom is the lower end of the axis.
func (b Bars) Bottom() int { return len(b.Rows)*barsPitch + 2 }

// Drawn works out the segments: the longest bar takes the whole width, and what
// counts at least one is never thinner than two pixels.
func (b Bars) Drawn() []DrawnBar {
	most := 1
	for _, r := range b.Rows {
		most = max(most, sum(r.Values))
	}
	out := make([]DrawnBar, len(b.Rows))
	for i, r := range b.Rows {
		d := DrawnBar{Name: r.Name, Text: r.Text, Y: i*barsPitch + 16, NameX: barsName - 8, Total: sum(r.Values)}
		x := barsName
		for k, v := range r.Values {
			if v <= 0 {
				continue
			}
			w := max(2, v*(barsEnd-barsName)/most)
			shade := k
			if len(r.Values) == 1 {
				shade = 3
			}
			d.Segments = append(d.Segments, Segment{x, i*barsPitch + 3, w, barsHeight, min(shade, 4)})
			x += w
		}
		d.TextX = x + 6
		out[i] = d
	}
	return out
}

func sum(values []int) (n int) {
	for _, v := range values {
		n += v
	}
	return n
}
