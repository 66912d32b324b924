package horology

import (
	"slices"
	"sync"
)

// Basis says where a wheel's figures come from.
type Basis string

// Known reports whether the figures were counted, published or measured; the others are
// so by construction, by default or by guess, and a wheel named after them stays a
// hypothesis.
func (b Basis) Known() bool {
	switch b {
	case "counted", "counted_and_deduced", "published_count", "published_list", "published_ratio",
		"textbook_train", "rate_cycle_measured", "inherited_from_6498-1":
		return true
	}
	return false
}

// Wheel is one wheel of a going train. Nil is unknown.
type Wheel struct {
	Calibre, Maker string
	BPH            *float64
	Name           string // escape, fourth, third, centre, cannon_pinion, …
	Teeth, Leaves  *float64
	PeriodS        *float64 // seconds per turn
	BeatsPerTurn   *float64
	Note           string
	Basis          Basis
	Confidence     Confidence
	Source         string
}

// Wheels returns every wheel of the catalogue, classes of movements included.
func Wheels() []Wheel { return slices.Clone(wheels()) }

// Train returns the wheels known for a calibre. When the catalogue has none it returns
// those of the general train at its beat number, whose Maker is "generic": hypotheses by
// their Basis. Nil when neither is known.
func Train(c *Calibre) []Wheel {
	if c == nil {
		return nil
	}
	var own, general []Wheel
	for _, w := range wheels() {
		switch {
		case w.Maker == c.Maker && fold(w.Calibre) == fold(c.Name):
			own = append(own, w)
		case c.BPH != nil && w.Calibre == "GENERIC "+decimal(*c.BPH):
			general = append(general, w)
		}
	}
	if own != nil {
		return own
	}
	return general
}

var wheels = sync.OnceValue(func() []Wheel {
	var out []Wheel
	for _, r := range table("trains") {
		out = append(out, Wheel{
			Calibre: r.text("calibre"), Maker: r.text("maker"), BPH: r.number("bph"), Name: r.text("wheel"),
			Teeth: r.number("teeth"), Leaves: r.number("pinion_leaves"), PeriodS: r.number("rotation_period_s"),
			BeatsPerTurn: r.number("beats_per_turn"), Note: r.text("note"), Basis: Basis(r.text("basis")),
			Confidence: r.confidence(), Source: r.text("source"),
		})
	}
	return out
})
