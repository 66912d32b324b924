package diagnosis

import (
	"slices"
	"strings"
	"sync"
)

// beyond maps a calibre's functions to the entry that takes it out of the
// technician's perimeter.
var beyond = map[string]string{
	"chrono": "OUT_CHRONO", "gmt": "OUT_PERPETUAL", "dual_time": "OUT_PERPETUAL", "worldtime": "OUT_PERPETUAL", "world_time": "OUT_PERPETUAL",
	"moon": "OUT_PERPETUAL", "power_reserve": "OUT_PERPETUAL", "big_date": "OUT_PERPETUAL", "full_calendar": "OUT_PERPETUAL",
	"perpetual_calendar": "OUT_PERPETUAL", "month": "OUT_PERPETUAL", "alarm": "OUT_REPEATER",
	"heart_rate": "OUT_CONNECTED", "activity": "OUT_CONNECTED", "notifications": "OUT_CONNECTED", "tourbillon": "OUT_TOURBILLON",
}

// gravest orders the reasons: what endangers people first, then what the house
// may not touch at all.
var gravest = []string{"OUT_RADIUM", "OUT_CONNECTED", "OUT_TOURBILLON", "OUT_REPEATER", "OUT_PERPETUAL", "OUT_CHRONO"}

// outOfPerimeter returns the OUT_ entry that takes the watch out of the
// technician's hands, or "". Calibre, kind and words are all asked: missing one
// is worse than sending a simple watch to the watchmaker.
func outOfPerimeter(c Case, spec calibreSpec) string {
	met := map[string]bool{}
	for _, f := range strings.Split(spec.functions, ";") {
		if id := beyond[f]; id != "" {
			met[id] = true
		}
	}
	for id := range marksOf(c) {
		met[id] = true
	}
	for _, id := range gravest {
		if met[id] {
			return id
		}
	}
	return ""
}

// marksOf returns the marks (OUT_…, free_sprung, fixed_stud…) that a case's
// words carry. Marks are phrases that are not findings.
func marksOf(c Case) map[string]bool {
	x := defaultLexicon()
	texts := append([]string{c.Watch.Brand + " " + c.Watch.Calibre, c.Watch.Kind, c.Context}, c.Findings.Symptoms...)
	k := c.Findings.Checks
	texts = append(texts, k.Winding, k.Setting, k.Rotor, k.Magnetised, k.Condensation, k.WaterTest)
	for _, v := range k.Other {
		texts = append(texts, v)
	}
	met := map[string]bool{}
	for _, t := range texts {
		for _, ts := range clauses(t) {
			at := x.index(ts)
			for _, i := range x.marks() {
				p := &x.phrases[i]
				if sp, ok := p.find(ts, at); ok && (p.immune || !denied(ts, sp)) {
					met[p.finding] = true
				}
			}
			x.release(at)
		}
	}
	return met
}

var markIndex = sync.OnceValue(func() []int {
	m := Default()
	var out []int
	for i, p := range defaultLexicon().phrases {
		if _, ok := m.findingIndex[p.finding]; !ok {
			out = append(out, i)
		}
	}
	return out
})

func (x *lexicon) marks() []int { return markIndex() }

// perimeterOf says who may do the remedy of a cause on this watch. The
// perimeter belongs to the remedy: the same cause changes hands with a
// free-sprung balance, a fixed stud, a pressed tube or an exchange-only calibre.
func perimeterOf(info CauseInfo, c Case, g gathered) string {
	p := info.Perimeter
	has := func(mark string) bool { return g.marks[mark] }
	switch {
	case info.ID == "REGULATION" && strings.Contains(calibreKey(c.Watch.Calibre), "c07") || info.ID == "REGULATION" && strings.Contains(fold(c.Watch.Calibre), "powermatic"):
		p = Manufacturer
	case info.ID == "REGULATION" && has("free_sprung"), info.ID == "OUT_OF_BEAT" && (has("fixed_stud") || has("free_sprung")):
		p = Watchmaker
	case info.ID == "CROWN_TUBE" && has("pressed_tube"), info.ID == "MEASUREMENT" && has("coaxial"):
		p = Watchmaker
	}
	return p
}

// operationsFor keeps the operations that fit the kind of watch.
func operationsFor(info CauseInfo, kind string) []string {
	unfit := map[string][]string{
		Manual:    {"REV-AUTO", "ECH-AUTO", "REV-QTZ", "ECH-QTZ", "PIL"},
		Automatic: {"REV-MAN", "REV-QTZ", "ECH-QTZ", "PIL"},
		Quartz:    {"REV-MAN", "REV-AUTO", "DIA-M", "RES", "ECH-AUTO", "REG", "DEM"},
	}[kind]
	var out []string
	for _, op := range info.Operations {
		if !slices.Contains(unfit, op) {
			out = append(out, op)
		}
	}
	if len(out) == 0 && kind == Quartz {
		out = []string{"REV-QTZ"}
	}
	return out
}
