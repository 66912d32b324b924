package web

import (
	"cmp"
	"html/template"
	"math"
	"net/http"
	"slices"
	"strconv"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/locale"
	"etabli.example/timing/strip"
	"etabli.example/trade/order"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// recordPage is everything measured in one phase: positions, what they say
// together, and the drawings.
type recordPage struct {
	orderHead
	Phase    string
	Phases   []component.Choice // Value is an address
	Windings []windingRecord
	Polar    template.HTML
	Rates    template.HTML // before and after by position
	Measure  string        // address of the live page in this phase
	// Electronic is set for a watch without a balance: its rate is told by the month,
	// and it has neither amplitude nor beat error.
	Electronic bool
	Doubt      liftDoubt // of the lift angle
}

// Nothing stands where nothing was measured in the phase.
func (p *recordPage) Nothing() component.Empty {
	return component.Empty{Icon: "trace", Title: p.P.T("measurement.nothing"), Text: p.P.T("measurement.nothing_text")}
}

// windingRecord is the readings of one winding state.
type windingRecord struct {
	Name    string
	Rows    []recordRow
	Derived []derivedFigure
}

// recordRow is one reading of the record.
type recordRow struct {
	Position, Name, Href              string
	Rate, RateU                       string
	Amplitude, AmplitudeU             string
	BeatError, BeatErrorU             string
	RateMark, AmplitudeMark, BeatMark *component.Verdict
	How, By, When                     string
	Replaced                          bool   // another reading of the position counts
	Counts                            bool   // it counts, and the position was read more than once
	Chosen                            string // why it counts though it is not the last
	Struck                            bool   // corrected
}

// derivedFigure is one indicator with its formula.
type derivedFigure struct{ Symbol, Name, Value, Formula string }

// readings is GET /orders/{number}/readings: phase.
func (s *Server) readings(w http.ResponseWriter, r *http.Request) error {
	head, err := s.measuredHead(r)
	if err != nil {
		return err
	}
	t := s.printer(r)
	p := &recordPage{orderHead: head, Phase: oneOf(r.URL.Query().Get("phase"), order.Phases(), phaseNow(head.View.Stage))}
	p.Title = t.T("measurement.record_title", head.View.Number)
	p.Doubt = liftDoubtOf(t, head.View.Watch, 0)
	p.Measure = p.At("/measure?phase=" + p.Phase)
	for _, ph := range order.Phases() {
		p.Phases = append(p.Phases, component.Choice{Value: p.At("/readings?phase=" + ph), Label: t.T("phase." + ph), Chosen: ph == p.Phase})
	}
	for _, wind := range windings {
		if rec := recordOf(t, head.View, p.Phase, wind); len(rec.Rows) > 0 {
			p.Windings = append(p.Windings, rec)
		}
	}
	if p.Electronic = electronic(head.View.Watch); !p.Electronic {
		p.Polar, p.Rates = hangingOf(t, head.View.State), ratesOf(t, head.View.State)
	}
	return s.page(w, r, "measure/record", p)
}

// measuredHead is the head of a page that belongs to the measurements.
func (s *Server) measuredHead(r *http.Request) (orderHead, error) {
	head, err := s.orderHead(r, true)
	for i := range head.Tabs {
		head.Tabs[i].Current = head.Tabs[i].Word == "tab.measure"
	}
	return head, err
}

func recordOf(t *locale.Printer, v workshop.SheetView, phase, wind string) windingRecord {
	rec := windingRecord{Name: t.T("winding." + wind)}
	protocol := order.PositionsOf(v.Watch.Kind, 10)
	for _, x := range v.Readings {
		if x.Phase == phase && x.Winding == wind {
			rec.Rows = append(rec.Rows, rowOf(t, v, x))
		}
	}
	place := func(p string) int {
		if i := slices.Index(protocol, p); i >= 0 {
			return i
		}
		return len(protocol)
	}
	slices.SortStableFunc(rec.Rows, func(a, b recordRow) int { return cmp.Compare(place(a.Position), place(b.Position)) })
	if len(rec.Rows) > 0 && !electronic(v.Watch) {
		rec.Derived = derivedFigures(t, workshop.DerivedOf(v.State, phase, wind))
		if wind == "24h" {
			rec.Derived = append(rec.Derived, isochronism(t, v.State, phase)...)
		}
	}
	return rec
}

func rowOf(t *locale.Printer, v workshop.SheetView, x order.Reading) recordRow {
	row := recordRow{Position: x.Position, Name: positionName(t, x.Position), Href: orderHref(v.Number, "readings", strconv.FormatInt(x.Seq, 10)),
		How: t.T("measurement.how." + x.How), By: v.People[x.By], Replaced: !x.Counts && v.Corrected[x.Seq] == 0, Struck: v.Corrected[x.Seq] != 0}
	if row.Counts = x.Counts && len(v.Rivals(x)) > 0; x.Chosen != nil {
		row.Chosen = x.Chosen.Why
	}
	if e, ok := entryOf(v, x.Seq); ok {
		row.When = t.DateTime(e.Happened)
	}
	row.Rate, row.Amplitude, row.BeatError = figures(t, x)
	half := workshop.IntervalOf(v.Watch, x)
	mark := func(q string, u float64, decimals int) (string, *component.Verdict) {
		if valueOf(x, q) == nil {
			return "", nil
		}
		text := ""
		if u > 0 && !math.IsNaN(u) {
			text = spread(t, u, decimals)
		}
		return text, &component.Verdict{Judgement: judgement(x.VerdictOf(q))}
	}
	row.RateU, row.RateMark = mark("rate", half.Rate, 1)
	if electronic(v.Watch) && x.Rate != nil {
		row.Rate, row.RateU = t.Signed(*x.Rate*workshop.DaysPerMonth, 1), ""
		return row
	}
	row.AmplitudeU, row.AmplitudeMark = mark("amplitude", half.Amplitude, 0)
	row.BeatErrorU, row.BeatMark = mark("beat_error", half.BeatError, 1)
	return row
}

func entryOf(v workshop.SheetView, seq int64) (journal.Entry, bool) {
	if seq < 1 || seq > int64(len(v.Entries)) {
		return journal.Entry{}, false
	}
	return v.Entries[seq-1], true
}

// derivedFigures writes what the positions say together, each with its formula,
// or why it cannot be said.
func derivedFigures(t *locale.Printer, d horology.Derived) []derivedFigure {
	rate := func(v *float64) string { return t.Rate(*v) }
	size := func(v *float64) string { return t.Unit(t.Number(*v, 1), "unit.rate") } // differences have no sign
	turn := func(v *float64) string { return t.Degrees(*v) }
	var out []derivedFigure
	for _, f := range []struct {
		symbol, key, why string
		v                *float64
		write            func(*float64) string
	}{
		{"X", "x", "X", d.X, rate}, {"D", "d", "D", d.D, size}, {"DVH", "dvh", "DVH", d.DVH, rate}, {"Di", "di", "Di", d.Di, rate},
		{"DVm", "dvm", "DVm", d.DVm, size}, {"Φ", "phi", "Phi", d.Phi, turn},
	} {
		x := derivedFigure{Symbol: f.symbol, Name: t.T("measurement.derived." + f.key), Formula: t.T("measurement.formula." + f.key), Value: "–"}
		if f.v != nil {
			x.Value = f.write(f.v)
		} else if why := d.Why[f.why]; why != "" {
			x.Formula = t.T("measurement.why."+string(why)) + " " + x.Formula
		}
		out = append(out, x)
	}
	return out
}

// isochronism compares 24 h with full wind, position by position.
func isochronism(t *locale.Printer, s order.State, phase string) []derivedFigure {
	at := map[string]map[string]order.Reading{"0h": {}, "24h": {}}
	for _, x := range s.ReadingsOf(phase) {
		if at[x.Winding] != nil {
			at[x.Winding][x.Position] = x
		}
	}
	var out []derivedFigure
	for _, p := range order.PositionsOf(s.Watch.Kind, 10) {
		full, late := at["0h"][p], at["24h"][p]
		if full.Rate != nil && late.Rate != nil {
			out = append(out, derivedFigure{Symbol: "Δ " + p, Name: t.T("measurement.derived.iso", p), Value: t.Rate(*late.Rate - *full.Rate), Formula: t.T("measurement.formula.iso")})
		}
	}
	return out
}

// seriesOf returns the rates at full wind that count: before, and after (the
// control's where there is one).
func seriesOf(s order.State) (before, after, after24 map[string]*float64) {
	before, after, after24 = map[string]*float64{}, map[string]*float64{}, map[string]*float64{}
	for _, x := range s.Readings {
		if !x.Counts {
			continue
		}
		switch {
		case x.Phase == order.Before && x.Winding != "24h":
			before[x.Position] = x.Rate
		case x.Phase != order.Before && x.Winding == "24h":
			after24[x.Position] = x.Rate
		case x.Phase != order.Before:
			after[x.Position] = x.Rate
		}
	}
	return before, after, after24
}

// hangingOf draws the four hanging positions; empty where fewer than two were read.
func hangingOf(t *locale.Printer, s order.State) template.HTML {
	before, after, _ := seriesOf(s)
	in := strip.PolarInput{Frame: strip.Frame{W: 300, H: 300, Text: 14}, Names: [4]string{"12H", "3H", "6H", "9H"},
		Label: func(v float64) string { return t.Signed(v, 0) }}
	known := 0
	for i, p := range in.Names {
		in.Before[i], in.After[i] = before[p], after[p]
		if before[p] != nil || after[p] != nil {
			known++
		}
	}
	if known < 2 {
		return ""
	}
	v := judgedOf(workshop.Limits(s.Watch, "12H", "0h"), "rate")
	in.Low, in.High = v.Min, v.Max
	return template.HTML(strip.Polar(in).SVG(t.T("measurement.polar"))) // strip escapes its words
}

// ratesOf draws rate by position, before and after; empty where nothing was read.
func ratesOf(t *locale.Printer, s order.State) template.HTML {
	before, after, after24 := seriesOf(s)
	in := strip.BeforeAfterInput{Frame: strip.Frame{W: 460, H: 300, Text: 14}, Label: func(v float64) string { return t.Signed(v, 0) }}
	for _, p := range order.PositionsOf(s.Watch.Kind, 10) {
		if before[p] == nil && after[p] == nil && after24[p] == nil && !slices.Contains(order.PositionsOf(s.Watch.Kind, 6), p) {
			continue // the intermediate positions, where nobody read them
		}
		in.Rows = append(in.Rows, strip.PositionRow{Label: p, Before: before[p], After: after[p], After24: after24[p]})
	}
	if len(before)+len(after)+len(after24) == 0 {
		return ""
	}
	v := judgedOf(workshop.Limits(s.Watch, "CH", "0h"), "rate")
	in.Low, in.High = v.Min, v.Max
	return template.HTML(strip.BeforeAfter(in).SVG(t.T("measurement.before_after")))
}

// readingPage is one reading in full.
type readingPage struct {
	orderHead
	Reading  order.Reading
	Position string
	When     string
	Tiles    []component.Tile
	Rules    []ruleRow
	Facts    []fact
	Notices  []string
	Trace    template.HTML
	Vario    []varioChart
	Sound    string
	State    string           // why it does not count, or counts among several; "" where it is the only one
	Choose   *component.Field // the reason, where it could count in place of another
}

// ruleRow is one verdict with its rule in full.
type ruleRow struct {
	Quantity, Limits, Scope, Source, Confidence string
	Verdict                                     component.Verdict
}

// ruleSource says where a rule comes from: the works of the catalogue, or who of the
// house set it, when and why.
func ruleSource(t *locale.Printer, v workshop.SheetView, j order.Judged) string {
	if j.Own != "" {
		return t.T("own.source", t.Day(j.OwnSince), v.People[j.OwnBy], j.Source)
	}
	return sourceText(t, j.Source)
}

// reading is GET /orders/{number}/readings/{seq}.
func (s *Server) reading(w http.ResponseWriter, r *http.Request) error {
	p, err := s.readingPage(r)
	if err != nil {
		return err
	}
	p.choice(s.printer(r), "")
	return s.page(w, r, "measure/reading", p)
}

func (s *Server) readingPage(r *http.Request) (*readingPage, error) {
	head, err := s.measuredHead(r)
	if err != nil {
		return nil, err
	}
	seq, _ := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	i := slices.IndexFunc(head.View.Readings, func(x order.Reading) bool { return x.Seq == seq })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "measurement.no_reading", r.PathValue("seq"))
	}
	t, x := s.printer(r), head.View.Readings[i]
	points, err := s.shop.Trace(r.Context(), x.Beats)
	if err != nil {
		return nil, err
	}
	p := &readingPage{orderHead: head, Reading: x, Position: positionName(t, x.Position), Trace: traceOf(t, points)}
	if x.Stepping != nil {
		p.Trace = motorTrace(t, points, x.Stepping.MotorS)
	}
	vario, err := s.shop.VarioOf(r.Context(), x.Vario)
	if err != nil {
		return nil, err
	}
	p.Vario = varioCharts(t, vario)
	p.Title = t.T("measurement.reading_title", seq, head.View.Number)
	if e, ok := entryOf(head.View, seq); ok {
		p.When = t.DateTime(e.Happened)
	}
	if x.Sound != "" && !head.View.Erased[x.Sound] {
		p.Sound = "/blob/" + x.Sound
	}
	p.tell(t, head.View, x)
	return p, nil
}

// tell fills in figures, rules and facts.
func (p *readingPage) tell(t *locale.Printer, v workshop.SheetView, x order.Reading) {
	shown := []string{"rate", "amplitude", "beat_error"}
	if electronic(v.Watch) && x.Rate != nil {
		shown = nil
		p.Tiles = append(p.Tiles, rateTile(t, v.Watch, x))
	}
	for _, q := range shown {
		d := dial(t, v.Watch, q, nil, &x)
		tile := component.Tile{Name: d.Name, Figure: d.Digits(), Unit: d.Unit, PlusMinus: d.PlusMinus, Ruler: &d.Ruler, Source: d.Source, TightToUnit: q == "amplitude"}
		if d.Verdict != nil {
			tile.Verdict = *d.Verdict
		} else {
			tile.Ruler, tile.Reason, tile.Source = nil, t.T("measurement.not_given"), ""
		}
		p.Tiles = append(p.Tiles, tile)
	}
	for _, j := range x.Verdicts {
		if electronic(v.Watch) && j.Quantity == "rate" {
			j = scaledToMonth(j)
		}
		p.Rules = append(p.Rules, ruleRow{t.T("live." + j.Quantity), limitsText(t, j), printed(t, j.Scope), ruleSource(t, v, j), t.T("measurement.confidence." + confidence(j.Confidence)), component.Verdict{Judgement: judgement(j.Verdict)}})
	}
	add := func(key, value string) {
		if value != "" {
			p.Facts = append(p.Facts, fact{t.T(key), value})
		}
	}
	add("phase.label", t.T("phase."+x.Phase))
	add("winding.label", t.T("winding."+x.Winding))
	add("measurement.how", t.T("measurement.how."+x.How))
	add("measurement.instrument", x.Instrument)
	if x.BPH != nil {
		add("measurement.beat", t.BPH(int(math.Round(*x.BPH))))
	}
	if x.LiftDeg > 0 {
		add("live.lift_field", t.LiftAngle(x.LiftDeg))
	}
	if x.Seconds > 0 {
		add("measurement.listened", t.Unit(t.Number(x.Seconds, 0), "unit.s"))
	}
	if x.ClockU != nil {
		add("measurement.clock", t.PlusMinus(1.96**x.ClockU, 1)+"\u00a0"+t.T("unit.rate"))
	}
	say := "live.say."
	if m := x.Stepping; m != nil {
		say = "quartz.say."
		seconds := func(key string, v *float64) {
			if v != nil {
				add(key, t.Unit(t.Float(*v), "unit.s"))
			}
		}
		seconds("electronic.figure.motor", m.MotorS)
		seconds("electronic.figure.gate", m.InhibitionS)
		if m.PulseMS != nil {
			add("electronic.figure.pulse", t.Unit(t.Number(*m.PulseMS, 1), "unit.ms"))
		}
	}
	for _, n := range x.Notices {
		p.Notices = append(p.Notices, wordOr(t, say+n, t.T("live.say."+n)))
	}
	p.State = countingText(t, v, x)
}
