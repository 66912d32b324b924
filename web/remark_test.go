package web

import (
	"strings"
	"testing"

	"etabli.example/horology"
	"etabli.example/locale"
)

// A French page says the catalogue's remarks in French.
func TestRemarksAreTranslated(t *testing.T) {
	names := map[string]bool{"394": true, "2609.HA": true, "Master Chronometer": true, "Swatch Automatic": true, "Syloxi": true, "Ultra-Chron": true,
		"Etachron": true, "tricompax": true, "18.8 Oe": true, "NIHS 91-10": true}
	p := locale.For(locale.FR)
	for _, c := range horology.Calibres() {
		for _, remark := range strings.Split(c.Notes, "; ") {
			if remark != "" && !names[remark] && !p.Has(catalogueKey(remark)) {
				t.Errorf("%s %s: %q has no French", c.Maker, c.Name, remark)
			}
		}
	}
	for _, op := range horology.Operations() {
		for _, text := range append(append([]string{op.SafetyFR}, op.Tools...), op.Supplies...) {
			for _, remark := range strings.Split(text, ";") {
				if remark = strings.TrimSpace(remark); remark != "" && !names[remark] && !p.Has(catalogueKey(remark)) {
					t.Errorf("%s: %q has no English", op.Code, remark)
				}
			}
		}
	}
	if got, want := catalogueText(p, "vintage; free-sprung; 2609.HA"), "ancien\u00a0; sans raquette\u00a0; 2609.HA"; got != want {
		t.Errorf("remarks read %q, want %q", got, want)
	}
}
