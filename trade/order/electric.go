package order

import (
	"math"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Electric is the wired readings of an electronic watch. Nil where not measured.
type Electric struct {
	Seq            int64    `json:"-"`
	By             string   `json:"-"`
	Phase          string   `json:"phase"`
	BatteryV       *float64 `json:"battery_v,omitempty"`        // open, or under the watch alone
	BatteryLoadedV *float64 `json:"battery_loaded_v,omitempty"` // under 100 Ω for 1 s
	ConsumptionUA  *float64 `json:"consumption_ua,omitempty"`
	CircuitOnlyUA  *float64 `json:"circuit_only_ua,omitempty"`
	CoilKOhm       *float64 `json:"coil_kohm,omitempty"`
	InsulationKOhm *float64 `json:"insulation_kohm,omitempty"` // coil against the movement
	MinVoltageV    *float64 `json:"min_voltage_v,omitempty"`   // lowest at which the motor runs
	StartVoltageV  *float64 `json:"start_voltage_v,omitempty"` // at which it starts
	Verdicts       []Judged `json:"verdicts,omitempty"`
}

// KeepElectric puts wired readings on the sheet.
func KeepElectric(x Electric) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Measure); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		if err := x.check(); err != nil {
			return nil, err
		}
		return f.one(KindElectric, []string{"electric/" + x.Phase}, x)
	}
}

func (x Electric) check() error {
	var bad fault.Problems
	any := false
	within := func(field string, v *float64, hi float64) {
		if v != nil {
			any = true
			if math.IsNaN(*v) || *v < 0 || *v > hi {
				bad.Add(field, "measurement.impossible_value", *v, 0.0, hi)
			}
		}
	}
	within("battery_v", x.BatteryV, 4)
	within("battery_loaded_v", x.BatteryLoadedV, 4)
	within("consumption_ua", x.ConsumptionUA, 1000)
	within("circuit_only_ua", x.CircuitOnlyUA, 1000)
	within("coil_kohm", x.CoilKOhm, 100)
	within("insulation_kohm", x.InsulationKOhm, 1e7)
	within("min_voltage_v", x.MinVoltageV, 4)
	within("start_voltage_v", x.StartVoltageV, 4)
	if x.BatteryV != nil && x.BatteryLoadedV != nil && *x.BatteryLoadedV > *x.BatteryV+.02 {
		bad.Add("battery_loaded_v", "measurement.loaded_above_open", *x.BatteryLoadedV, *x.BatteryV)
	}
	if !any {
		bad.Add("battery_v", "measurement.empty")
	}
	return bad.Err()
}
