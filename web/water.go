package web

import (
	"net/http"
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

// waterForm is the water resistance tests: the protocol, what was done, and the
// form of the next one.
type waterForm struct {
	Marking              string
	Steps                []waterStep
	Done                 []waterDone
	Method               component.Field
	Bar                  component.Field
	Seconds              component.Field
	Leak                 component.Field
	Deformation, Celsius component.Field
	Curve                component.Field
	Agreed               bool   // the box is ticked
	AtMark               string // what the customer agrees to; "" where nothing is marked
	Note                 component.Field
	Passed               component.Choices
}

// waterStep is one step of the protocol in the reader's language.
type waterStep struct {
	Name, Pressure, Duration, Temperature string
	Criterion, Source, Standard           string
	Refused                               string // why it must not be done on this watch now
	OnlyIfFailed                          bool
}

// waterDone is a test on the sheet.
type waterDone struct {
	Name, Detail, Criterion, By string
	Verdict                     component.Verdict
	Curve                       *component.ControlChart
}

// methodStage is the stage of the protocol that a method of the sheet is.
var methodStage = map[string]horology.WaterStage{
	"dry_vacuum": horology.WaterVacuum, "dry_pressure": horology.WaterPressure, "wet": horology.WaterWet, "condensation": horology.WaterCondensation, "leak_finding": horology.WaterLeakFinding,
}

func (s *Server) waterForm(r *http.Request, st order.State, phase string) waterForm {
	t := s.printer(r)
	f := waterForm{Marking: t.T("water.unmarked")}
	if st.Watch.WaterBar > 0 {
		f.Marking = t.T("water.marked", t.Bar(st.Watch.WaterBar))
	}
	steps := horology.WaterProtocol(st.Watch.WaterBar, diver(st.Watch))
	facts := waterCase(st, phase)
	for _, x := range steps {
		f.Steps = append(f.Steps, stepOf(t, x, facts))
	}
	for _, x := range st.Waters {
		if x.Phase == phase {
			f.Done = append(f.Done, doneOf(t, x, steps))
		}
	}
	f.fields(t, r.PostFormValue, st, steps)
	return f
}

// curveOf reads an instrument's curve as it is pasted: one point a line, seconds
// and value between spaces, a tabulator or a semicolon.
func curveOf(text string) ([]order.CurvePoint, error) {
	var out []order.CurvePoint
	for line := range strings.Lines(text) {
		parts := strings.FieldsFunc(strings.TrimSpace(line), func(r rune) bool { return r == ';' || r == '\t' || r == ' ' })
		if len(parts) == 0 {
			continue
		}
		wrong := fault.New(fault.Invalid, "water.curve_line", len(out)+1)
		if len(parts) != 2 || len(out) == order.MostCurve {
			return nil, wrong
		}
		at, err := locale.ParseNumber(parts[0])
		if err != nil {
			return nil, wrong
		}
		v, err := locale.ParseNumber(parts[1])
		if err != nil || len(out) > 0 && at < out[len(out)-1].S {
			return nil, wrong
		}
		out = append(out, order.CurvePoint{S: at, V: v})
	}
	return out, nil
}

func diver(w order.WatchFacts) bool {
	return slices.ContainsFunc(w.Functions, func(s string) bool { return strings.Contains(strings.ToLower(s), "div") })
}

// waterCase is what the sheet says that forbids steps. The temperature and the
// customer's agreement are not on it: the page says them as conditions.
func waterCase(st order.State, phase string) horology.WaterCase {
	c := horology.WaterCase{MarkingBar: st.Watch.WaterBar, Worn: true, Agreed: true, AtRoomTemperature: true}
	c.CrackedCrystal = st.Uncased != nil && st.Uncased.Crystal == "cracked"
	for _, m := range st.Marks {
		c.CrackedCrystal = c.CrackedCrystal || m.Zone == "crystal" && m.Defect == "crack"
	}
	if dry, ok := latest(st.Waters, func(x order.WaterTest) bool {
		return x.Phase == phase && (x.Method == "dry_pressure" || x.Method == "dry_vacuum")
	}); ok {
		c.DryPassed = dry.Passed
	}
	return c
}

func stepOf(t *locale.Printer, x horology.WaterStep, facts horology.WaterCase) waterStep {
	out := waterStep{Name: x.FR, Duration: ruleWord(t, "duration", x, x.Duration), Temperature: ruleWord(t, "temperature", x, x.Temperature),
		Criterion: ruleWord(t, "criterion", x, x.Criterion), Standard: x.Standard, Source: firstSource(t, x.Source), OnlyIfFailed: x.OnlyIfFailed}
	if t.Lang() == locale.EN {
		out.Name = x.EN
	}
	if x.PressureBar != nil {
		out.Pressure = t.Bar(*x.PressureBar)
	}
	if why, refused := facts.Refuse(x); refused {
		out.Refused = t.T("water.refused." + string(why))
	}
	return out
}

// ruleWord says in the reader's language what the rule of a step has as printed,
// in English; empty where it has nothing.
func ruleWord(t *locale.Printer, what string, x horology.WaterStep, printed string) string {
	if printed == "" {
		return ""
	}
	code := x.Code
	if x.Standard != "" {
		code = x.Standard + " " + code
	}
	return t.T("water." + what + "." + strings.ToLower(strings.ReplaceAll(code, " ", "_")))
}

// criterionOf is a kept test's criterion in the reader's language, where it is the
// protocol's; one that was typed stays as it is.
func criterionOf(t *locale.Printer, x order.WaterTest, steps []horology.WaterStep) string {
	for _, st := range steps {
		// Tests kept earlier have the source behind the criterion, in brackets.
		if rest, same := strings.CutPrefix(x.Criterion, st.Criterion); same && st.Criterion != "" && st.Stage == methodStage[x.Method] && (rest == "" || strings.HasPrefix(rest, " (")) {
			return ruleWord(t, "criterion", st, st.Criterion)
		}
	}
	return x.Criterion
}

// doneOf is a test on the sheet; steps are the protocol of its watch.
func doneOf(t *locale.Printer, x order.WaterTest, steps []horology.WaterStep) waterDone {
	d := waterDone{Name: t.T("water.method." + x.Method), Criterion: criterionOf(t, x, steps), Verdict: component.Verdict{Judgement: component.Outside, Text: t.T("water.failed")}}
	if x.Method == "leak_finding" {
		d.Verdict = component.Verdict{Judgement: component.Inconclusive, Text: t.T("water.finding")}
	} else if x.Passed {
		d.Verdict = component.Verdict{Judgement: component.Inside, Text: t.T("water.passed")}
	}
	var parts []string
	if x.Bar != 0 {
		parts = append(parts, t.Bar(x.Bar))
	}
	if x.Seconds > 0 {
		parts = append(parts, t.Unit(t.Float(x.Seconds), "unit.s"))
	}
	if x.Leak != nil {
		parts = append(parts, t.Float(*x.Leak)+"\u00a0µg/min")
	}
	if x.Deformation != nil {
		parts = append(parts, t.Signed(*x.Deformation, 2)+"\u00a0%/min")
	}
	if x.Celsius != nil {
		parts = append(parts, t.Float(*x.Celsius)+"\u00a0°C")
	}
	if len(x.Curve) > 1 {
		c := component.ControlChart{Label: t.T("water.curve_of", t.T("water.method."+x.Method)), Since: -1}
		low, high := x.Curve[0].V, x.Curve[0].V
		for _, p := range x.Curve {
			c.Values, c.Alarms = append(c.Values, p.V), append(c.Alarms, false)
			low, high = min(low, p.V), max(high, p.V)
		}
		c.Text = []string{t.Float(high), t.Float(low)}
		d.Curve = &c
	}
	if x.Note != "" {
		parts = append(parts, x.Note)
	}
	d.Detail = strings.Join(parts, ", ")
	return d
}

// fields fills the form, with what was typed where it came back.
func (f *waterForm) fields(t *locale.Printer, typed func(string) string, st order.State, steps []horology.WaterStep) {
	method := oneOf(typed("method"), order.WaterMethods(), "dry_pressure")
	f.Method = component.Field{Name: "method", Label: t.T("water.method"), Type: "select"}
	for _, m := range order.WaterMethods() {
		f.Method.Choices = append(f.Method.Choices, component.Choice{Value: m, Label: t.T("water.method." + m), Chosen: m == method})
	}
	f.Bar = component.Field{Name: "bar", Label: t.T("water.pressure"), Unit: t.T("unit.bar"), InputMode: "text", Value: typed("bar")}
	if i := slices.IndexFunc(steps, func(x horology.WaterStep) bool { return x.Stage == methodStage[method] && x.PressureBar != nil }); i >= 0 {
		f.Bar.Help = t.T("water.preset", t.Bar(*steps[i].PressureBar))
	}
	f.Seconds = component.Field{Name: "seconds", Label: t.T("water.duration"), Unit: t.T("unit.s"), InputMode: "decimal", Value: typed("seconds")}
	f.Leak = component.Field{Name: "leak", Label: t.T("water.leak"), Unit: "µg/min", InputMode: "decimal", Value: typed("leak")}
	if rules := horology.Tolerances(nil, horology.Leak, "", horology.Unknown); len(rules) > 0 && rules[0].Max != nil {
		f.Leak.Help = t.T("water.leak_limit", *rules[0].Max, rules[0].Of)
	}
	f.Deformation = component.Field{Name: "deformation", Label: t.T("water.deformation"), Unit: "%/min", InputMode: "text", Value: typed("deformation")}
	f.Celsius = component.Field{Name: "celsius", Label: t.T("water.celsius"), Unit: "°C", InputMode: "decimal", Value: typed("celsius")}
	f.Curve = component.Field{Name: "curve", Label: t.T("water.curve"), Type: "textarea", Help: t.T("water.curve_help"), Value: typed("curve")}
	f.Agreed = typed("agreed") != ""
	if st.Watch.WaterBar > 0 {
		f.AtMark = t.T("water.agreed", t.Bar(st.Watch.WaterBar))
	}
	f.Note = component.Field{Name: "water_note", Label: t.T("word.note"), Value: typed("water_note")}
	f.Passed = component.Choices{Name: "passed", Legend: t.T("water.result")}
	for _, v := range []string{"yes", "no"} {
		f.Passed.Choices = append(f.Passed.Choices, component.Choice{Value: v, Label: t.T(map[string]string{"yes": "water.passed", "no": "water.failed"}[v]), Chosen: typed("passed") == v})
	}
}

// beside puts sentences beside their fields.
func (f *waterForm) beside(fields map[string]string) {
	f.Method.Error, f.Bar.Error, f.Seconds.Error, f.Leak.Error, f.Passed.Error = fields["method"], fields["bar"], fields["seconds"], fields["leak"], fields["passed"]
	f.Deformation.Error, f.Celsius.Error, f.Curve.Error, f.Note.Error = fields["deformation"], fields["celsius"], fields["curve"], fields["water_note"]
}

// keepWater is POST …/checks/water: phase, method, bar, seconds, leak, passed, water_note.
func (s *Server) keepWater(w http.ResponseWriter, r *http.Request) error {
	p, err := s.checksPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.State.Sheet)
	if err != nil {
		return err
	}
	t, wrong := s.printer(r), map[string]string{}
	x := order.WaterTest{Phase: p.Phase, Method: entered(r, "method"), Passed: entered(r, "passed") == "yes", Note: entered(r, "water_note")}
	if v := s.optional(r, "bar", wrong); v != nil {
		x.Bar = *v
	} else if x.Method != "condensation" && x.Method != "leak_finding" && wrong["bar"] == "" {
		wrong["bar"] = t.T("number.empty")
	}
	if v := s.optional(r, "seconds", wrong); v != nil {
		x.Seconds = *v
	}
	x.Leak, x.Deformation, x.Celsius = s.optional(r, "leak", wrong), s.optional(r, "deformation", wrong), s.optional(r, "celsius", wrong)
	x.Agreed = entered(r, "agreed") != ""
	if x.Curve, err = curveOf(r.PostFormValue("curve")); err != nil {
		wrong["curve"] = t.Error(err)
	}
	if v := entered(r, "passed"); x.Method != "leak_finding" && v != "yes" && v != "no" {
		wrong["passed"] = t.T("fault.choice")
	}
	for _, st := range horology.WaterProtocol(p.View.Watch.WaterBar, diver(p.View.Watch)) {
		if st.Stage == methodStage[x.Method] && x.Criterion == "" {
			x.Criterion = st.Criterion
		}
	}
	if len(wrong) > 0 {
		p.Water.beside(wrong)
		return s.refuseChecks(w, r, p, nil, t.T("fault.invalid"))
	}
	if _, err := s.shop.KeepWater(r.Context(), a, x); err != nil {
		p.Water.beside(t.Fields(err))
		return s.again(w, r, err, "checks/checks", p)
	}
	return s.done(w, r, p.At("/checks?phase="+p.Phase)+"#water", "water.kept")
}
