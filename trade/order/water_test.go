package order_test

import (
	"testing"

	"etabli.example/trade/order"
)

// What a water test must not be, and what it must be preceded by.
func TestWaterIsHeldToItsOrder(t *testing.T) {
	vacuum := order.WaterTest{Phase: "before", Method: "dry_vacuum", Bar: -.4, Passed: true}
	dry := order.WaterTest{Phase: "before", Method: "dry_pressure", Bar: 2, Passed: true}
	failed := dry
	failed.Passed = false
	at := func(w order.WaterTest, change func(*order.WaterTest)) order.WaterTest { change(&w); return w }
	for name, c := range map[string]struct {
		before []order.WaterTest
		w      order.WaterTest
		uncase bool
		ok     bool
	}{
		"a vacuum":                           {nil, vacuum, false, true},
		"pressure after the vacuum":          {[]order.WaterTest{vacuum}, dry, false, true},
		"pressure without a vacuum":          {nil, dry, false, false},
		"without one, and said why":          {nil, at(dry, func(w *order.WaterTest) { w.Note = "testeur sans dépression" }), false, true},
		"a vacuum without its minus":         {nil, at(vacuum, func(w *order.WaterTest) { w.Bar = .4 }), false, false},
		"an overpressure with one":           {[]order.WaterTest{vacuum}, at(dry, func(w *order.WaterTest) { w.Bar = -2 }), false, false},
		"at the marking":                     {[]order.WaterTest{vacuum}, at(dry, func(w *order.WaterTest) { w.Bar = 3 }), false, false},
		"at the marking, agreed":             {[]order.WaterTest{vacuum}, at(dry, func(w *order.WaterTest) { w.Bar, w.Agreed = 3, true }), false, true},
		"above it, agreed":                   {[]order.WaterTest{vacuum}, at(dry, func(w *order.WaterTest) { w.Bar, w.Agreed = 3.1, true }), false, false},
		"600 bar":                            {[]order.WaterTest{vacuum}, at(dry, func(w *order.WaterTest) { w.Bar = 600 }), false, false},
		"straight from the wrist":            {[]order.WaterTest{vacuum}, at(dry, func(w *order.WaterTest) { w.Celsius = f64(34) }), false, false},
		"a pass its leak denies":             {[]order.WaterTest{vacuum}, at(dry, func(w *order.WaterTest) { w.Leak = f64(51) }), false, false},
		"a leak at the limit":                {[]order.WaterTest{vacuum}, at(dry, func(w *order.WaterTest) { w.Leak = f64(50) }), false, true},
		"water before air":                   {[]order.WaterTest{vacuum}, order.WaterTest{Phase: "after", Method: "wet", Bar: 2, Passed: true}, false, false},
		"water after a failure":              {[]order.WaterTest{vacuum, failed}, order.WaterTest{Phase: "before", Method: "wet", Bar: 2, Passed: true}, false, false},
		"water after a pass":                 {[]order.WaterTest{vacuum, dry}, order.WaterTest{Phase: "before", Method: "wet", Bar: 2, Passed: true}, false, true},
		"a leak sought without a failure":    {[]order.WaterTest{vacuum, dry}, order.WaterTest{Phase: "before", Method: "leak_finding", Note: "tube"}, true, false},
		"a leak sought with the movement in": {[]order.WaterTest{vacuum, failed}, order.WaterTest{Phase: "before", Method: "leak_finding", Note: "tube"}, false, false},
		"a leak found nowhere":               {[]order.WaterTest{vacuum, failed}, order.WaterTest{Phase: "before", Method: "leak_finding"}, true, false},
		"a leak found at the tube":           {[]order.WaterTest{vacuum, failed}, order.WaterTest{Phase: "before", Method: "leak_finding", Note: "tube"}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t).to(order.InDiagnosis)
			for _, w := range c.before {
				b.do(manager, order.KeepWater(w))
			}
			if c.uncase {
				b.do(manager, order.Uncase(order.Uncasing{CaseType: "screw_back", Tools: []string{"clé"}, Gasket: "worn", Crystal: "scratched"}))
			}
			if err := b.try(manager, order.KeepWater(c.w)); (err == nil) != c.ok {
				t.Errorf("%v, wanted %v", err, c.ok)
			}
		})
	}
}

// Of what was measured after the work, wired readings, functions and water count
// as well as timing; the later of two counts, and what cannot be told is no pass.
func TestUnprovedSeesEverythingMeasured(t *testing.T) {
	out := order.Electric{Phase: "after", ConsumptionUA: f64(9), Verdicts: []order.Judged{{Quantity: "consumption", Verdict: "out"}}}
	in := order.Electric{Phase: "after", ConsumptionUA: f64(.9), Verdicts: []order.Judged{{Quantity: "consumption", Verdict: "in"}}}
	unknown := order.Electric{Phase: "after", ConsumptionUA: f64(.9), Verdicts: []order.Judged{{Quantity: "consumption", Verdict: "unknown"}}}
	check := func(result string) order.Decision {
		return order.KeepChecks(order.Check{Phase: "after", Items: []order.CheckItem{{Item: "crown", Result: result, Note: "pourquoi"}}})
	}
	water := func(passed bool) order.Decision {
		return order.KeepWater(order.WaterTest{Phase: "after", Method: "dry_vacuum", Bar: -.4, Passed: passed})
	}
	for name, c := range map[string]struct {
		acts []order.Decision
		want bool
	}{
		"nothing":                   {nil, false},
		"consumption out":           {[]order.Decision{order.KeepElectric(out)}, true},
		"consumption cannot tell":   {[]order.Decision{order.KeepElectric(unknown)}, true},
		"out, then mended":          {[]order.Decision{order.KeepElectric(out), order.KeepElectric(in)}, false},
		"in, then out":              {[]order.Decision{order.KeepElectric(in), order.KeepElectric(out)}, true},
		"a function at fault":       {[]order.Decision{check("fault")}, true},
		"a function not tested":     {[]order.Decision{check("not_tested")}, true},
		"a function it has not":     {[]order.Decision{check("not_applicable")}, false},
		"at fault, then fine":       {[]order.Decision{check("fault"), check("ok")}, false},
		"a leak":                    {[]order.Decision{water(false)}, true},
		"a leak, then a new gasket": {[]order.Decision{water(false), water(true)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t).to(order.InWork)
			for _, d := range c.acts {
				b.do(manager, d)
			}
			if got := b.s.Unproved(); got != c.want {
				t.Errorf("unproved is %v", got)
			}
		})
	}
}
