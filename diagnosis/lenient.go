package diagnosis

import (
	"math"
	"strconv"
	"strings"
)

// caseFrom builds a case from decoded JSON, forgiving the shapes that people
// and programs really send: numbers as strings ("1,55"), booleans as checks.
func caseFrom(m map[string]any) Case {
	w, f := object(m["watch"]), object(m["findings"])
	c := Case{Context: text(m["context"])}
	c.Watch = Watch{
		Brand: text(w["brand"]), Calibre: text(w["calibre"]), Kind: strings.ToLower(text(w["kind"])),
		BPH: number(w["bph"]), LiftAngleDeg: number(w["lift_angle_deg"]),
	}
	for _, s := range list(f["symptoms"]) {
		if t := text(s); t != "" {
			c.Findings.Symptoms = append(c.Findings.Symptoms, t)
		}
	}
	for _, o := range list(f["observed"]) {
		ob := object(o)
		if id := text(ob["finding"]); id != "" {
			c.Findings.Observed = append(c.Findings.Observed, Observation{id, ob["negated"] == true})
		}
	}
	for _, t := range list(f["timing"]) {
		c.Findings.Timing = append(c.Findings.Timing, readingFrom(object(t)))
	}
	c.Findings.Quartz = quartzFrom(object(f["quartz"]))
	c.Findings.PowerReserveH = figure(f["power_reserve_h"])
	c.Findings.Checks = checksFrom(object(f["checks"]))
	return c
}

func readingFrom(m map[string]any) Reading {
	return Reading{
		Position: text(m["position"]), Winding: text(m["winding"]), Trace: text(m["trace"]),
		RateSPerDay: figure(m["rate_s_per_day"]), AmplitudeDeg: figure(m["amplitude_deg"]),
		BeatErrorMS: figure(m["beat_error_ms"]),
	}
}

func quartzFrom(m map[string]any) QuartzReading {
	q := QuartzReading{
		BatteryV: figure(m["battery_v"]), ConsumptionUA: figure(m["consumption_ua"]),
		CircuitOnlyUA: figure(m["circuit_only_ua"]), CoilKOhm: figure(m["coil_kohm"]),
		CoilReading: text(m["coil_reading"]), MinStartV: figure(m["min_start_v"]),
		FittedCell: text(m["fitted_cell"]), RateSPerMonth: figure(m["rate_s_per_month"]),
	}
	if s, ok := m["coil_kohm"].(string); ok && q.CoilKOhm == nil && q.CoilReading == "" {
		q.CoilReading = s // a meter's "OL" typed in the figure's box
	}
	return q
}

func checksFrom(m map[string]any) Checks {
	k := Checks{
		Winding: text(m["winding"]), Setting: text(m["setting"]), Rotor: text(m["rotor"]),
		Magnetised: text(m["magnetised"]), Condensation: text(m["condensation"]),
		WaterTest: text(m["water_test"]), TimegrapherLiftAngleDeg: figure(m["timegrapher_lift_angle_deg"]),
	}
	for name, v := range m {
		switch name {
		case "winding", "setting", "rotor", "magnetised", "condensation", "water_test", "timegrapher_lift_angle_deg":
			continue
		}
		add := func(key, value string) {
			if value == "" {
				return
			}
			if k.Other == nil {
				k.Other = map[string]string{}
			}
			k.Other[key] = value
		}
		if name == "other" {
			for key, value := range object(v) {
				add(key, text(value))
			}
			continue
		}
		add(name, text(v))
	}
	return k
}

func object(v any) map[string]any { m, _ := v.(map[string]any); return m }

func list(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case string:
		return []any{v}
	}
	return nil
}

func text(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return ""
}

func figure(v any) *float64 {
	switch v := v.(type) {
	case float64:
		return &v
	case string:
		s := strings.NewReplacer(",", ".", "−", "-", "°", "", "\u00a0", "", "\u202f", "").Replace(strings.TrimSpace(v))
		if x, err := strconv.ParseFloat(strings.TrimSpace(s), 64); err == nil && !math.IsNaN(x) && !math.IsInf(x, 0) {
			return &x
		}
	}
	return nil
}

func number(v any) float64 {
	if p := figure(v); p != nil {
		return *p
	}
	return 0
}
