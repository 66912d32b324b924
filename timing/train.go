package timing

import "math"

// Wheel is a wheel of the going train that may be at fault. Package timing
// knows no calibres: whoever does says which wheels there are.
type Wheel struct {
	Name    string  // escape, fourth, third, centre …
	Beats   float64 // beats in one turn
	Teeth   int     // 0 if not known
	Counted bool    // the figures are of this calibre and not a guess
}

// defaultTrain is what is supposed where no train is given: escape wheels of
// the usual counts.
func defaultTrain() []Wheel {
	var w []Wheel
	for teeth := 12; teeth <= 24; teeth++ {
		w = append(w, Wheel{Name: "escape", Beats: float64(2 * teeth), Teeth: teeth})
	}
	return w
}

// suspect returns the wheel whose turn, or a whole part of it, lasts as long
// as the fault: the nearest by the resolution that span beats give, a whole
// turn before a part of one.
func suspect(train []Wheel, beats, span float64) (Wheel, bool) {
	var best Wheel
	least := math.Inf(1)
	for _, w := range train {
		if !(w.Beats > 2) {
			continue
		}
		for part := 1.0; part <= 3; part++ {
			turn := w.Beats / part
			off := math.Abs(beats-turn) / math.Max(0.2, beats*beats/span/2)
			if off < 1 && off+part < least {
				best, least = w, off+part
			}
		}
	}
	return best, !math.IsInf(least, 1)
}
