package promise

import (
	"math/rand/v2"
	"slices"
)

// Durations are what a step took in the past, ascending, in hours or days. No
// shape is assumed: what is drawn is what happened.
type Durations []float64

// DurationsOf sorts what was observed; what is below zero is left out. A zero is
// a step that was not needed: no part was missing.
func DurationsOf(observed []float64) Durations {
	out := make(Durations, 0, len(observed))
	for _, v := range observed {
		if v >= 0 {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return out
}

// enough observations speak for themselves; fewer are filled up with those of
// the wider class.
const enough = 30

// Or adds observations of a wider class where there are few of one's own.
func (d Durations) Or(wider Durations) Durations {
	if len(d) >= enough || len(wider) == 0 {
		return d
	}
	out := slices.Clone(d)
	step := max(1, len(wider)/(enough-len(d)))
	for i := step / 2; i < len(wider); i += step {
		out = append(out, wider[i])
	}
	slices.Sort(out)
	return out
}

// draw is what is left of one that has taken elapsed already. Beyond all that
// was ever seen it is once more what has gone by, on the mean: whoever has
// waited long will wait long.
func (d Durations) draw(rng *rand.Rand, elapsed float64) float64 {
	if len(d) == 0 && elapsed == 0 {
		return 0 // a step nobody ever saw, or one that is known not to be needed
	}
	first := 0
	if elapsed > 0 {
		first, _ = slices.BinarySearch(d, elapsed)
	}
	if first < len(d) {
		i := first + rng.IntN(len(d)-first)
		v := d[i]
		if i+1 < len(d) && v > 0 { // between what was seen
			v += rng.Float64() * (d[i+1] - v)
		}
		return max(0, v-elapsed)
	}
	return elapsed * rng.ExpFloat64()
}
