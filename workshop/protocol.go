package workshop

import (
	"etabli.example/horology"
	"etabli.example/trade/order"
)

// NextPosition returns the first of the session's positions still without a
// reading in that phase and winding state, going on from the current one; ""
// where all are read. done is how many of all are read.
func NextPosition(s order.State, protocol []string, phase, winding, current string) (next string, done, all int) {
	read := map[string]bool{}
	for _, r := range s.ReadingsOf(phase) {
		if r.Winding == winding {
			read[r.Position] = true
		}
	}
	from := 0
	for i, p := range protocol {
		if read[p] {
			done++
		}
		if p == current {
			from = i + 1
		}
	}
	for i := range protocol {
		if p := protocol[(from+i)%len(protocol)]; !read[p] && p != current {
			return p, done, len(protocol)
		}
	}
	return "", done, len(protocol)
}

// DerivedOf computes the indicators over the readings that count in a phase and
// winding state.
func DerivedOf(s order.State, phase, winding string) horology.Derived {
	at := map[horology.Position]horology.Values{}
	for _, r := range s.ReadingsOf(phase) {
		p, ok := horology.ParsePosition(r.Position)
		if !ok || r.Winding != winding {
			continue
		}
		half := IntervalOf(s.Watch, r)
		at[p] = horology.Values{Rate: r.Rate, RateU95: &half.Rate, Amplitude: r.Amplitude, AmplitudeU95: &half.Amplitude,
			BeatError: r.BeatError, BeatErrorU95: &half.BeatError}
	}
	return horology.Derive(at)
}
