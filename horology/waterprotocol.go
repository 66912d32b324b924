package horology

import (
	"math"
	"slices"
)

// WaterStage is what a step of a water-resistance test does.
type WaterStage string

// The stages, in the order they may be done.
const (
	WaterPrepare      WaterStage = "prepare"
	WaterVacuum       WaterStage = "vacuum"
	WaterPressure     WaterStage = "pressure"
	WaterWet          WaterStage = "wet" // only after a passed dry test
	WaterCondensation WaterStage = "condensation"
	WaterLeakFinding  WaterStage = "leak_finding"
	WaterRecord       WaterStage = "record"
)

// WaterStep is one step of a test, with what it needs and how it is judged.
type WaterStep struct {
	Code           string
	Stage          WaterStage
	FR, EN         string
	PressureBar    *float64 // relative to the air around, negative = vacuum; nil = none
	AskedBar       *float64 // what the standard asks where that is above the marking
	Duration       string   // as printed
	Temperature    string   // as printed
	Criterion      string
	Standard       string // ISO 22810, ISO 6425, or empty for the workshop's own step
	OnlyIfFailed   bool   // done after a failed dry test only
	NeedsDryPass   bool   // never before a passed dry test
	NeedsAgreement bool   // at the marking: on a worn case only with the customer's agreement
	Source         string
	Confidence     Confidence
}

// WaterProtocol returns the steps for a case marked so many bar, with the gentlest preset
// that fits all water-resistant watches, or the divers' one for a diver's watch of at
// least 10 bar. See WaterProtocolWith to choose the preset.
func WaterProtocol(bar float64, diver bool) []WaterStep {
	name := "P1 Safe"
	if diver && bar >= 10 {
		name = "P6 Diver 100 m"
	}
	i := slices.IndexFunc(waterPresets(), func(p WaterPreset) bool { return p.Name == name })
	return WaterProtocolWith(bar, diver, waterPresets()[i])
}

// WaterProtocolWith returns the steps with a chosen preset: preparation, vacuum before
// pressure, wet proof and condensation after a passed dry test, leak finding after a
// failed one. No pressure is ever above the marking. A case that bears no marking (bar
// zero, negative or not a number) gets no pressure or water at all. For a diver's watch
// the tests of ISO 6425 are named as such; its 125 % are not applied above the marking, so
// AskedBar tells what a full test would need and the result is not an ISO 6425 test.
func WaterProtocolWith(bar float64, diver bool, preset WaterPreset) []WaterStep {
	own := func(item string, stage WaterStage) WaterStep {
		return waterStep(waterRule("Workshop protocol", item), stage, "")
	}
	steps := []WaterStep{
		own("1 visuel", WaterPrepare), own("2 temperature", WaterPrepare), own("3 couronne", WaterPrepare),
	}
	marked := bar > 0 && !math.IsInf(bar, 0)
	if marked {
		steps = append(steps, drySteps(bar, preset)...)
		again, find := own("6 recommencer", WaterPrepare), own("7 localiser", WaterLeakFinding)
		again.OnlyIfFailed, find.OnlyIfFailed = true, true
		steps = append(steps, again, find)
		steps = append(steps, wetSteps(bar, diver)...)
	}
	return append(steps, own("10 tracabilite", WaterRecord))
}

// drySteps is the air test: first pressure, then overpressure.
func drySteps(bar float64, preset WaterPreset) []WaterStep {
	var out []WaterStep
	if preset.FirstBar != nil {
		s := waterStep(waterRule("Workshop protocol", "4 vide"), WaterVacuum, "")
		if *preset.FirstBar > 0 {
			s.Stage = WaterPressure
		}
		s.PressureBar = ptr(math.Min(*preset.FirstBar, bar))
		out = append(out, s)
	}
	s := waterStep(waterRule("Workshop protocol", "5 pression"), WaterPressure, "")
	s.PressureBar = ptr(math.Min(preset.SecondBar, bar))
	s.NeedsAgreement = *s.PressureBar >= bar
	return append(out, s)
}

// wetSteps is the proof in water, then condensation.
func wetSteps(bar float64, diver bool) []WaterStep {
	standard, items := "ISO 22810", []string{"overpressure"}
	if diver {
		standard, items = "ISO 6425", []string{"overpressure", "crown", "immersion", "thermal"}
	}
	var out []WaterStep
	for _, item := range items {
		s := waterStep(waterRule(standard, item), WaterWet, standard)
		s.NeedsDryPass = true
		if item == "overpressure" || item == "crown" {
			s.PressureBar, s.NeedsAgreement = ptr(bar), true
			if diver {
				s.AskedBar = ptr(1.25 * bar) // ISO 6425: 125 % of the rated pressure
			}
		}
		out = append(out, s)
	}
	c := waterStep(waterRule("ISO 22810", "condensation"), WaterCondensation, "ISO 22810")
	c.NeedsDryPass = true
	return append(out, c)
}

func waterStep(r WaterRule, stage WaterStage, standard string) WaterStep {
	return WaterStep{
		Code: r.Item, Stage: stage, FR: r.FR, EN: r.EN, Duration: r.Duration, Temperature: r.Temperature,
		Criterion: r.Criterion, Standard: standard, Source: r.Source, Confidence: r.Confidence,
	}
}

// WaterCase is what must be known of a watch before a step of a test.
type WaterCase struct {
	MarkingBar        float64 // 0 = no marking
	Worn              bool    // not a new case
	Agreed            bool    // the customer agreed to a test at the marking
	CrackedCrystal    bool
	AtRoomTemperature bool
	DryPassed         bool
}

// WaterRefusal is the code of a reason not to do a step.
type WaterRefusal string

// The refusals.
const (
	RefusedCracked      WaterRefusal = "cracked_crystal"
	RefusedUnmarked     WaterRefusal = "no_marking"
	RefusedAboveMarking WaterRefusal = "above_marking"
	RefusedAgreement    WaterRefusal = "no_agreement"
	RefusedTemperature  WaterRefusal = "not_at_room_temperature"
	RefusedDryFirst     WaterRefusal = "dry_test_first"
)

// Refuse returns why a step must not be done on this watch now, and whether there is such
// a reason. Steps without pressure or water are never refused.
func (c WaterCase) Refuse(s WaterStep) (WaterRefusal, bool) {
	switch s.Stage {
	case WaterPrepare, WaterRecord:
		return "", false
	}
	switch {
	case c.CrackedCrystal:
		return RefusedCracked, true
	case !(c.MarkingBar > 0):
		return RefusedUnmarked, true
	case s.PressureBar != nil && *s.PressureBar > c.MarkingBar:
		return RefusedAboveMarking, true
	case s.PressureBar != nil && *s.PressureBar >= c.MarkingBar && c.Worn && !c.Agreed:
		return RefusedAgreement, true
	case !c.AtRoomTemperature:
		return RefusedTemperature, true
	case s.NeedsDryPass && !c.DryPassed:
		return RefusedDryFirst, true
	}
	return "", false
}
