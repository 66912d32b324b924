package horology

import "time"

// LiftAngle is the lift angle itself, in degrees: no limit, a value to measure with.
const LiftAngle Quantity = "lift_angle"

// Own is a value that a workshop set for a calibre in place of the catalogue's: limits, or
// a lift angle. It is never changed: it ends, and another begins.
type Own struct {
	ID       string    `json:"id"`
	Maker    string    `json:"maker"`
	Calibre  string    `json:"calibre"`
	Quantity Quantity  `json:"quantity"`
	Min      *float64  `json:"min,omitempty"` // in OwnUnit; a lift angle stands in Min and Max
	Max      *float64  `json:"max,omitempty"`
	Plane    string    `json:"plane,omitempty"`   // "", H or V: the positions it holds for
	Winding  Winding   `json:"winding,omitempty"` // "" = any
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until,omitzero"` // zero while it holds
	By       string    `json:"by"`             // id of the person who set it
	Why      string    `json:"why"`
	EndedBy  string    `json:"ended_by,omitempty"`
	EndWhy   string    `json:"end_why,omitempty"`
}

// ownUnits are the quantities a workshop can set, and what each is written in.
var ownUnits = []struct {
	quantity Quantity
	unit     string
}{
	{LiftAngle, "°"}, {Rate, "s/d"}, {MeanRate, "s/d"}, {RateSpread, "s/d"}, {Isochronism, "s/d"}, {Amplitude, "°"}, {BeatError, "ms"},
	{PowerReserve, "h"}, {MonthlyRate, "s/month"}, {Consumption, "µA"}, {CoilResistance, "kΩ"}, {CoilInsulation, "kΩ"}, {MinVoltage, "V"}, {StartVoltage, "V"},
}

// OwnQuantities lists the quantities a workshop can set for itself, the lift angle first.
func OwnQuantities() []Quantity {
	var out []Quantity
	for _, u := range ownUnits {
		out = append(out, u.quantity)
	}
	return out
}

// OwnUnit is the unit of a quantity's own values; "" where it can have none.
func OwnUnit(q Quantity) string {
	for _, u := range ownUnits {
		if u.quantity == q {
			return u.unit
		}
	}
	return ""
}

// About reports whether the value is one of the calibre, whatever the case and punctuation.
func (o Own) About(maker, name string) bool {
	return fold(o.Maker) == fold(maker) && fold(o.Calibre) == fold(name)
}

// At reports whether the value held at an instant: from when it was set until before it
// ended. The zero time is now.
func (o Own) At(t time.Time) bool {
	if t.IsZero() {
		return o.Until.IsZero()
	}
	return !t.Before(o.Since) && (o.Until.IsZero() || t.Before(o.Until))
}

// Rule is the value as a rule; what it says of itself (who, since when, why) stands in Own.
func (o Own) Rule() Tolerance {
	t := Tolerance{Quantity: o.Quantity, Min: o.Min, Max: o.Max, Unit: OwnUnit(o.Quantity), Scope: ScopeWorkshop, Of: o.Maker + " " + o.Calibre,
		Source: o.Why, Confidence: High, Own: &o, plane: o.Plane}
	if o.Winding != "" {
		t.winding = []Winding{o.Winding}
	}
	return t
}

// OwnRules are the limits a workshop set of a quantity for a calibre that hold at an
// instant in a position and winding state, the last set first.
func OwnRules(own []Own, maker, name string, q Quantity, p Position, w Winding, at time.Time) []Tolerance {
	var out []Tolerance
	for i := len(own) - 1; i >= 0; i-- {
		o := own[i]
		if t := o.Rule(); o.Quantity == q && o.About(maker, name) && o.At(at) && t.holdsIn(p, w) {
			out = append(out, t)
		}
	}
	return out
}

// OwnLift is the lift angle a workshop set for a calibre, in degrees, as it held at an
// instant.
func OwnLift(own []Own, maker, name string, at time.Time) (deg float64, ok bool) {
	for i := len(own) - 1; i >= 0; i-- {
		if o := own[i]; o.Quantity == LiftAngle && o.About(maker, name) && o.At(at) && o.Min != nil {
			return *o.Min, true
		}
	}
	return 0, false
}
