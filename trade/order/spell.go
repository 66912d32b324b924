package order

import (
	"time"

	"etabli.example/journal"
)

// Spell is a stay of an order at one stage. To is zero where it is there still.
type Spell struct {
	Stage    Stage
	From, To time.Time
}

// Long is how long the stay was, up to now where it has not ended.
func (s Spell) Long(now time.Time) time.Duration {
	if s.To.IsZero() {
		return now.Sub(s.From)
	}
	return s.To.Sub(s.From)
}

// Spells reads off a whole sheet where the order stood and for how long, with
// the state at its end. The error is that of Fold.
func Spells(entries []journal.Entry) ([]Spell, State, error) {
	var s State
	var out []Spell
	for _, e := range entries {
		before := s.Stage
		if err := s.Apply(e); err != nil {
			return nil, State{}, err
		}
		if s.Stage == before {
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].To = e.Happened
		}
		out = append(out, Spell{Stage: s.Stage, From: e.Happened})
	}
	return out, s, nil
}
