package diagnosis

import (
	"slices"
	"strings"
	"testing"
)

// TestGaps: what does not fit together in a file, and what is missing in it, is
// said before the watch is opened, in both languages; a file that fits is left
// alone.
func TestGaps(t *testing.T) {
	for _, c := range []struct{ name, in, en, fr string }{
		{"a declared automatic that the calibre says is manual", `{"watch":{"calibre":"ETA 2801-2","kind":"automatic"},"findings":{"symptoms":["stops"]}}`, "is manual, the file says automatic", "est à remontage manuel, la fiche dit automatique"},
		{"a declared quartz that the calibre says is automatic", `{"watch":{"calibre":"ETA 2824-2","kind":"quartz"},"findings":{}}`, "is automatic, the file says quartz", "est automatique, la fiche dit à quartz"},
		{"a battery older than the sale", `{"watch":{"kind":"quartz"},"context":"pile de 2018 dans une montre vendue en 2024","findings":{}}`, "battery is older than the watch's sale", "plus ancienne que la vente"},
		{"the same in English", `{"watch":{"kind":"quartz"},"context":"sold in 2024, the battery is from 2018","findings":{}}`, "battery is older than the watch's sale", "plus ancienne que la vente"},
		{"no reading in a vertical position", `{"watch":{"calibre":"ETA 2824-2","kind":"automatic"},"findings":{"timing":[{"position":"CH","rate_s_per_day":20,"amplitude_deg":280},{"position":"CB","rate_s_per_day":22,"amplitude_deg":285}]}}`, "No reading in a vertical position", "Aucun relevé en position verticale"},
		{"an unknown lift angle", `{"watch":{"kind":"manual"},"findings":{"timing":[{"position":"6H","rate_s_per_day":2,"amplitude_deg":250}]}}`, "lift angle is unknown", "Angle de levée du calibre inconnu"},
		{"another lift angle set", `{"watch":{"kind":"manual","lift_angle_deg":50},"findings":{"timing":[{"position":"6H","rate_s_per_day":2,"amplitude_deg":250}],"checks":{"timegrapher_lift_angle_deg":44}}}`, "lift angle set differs", "Angle de levée réglé différent"},
		{"quartz figures on a mechanical watch", `{"watch":{"kind":"manual"},"findings":{"quartz":{"battery_v":1.5}}}`, "Quartz figures", "Mesures de quartz"},
		{"a rotor on a hand-wound watch", `{"watch":{"kind":"manual"},"findings":{"checks":{"rotor":"libre"}}}`, "rotor check", "Contrôle de masse"},
	} {
		in, err := ReadCase(strings.NewReader(c.in))
		if err != nil {
			t.Fatal(err)
		}
		said := func(lang, want string) bool {
			return slices.ContainsFunc(Diagnose(in).Gaps, func(x Text) bool { return strings.Contains(x.In(lang), want) })
		}
		if !said("en", c.en) || !said("fr", c.fr) {
			t.Errorf("%s: %+v", c.name, Diagnose(in).Gaps)
		}
	}
	in, err := ReadCase(strings.NewReader(`{"watch":{"calibre":"ETA 2824-2","kind":"automatic"},"context":"vendue en 2018, pas de pile","findings":{"timing":[{"position":"CH","rate_s_per_day":4,"amplitude_deg":280},{"position":"6H","rate_s_per_day":2,"amplitude_deg":255}],"checks":{"rotor":"libre"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := Diagnose(in).Gaps; len(got) != 0 {
		t.Errorf("a file that fits: %+v", got)
	}
}

// TestEveryCauseIsComplete: whatever may be proposed says who may do it, how to
// confirm it and what to do.
func TestEveryCauseIsComplete(t *testing.T) {
	for _, c := range Default().causes {
		if reach(c.Perimeter) == 0 && c.Perimeter != Technician || c.Physics.FR == "" || c.Physics.EN == "" || c.ID != "INSUFFICIENT" && (c.Confirm.FR == "" || c.Confirm.EN == "" || c.Remedy.FR == "" || c.Remedy.EN == "") {
			t.Errorf("%s: %+v", c.ID, c)
		}
	}
}
