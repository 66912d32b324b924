package horology

import "time"

// Reading is one measurement in one position and winding state, with what it depended on.
type Reading struct {
	Position   Position  `json:"position"`
	Winding    Winding   `json:"winding"`
	Values               // rate, amplitude, beat error with their uncertainties
	At         time.Time `json:"at,omitzero"`
	Seconds    float64   `json:"seconds,omitempty"` // how long was listened to
	LiftDeg    float64   `json:"lift_deg,omitempty"`
	BPH        float64   `json:"bph,omitempty"`
	Instrument string    `json:"instrument,omitempty"`
	SetAside   bool      `json:"set_aside,omitempty"` // kept, but another reading counts
}

// Session is a set of readings of one watch. Nothing is removed from it: a position
// measured twice keeps both readings.
type Session struct {
	Readings []Reading `json:"readings"`
}

// Counting returns the reading that counts in each position at a winding state: the last
// one not set aside.
func (s Session) Counting(w Winding) map[Position]Values {
	out := map[Position]Values{}
	for _, r := range s.Readings {
		if r.Winding == w && !r.SetAside {
			out[r.Position] = r.Values
		}
	}
	return out
}

// Derived computes the indicators over the readings that count at a winding state.
func (s Session) Derived(w Winding) Derived { return Derive(s.Counting(w)) }

// Isochronism returns rate at 24 h minus rate at 0 h in a position, s/d, with its 95 %
// uncertainty; nil when one of the two is missing, the uncertainty nil when either is.
func (s Session) Isochronism(p Position) (rate, u95 *float64) {
	full, late := s.Counting(Full)[p], s.Counting(H24)[p]
	return difference(late.Rate, full.Rate), quadrature(late.RateU95, full.RateU95)
}

// AmplitudeDrop returns amplitude at 0 h minus amplitude at 24 h in a position, degrees,
// with its 95 % uncertainty; nil when one of the two is missing.
func (s Session) AmplitudeDrop(p Position) (drop, u95 *float64) {
	full, late := s.Counting(Full)[p], s.Counting(H24)[p]
	return difference(full.Amplitude, late.Amplitude), quadrature(full.AmplitudeU95, late.AmplitudeU95)
}
