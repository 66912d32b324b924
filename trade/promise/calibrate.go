package promise

import (
	"math"
	"slices"
)

// Kept is a promise that has since been put to the proof.
type Kept struct {
	Before float64 // share of the dates simulated for it that lay before the day it was ready
}

// Level is the probability to read off simulated dates so that a promise holds
// with probability p: what the workshop's own past promises have shown is taken
// for what the simulation does not know (a rush, an illness, a forgotten
// envelope). It is p itself until there are enough of them. It is the quantile
// of the past shares, as in split conformal prediction (V. Vovk, A. Gammerman,
// G. Shafer, Algorithmic Learning in a Random World, 2005).
func Level(p float64, past []Kept) float64 {
	const few = 50
	if len(past) < few {
		return p
	}
	shares := make([]float64, len(past))
	for i, k := range past {
		shares[i] = k.Before
	}
	slices.Sort(shares)
	i := int(math.Ceil(p*float64(len(shares)+1))) - 1
	return shares[min(i, len(shares)-1)]
}
