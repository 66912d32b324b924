package horology

import (
	"strings"
	"sync"
)

// Position is how a watch lies while it is measured, by its ISO 3158 symbol: CH and CB are
// the two horizontal positions, 3H says that 3 o'clock is up, and so on.
type Position string

// The positions. Crown directions in the comments hold for a crown at 3 o'clock.
const (
	CH     Position = "CH"    // dial up
	CB     Position = "CB"    // dial down (also written FH, fond haut)
	H3     Position = "3H"    // 3 up, crown up
	H6     Position = "6H"    // 6 up, crown left
	H9     Position = "9H"    // 9 up, crown down
	H12    Position = "12H"   // 12 up, crown right
	H1H30  Position = "1H30"  // 1:30 up
	H4H30  Position = "4H30"  // 4:30 up
	H7H30  Position = "7H30"  // 7:30 up
	H10H30 Position = "10H30" // 10:30 up
)

// PositionInfo describes a position in both languages.
type PositionInfo struct {
	Position Position
	FR, EN   string
	Plane    string   // horizontal, vertical, vertical intermediate
	CrownFR  string   // where the crown points, for a crown at 3 o'clock
	Legacy   []string // older symbols for the same position, such as DU or CU
	Sets     []string // sizes of the position sets that use it: "2", "3", "5", "6", "10"
	ISO3159  bool     // used in the ISO 3159 programme
	Source   string
}

// Positions returns the ten positions in the order of the catalogue.
func Positions() []PositionInfo { return append([]PositionInfo(nil), positions()...) }

var positions = sync.OnceValue(func() []PositionInfo {
	var out []PositionInfo
	for _, r := range table("positions") {
		p := PositionInfo{
			Position: Position(r.text("symbol")), FR: r.text("fr"), EN: r.text("en"),
			Plane: r.text("plane"), CrownFR: r.text("crown_orientation_fr"),
			Sets: r.list("used_in_position_sets", ";"), Source: r.text("source"),
			ISO3159: r.text("used_in_iso3159") == "yes",
		}
		for _, l := range r.list("legacy_symbols", ";") {
			symbol, _, _ := strings.Cut(l, " ") // "CU (crown up)"
			p.Legacy = append(p.Legacy, symbol)
		}
		out = append(out, p)
	}
	return out
})

// PositionSet returns the positions of a usual set of 2, 3, 5, 6 or 10, in catalogue
// order; any other size gives nil. A set of ten is the six main ones and the four
// intermediate ones.
func PositionSet(size int) []Position {
	var out []Position
	for _, p := range positions() {
		switch {
		case size == 10:
			out = append(out, p.Position)
		case size < 10 && contains(p.Sets, itoa(size)):
			out = append(out, p.Position)
		}
	}
	return out
}

// spoken holds ways of naming a position that the catalogue's symbols do not cover.
var spoken = map[string]Position{
	"FONDHAUT": CB, "FONDENHAUT": CB, "CADRANBAS": CB, "CADRANENBAS": CB, "DIALDOWN": CB, "FACEDOWN": CB,
	"CADRANHAUT": CH, "CADRANENHAUT": CH, "DIALUP": CH, "FACEUP": CH,
	"CROWNUP": H3, "CROWNLEFT": H6, "CROWNDOWN": H9, "CROWNRIGHT": H12,
	"3UP": H3, "6UP": H6, "9UP": H9, "12UP": H12,
	"3HEURESENHAUT": H3, "6HEURESENHAUT": H6, "9HEURESENHAUT": H9, "12HEURESENHAUT": H12,
	"3HENHAUT": H3, "6HENHAUT": H6, "9HENHAUT": H9, "12HENHAUT": H12,
	"3OCLOCKUP": H3, "6OCLOCKUP": H6, "9OCLOCKUP": H9, "12OCLOCKUP": H12,
	"130UP": H1H30, "430UP": H4H30, "730UP": H7H30, "1030UP": H10H30,
	"H3": H3, "H6": H6, "H9": H9, "H12": H12,
}

// ParsePosition reads a position written as its symbol, as an older symbol (FH, DU, DD,
// CU, CD, CL, CR) or in words, whatever the case and spacing. It reports false for
// anything else: a position is never guessed. Crown symbols mean a crown at 3 o'clock.
func ParsePosition(s string) (Position, bool) {
	key := strings.ToUpper(alnum(s))
	if key == "" {
		return "", false
	}
	for _, p := range positions() {
		if key == string(p.Position) {
			return p.Position, true
		}
		for _, l := range p.Legacy {
			if key == l {
				return p.Position, true
			}
		}
	}
	p, ok := spoken[key]
	return p, ok
}

// Horizontal reports whether the watch lies flat.
func (p Position) Horizontal() bool { return p == CH || p == CB }

// Vertical reports whether the watch stands, intermediate positions included.
func (p Position) Vertical() bool {
	switch p {
	case H3, H6, H9, H12, H1H30, H4H30, H7H30, H10H30:
		return true
	}
	return false
}

// Winding is the state of the mainspring at a reading.
type Winding string

// The winding states. Full is what makers call "0 h"; some ask to wait 1 to 3 hours after
// full winding before it.
const (
	Full    Winding = "0h"
	H24     Winding = "24h"
	Unknown Winding = "unknown"
)
