package component

import (
	"fmt"
	"math"
	"strings"
)

// PlaceState is how far a position has come.
type PlaceState string

// The states of a position: dashed, outlined, filled blued.
const (
	Coming PlaceState = "coming"
	Read   PlaceState = "read"
	Now    PlaceState = "now"
)

// Place is one position of the protocol, with what was read there. It draws
// both the wheel and the row of the position table.
type Place struct {
	Position  string // "12H", "3H", "6H", "9H", "CH", "CB"
	Written   string // as the house writes it where that is not its symbol: "CR"
	Name      string // "12 heures en haut"
	State     PlaceState
	Word      string // under the symbol where nothing was read: "à suivre"
	Rate      string // "+1,4"; "" where nothing was read
	Amplitude string // "262°"
	BeatError string // "0,4"
	Verdict   *Verdict
	Href      string // chooses this position; "" where it cannot be chosen
}

// Symbol is how the position is written.
func (p Place) Symbol() string {
	if p.Written != "" {
		return p.Written
	}
	return p.Position
}

// Wheel is the dial ring with the watch in it, turned so that the position
// being measured is on top: hold the watch like the picture. Template "wheel".
type Wheel struct {
	Label  string
	Places []Place
}

// Now returns the position being measured, or "".
func (w Wheel) Now() string {
	for _, p := range w.Places {
		if p.State == Now {
			return p.Position
		}
	}
	return ""
}

// hour angles of the hanging positions, clockwise from the top of an upright watch.
var hanging = map[string]float64{"12H": 0, "1H30": 45, "3H": 90, "4H30": 135, "6H": 180, "7H30": 225, "9H": 270, "10H30": 315}

// Turn returns the rotation of watch and ring in degrees.
func (w Wheel) Turn() float64 {
	turn := -hanging[w.Now()]
	if turn < -180 {
		turn += 360
	}
	return turn + 0 // never minus zero
}

// Face reports whether the dial is seen; on CB it is the case back.
func (w Wheel) Face() bool { return w.Now() != "CB" }

// Spot is a Place with where its label stands.
type Spot struct {
	Place
	X, Y int
}

// Spots returns the labels: the hanging positions round the ring, turned with
// it, the flat ones below.
func (w Wheel) Spots() []Spot {
	var out []Spot
	for _, p := range w.Places {
		switch p.Position {
		case "CH":
			out = append(out, Spot{p, -130, 112})
		case "CB":
			out = append(out, Spot{p, 130, 112})
		default:
			a, known := hanging[p.Position]
			if !known {
				continue
			}
			sin, cos := math.Sincos((a + w.Turn()) * math.Pi / 180)
			x, y := 130*sin, -118*cos
			if math.Abs(sin) > .1 && math.Abs(cos) > .1 { // on the diagonals, clear of the flat positions
				x, y = math.Copysign(100, sin), math.Copysign(62, -cos)
			}
			out = append(out, Spot{p, int(math.Round(x)), int(math.Round(y))})
		}
	}
	return out
}

// Second returns the line under the symbol: the rate, or what is to come.
func (p Place) Second() string {
	if p.Rate != "" {
		return p.Rate
	}
	return p.Word
}

// Spoken returns the wheel in words, one position after the other.
func (w Wheel) Spoken() string {
	var parts []string
	for _, p := range w.Places {
		parts = append(parts, fmt.Sprintf("%s %s", p.Symbol(), p.Second()))
	}
	return strings.TrimSpace(w.Label + " " + strings.Join(parts, ", "))
}

// PositionTable is the six rows in protocol order, always all there. Template
// "positions".
type PositionTable struct {
	Caption string
	Places  []Place
}
