package horology

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// WaterRule is one line of what the trade knows about water resistance: standards,
// markings, presets of testers, limits, the workshop's protocol, legal advice.
type WaterRule struct {
	Domain, Item string
	FR, EN       string
	Value, Unit  string // as printed; some are ranges or words
	Duration     string
	Temperature  string
	Criterion    string // criterion or note
	Confidence   Confidence
	Source       string
}

// WaterRules returns every line, in catalogue order.
func WaterRules() []WaterRule { return slices.Clone(waterRules()) }

var waterRules = sync.OnceValue(func() []WaterRule {
	var out []WaterRule
	for _, r := range table("water_resistance") {
		out = append(out, WaterRule{
			Domain: r.text("domain"), Item: r.text("item"), FR: r.text("fr"), EN: r.text("en"),
			Value: r.text("value"), Unit: r.text("unit"), Duration: r.text("duration"),
			Temperature: r.text("temperature"), Criterion: r.text("criterion_or_note"),
			Confidence: r.confidence(), Source: r.text("source"),
		})
	}
	return out
})

// waterRule returns the line of a domain and item; the names are ours, so a missing one is
// a programming error.
func waterRule(domain, item string) WaterRule {
	for _, r := range waterRules() {
		if r.Domain == domain && r.Item == item {
			return r
		}
	}
	panic("horology: no water rule " + domain + " / " + item)
}

// WaterPreset is a program of a dry tester: a first pressure, usually a vacuum, then an
// overpressure.
type WaterPreset struct {
	Name      string
	FR, EN    string
	FirstBar  *float64 // relative to the air around, negative = vacuum; nil = no first test
	SecondBar float64
	For       string // the watches it is meant for
	Source    string
}

// WaterPresets returns the presets of the catalogue.
func WaterPresets() []WaterPreset { return slices.Clone(waterPresets()) }

var waterPresets = sync.OnceValue(func() []WaterPreset {
	var out []WaterPreset
	for _, r := range waterRules() {
		if !strings.HasPrefix(r.Domain, "Tester preset") {
			continue
		}
		p := WaterPreset{Name: r.Item, FR: r.FR, EN: r.EN, For: r.Criterion, Source: r.Source}
		first, second, two := strings.Cut(r.Value, " / ")
		if !two {
			second = first
		} else {
			p.FirstBar = ptr(mustNumber(first))
		}
		p.SecondBar = mustNumber(second)
		out = append(out, p)
	}
	return out
})

func mustNumber(s string) float64 {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		panic("horology: " + strconv.Quote(s) + " is not a number")
	}
	return v
}

// leakKey is what leak rules are looked up by.
const leakKey = "water"

// leakRules gives the limit of the air leak, from both standards that print it.
func leakRules() []Tolerance {
	var out []Tolerance
	for _, at := range [][2]string{
		{"ISO 22810", "air"},
		{"ISO 2281 (withdrawn, replaced by 22810)", "airflow"},
	} {
		r := waterRule(at[0], at[1])
		limit := r.Value
		if m := leakForm.FindStringSubmatch(r.Criterion); m != nil {
			limit = m[1]
		}
		out = append(out, Tolerance{
			Quantity: Leak, Max: ptr(mustNumber(limit)), Unit: "ug/min", Of: r.Domain, Note: r.Criterion,
			Condition: r.EN, Source: r.Source, Confidence: r.Confidence, key: leakKey,
		})
	}
	return out
}

var leakForm = regexp.MustCompile(`leak <= (\d+) ug/min`)

// DeformationLimit returns the limit of the recovery of deformation in a dry test, in
// %/min, for a case of that diameter in mm; false for a diameter that is not positive. A
// recovery below Min (more negative) is a leak.
func DeformationLimit(caseMM float64) (Tolerance, bool) {
	item := ""
	switch {
	case caseMM > 40:
		item = "large > 40 mm"
	case caseMM >= 20:
		item = "medium 20-40 mm"
	case caseMM > 0:
		item = "small < 20 mm"
	default:
		return Tolerance{}, false
	}
	r := waterRule("Dry test limit (deformation)", item)
	return Tolerance{
		Quantity: Deformation, Min: ptr(mustNumber(r.Value)), Unit: r.Unit, Scope: ScopeClass, Of: r.Item,
		Note: r.Criterion, Source: r.Source, Confidence: r.Confidence,
	}, true
}
