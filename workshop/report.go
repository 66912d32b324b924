package workshop

import (
	"context"
	"math"
	"slices"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/paper"
	"etabli.example/timing/strip"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// reportOrder is the order of positions on the report: hanging, then flat.
var reportOrder = []string{"12H", "3H", "6H", "9H", "CH", "CB"}

// Report is the service report: what was done, measured before and after.
func (w *Workshop) Report(ctx context.Context, who staff.Actor, sheet string, lang locale.Lang) ([]byte, error) {
	f, err := w.file(ctx, who, sheet)
	if err != nil {
		return nil, err
	}
	return w.report(ctx, f, lang)
}

// ReportByLink is the customer's own copy, behind a proved link.
func (w *Workshop) ReportByLink(ctx context.Context, token string, lang locale.Lang) ([]byte, error) {
	a, err := w.linkAct(ctx, token, "")
	if err != nil {
		return nil, err
	}
	f, err := w.file(ctx, staff.Actor{ID: staff.CustomerID, Roles: []staff.Role{staff.Counter}}, a.Sheet)
	if err != nil {
		return nil, err
	}
	return w.report(ctx, f, lang)
}

func (w *Workshop) report(ctx context.Context, f file, lang locale.Lang) ([]byte, error) {
	s := f.State
	if s.Handover == nil && s.Stage != order.Ready {
		return nil, fault.New(fault.NotFound, "return.no_report_yet")
	}
	in := paper.ServiceReportInput{Firm: f.firm, Number: s.Number, At: w.Now(), Watch: f.piece(), Received: s.Opened, Returned: w.Now(),
		WorkedBy: f.People[s.Technician], AmplitudePosition: "CH"}
	if s.Handover != nil {
		in.Returned, in.At = f.Entries[s.Handover.Seq-1].Happened, f.Entries[s.Handover.Seq-1].Happened
		in.GuaranteeUntil = w.day(s.Handover.Guarantee)
	}
	if n := len(s.Controls); n > 0 {
		in.ControlledBy = f.People[s.Controls[n-1].By]
	}
	if w.Zone != nil {
		in.Received, in.Returned, in.At = in.Received.In(w.Zone), in.Returned.In(w.Zone), in.At.In(w.Zone)
	}
	p := locale.For(lang)
	in.Works = works(s, lang)
	in.Advice = adviceWords(s, p)
	reportReadings(&in, s)
	reportElectric(&in, s, p)
	reportWater(&in, s)
	var err error
	if in.TraceBefore, err = w.reportTrace(ctx, s, order.Before); err != nil {
		return nil, err
	}
	if in.TraceAfter, err = w.reportTrace(ctx, s, order.After, order.AtControl); err != nil {
		return nil, err
	}
	return paper.ServiceReport(in, lang)
}

// reportWater gives the last test of each method after the work: one that failed
// and was mended is not what the watch leaves with.
func reportWater(in *paper.ServiceReportInput, s order.State) {
	for _, method := range order.WaterMethods() {
		for _, x := range slices.Backward(s.Waters) {
			if x.Phase == order.Before || x.Method != method || method == "leak_finding" {
				continue
			}
			in.Water = append(in.Water, paper.WaterTest{Method: x.Method, Bar: x.Bar, Seconds: x.Seconds, Passed: x.Passed})
			ok := x.Passed && (in.WaterConforms == nil || *in.WaterConforms)
			in.WaterConforms = &ok
			break
		}
	}
}

// works says what was done: the accepted operations, then the parts replaced.
func works(s order.State, lang locale.Lang) []string {
	var out []string
	if q := s.LastQuote(); q != nil {
		for _, l := range q.With(q.Chosen) {
			out = append(out, l.Label(lang))
		}
	}
	for _, x := range s.Parts {
		label := x.Label
		if part, ok := horology.PartByCode(x.Code); ok && lang == locale.EN {
			label = part.EN
		}
		out = append(out, label)
	}
	return out
}

func adviceWords(s order.State, p *locale.Printer) []string {
	var out []string
	if s.Handover != nil {
		for _, a := range s.Handover.Advice {
			out = append(out, p.T("advice."+a))
		}
	}
	return out
}

// values collects the readings that count of some phases and a winding state.
func values(s order.State, winding string, phases ...string) map[horology.Position]horology.Values {
	out := map[horology.Position]horology.Values{}
	for _, phase := range phases {
		for _, r := range s.ReadingsOf(phase) {
			pos, ok := horology.ParsePosition(r.Position)
			if !ok || winding == "24h" != (r.Winding == "24h") {
				continue
			}
			out[pos] = horology.Values{Rate: r.Rate, Amplitude: r.Amplitude, BeatError: r.BeatError}
		}
	}
	return out
}

func paperReading(v horology.Values) paper.Reading {
	return paper.Reading{Rate: v.Rate, Amplitude: v.Amplitude, BeatError: v.BeatError}
}

// reportReadings fills the table, the headlines and the bands.
func reportReadings(in *paper.ServiceReportInput, s order.State) {
	before, after, after24 := values(s, "0h", order.Before), values(s, "0h", order.After, order.AtControl), values(s, "24h", order.After, order.AtControl)
	for _, name := range reportOrder {
		p, _ := horology.ParsePosition(name)
		_, b := before[p]
		_, a := after[p]
		if a || b {
			in.Positions = append(in.Positions, paper.PositionReadings{Position: name, Before: paperReading(before[p]), After: paperReading(after[p]), After24: paperReading(after24[p])})
		}
	}
	if len(in.Positions) == 0 {
		return
	}
	db, da, d24 := horology.Derive(before), horology.Derive(after), horology.Derive(after24)
	mean := func(d horology.Derived) paper.Reading {
		return paper.Reading{Rate: d.X, Amplitude: d.XAmplitude, BeatError: d.XBeatError}
	}
	in.Mean = paper.PositionReadings{Before: mean(db), After: mean(da), After24: mean(d24)}
	in.Delta = paper.PositionReadings{Before: paper.Reading{Rate: db.D}, After: paper.Reading{Rate: da.D}, After24: paper.Reading{Rate: d24.D}}
	j := judgeOf(s.Watch, in.Returned)
	in.Headlines = []paper.Headline{
		{Quantity: paper.RateMean, Before: db.X, After: da.X, Verdict: stripVerdict(j, horology.MeanRate, da.X, "")},
		{Quantity: paper.RateDelta, Before: db.D, After: da.D, Verdict: stripVerdict(j, horology.RateSpread, da.D, "")},
		{Quantity: paper.AmplitudeFlat, Position: "CH", Before: before[horology.CH].Amplitude, After: after[horology.CH].Amplitude,
			Verdict: stripVerdict(j, horology.Amplitude, after[horology.CH].Amplitude, horology.CH)},
	}
	in.RateBand, in.AmplitudeBand = band(j, horology.Rate), band(j, horology.Amplitude)
}

func stripVerdict(j judge, q horology.Quantity, v *float64, p horology.Position) strip.Verdict {
	if v == nil {
		return strip.Inconclusive
	}
	switch j.figure(q, *v, 0, p, horology.Full).Verdict {
	case string(horology.InTolerance):
		return strip.InTolerance
	case string(horology.OutOfTolerance):
		return strip.OutOfTolerance
	}
	return strip.Inconclusive
}

func band(j judge, q horology.Quantity) paper.Band {
	for _, p := range []horology.Position{horology.CH, ""} {
		if x := j.figure(q, math.NaN(), 0, p, horology.Full); x.Min != nil || x.Max != nil {
			return paper.Band{Low: x.Min, High: x.Max}
		}
	}
	return paper.Band{}
}

// reportElectric puts the wired readings of an electronic watch side by side.
func reportElectric(in *paper.ServiceReportInput, s order.State, p *locale.Printer) {
	var before, after order.Electric
	for _, x := range s.Electric {
		if x.Phase == order.Before {
			before = x
		} else {
			after = x
		}
	}
	add := func(key, unit string, decimals int, b, a *float64, q string) {
		if b == nil && a == nil {
			return
		}
		v := strip.Inconclusive
		for _, j := range after.Verdicts {
			if j.Quantity == q && j.Verdict == "in" {
				v = strip.InTolerance
			} else if j.Quantity == q && j.Verdict == "out" {
				v = strip.OutOfTolerance
			}
		}
		in.Figures = append(in.Figures, paper.Figure{Label: p.T(key), Before: b, After: a, Decimals: decimals, Unit: unit, Verdict: v})
	}
	add("electric.battery_v", "unit.v", 2, before.BatteryV, after.BatteryV, "battery_voltage")
	add("electric.battery_loaded_v", "unit.v", 2, before.BatteryLoadedV, after.BatteryLoadedV, "battery_loaded")
	add("electric.consumption_ua", "unit.ua", 2, before.ConsumptionUA, after.ConsumptionUA, "consumption")
	add("electric.coil_kohm", "unit.kohm", 2, before.CoilKOhm, after.CoilKOhm, "coil_resistance")
	add("electric.insulation_kohm", "unit.kohm", 0, before.InsulationKOhm, after.InsulationKOhm, "coil_insulation")
	add("electric.min_voltage_v", "unit.v", 2, before.MinVoltageV, after.MinVoltageV, "min_voltage")
	add("electric.start_voltage_v", "unit.v", 2, before.StartVoltageV, after.StartVoltageV, "start_voltage")
}

// reportTrace reads the kept trace of CH, or of the first position that has one.
func (w *Workshop) reportTrace(ctx context.Context, s order.State, phases ...string) (*paper.TraceOf, error) {
	var best *order.Reading
	for _, phase := range phases {
		for _, r := range s.ReadingsOf(phase) {
			if r.Beats != "" && (best == nil || r.Position == "CH") {
				best = &r
			}
		}
	}
	if best == nil {
		return nil, nil
	}
	points, err := w.Trace(ctx, best.Beats)
	if err != nil {
		return nil, err
	}
	out := &paper.TraceOf{Position: best.Position, Seconds: best.Seconds}
	for _, p := range points {
		out.Points = append(out.Points, strip.TracePoint{Seconds: p.S, OffsetMS: p.O, Tock: p.T})
	}
	return out, nil
}
