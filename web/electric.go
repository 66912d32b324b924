package web

import (
	"net/http"

	"etabli.example/trade/order"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// electricForm is the wired readings of an electronic watch.
type electricForm struct {
	Fields []component.Field
	Known  []knownFigure
}

// knownFigure is a figure of the sheet with its verdict.
type knownFigure struct {
	Name, Value, Rule string
	Verdict           component.Verdict
}

// electricFields names the figures of the form, the quantities that judge them
// and their units.
var electricFields = []struct{ name, quantity, unit string }{
	{"battery_v", "battery_voltage", "V"}, {"battery_loaded_v", "battery_loaded", "V"}, {"consumption_ua", "consumption", "µA"}, {"circuit_only_ua", "", "µA"},
	{"coil_kohm", "coil_resistance", "kΩ"}, {"insulation_kohm", "coil_insulation", "kΩ"}, {"min_voltage_v", "min_voltage", "V"}, {"start_voltage_v", "start_voltage", "V"},
}

func electricValue(x order.Electric, name string) *float64 {
	return map[string]*float64{"battery_v": x.BatteryV, "battery_loaded_v": x.BatteryLoadedV, "consumption_ua": x.ConsumptionUA, "circuit_only_ua": x.CircuitOnlyUA,
		"coil_kohm": x.CoilKOhm, "insulation_kohm": x.InsulationKOhm, "min_voltage_v": x.MinVoltageV, "start_voltage_v": x.StartVoltageV}[name]
}

func (s *Server) electricForm(r *http.Request, st order.State, phase string) *electricForm {
	t, f := s.printer(r), &electricForm{}
	known, has := latest(st.Electric, func(x order.Electric) bool { return x.Phase == phase })
	limits := workshop.ElectricLimits(st.Watch)
	for _, e := range electricFields {
		field := component.Field{Name: e.name, Label: t.T("electric." + e.name), Unit: e.unit, InputMode: "decimal", Value: r.PostFormValue(e.name)}
		if e.quantity != "" {
			field.Help = ruleText(t, judgedOf(limits, e.quantity))
		}
		f.Fields = append(f.Fields, field)
		if v := electricValue(known, e.name); has && v != nil {
			k := knownFigure{Name: field.Label, Value: t.Float(*v) + "\u00a0" + e.unit}
			if e.quantity != "" {
				j := judgedOf(known.Verdicts, e.quantity)
				k.Rule, k.Verdict = ruleText(t, j), component.Verdict{Judgement: judgement(j.Verdict)}
			}
			f.Known = append(f.Known, k)
		}
	}
	return f
}

// keepElectric is POST …/checks/electric: phase and the figures.
func (s *Server) keepElectric(w http.ResponseWriter, r *http.Request) error {
	p, err := s.checksPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.State.Sheet)
	if err != nil {
		return err
	}
	wrong := map[string]string{}
	get := func(name string) *float64 { return s.optional(r, name, wrong) }
	x := order.Electric{Phase: p.Phase, BatteryV: get("battery_v"), BatteryLoadedV: get("battery_loaded_v"), ConsumptionUA: get("consumption_ua"), CircuitOnlyUA: get("circuit_only_ua"),
		CoilKOhm: get("coil_kohm"), InsulationKOhm: get("insulation_kohm"), MinVoltageV: get("min_voltage_v"), StartVoltageV: get("start_voltage_v")}
	if len(wrong) > 0 {
		p.Electric.beside(wrong)
		return s.refuseChecks(w, r, p, nil, s.printer(r).T("fault.invalid"))
	}
	if _, err := s.shop.KeepElectric(r.Context(), a, x); err != nil {
		p.Electric.beside(s.printer(r).Fields(err))
		return s.again(w, r, err, "checks/checks", p)
	}
	return s.done(w, r, p.At("/checks?phase="+p.Phase)+"#electric", "electric.kept")
}

func (f *electricForm) beside(fields map[string]string) {
	if f == nil {
		return
	}
	for i := range f.Fields {
		f.Fields[i].Error = fields[f.Fields[i].Name]
	}
}
