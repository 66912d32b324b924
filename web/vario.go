package web

import (
	"etabli.example/locale"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// varioChart is how one figure went while the watch was listened to.
type varioChart struct {
	Name, Say string
	Chart     component.ControlChart
}

// varioCharts draws rate and amplitude of a vario; none where it is shorter than
// three points.
func varioCharts(t *locale.Printer, points []workshop.VarioPoint) []varioChart {
	var out []varioChart
	for _, of := range []struct {
		key   string
		pick  func(workshop.VarioPoint) *float64
		write func(float64) string
	}{
		{"live.rate", func(p workshop.VarioPoint) *float64 { return p.R }, t.Rate},
		{"live.amplitude", func(p workshop.VarioPoint) *float64 { return p.A }, t.Degrees},
	} {
		var c component.ControlChart
		sum := 0.0
		for _, p := range points {
			if v := of.pick(p); v != nil {
				c.Values, c.Alarms, sum = append(c.Values, *v), append(c.Alarms, false), sum+*v
			}
		}
		n := len(c.Values)
		if n < 3 {
			continue
		}
		low, high := c.Values[0], c.Values[0]
		for _, v := range c.Values {
			low, high = min(low, v), max(high, v)
		}
		name := t.T(of.key)
		c.Label, c.Since, c.Text = t.T("measurement.vario_of", name), -1, []string{of.write(high), of.write(low)}
		hours := (points[len(points)-1].S - points[0].S) / 3600
		out = append(out, varioChart{name, t.T("measurement.vario_say", t.Hours(hours), of.write(sum/float64(n)), of.write(low), of.write(high)), c})
	}
	return out
}
