package horology

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func limits(t Tolerance) string {
	f := func(v *float64) string {
		if v == nil {
			return "-"
		}
		return decimal(*v)
	}
	return f(t.Min) + "…" + f(t.Max) + " " + t.Unit
}

func TestEveryRuleHasATarget(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, r := range AllTolerances() {
		used[r.key] = true
		if _, ok := targets[r.key]; !ok {
			t.Errorf("nobody says which watches %q is about", r.key)
		}
	}
	for key := range targets {
		if !used[key] {
			t.Errorf("target %q belongs to no rule", key)
		}
	}
}

func TestTolerances(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, maker, calibre, grade string
		q                           Quantity
		p                           Position
		w                           Winding
		scope                       Scope
		limits                      string
	}{
		{"the widest grade where none is known", "ETA", "2824-2", "", MeanRate, "", Full, ScopeCalibre, "-12…12 s/d"},
		{"the grade read on the movement", "ETA", "2824-2", "Top", MeanRate, "", Full, ScopeGrade, "-4…4 s/d"},
		{"accents in a grade do not matter", "Sellita", "SW200-1", "élaboré", MeanRate, "", Full, ScopeGrade, "-7…7 s/d"},
		{"a grade of the family", "ETA", "2892-A2", "", MeanRate, "", Full, ScopeFamily, "-12…12 s/d"},
		{"no grade for a vintage ETA: the class", "ETA", "2472", "", MeanRate, "", Full, ScopeClass, "-5…15 s/d"},
		{"spread of a grade", "ETA", "2824-2", "Elabore", RateSpread, "", Full, ScopeGrade, "0…20 s/d"},
		{"isochronism", "ETA", "2824-2", "", Isochronism, CH, H24, ScopeCalibre, "-20…20 s/d"},
		{"a position's own limit", "Seiko", "4R36", "", Rate, CH, Full, ScopeCalibre, "-20…20 s/d"},
		{"another position's own limit", "Seiko", "4R36", "", Rate, H9, Full, ScopeCalibre, "-30…30 s/d"},
		{"the wrist where the guide is silent", "Seiko", "4R36", "", Rate, H12, Full, ScopeCalibre, "-35…45 s/d"},
		{"the maker's daily rate", "Seiko (TMI)", "NH35", "", Rate, H3, Unknown, ScopeCalibre, "-20…40 s/d"},
		{"amplitude of a calibre, both sides before one", "Sellita", "SW200-1", "", Amplitude, H6, Full, ScopeCalibre, "200…315 deg"},
		{"amplitude of the class, flat", "ETA", "2824-2", "", Amplitude, CH, Full, ScopeClass, "250…330 deg"},
		{"amplitude of the class, hanging", "ETA", "2824-2", "", Amplitude, H10H30, Full, ScopeClass, "220…270 deg"},
		{"a table nobody vouches for does not outrank the class", "Rolex", "3135", "", Amplitude, CH, Full, ScopeClass, "250…330 deg"},
		{"at 24 h only a low-confidence figure is left", "ETA", "2824-2", "", Amplitude, H6, H24, ScopeCalibre, "200…- deg"},
		{"ladies", "ETA", "2671", "", Rate, CH, Full, ScopeFamily, "-12…12 s/d"},
		{"a lady's class", "AS", "976", "", Rate, CH, Full, ScopeClass, "-5…25 s/d"},
		{"beat error of the class", "AS", "1130", "", BeatError, H3, Full, ScopeClass, "0…0.5 ms"},
		{"power reserve", "ETA", "2824-2", "", PowerReserve, "", Unknown, ScopeCalibre, "38…- h"},
		{"a quartz of the maker", "ETA", "955.112", "", Rate, "", Unknown, ScopeFamily, "-0.3…0.5 s/d"},
		{"coil of a calibre", "ETA", "955.422", "", CoilResistance, "", Unknown, ScopeCalibre, "1.3…1.8 kohm"},
		{"coil of the class", "Miyota", "2115", "", CoilResistance, "", Unknown, ScopeClass, "1…2.5 kohm"},
		{"consumption", "Ronda", "505", "", Consumption, "", Unknown, ScopeCalibre, "-…1.85 µA"},
		{"a silver oxide cell", "ETA", "955.112", "", BatteryVoltage, "", Unknown, ScopeClass, "1.45…1.6 V"},
		{"a lithium cell", "ETA", "956.612", "", BatteryVoltage, "", Unknown, ScopeClass, "2.9…3.2 V"},
		{"per month", "Miyota", "2035", "", MonthlyRate, "", Unknown, ScopeCalibre, "-20…20 s/month"},
		{"leak", "ETA", "2824-2", "", Leak, "", Unknown, ScopeClass, "-…50 ug/min"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cal, ok := CalibreOf(c.maker, c.calibre)
			if !ok {
				t.Fatalf("no calibre %s %s", c.maker, c.calibre)
			}
			cal.Grade = c.grade
			got := Tolerances(&cal, c.q, c.p, c.w)
			if len(got) == 0 {
				t.Fatal("no rule")
			}
			if got[0].Scope != c.scope || limits(got[0]) != c.limits {
				t.Errorf("%s %s of %q, want %s %s", got[0].Scope, limits(got[0]), got[0].Of, c.scope, c.limits)
			}
		})
	}
}

func TestNoRuleIsBetterThanAWrongOne(t *testing.T) {
	t.Parallel()
	eta, _ := CalibreOf("ETA", "2824-2")
	eco, _ := CalibreOf("Citizen", "E111")
	for name, got := range map[string][]Tolerance{
		"amplitude without a winding state":      Tolerances(&eta, Amplitude, CH, Unknown),
		"amplitude of a quartz watch":            Tolerances(&Calibre{Kind: Quartz}, Amplitude, CH, Full),
		"voltage of a rechargeable cell":         Tolerances(&eco, BatteryVoltage, "", Unknown),
		"voltage of a cell nobody knows":         Tolerances(&Calibre{Kind: Quartz}, BatteryVoltage, "", Unknown),
		"consumption of a calibre without sheet": Tolerances(&Calibre{Kind: Quartz}, Consumption, "", Unknown),
	} {
		if len(got) != 0 {
			t.Errorf("%s: %s from %q", name, limits(got[0]), got[0].Of)
		}
	}
}

func TestAYearlyLimitServesForTheDay(t *testing.T) {
	t.Parallel()
	c, _ := CalibreOf("ETA", "F06.412")
	r := Tolerances(&c, Rate, "", Unknown)[0]
	if got, want := *r.Max, 10.0/365; got != want || r.Unit != "s/d" {
		t.Errorf("%v %s, want %v s/d", got, r.Unit, want)
	}
	if !strings.Contains(r.Note, "from -10 10 s/year, 365 days") {
		t.Errorf("the note does not say where it comes from: %q", r.Note)
	}
}

func TestDisagreementIsShown(t *testing.T) {
	t.Parallel()
	// Witschi's table gives 250–270 hanging, its trace page 220–270, another edition 240–280.
	seen := map[string]bool{}
	for _, r := range Tolerances(nil, Amplitude, H6, Full) {
		seen[limits(r)] = true
	}
	for _, want := range []string{"250…270 deg", "220…270 deg", "240…280 deg"} {
		if !seen[want] {
			t.Errorf("%s is missing from %v", want, seen)
		}
	}
}

func TestTolerancesNeverDisorder(t *testing.T) {
	t.Parallel()
	all := Calibres()
	quantities := []Quantity{Rate, MeanRate, RateSpread, Isochronism, Amplitude, BeatError, PowerReserve,
		Consumption, CoilResistance, MinVoltage, BatteryVoltage, MonthlyRate}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(all).Draw(t, "calibre")
		q := rapid.SampledFrom(quantities).Draw(t, "quantity")
		p := rapid.SampledFrom([]Position{"", CH, CB, H3, H6, H9, H12, H1H30}).Draw(t, "position")
		w := rapid.SampledFrom([]Winding{Full, H24, Unknown}).Draw(t, "winding")
		rank := -1
		low := false
		for _, r := range Tolerances(&c, q, p, w) {
			if r.Min == nil && r.Max == nil {
				t.Fatalf("a rule without limits: %+v", r)
			}
			if r.Min != nil && r.Max != nil && *r.Min > *r.Max {
				t.Fatalf("limits the wrong way round: %+v", r)
			}
			if isLow := r.Confidence == Low; isLow != low {
				if low {
					t.Fatalf("a sourced rule after one of low confidence: %+v", r)
				}
				low, rank = true, -1
			}
			if scopeRank[r.Scope] < rank {
				t.Fatalf("%s after a wider scope", r.Scope)
			}
			rank = scopeRank[r.Scope]
		}
	})
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, class string
		worn        bool
		want        string
	}{
		{"mean ±12, delta 30 s/d", "all", false, "mean_rate -12 12;rate_spread 0 30;"},
		{"-5/+15 s/d", "H", false, "rate -5 15;"},
		{"isochronism 0h-24h ±20 s/d", "H", false, "isochronism -20 20;"},
		{"T24-T0 ±30 s/d", "H", false, "isochronism -30 30;"},
		{"±30 s/d (6H, 9H)", "V", false, "rate -30 30;"},
		{"-35/+45 s/d", "all", true, "worn_rate -35 45;"},
		{"0/+5 s/d (cased)", "all", false, "mean_rate 0 5;"},
		{"mean -4/+6 s/d and six other criteria", "all", false, "mean_rate -4 6;"},
		{"delta 10 s/d good, 10-20 decent, > 25-30 adjust", "all", false, "rate_spread 0 10;"},
		{"mean and delta of 3 readings", "all", false, ""},
		{"ISO 3159", "all", false, ""},
		{"", "H", false, ""},
	} {
		got := ""
		for _, l := range rateLimits(c.text, c.worn, c.class) {
			got += string(l.quantity) + " " + decimal(*l.low) + " " + decimal(*l.high) + ";"
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestWithOwn(t *testing.T) {
	t.Parallel()
	own := []Tolerance{{Quantity: BeatError, Max: ptr(0.3), Unit: "ms", Source: "workshop, 2026-11-02"}}
	got := WithOwn(own, Tolerances(nil, BeatError, CH, Full))
	if len(got) < 2 || got[0].Scope != ScopeWorkshop || *got[0].Max != 0.3 || got[1].Scope == ScopeWorkshop {
		t.Errorf("%+v", got)
	}
	if own[0].Scope != "" {
		t.Error("the caller's rule was changed")
	}
}
