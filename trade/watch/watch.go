// Package watch knows the thing on the bench: a watch with its numbers, its
// calibre and its case, across owners and visits. It does not know what the
// trade knows about a calibre in general: that is horology's.
package watch

import (
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
)

// Kind is what drives the watch.
type Kind string

// The kinds that a technician meets; Unknown until somebody has looked.
const (
	Manual    Kind = "manual"
	Automatic Kind = "automatic"
	Quartz    Kind = "quartz"
	Unknown   Kind = "unknown"
)

// Kinds lists the kinds in the order they are offered.
func Kinds() []Kind { return []Kind{Automatic, Manual, Quartz, Unknown} }

// Mechanical reports whether the watch ticks by itself.
func (k Kind) Mechanical() bool { return k == Manual || k == Automatic }

// Watch is one watch. Unknown figures are zero.
type Watch struct {
	House        string
	ID           string
	Customer     string // who owns it now
	Brand        string
	Model        string
	Reference    string
	CaseNo       string // serial on the case
	MovementNo   string
	CalibreMaker string
	Calibre      string
	Kind         Kind
	BPH          float64 // beats per hour the calibre is known for
	LiftDeg      float64 // lift angle in degrees; 0 where unknown
	WaterBar     float64 // water resistance marked, bar; 0 where none is
	Material     string  // "steel", "gold", "silver", "platinum", "titanium", "plated", "other"
	Functions    []string
	Year         int
	Created      time.Time
}

// Materials lists the case materials offered.
func Materials() []string {
	return []string{"steel", "titanium", "gold", "silver", "platinum", "plated", "other"}
}

// Precious reports whether the case falls under the rules on precious metals
// (CGI 537: gold, silver, platinum).
func (w Watch) Precious() bool {
	return w.Material == "gold" || w.Material == "silver" || w.Material == "platinum"
}

// Title is how the watch is called on lists: brand and model.
func (w Watch) Title() string { return strings.TrimSpace(w.Brand + " " + w.Model) }

// CalibreTitle is maker and calibre, or empty.
func (w Watch) CalibreTitle() string { return strings.TrimSpace(w.CalibreMaker + " " + w.Calibre) }

// Check returns what is wrong with what was typed.
func (w Watch) Check() error {
	var bad fault.Problems
	bad.Text("brand", w.Brand, 60)
	if n := len([]rune(strings.TrimSpace(w.Brand))); n < 1 || n > 60 {
		bad.Add("brand", "watch.brand_length")
	}
	for field, v := range map[string]string{"model": w.Model, "reference": w.Reference, "case_no": w.CaseNo, "movement_no": w.MovementNo, "calibre": w.Calibre, "calibre_maker": w.CalibreMaker} {
		bad.Text(field, v, 80)
	}
	if w.BPH != 0 && (w.BPH < 3000 || w.BPH > 360000) {
		bad.Add("bph", "watch.bph_range")
	}
	if w.LiftDeg != 0 && (w.LiftDeg < 20 || w.LiftDeg > 90) {
		bad.Add("lift", "watch.lift_range")
	}
	if w.WaterBar < 0 || w.WaterBar > 600 {
		bad.Add("water", "watch.water_range")
	}
	if w.Material != "" && !slices.Contains(Materials(), w.Material) {
		bad.Add("material", "watch.material_unknown")
	}
	if w.Year != 0 && (w.Year < 1500 || w.Year > 2200) {
		bad.Add("year", "watch.year_range")
	}
	return bad.Err()
}
