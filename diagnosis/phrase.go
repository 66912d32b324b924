package diagnosis

import (
	"fmt"
	"math"
	"strings"
)

// phraseOf writes one piece of evidence for a person, with its figure.
func phraseOf(e evidence) Text {
	t := e.symptom.Name
	if e.negated {
		t = Text{FR: "absent\u00a0: " + t.FR, EN: "absent: " + t.EN}
	}
	if e.symptom.Unit == "" {
		return t
	}
	v := math.Round(e.symptom.Value*10) / 10
	return Text{
		FR: t.FR + " (" + strings.Replace(strings.Replace(fmt.Sprintf("%g", v), ".", ",", 1), "-", "−", 1) + spaced(unitFR(e.symptom.Unit)) + ")",
		EN: t.EN + " (" + strings.Replace(fmt.Sprintf("%g", v), "-", "−", 1) + spaced(unitEN(e.symptom.Unit)) + ")",
	}
}

// spaced puts the unit's space before it; a degree takes none.
func spaced(unit string) string {
	if unit == "°" {
		return unit
	}
	return "\u00a0" + unit
}

func unitFR(u string) string {
	switch u {
	case "s/d":
		return "s/j"
	case "d":
		return "j"
	case "deg":
		return "°"
	case "s/month":
		return "s/mois"
	case "uA":
		return "µA"
	case "kohm":
		return "kΩ"
	}
	return u
}

func unitEN(u string) string {
	switch u {
	case "deg":
		return "°"
	case "uA":
		return "µA"
	case "kohm":
		return "kΩ"
	}
	return u
}
