package live

import (
	"math"
	"slices"

	"etabli.example/timing"
)

// strip is the trace as the page has it. The engine draws the last minute
// afresh each time, on a grid that moves with it; the page only wants the new
// beats, on the grid of those it has. Beats that both know tell how far the
// grid moved.
type strip struct {
	bph   float64
	beats []point // of the last minute, as sent
}

// sameBeat is how near in time two beats are the same, in seconds.
const sameBeat = 0.004

// stripSeconds is how long the strip remembers.
const stripSeconds = 60

// add returns the beats the page has not yet. Where the beat number changed or
// nothing links the new trace to the old one, it returns all of them.
func (s *strip) add(trace []timing.Beat, bph float64) []point {
	cur := make([]point, 0, len(trace))
	for _, b := range trace {
		if b.Used {
			cur = append(cur, point{b.Seconds, -b.OffsetMS, b.Tock})
		}
	}
	if len(cur) == 0 || bph == 0 {
		return []point{}
	}
	shift, swapped, ok := s.moved(cur, 3_600_000/bph)
	if !ok || bph != s.bph {
		*s = strip{bph: bph}
		shift, swapped = 0, false
	}
	last := math.Inf(-1)
	if n := len(s.beats); n > 0 {
		last = s.beats[n-1].S
	}
	fresh := []point{}
	for _, p := range cur {
		if p.S > last+sameBeat {
			fresh = append(fresh, point{round(p.S, 1e3), round(p.O+shift, 1e3), p.T != swapped})
		}
	}
	s.beats = append(s.beats, fresh...)
	for len(s.beats) > 0 && s.beats[0].S < cur[len(cur)-1].S-stripSeconds {
		s.beats = s.beats[1:]
	}
	return fresh
}

// moved compares the beats both know: the median shift of the grid in ms,
// folded into half a beat, and whether tic and tac changed names.
func (s *strip) moved(cur []point, beatMS float64) (shift float64, swapped, ok bool) {
	var by []float64
	swaps, j := 0, 0
	for _, p := range s.beats {
		for j < len(cur) && cur[j].S < p.S-sameBeat {
			j++
		}
		if j == len(cur) {
			break
		}
		if math.Abs(cur[j].S-p.S) <= sameBeat {
			d := p.O - cur[j].O
			by = append(by, d-beatMS*math.Round(d/beatMS))
			if p.T != cur[j].T {
				swaps++
			}
		}
	}
	if len(by) == 0 {
		return 0, false, len(s.beats) == 0
	}
	swapped = 2*swaps > len(by)
	slices.Sort(by)
	return by[len(by)/2], swapped, true
}

func round(v, by float64) float64 { return math.Round(v*by) / by }
