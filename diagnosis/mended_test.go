package diagnosis

import (
	"slices"
	"testing"
)

// Words that once led astray.
func TestWordsThatLedAstray(t *testing.T) {
	t.Parallel()
	m := Default()
	told := func(kind, words string) Result {
		return m.Diagnose(Case{Watch: Watch{Kind: kind}, Context: words})
	}
	if r := told(Automatic, "elle avance de quatre minutes par jour depuis qu'elle est posée sur une enceinte bluetooth"); r.Answer == AnswerOutOfPerimeter || r.Causes[0].ID != "MAGNETISM" {
		t.Errorf("on a loudspeaker: %s, %s first", r.Answer, r.Causes[0].ID)
	}
	if r := told(Quartz, "ma montre bluetooth ne se synchronise plus"); r.Answer != AnswerOutOfPerimeter {
		t.Errorf("a connected watch: %s", r.Answer)
	}
	if r := told(Quartz, "arrêtée hier, pile changée il y a trois ans"); r.Causes[0].ID != "BATT_FLAT" {
		t.Errorf("a battery of three years: %s first", r.Causes[0].ID)
	}
}

// What two findings make together is as sure as the less sure of them.
func TestCombinedIsNoSurerThanItsParts(t *testing.T) {
	t.Parallel()
	m := Default()
	g := gathered{kind: Manual, told: []evidence{{finding: m.findingIndex["wind_endless"], strength: 0.3, symptom: Symptom{ID: "wind_endless"}}}}
	var got []float64
	m.combine(Case{}, &g, func(h hit, strength float64, _ bool) {
		if h.finding == "wind_endless_manual" {
			got = append(got, h.strength*strength)
		}
	})
	if !slices.Equal(got, []float64{0.3}) {
		t.Errorf("strengths %v, want the guess's own 0.3", got)
	}
}
