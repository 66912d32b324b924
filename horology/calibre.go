package horology

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Kind is what drives and regulates a movement.
type Kind string

// The kinds. Empty means the sources do not say.
const (
	Manual      Kind = "manual"
	Automatic   Kind = "automatic"
	Quartz      Kind = "quartz"
	MecaQuartz  Kind = "meca-quartz"
	Kinetic     Kind = "kinetic"
	Connected   Kind = "connected"
	KindUnknown Kind = ""
)

// Mechanical reports whether a balance and hairspring regulate the movement.
func (k Kind) Mechanical() bool { return k == Manual || k == Automatic }

// Electronic reports whether a quartz regulates the movement.
func (k Kind) Electronic() bool {
	return k == Quartz || k == MecaQuartz || k == Kinetic || k == Connected
}

// Simplicity says whether a calibre is a simple one: hours, minutes, seconds, date, day,
// 24 hours, open heart, skeleton.
type Simplicity string

// The answers. Empty means the functions are not known.
const (
	Yes           Simplicity = "yes"
	No            Simplicity = "no"
	SimpleUnknown Simplicity = ""
)

// Sourced is a value and who says so.
type Sourced struct {
	Value float64  `json:"value"`
	By    []string `json:"by,omitempty"` // names of lists; several lists may have copied one another
	Note  string   `json:"note,omitempty"`
}

// Calibre is a movement as the catalogue knows it. A nil figure or an empty string is
// unknown.
type Calibre struct {
	Maker, Name string
	Kind        Kind
	Functions   []string
	Simple      Simplicity
	Grade       string // Standard, Elabore, Top, …: not in the catalogue, set by whoever read it on the movement

	BPH               *float64 // beats (alternances) per hour
	LiftDeg           *float64 // lift angle, degrees
	LiftConfirmed     bool     // never set here: the workshop measured or read the angle itself
	Jewels            *float64
	PowerReserveH     *float64 // hours
	DiameterMM        *float64 // mm; nil for a movement that is not round
	HeightMM          *float64 // mm
	Dimensions        string   // mm × mm of a movement that is not round, as printed
	Hacking           string   // yes, no
	WindingDirection  string
	Battery           string // cell as printed, such as "371 (SR920SW)"
	BatteryLifeMonths *float64

	Family, Notes string
	Disagreement  string    // diverging values and who gives them, as collected
	LiftAngles    []Sourced // every lift angle read, the one in use included, smallest first
	Source        string
	Confidence    Confidence
	Quartz        *QuartzData // nil for a mechanical calibre
}

// Calibres returns the whole catalogue, mechanical calibres first, then electronic ones,
// those known from quartz.csv alone last.
func Calibres() []Calibre { return slices.Clone(calibres()) }

// CalibreOf returns the calibre of that maker and name, whatever the case and punctuation.
func CalibreOf(maker, name string) (Calibre, bool) {
	for _, c := range calibres() {
		if fold(c.Maker) == fold(maker) && fold(c.Name) == fold(name) {
			return c, true
		}
	}
	return Calibre{}, false
}

var calibres = sync.OnceValue(func() []Calibre {
	var out []Calibre
	at := map[string]int{}
	for _, r := range table("calibres") {
		c := readCalibre(r)
		at[c.Maker+"|"+c.Name] = len(out)
		out = append(out, c)
	}
	for _, q := range quartzRows() {
		if q.Maker == generic {
			continue // a class of movements: see QuartzClasses
		}
		i, known := at[q.Maker+"|"+q.Name]
		if !known {
			out = append(out, Calibre{
				Maker: q.Maker, Name: q.Name, Kind: Quartz,
				Source: q.Data.Source, Confidence: q.Data.Confidence,
			})
			i = len(out) - 1
		}
		out[i].takeQuartz(q)
	}
	return out
})

func readCalibre(r row) Calibre {
	c := Calibre{
		Maker: r.text("maker"), Name: r.text("calibre"), Kind: Kind(r.text("type")),
		Functions: r.list("functions", ";"), Simple: Simplicity(r.text("simple")),
		BPH: r.number("bph"), LiftDeg: r.number("lift_angle_deg"), Jewels: r.number("jewels"),
		PowerReserveH: r.number("power_reserve_h"), HeightMM: r.number("height_mm"),
		Hacking: r.text("hacking"), WindingDirection: r.text("winding_direction"),
		Battery: r.text("battery"), BatteryLifeMonths: r.number("battery_life_months"),
		Family: r.text("family_or_base"), Notes: r.text("notes"),
		Disagreement: r.text("disagreement"), Source: r.text("source"), Confidence: r.confidence(),
	}
	if d := r.text("diameter_mm"); strings.Contains(d, "x") {
		c.Dimensions = d
	} else {
		c.DiameterMM = r.number("diameter_mm")
	}
	c.LiftAngles = liftAngles(c.LiftDeg, c.Disagreement)
	if c.Kind.Electronic() {
		c.Quartz = quartzFromCatalogue(r)
	}
	return c
}

// liftAngles reads the "lift: 50=a+b; 53=c" part of a disagreement. The angle in use is
// added without a name where no source of the disagreement gives it.
func liftAngles(used *float64, disagreement string) []Sourced {
	var out []Sourced
	for _, part := range strings.Split(disagreement, " | ") {
		list, ok := strings.CutPrefix(strings.TrimSpace(part), "lift:")
		if !ok {
			continue
		}
		for _, item := range strings.Split(list, ";") {
			angle, by, ok := strings.Cut(strings.TrimSpace(item), "=")
			v, err := strconv.ParseFloat(strings.TrimSpace(firstWord(angle)), 64)
			if !ok || err != nil {
				continue // "unknown=Caliber Corner": stays readable in Disagreement
			}
			s := Sourced{Value: v, Note: strings.TrimSpace(strings.TrimPrefix(angle, firstWord(angle)))}
			for _, name := range strings.Split(by, "+") {
				s.By = append(s.By, strings.TrimSpace(name))
			}
			out = append(out, s)
		}
	}
	if used != nil && !slices.ContainsFunc(out, func(s Sourced) bool { return s.Value == *used }) {
		out = append(out, Sourced{Value: *used})
	}
	slices.SortFunc(out, func(a, b Sourced) int { return cmpFloat(a.Value, b.Value) })
	return out
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return w
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
