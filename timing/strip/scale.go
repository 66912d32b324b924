package strip

import (
	"math"
	"strconv"
	"strings"
)

// Label writes a graduation in the reader's language. Nil writes the shortest
// digits with a point and a true minus.
type Label func(v float64) string

func (l Label) of(v float64) string {
	if l != nil {
		return l(v)
	}
	if v == 0 {
		v = 0 // no "-0"
	}
	return strings.Replace(strconv.FormatFloat(v, 'g', 6, 64), "-", "\u2212", 1)
}

// Mark is a place on a scale and the words that stand there.
type Mark struct {
	At    float64
	Label string
}

// Frame is the size of a chart in scene units and the size of its small text;
// a zero in any of them takes the chart's usual value.
type Frame struct{ W, H, Text float64 }

func (f Frame) or(w, h, text float64) Frame {
	if !(f.W > 0) {
		f.W = w
	}
	if !(f.H > 0) {
		f.H = h
	}
	if !(f.Text > 0) {
		f.Text = text
	}
	return f
}

// axis maps values of [min, max] to [from, to] in scene units.
type axis struct{ min, max, from, to float64 }

func (a axis) at(v float64) float64 {
	if a.max == a.min {
		return a.from
	}
	return a.from + (v-a.min)/(a.max-a.min)*(a.to-a.from)
}

// pin maps v and says whether it had to be held at an end of the scale.
func (a axis) pin(v float64) (at float64, out bool) {
	switch {
	case v < a.min:
		return a.from, true
	case v > a.max:
		return a.to, true
	}
	return a.at(v), false
}

// absurd is beyond anything a watch does in any unit drawn here; past it floats
// are too coarse to count graduations.
const absurd = 1e9

// finite says whether v can be drawn: a number, and of this world.
func finite(v float64) bool { return math.Abs(v) <= absurd }

// maxGraduations bounds a scale, so that an absurd step cannot draw for ever.
const maxGraduations = 400

// graduations returns the multiples of step within [min, max], ends included.
func graduations(min, max, step float64) []float64 {
	if !(step > 0) || !(max > min) || (max-min)/step > maxGraduations {
		return nil
	}
	first := math.Ceil(min/step - 1e-9)
	var out []float64
	for i := range maxGraduations + 2 { // counted: adding 1 to a huge float changes nothing
		v := (first + float64(i)) * step
		if v > max+step*1e-9 {
			break
		}
		if first+float64(i) == 0 {
			v = 0 // never minus zero
		}
		out = append(out, v)
	}
	return out
}

// nice returns a step of 1, 2 or 5 times a power of ten that divides span in
// at most n parts.
func nice(span float64, n int) float64 {
	if !(span > 0) || n < 1 || !finite(span) {
		return 1
	}
	raw := span / float64(n)
	pow := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5} {
		if raw <= m*pow*(1+1e-9) {
			return m * pow
		}
	}
	return 10 * pow
}

// around widens [min, max] to whole steps, and gives the step.
func around(min, max float64, parts int) (lo, hi, step float64) {
	if max <= min {
		min, max = min-1, max+1
	}
	step = nice(max-min, parts)
	return math.Floor(min/step+1e-9) * step, math.Ceil(max/step-1e-9) * step, step
}

// extent grows [min, max] by the finite values of vs; ok tells whether any was.
type extent struct {
	min, max float64
	ok       bool
}

func (e *extent) add(v float64) {
	if !finite(v) {
		return
	}
	if !e.ok {
		e.min, e.max, e.ok = v, v, true
		return
	}
	e.min, e.max = math.Min(e.min, v), math.Max(e.max, v)
}

func (e *extent) addp(vs ...*float64) {
	for _, v := range vs {
		if v != nil {
			e.add(*v)
		}
	}
}
