package web

import (
	"regexp"
	"testing"

	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/trade/order"
)

// english are the words of the catalogues that no French page may show.
var english = regexp.MustCompile(`(?i)\b(and|all|maker|watch|family|guide citing|unofficial|mechanical|generic|workshop|training|guidance|rule of thumb|test|cell|vintage|modern|inspection|knowledge|medium|fitting|withdrawn|ladies|course|measuring|balance|error)\b`)

func TestRulesSpeakFrench(t *testing.T) {
	fr, en := locale.For(locale.FR), locale.For(locale.EN)
	for _, r := range horology.AllTolerances() {
		j := order.Judged{Quantity: string(r.Quantity), Scope: r.Of, Source: r.Source, Confidence: string(r.Confidence)}
		if r.Grade != "" {
			j.Scope += " " + r.Grade
		}
		if bad := english.FindString(printed(fr, j.Scope)); bad != "" {
			t.Errorf("%q says %q in French: %s", j.Scope, bad, printed(fr, j.Scope))
		}
		if bad := english.FindString(sourceText(fr, j.Source)); bad != "" {
			t.Errorf("%q says %q in French: %s", j.Source, bad, sourceText(fr, j.Source))
		}
		if said := ruleText(fr, j) + ruleText(en, j); regexp.MustCompile("⟦").MatchString(said) {
			t.Errorf("a word is missing: %s", said)
		}
	}
}
