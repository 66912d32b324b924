package ident

import "testing"

func TestCompanyNumbers(t *testing.T) {
	for s, want := range map[string]bool{"732829320": true, "732 829 320": true, "732829321": false, "": false, "73282932": false, "73282932A": false, "000 000 000": true} {
		if got := ValidSIREN(s); got != want {
			t.Errorf("SIREN %q: %v", s, got)
		}
	}
	for s, want := range map[string]bool{"73282932000074": true, "732 829 320 00074": true, "73282932000075": false, "73282932100074": false, "35600000049837": true,
		"35600000049838": false, "35600000000048": true, "732829320": false, "٧٣٢٨٢٩٣٢٠": false} {
		if got := ValidSIRET(s); got != want {
			t.Errorf("SIRET %q: %v", s, got)
		}
	}
	for _, c := range []struct {
		vat, siren string
		want       bool
	}{{"FR44732829320", "", true}, {"fr 44 732 829 320", "732829320", true}, {"FR44732829320", "73282932000074", true}, {"FR45732829320", "", false},
		{"FR44732829320", "000000000", false}, {"DE123456789", "", false}, {"FR", "", false}} {
		if got := ValidFrenchVAT(c.vat, c.siren); got != c.want {
			t.Errorf("VAT %q of %q: %v", c.vat, c.siren, got)
		}
	}
}
