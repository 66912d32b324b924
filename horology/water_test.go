package horology

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestWaterProtocol(t *testing.T) {
	t.Parallel()
	type want struct {
		code    string
		bar     float64
		asked   float64
		dryPass bool
	}
	no := math.NaN()
	for _, c := range []struct {
		name  string
		bar   float64
		diver bool
		want  []want
	}{
		{"3 bar: the gentle preset, then the marking in water", 3, false, []want{
			{"1 visuel", no, no, false}, {"2 temperature", no, no, false}, {"3 couronne", no, no, false},
			{"4 vide", -0.2, no, false}, {"5 pression", 2, no, false}, {"6 recommencer", no, no, false},
			{"7 localiser", no, no, false}, {"overpressure", 3, no, true}, {"condensation", no, no, true},
			{"10 tracabilite", no, no, false}}},
		{"1 bar: never above the marking", 1, false, []want{
			{"1 visuel", no, no, false}, {"2 temperature", no, no, false}, {"3 couronne", no, no, false},
			{"4 vide", -0.2, no, false}, {"5 pression", 1, no, false}, {"6 recommencer", no, no, false},
			{"7 localiser", no, no, false}, {"overpressure", 1, no, true}, {"condensation", no, no, true},
			{"10 tracabilite", no, no, false}}},
		// ISO 6425 asks 125 % of 20 bar = 25 bar, which is above the marking: 20 bar here.
		{"a diver's watch", 20, true, []want{
			{"1 visuel", no, no, false}, {"2 temperature", no, no, false}, {"3 couronne", no, no, false},
			{"4 vide", -0.7, no, false}, {"5 pression", 10, no, false}, {"6 recommencer", no, no, false},
			{"7 localiser", no, no, false}, {"overpressure", 20, 25, true}, {"crown", 20, 25, true},
			{"immersion", no, no, true}, {"thermal", no, no, true}, {"condensation", no, no, true},
			{"10 tracabilite", no, no, false}}},
		{"no marking: no pressure and no water", 0, false, []want{
			{"1 visuel", no, no, false}, {"2 temperature", no, no, false}, {"3 couronne", no, no, false},
			{"10 tracabilite", no, no, false}}},
		{"an absurd marking", math.Inf(1), false, []want{
			{"1 visuel", no, no, false}, {"2 temperature", no, no, false}, {"3 couronne", no, no, false},
			{"10 tracabilite", no, no, false}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := WaterProtocol(c.bar, c.diver)
			if len(got) != len(c.want) {
				t.Fatalf("%d steps, want %d", len(got), len(c.want))
			}
			for i, w := range c.want {
				if got[i].Code != w.code || got[i].NeedsDryPass != w.dryPass {
					t.Errorf("step %d is %s (dry first %v), want %s", i, got[i].Code, got[i].NeedsDryPass, w.code)
				}
				near(t, got[i].Code+" pressure", got[i].PressureBar, w.bar, 1e-9)
				near(t, got[i].Code+" asked", got[i].AskedBar, w.asked, 1e-9)
			}
		})
	}
}

func TestWaterProtocolIsSafe(t *testing.T) {
	t.Parallel()
	presets := WaterPresets()
	if len(presets) != 8 {
		t.Fatalf("%d presets, want 8", len(presets))
	}
	rapid.Check(t, func(t *rapid.T) {
		bar := rapid.Float64Range(-1, 60).Draw(t, "bar")
		steps := WaterProtocolWith(bar, rapid.Bool().Draw(t, "diver"), rapid.SampledFrom(presets).Draw(t, "preset"))
		dry := false
		for _, s := range steps {
			if s.PressureBar != nil && *s.PressureBar > bar {
				t.Fatalf("%s at %v bar on a case marked %v", s.Code, *s.PressureBar, bar)
			}
			if s.Stage == WaterVacuum && dry {
				t.Fatal("vacuum after pressure")
			}
			if s.Stage == WaterPressure {
				dry = true
			}
			if (s.Stage == WaterWet || s.Stage == WaterCondensation) && !(dry && s.NeedsDryPass) {
				t.Fatalf("%s without a passed dry test", s.Code)
			}
		}
	})
}

func TestRefuse(t *testing.T) {
	t.Parallel()
	sound := WaterCase{MarkingBar: 10, Worn: true, Agreed: true, AtRoomTemperature: true, DryPassed: true}
	wet := WaterStep{Stage: WaterWet, PressureBar: ptr(10), NeedsDryPass: true}
	dry := WaterStep{Stage: WaterPressure, PressureBar: ptr(3)}
	change := func(f func(*WaterCase)) WaterCase { c := sound; f(&c); return c }
	for _, c := range []struct {
		name string
		c    WaterCase
		s    WaterStep
		want WaterRefusal
	}{
		{"a sound case with agreement", sound, wet, ""},
		{"a cracked crystal", change(func(c *WaterCase) { c.CrackedCrystal = true }), dry, RefusedCracked},
		{"looking at a cracked crystal is allowed", change(func(c *WaterCase) { c.CrackedCrystal = true }), WaterStep{Stage: WaterPrepare}, ""},
		{"no marking", change(func(c *WaterCase) { c.MarkingBar = 0 }), dry, RefusedUnmarked},
		{"a marking that is not a number", change(func(c *WaterCase) { c.MarkingBar = math.NaN() }), dry, RefusedUnmarked},
		{"above the marking", change(func(c *WaterCase) { c.MarkingBar = 2 }), dry, RefusedAboveMarking},
		{"at the marking on a worn case without agreement", change(func(c *WaterCase) { c.Agreed = false }), wet, RefusedAgreement},
		{"at the marking on a new case", change(func(c *WaterCase) { c.Agreed, c.Worn = false, false }), wet, ""},
		{"below the marking needs no agreement", change(func(c *WaterCase) { c.Agreed = false }), dry, ""},
		{"warm from the wrist", change(func(c *WaterCase) { c.AtRoomTemperature = false }), dry, RefusedTemperature},
		{"water before air", change(func(c *WaterCase) { c.DryPassed = false }), wet, RefusedDryFirst},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, refused := c.c.Refuse(c.s); got != c.want || refused != (c.want != "") {
				t.Errorf("%q %v, want %q", got, refused, c.want)
			}
		})
	}
}

func TestDeformationLimit(t *testing.T) {
	t.Parallel()
	for mm, want := range map[float64]float64{41: -0.5, 40: -1, 20: -1, 19: -2} {
		got, ok := DeformationLimit(mm)
		if !ok || *got.Min != want {
			t.Errorf("%v mm: %v", mm, got.Min)
		}
	}
	if _, ok := DeformationLimit(0); ok {
		t.Error("no diameter, no limit")
	}
}
