package component

import (
	"fmt"
	"math"
	"strconv"
)

// Ruler is the graduated line on which a figure is read: a baize band between
// its limits, a hand at the value, a bar as wide as the 95 % interval. Its
// scale is fixed per quantity and never follows the value. Template "ruler".
//
// Lengths are percentages of the line, so that one drawing serves tile, table
// and full screen without its letters growing.
type Ruler struct {
	Min, Max     float64 // ends of the scale
	Minor, Major float64 // distance between small and large ticks
	Lower, Upper float64 // limits; NaN where there is none
	Value        float64 // NaN while nothing is known: no hand is drawn
	HalfWidth    float64 // half the 95 % interval; 0 draws no bar
	Judgement    Judgement
	Ends         bool                 // label the ends and zero, not only the limits
	Label        string               // accessible name: limits and value in words
	Figure       func(float64) string // writes a scale figure in the person's language
}

// Tick is one graduation, At in percent of the line.
type Tick struct {
	At    string
	Label string
}

// None is the value of a limit or a figure that is not there.
func None() float64 { return math.NaN() }

func (r Ruler) percent(x float64) float64 {
	if math.IsNaN(x) {
		return 0 // nothing to point at; the pointer is hidden
	}
	return 100 * (math.Max(r.Min, math.Min(r.Max, x)) - r.Min) / (r.Max - r.Min)
}

func percent(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" }

// At returns where the hand stands, pinned to the end of the scale.
func (r Ruler) At() string { return percent(r.percent(r.Value)) }

// Known reports whether there is a value to point at.
func (r Ruler) Known() bool { return !math.IsNaN(r.Value) }

// Pinned reports whether the value lies beyond the scale: the hand is then hollow.
func (r Ruler) Pinned() bool { return r.Known() && (r.Value < r.Min || r.Value > r.Max) }

// BarFrom returns the left end of the uncertainty bar.
func (r Ruler) BarFrom() string { return percent(r.percent(r.Value - r.HalfWidth)) }

// BarWidth returns the width of the uncertainty bar, at least half a percent.
func (r Ruler) BarWidth() string {
	return percent(math.Max(0.5, r.percent(r.Value+r.HalfWidth)-r.percent(r.Value-r.HalfWidth)))
}

// BandFrom returns the left end of the band of tolerance.
func (r Ruler) BandFrom() string { return percent(r.percent(r.low())) }

// BandWidth returns the width of the band of tolerance.
func (r Ruler) BandWidth() string { return percent(r.percent(r.high()) - r.percent(r.low())) }

// Bounded reports whether there is any limit at all.
func (r Ruler) Bounded() bool { return !math.IsNaN(r.Lower) || !math.IsNaN(r.Upper) }

func (r Ruler) low() float64 {
	if math.IsNaN(r.Lower) {
		return r.Min
	}
	return r.Lower
}

func (r Ruler) high() float64 {
	if math.IsNaN(r.Upper) {
		return r.Max
	}
	return r.Upper
}

// Limits returns the upright limits with their figures.
func (r Ruler) Limits() []Tick {
	var out []Tick
	for _, x := range []float64{r.Lower, r.Upper} {
		if !math.IsNaN(x) {
			out = append(out, r.tick(x, true))
		}
	}
	return out
}

// Marks returns the figures beside the limits: the ends and zero, where asked
// for and where they do not run into a limit's figure.
func (r Ruler) Marks() []Tick {
	if !r.Ends {
		return nil
	}
	var out []Tick
	for _, x := range []float64{r.Min, 0, r.Max} {
		if x < r.Min || x > r.Max || r.near(x, r.Lower) || r.near(x, r.Upper) {
			continue
		}
		if x == 0 && (x == r.Min || x == r.Max) && len(out) > 0 {
			continue
		}
		out = append(out, r.tick(x, true))
	}
	return dedupe(out)
}

func dedupe(ticks []Tick) []Tick {
	var out []Tick
	for i, t := range ticks {
		if i == 0 || t.At != ticks[i-1].At {
			out = append(out, t)
		}
	}
	return out
}

func (r Ruler) near(a, b float64) bool {
	return !math.IsNaN(b) && math.Abs(r.percent(a)-r.percent(b)) < 8
}

// MinorTicks returns the small graduations, without those a large one covers.
func (r Ruler) MinorTicks() []Tick { return r.ticks(r.Minor, r.Major) }

// MajorTicks returns the large graduations.
func (r Ruler) MajorTicks() []Tick { return r.ticks(r.Major, 0) }

func (r Ruler) ticks(step, skip float64) []Tick {
	if step <= 0 {
		return nil
	}
	var out []Tick
	for i := math.Ceil(r.Min/step - 1e-9); i*step <= r.Max+1e-9; i++ {
		x := i * step
		if skip > 0 && math.Abs(x/skip-math.Round(x/skip)) < 1e-6 {
			continue
		}
		out = append(out, r.tick(x, false))
	}
	return out
}

func (r Ruler) tick(x float64, label bool) Tick {
	t := Tick{At: percent(r.percent(x))}
	if label {
		t.Label = fmt.Sprint(x)
		if r.Figure != nil {
			t.Label = r.Figure(x)
		}
	}
	return t
}
