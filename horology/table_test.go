package horology

import (
	"encoding/csv"
	"strings"
	"testing"
)

// records counts the lines of an embedded table with the csv package alone, so that a
// reader that drops a line is caught.
func records(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := data.Open("data/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

func TestEveryRowIsRead(t *testing.T) {
	t.Parallel()
	for name, got := range map[string]int{
		"positions":        len(Positions()),
		"vocabulary":       len(Vocabulary()),
		"batteries":        len(Batteries()),
		"operations":       len(Operations()),
		"parts":            len(Parts()),
		"tools":            len(Tools()),
		"lubricants":       len(Lubricants()),
		"trains":           len(Wheels()),
		"water_resistance": len(WaterRules()),
		"iso3159":          len(ChronometerLines()),
		"quartz":           len(quartzRows()),
	} {
		if want := len(records(t, name)); got != want || want == 0 {
			t.Errorf("%s: %d rows read, the file has %d", name, got, want)
		}
	}
}

func TestTheCatalogueHasEveryCalibreOfBothTables(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"calibres", "quartz"} {
		for _, r := range records(t, name) {
			if r[0] == generic {
				continue
			}
			if _, ok := CalibreOf(r[0], r[1]); !ok {
				t.Errorf("%s: %s %s is not in the catalogue", name, r[0], r[1])
			}
		}
	}
	// 478 of calibres.csv, and of quartz.csv's 150 rows the 41 calibres it alone knows.
	if got := len(Calibres()); got != 519 {
		t.Errorf("%d calibres, want 519", got)
	}
	if got := len(QuartzClasses()); got != 3 {
		t.Errorf("%d quartz classes, want 3", got)
	}
}

func TestEveryToleranceLineGivesARule(t *testing.T) {
	t.Parallel()
	lines := len(records(t, "tolerances"))
	for i := range lines {
		if rules()[i].Source == "" {
			t.Errorf("line %d: no source", i+2)
		}
	}
	bySource := map[string]bool{}
	for _, r := range rules()[lines:] {
		bySource[r.key+"|"+r.Winding+"|"+r.Positions] = true
	}
	for i, r := range records(t, "amplitude") {
		key := r[1] + ": " + r[0] + "|" + r[4] + "|" + r[9]
		if !bySource[key] {
			t.Errorf("amplitude line %d: no rule for %s", i+2, key)
		}
	}
}

func TestNumericColumnsHideNothing(t *testing.T) {
	t.Parallel()
	// A cell that is not empty must give a figure: an empty one must not.
	rows := table("calibres")
	for i, r := range rows {
		c := readCalibre(r)
		for col, v := range map[string]*float64{
			"bph": c.BPH, "lift_angle_deg": c.LiftDeg, "jewels": c.Jewels, "power_reserve_h": c.PowerReserveH,
			"height_mm": c.HeightMM, "battery_life_months": c.BatteryLifeMonths,
		} {
			if (r.text(col) != "") != (v != nil) {
				t.Errorf("calibres line %d, %s: cell %q, figure %v", i+2, col, r.text(col), v)
			}
		}
		if d := r.text("diameter_mm"); d != "" && c.DiameterMM == nil && c.Dimensions != d {
			t.Errorf("calibres line %d: diameter %q is lost", i+2, d)
		}
	}
	for i, r := range table("quartz") {
		q := quartzRows()[i]
		if s := r.text("rate_tolerance_s_month"); (s != "") != (q.Data.RateUnit != "") {
			t.Errorf("quartz line %d: rate %q is lost", i+2, s)
		}
	}
}

func TestEverythingHasASourceAndAConfidence(t *testing.T) {
	t.Parallel()
	for _, c := range Calibres() {
		if c.Source == "" || c.Confidence == ConfidenceUnknown {
			t.Errorf("%s %s: source %q, confidence %q", c.Maker, c.Name, c.Source, c.Confidence)
		}
		if c.Quartz != nil && c.Quartz.Source == "" {
			t.Errorf("%s %s: quartz data without source", c.Maker, c.Name)
		}
	}
	for _, r := range AllTolerances() {
		if r.Source == "" || r.Confidence == ConfidenceUnknown || r.Of == "" {
			t.Errorf("rule %+v lacks source, confidence or scope", r)
		}
	}
}

func TestKindsAreKnown(t *testing.T) {
	t.Parallel()
	for _, c := range Calibres() {
		switch c.Kind {
		case Manual, Automatic, Quartz, MecaQuartz, Kinetic, Connected, KindUnknown:
		default:
			t.Errorf("%s %s: kind %q", c.Maker, c.Name, c.Kind)
		}
		if c.Kind.Electronic() != (c.Quartz != nil) {
			t.Errorf("%s %s: kind %q but quartz data %v", c.Maker, c.Name, c.Kind, c.Quartz)
		}
	}
}

func TestAnEmptyCellStaysUnknown(t *testing.T) {
	t.Parallel()
	c, ok := CalibreOf("ETA", "2846")
	if !ok || c.LiftDeg != nil {
		t.Errorf("ETA 2846 has no lift angle in the table, got %v", c.LiftDeg)
	}
	for _, name := range []string{"calibres", "quartz", "tolerances"} {
		for _, r := range records(t, name) {
			for _, cell := range r {
				if strings.TrimSpace(cell) != cell {
					t.Errorf("%s: cell %q carries space", name, cell)
				}
			}
		}
	}
}
