package horology

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOperationByCode(t *testing.T) {
	t.Parallel()
	o, ok := OperationByCode("PIL")
	if !ok || o.MinutesMin != 10 || o.MinutesMax != 15 || *o.PriceMinCents != 800 || *o.PriceMaxCents != 2000 || o.Level != "T" {
		t.Errorf("%+v", o)
	}
	if d := cmp.Diff([]string{"ouvre-boîte", "brucelles plastique", "testeur"}, o.Tools); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"open", "check leak", "measure", "fit with insulated tweezers", "reset if required", "test", "grease gasket", "close", "recycle"}, o.StepsEN); d != "" {
		t.Error(d)
	}
	if !o.For(Quartz) || o.For(Manual) {
		t.Error("a battery is for quartz watches")
	}
	if acc, _ := OperationByCode("ACC"); acc.PriceMinCents != nil || acc.Price != "inclus" || !acc.For(Manual) {
		t.Errorf("%+v: 'inclus' is no price", acc)
	}
	if rev, _ := OperationByCode("REV-MAN"); rev.Level != "T" || rev.LevelNote != "T (simple) / H si échappement abîmé" {
		t.Errorf("level %q %q", rev.Level, rev.LevelNote)
	}
	if _, ok := OperationByCode("pil"); ok {
		t.Error("codes are exact")
	}
}

func TestOperationsAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, o := range Operations() {
		if o.FR == "" || o.EN == "" || len(o.StepsFR) == 0 || len(o.StepsEN) == 0 || seen[o.Code] {
			t.Errorf("%s: a text is missing or the code is not alone", o.Code)
		}
		seen[o.Code] = true
		if o.MinutesMin <= 0 || o.MinutesMax < o.MinutesMin {
			t.Errorf("%s: %d–%d min", o.Code, o.MinutesMin, o.MinutesMax)
		}
		if o.Level != "T" && o.Level != "H" && o.Level != "M" {
			t.Errorf("%s: level %q", o.Code, o.Level)
		}
		if (o.PriceMinCents == nil) != (o.PriceMaxCents == nil) || (o.PriceMinCents != nil && *o.PriceMinCents > *o.PriceMaxCents) {
			t.Errorf("%s: price %q", o.Code, o.Price)
		}
	}
}

func TestEuroRange(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]int64{
		"25-60 €": {2500, 6000}, "0-25 € (souvent déduit)": {0, 2500}, "5-15 € + bracelet": {500, 1500},
		"inclus": {-1, -1}, "": {-1, -1}, "sur devis": {-1, -1},
	} {
		low, high := euroRange(in)
		if want[0] < 0 {
			if low != nil || high != nil {
				t.Errorf("%q is no range", in)
			}
			continue
		}
		if low == nil || *low != want[0] || *high != want[1] {
			t.Errorf("%q: %v %v", in, low, high)
		}
	}
}

func TestCatalogueEntriesHaveNamesInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, p := range Parts() {
		if p.FR == "" || p.EN == "" || (p.Level != "T" && p.Level != "H") {
			t.Errorf("part %q: %q %q %q", p.Code, p.FR, p.EN, p.Level)
		}
	}
	for _, x := range Tools() {
		if x.FR == "" || x.EN == "" {
			t.Errorf("tool %q %q", x.FR, x.EN)
		}
	}
	for _, x := range Vocabulary() {
		if x.FR == "" || x.EN == "" || x.Category == "" {
			t.Errorf("term %+v", x)
		}
	}
	for _, l := range Lubricants() {
		if l.PointFR == "" || l.PointEN == "" {
			t.Errorf("lubricant %q: %q %q", l.Product, l.PointFR, l.PointEN)
		}
	}
	for s, want := range map[string]int{"12 mois": 365, "24 mois": 730, "1 mois": 30, "mensuel (contrôle lame)": 30, "quotidien": 1, "continu": 0, "": 0} {
		if got := intervalDays(s); got != want {
			t.Errorf("%q: %d days, want %d", s, got, want)
		}
	}
}

func TestBatteryByCode(t *testing.T) {
	t.Parallel()
	a, ok := BatteryByCode("371")
	b, ok2 := BatteryByCode("sr 920 sw")
	if !ok || !ok2 || a.TradeNo != b.TradeNo || *a.VoltageV != 1.55 {
		t.Errorf("%+v %+v", a, b)
	}
	if _, ok := BatteryByCode(""); ok {
		t.Error("an empty code finds nothing")
	}
}
