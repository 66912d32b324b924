package timing

import (
	"math"
	"slices"
)

// courses are the numbers of beats on either side over which a beat's expected
// place is taken from its neighbours, from the longest to the shortest.
var courses = []int{32, 16, 8, 4}

// steadyScale is the scatter about a line, in seconds, within which the line is
// guide enough.
const steadyScale = 0.00025

// course returns when each beat is expected: on the line l or, where its
// neighbours foretell a beat clearly better than the line does, in the middle
// of what they show. A balance whose amplitude breathes moves the drop by
// milliseconds to and fro; in noise without such a movement the line is the
// better guide.
func course(n []int, t []float64, l line) []float64 {
	out := make([]float64, len(n))
	res := make([]float64, len(n))
	for i := range n {
		out[i] = l.at(n[i])
		res[i] = t[i] - out[i]
	}
	// So near to the line there is nothing to gain.
	if len(n) < 16 || l.scale < steadyScale {
		return out
	}
	abs := make([]float64, 0, len(n))
	miss := func(guess []float64) float64 {
		abs = abs[:0]
		for i, r := range res {
			if r == r && guess[i] == guess[i] {
				abs = append(abs, math.Abs(r-guess[i]))
			}
		}
		return median(abs)
	}
	best := make([]float64, len(n))
	least := miss(best)
	guess := make([]float64, len(n))
	var near []float64
	for _, w := range courses {
		if 3*w > len(n) {
			continue
		}
		for i := range n {
			near = near[:0]
			for j := max(0, i-w); j < min(len(n), i+w+1); j++ {
				if j != i && res[j] == res[j] {
					near = append(near, res[j])
				}
			}
			guess[i] = math.NaN()
			if len(near) > 0 {
				slices.Sort(near)
				guess[i] = near[len(near)/2]
			}
		}
		if m := miss(guess); m < 0.85*least {
			least = m
			copy(best, guess)
		}
	}
	for i := range out {
		if best[i] == best[i] {
			out[i] += best[i]
		}
	}
	return out
}
