package web

import (
	"regexp"
	"testing"

	"etabli.example/diagnosis"
	"etabli.example/horology"
	"etabli.example/locale"
)

// internal is what the catalogues know a source by and no reader does.
var internal = regexp.MustCompile(`(?i)\bid:|\.csv|\.md|\.json|\.py|https?:|stored public|/|⟦|\bF\d{3}\b`)

// Every source of every catalogue has a name a person can read, in their language.
func TestSourcesAreReadable(t *testing.T) {
	var all []string
	for _, r := range horology.AllTolerances() {
		all = append(all, r.Source)
	}
	for _, c := range diagnosis.Causes() {
		all = append(all, c.Source)
	}
	for _, o := range horology.Operations() {
		all = append(all, o.Source, o.PriceSource)
	}
	for _, x := range horology.WaterProtocol(10, true) {
		all = append(all, x.Source)
	}
	for _, lang := range []locale.Lang{locale.FR, locale.EN} {
		p := locale.For(lang)
		for _, source := range all {
			said := sourceText(p, source)
			if source != "" && said == "" {
				t.Errorf("%s: %q has no name", lang, source)
			}
			if bad := internal.FindString(said); bad != "" {
				t.Errorf("%s: %q is shown as %q", lang, source, said)
			}
			if bad := english.FindString(said); lang == locale.FR && bad != "" {
				t.Errorf("%q says %q in French: %s", source, bad, said)
			}
		}
	}
}

func TestSourceNames(t *testing.T) {
	fr := locale.For(locale.FR)
	for source, want := range map[string]string{
		"causes.csv; faults.csv F028": "recueil de pannes d’Établi",
		"http://velociphilewatch.blogspot.com/2006/06/eta-movement-grade-differences.html ; https://calibercorner.com/eta-grades/": "Velociphile, 2006\u00a0; Caliber Corner",
		"stored public file id:69552854456 (workshop tolerance table)":                                                             "tableau de tolérances d’atelier, non officiel",
		"https://manualslib.fr/manual/862213/Eta-955-422.html?page=13 ; general trade knowledge (high)":                            "document technique ETA\u00a0; usage du métier",
		"https://rotatewatches.com/blogs/blog/miyota-8215-vs-8315-vs-9015":                                                         "rotatewatches.com",
	} {
		if got := sourceText(fr, source); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
}
