package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/equipment"
	"etabli.example/web/component"
)

// checkSeries is one test piece's control chart with its table.
type checkSeries struct {
	equipment.Series
	Chart component.ControlChart
	Last  equipment.ChartPoint
	Rows  []readRow // newest first
	Say   string    // what the chart says, in a sentence
}

// readRow is one reading in the table.
type readRow struct {
	equipment.ChartPoint
	Value, Score string
}

// mostCharted bounds what is drawn: the newest readings.
const mostCharted = 60

// checkChart draws the readings of a test piece.
func checkChart(t *locale.Printer, of equipment.Series) checkSeries {
	points := equipment.Chart(of.Checks)
	x := checkSeries{Series: of, Last: points[len(points)-1]}
	from := max(0, len(points)-mostCharted)
	x.Chart = component.ControlChart{Label: t.T("tool.chart_of", of.Quantity, of.Piece), Since: -1}
	low, high := of.Checks[from].Value, of.Checks[from].Value
	for _, p := range points[from:] {
		x.Chart.Values, x.Chart.Alarms = append(x.Chart.Values, p.Check.Value), append(x.Chart.Alarms, p.Alarm)
		low, high = min(low, p.Check.Value), max(high, p.Check.Value)
		x.Rows = append(x.Rows, readRow{p, unitOf(t, p.Check.Value, of.Unit), t.Number(p.Score, 1)})
	}
	x.Chart.Text = []string{t.Float(high), t.Float(low)}
	slices.Reverse(x.Rows)
	switch last := x.Last; {
	case last.Alarm:
		x.Chart.Since = last.Since - from
		x.Say = t.T("tool.chart_drift", unitOf(t, significant(last.Shift), of.Unit), t.Day(of.Checks[last.Since].Date))
	case len(points) < equipment.ChartLearned:
		x.Say = t.T("tool.chart_learning", len(points), equipment.ChartLearned)
	default:
		x.Say = t.T("tool.chart_steady")
	}
	return x
}

func unitOf(t *locale.Printer, v float64, unit string) string {
	if unit == "" {
		return t.Float(v)
	}
	return t.Float(v) + "\u00a0" + unit
}

// significant keeps two figures of a mean that has many.
func significant(v float64) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64) // what was just written can be read
	return out
}

// Charts are the control charts of the tool's test pieces.
func (p *toolPage) Charts() []checkSeries {
	var out []checkSeries
	for _, of := range p.View.Series() {
		out = append(out, checkChart(p.P, of))
	}
	return out
}

// ChartRule says by which rule a chart alarms, and how often it does so falsely.
func (p *toolPage) ChartRule() string {
	return p.P.T("tool.chart_rule", p.P.Float(equipment.ChartLimit), equipment.ChartWindow, equipment.ChartLearned)
}

// checked reads the form of a test piece's reading.
func (s *Server) checked(r *http.Request) (equipment.Check, error) {
	c := equipment.Check{Date: entered(r, "date"), Piece: entered(r, "piece"), Quantity: entered(r, "quantity"), Unit: entered(r, "unit")}
	var bad fault.Problems
	c.Value = figure(&bad, "value", entered(r, "value"))
	return c, bad.Err()
}

// figure reads a typed number; its fault goes beside the field.
func figure(bad *fault.Problems, field, typed string) float64 {
	v, err := locale.ParseNumber(typed)
	var e *fault.Error
	if errors.As(err, &e) {
		bad.Add(field, e.Key, e.Args...)
	}
	return v
}

// last is the check that the next one most likely repeats.
func (p *toolPage) last() equipment.Check {
	if n := len(p.View.Checks); n > 0 {
		return p.View.Checks[n-1]
	}
	return equipment.Check{}
}

// LastPiece, LastQuantity and LastUnit are what the form begins with.
func (p *toolPage) LastPiece() string    { return p.last().Piece }
func (p *toolPage) LastQuantity() string { return p.last().Quantity }
func (p *toolPage) LastUnit() string     { return p.last().Unit }
