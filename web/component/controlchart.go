package component

import (
	"fmt"
	"strconv"
	"strings"
)

// ControlChart is the readings of one test piece, oldest first: a line with a
// dot a reading, a diamond where the rule is in alarm, and, where the readings
// have shifted, the mean before and since. It reads in grey; its figures belong
// in a table beside it. Template "control-chart".
type ControlChart struct {
	Label  string // accessible name
	Values []float64
	Alarms []bool   // parallel to Values
	Since  int      // index of the first reading after a shift; 0 or less where there is none
	Text   []string // top and bottom of the scale, as written beside it
}

// The geometry, in pixels of a drawing 520 wide and 150 high.
const (
	chartWide, chartHigh = 520, 150
	chartLeft            = 64
	chartPad             = 10
)

// ChartMark is a drawn reading.
type ChartMark struct {
	X, Y  float64
	Alarm bool
}

// ViewBox is the drawing's.
func (c ControlChart) ViewBox() string { return fmt.Sprintf("0 0 %d %d", chartWide, chartHigh) }

// scale is the lowest and highest reading, apart even where all are equal.
func (c ControlChart) scale() (low, high float64) {
	for i, v := range c.Values {
		if i == 0 {
			low, high = v, v
		}
		low, high = min(low, v), max(high, v)
	}
	if low == high {
		low, high = low-1, high+1
	}
	return low, high
}

func (c ControlChart) at(i int, v float64) (x, y float64) {
	low, high := c.scale()
	step := float64(chartWide-chartLeft-2*chartPad) / float64(max(1, len(c.Values)-1))
	return chartLeft + chartPad + step*float64(i), chartPad + (high-v)/(high-low)*(chartHigh-2*chartPad)
}

// Marks are the readings where they are drawn.
func (c ControlChart) Marks() []ChartMark {
	out := make([]ChartMark, len(c.Values))
	for i, v := range c.Values {
		x, y := c.at(i, v)
		out[i] = ChartMark{x, y, i < len(c.Alarms) && c.Alarms[i]}
	}
	return out
}

// Line is the path through the readings.
func (c ControlChart) Line() string {
	var b strings.Builder
	for i, m := range c.Marks() {
		b.WriteString(map[bool]string{true: "M", false: "L"}[i == 0] + pixel(m.X) + " " + pixel(m.Y))
	}
	return b.String()
}

// Means is the path of the mean before the shift and since it; one line where
// nothing shifted.
func (c ControlChart) Means() string {
	if len(c.Values) == 0 {
		return ""
	}
	if c.Since <= 0 || c.Since >= len(c.Values) {
		return c.mean(0, len(c.Values))
	}
	return c.mean(0, c.Since) + c.mean(c.Since, len(c.Values))
}

func (c ControlChart) mean(from, to int) string {
	m := 0.0
	for _, v := range c.Values[from:to] {
		m += v / float64(to-from)
	}
	x0, y := c.at(from, m)
	x1, _ := c.at(to-1, m)
	return "M" + pixel(x0-4) + " " + pixel(y) + "H" + pixel(x1+4)
}

func pixel(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
