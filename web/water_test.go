package web

import (
	"strings"
	"testing"

	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/trade/order"
)

// Every step of every water protocol speaks the reader's language: what the rules
// have as printed is English.
func TestWaterStepsSpeakBothLanguages(t *testing.T) {
	for _, lang := range []locale.Lang{locale.FR, locale.EN} {
		p := locale.For(lang)
		for _, bar := range []float64{0, 1, 3, 10, 30} {
			for _, diver := range []bool{false, true} {
				for _, x := range horology.WaterProtocol(bar, diver) {
					s := stepOf(p, x, horology.WaterCase{MarkingBar: bar, DryPassed: true, AtRoomTemperature: true, Agreed: true})
					for _, said := range []string{s.Name, s.Duration, s.Temperature, s.Criterion} {
						if strings.Contains(said, "⟦") {
							t.Errorf("%s: %s: %s", lang, x.Code, said)
						}
					}
					if (s.Criterion == "") != (x.Criterion == "") {
						t.Errorf("%s: %s: criterion %q for %q", lang, x.Code, s.Criterion, x.Criterion)
					}
				}
			}
		}
	}
	steps := horology.WaterProtocol(10, false)
	french := locale.For(locale.FR)
	for _, x := range steps {
		if s := stepOf(french, x, horology.WaterCase{MarkingBar: 10}); s.Criterion == x.Criterion && x.Criterion != "" {
			t.Errorf("%s is not said in French: %q", x.Code, s.Criterion)
		}
	}
	kept := order.WaterTest{Method: "condensation", Criterion: "no mist on inner side of the crystal (Witschi)"}
	if d := doneOf(french, kept, steps); !strings.HasPrefix(d.Criterion, "Aucune buée") || strings.Contains(d.Criterion, "(") {
		t.Errorf("a kept test says %q", d.Criterion)
	}
	kept.Criterion = "goutte posée, rien vu"
	if d := doneOf(french, kept, steps); d.Criterion != kept.Criterion {
		t.Errorf("what was typed became %q", d.Criterion)
	}
}
