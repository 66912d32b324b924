package web

import (
	"html/template"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/timing"
	"etabli.example/timing/strip"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) measurementRoutes() {
	s.handle("GET /orders/{number}/measure", s.needs(s.measure))
	s.handle("POST /orders/{number}/measure/keep", s.needs(s.keepHeld))
	s.handle("POST /orders/{number}/measure/redo", s.needs(s.measureAgain))
	s.handle("POST /orders/{number}/measure/file", s.needs(s.measureFile))
	s.handle("POST /orders/{number}/measure/typed", s.needs(s.keepTyped))
	s.handle("GET /orders/{number}/readings", s.needs(s.readings))
	s.handle("GET /orders/{number}/readings/{seq}", s.needs(s.reading))
	s.handle("POST /orders/{number}/readings/{seq}/count", s.needs(s.chooseReading))
}

// windings are the winding states offered.
var windings = []string{"0h", "24h", "unknown"}

// measuring is what a page measures: where, how wound, with which settings. It
// comes from the address or from a form.
type measuring struct {
	phase, winding, position string
	source, preset           string
	lift, beat               float64
	positions                []string
	size                     int     // of the session
	asked                    float64 // s/d: a reading this sure moves on by itself; 0 waits for a person
	ear                      bool    // listens for the watch to stop
	rules                    order.BenchRules
	typedLift, typedBeat     string
	errors                   map[string]string
}

// measuringOf reads r's query and form; what is missing follows from the sheet.
func (s *Server) measuringOf(r *http.Request, st order.State) (measuring, error) {
	rules, err := s.shop.BenchRules(r.Context())
	if err != nil {
		return measuring{}, err
	}
	if r.Method == http.MethodPost { // an address may be old, a form is ours: what it does not offer is never taken for something else
		_, known := horology.ParsePosition(r.FormValue("position"))
		for name, ok := range map[string]bool{"position": known, "phase": slices.Contains(order.Phases(), r.FormValue("phase")), "winding": slices.Contains(windings, r.FormValue("winding"))} {
			if !ok && r.FormValue(name) != "" {
				return measuring{}, fault.New(fault.Invalid, "measurement.not_offered")
			}
		}
	}
	m := measuring{phase: oneOf(r.FormValue("phase"), order.Phases(), phaseNow(st.Stage)), winding: oneOf(r.FormValue("winding"), windings, "0h"),
		source: oneOf(r.FormValue("source"), []string{"microphone", "file", "simulated"}, "microphone"),
		preset: oneOf(r.FormValue("preset"), workshop.Simulated(), "healthy"), errors: map[string]string{}, rules: rules,
		size: rules.Positions, asked: rules.Asked, ear: r.FormValue("ear") != ""}
	if n, err := strconv.Atoi(r.FormValue("set")); err == nil && slices.Contains(order.PositionSets(), n) {
		m.size = n
	}
	if v, err := strconv.ParseFloat(r.FormValue("asked"), 64); err == nil && v >= 0 && v <= 20 {
		m.asked = v
	}
	m.positions = order.PositionsOf(st.Watch.Kind, m.size)
	if p, ok := horology.ParsePosition(r.FormValue("position")); ok {
		m.position = string(p)
	} else if m.position, _, _ = workshop.NextPosition(st, m.positions, m.phase, m.winding, ""); m.position == "" {
		m.position = m.positions[0]
	}
	m.lift, _ = workshop.LiftOf(st.Watch)
	m.beat = st.Watch.BPH
	m.typedLift, m.typedBeat = s.printer(r).Float(m.lift), ""
	if m.beat > 0 {
		m.typedBeat = strconv.FormatFloat(m.beat, 'f', -1, 64)
	}
	s.setting(r, &m, "lift", &m.lift, &m.typedLift, 20, 90)
	if v := strings.TrimSpace(r.FormValue("beat")); v == "0" || v == "" && r.Form.Has("beat") {
		m.beat, m.typedBeat = 0, ""
	} else {
		s.setting(r, &m, "beat", &m.beat, &m.typedBeat, timing.MinBPH, timing.MaxBPH)
	}
	return m, nil
}

// setting reads one figure of the settings; one that is wrong is said beside
// its field and not used.
func (s *Server) setting(r *http.Request, m *measuring, field string, to *float64, typed *string, low, high float64) {
	text := strings.TrimSpace(r.FormValue(field))
	if text == "" {
		return
	}
	*typed = text
	p := s.printer(r)
	v, err := locale.ParseNumber(text)
	switch {
	case err != nil:
		m.errors[field] = p.Error(err)
	case v < low || v > high:
		m.errors[field] = p.T("fault.out_of_range", low, high)
	default:
		*to = v
	}
}

// phaseNow is the phase that a stage measures.
func phaseNow(stage order.Stage) string {
	switch stage {
	case order.InWork, order.Redo:
		return order.After
	case order.InControl, order.Ready:
		return order.AtControl
	}
	return order.Before
}

func oneOf(v string, list []string, otherwise string) string {
	if slices.Contains(list, v) {
		return v
	}
	return otherwise
}

// query is the address of the page that measures m at position.
func (m measuring) query(position string) string {
	q := url.Values{"phase": {m.phase}, "winding": {m.winding}, "position": {position}, "source": {m.source}}
	if m.source == "simulated" {
		q.Set("preset", m.preset)
	}
	q.Set("lift", strconv.FormatFloat(m.lift, 'f', -1, 64))
	q.Set("beat", strconv.FormatFloat(m.beat, 'f', -1, 64))
	if m.size != m.rules.Positions {
		q.Set("set", strconv.Itoa(m.size))
	}
	if m.asked != m.rules.Asked {
		q.Set("asked", strconv.FormatFloat(m.asked, 'f', -1, 64))
	}
	if m.ear {
		q.Set("ear", "1")
	}
	return "?" + q.Encode()
}

// config is for a recording; card is what it was recorded through, where that is
// known.
func (m measuring) config(card workshop.CardClock) timing.Config {
	return card.Mechanical(timing.Config{LiftDeg: m.lift, BeatBPH: m.beat})
}

// measure is GET /orders/{number}/measure: phase, winding, position, source, preset, lift, beat.
func (s *Server) measure(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.measurePage(r, nil)
	if err != nil {
		return err
	}
	if p.Electronic {
		return s.showElectronic(w, r)
	}
	return s.page(w, r, "measure/live", p)
}

// measurePage is the page, with the figures of what was measured from a file
// where heard is given.
func (s *Server) measurePage(r *http.Request, heard *order.Reading) (*MeasurePage, measuring, error) {
	row, err := s.named(r)
	if err != nil {
		return nil, measuring{}, err
	}
	who, err := s.actor(r)
	if err != nil {
		return nil, measuring{}, err
	}
	st, err := s.shop.State(r.Context(), who, row.Sheet)
	if err != nil {
		return nil, measuring{}, err
	}
	m, err := s.measuringOf(r, st)
	if err != nil {
		return nil, measuring{}, err
	}
	t := s.printer(r)
	base := orderHref(row.Number)
	p := &MeasurePage{Page: Page{Title: row.Number, Bench: true, Back: base}, Order: row.Number, OrderHref: base,
		Watch: st.Watch.Title(), Calibre: st.Watch.CalibreTitle(), Lift: t.LiftAngle(m.lift), Winding: t.T("winding." + m.winding),
		Source: m.source, Act: newAct(st.Seq), Phase: m.phase, Readings: base + "/readings?phase=" + m.phase,
		KeepAction: base + "/measure/keep", RedoAction: base + "/measure/redo", UploadAction: base + "/measure/file" + m.query(m.position), ManualAction: base + "/measure/typed",
		Words: Words(t.T), Upload: component.Field{Name: "sound"}}
	if m.beat > 0 {
		p.BPH = t.BPH(int(m.beat))
	}
	if err := who.Must(staff.Measure); err != nil {
		p.Refused = t.Error(err)
	} else if st.Stage.Closed() {
		p.Refused = t.T("order.closed")
	}
	p.Live = LiveStart{Socket: "/live/" + row.Number, Order: row.Number, Position: m.position, Winding: m.winding, Lift: m.lift, Beat: int(m.beat), Preset: m.preset,
		Set: m.size, Asked: m.asked, Ear: m.ear}
	limits := workshop.Limits(st.Watch, m.position, m.winding)
	p.Rate, p.Amplitude, p.BeatError = dial(t, st.Watch, "rate", limits, heard), dial(t, st.Watch, "amplitude", limits, heard), dial(t, st.Watch, "beat_error", limits, heard)
	p.Doubt = liftDoubtOf(t, st.Watch, m.lift)
	p.Electronic = electronic(st.Watch)
	card, err := s.card(r)
	if err != nil {
		return nil, measuring{}, err
	}
	if m.source != "simulated" {
		p.Clock, p.ClockHref, p.Card = clockText(t, card), clockHref(card), card
	}
	if m.source != "simulated" {
		sim := m
		sim.source = "simulated"
		p.Simulate = sim.query(m.position)
	}
	p.placed(t, st, m)
	p.settings(t, m)
	p.Instrument, err = s.instruments(r, nil)
	return p, m, err
}

// placed draws where the protocol has come to and what comes next.
func (p *MeasurePage) placed(t *locale.Printer, st order.State, m measuring) {
	next, done, all := workshop.NextPosition(st, m.positions, m.phase, m.winding, m.position)
	p.PositionName, p.Progress = positionName(t, m.position), t.T("position.progress", min(done+1, all), all)
	places := places(t, st, m)
	label := t.T("measurement.protocol", t.T("phase."+m.phase), t.T("winding."+m.winding))
	p.Wheel, p.Table = component.Wheel{Label: label, Places: places}, component.PositionTable{Caption: label, Places: places}
	written := func(pos string) string { return written(m.rules, []string{pos})[0] }
	p.Keep = t.T("live.keep_last", written(m.position))
	p.Next, p.Do = t.T("measurement.last_position"), t.T("measurement.last_position_do")
	if next != "" {
		p.Keep = t.T("live.keep", written(m.position), written(next))
		p.Next, p.Do = t.T("measurement.next_position", written(next), positionName(t, next)), t.T("measurement.next_position_do")
	}
}

// places are the rows of the protocol.
func places(t *locale.Printer, st order.State, m measuring) []component.Place {
	protocol := m.positions
	if !slices.Contains(protocol, m.position) {
		protocol = append(slices.Clone(protocol), m.position)
	}
	read := map[string]order.Reading{}
	for _, x := range st.ReadingsOf(m.phase) {
		if x.Winding == m.winding {
			read[x.Position] = x
		}
	}
	var out []component.Place
	for _, pos := range protocol {
		pl := component.Place{Position: pos, Written: written(m.rules, []string{pos})[0], Name: positionName(t, pos), State: component.Coming, Word: t.T("live.coming"), Href: m.query(pos)}
		if x, ok := read[pos]; ok {
			pl.State = component.Read
			pl.Rate, pl.Amplitude, pl.BeatError = figures(t, x)
			pl.Verdict = &component.Verdict{Judgement: worst(x.Verdicts)}
		}
		if pos == m.position {
			pl.State, pl.Word = component.Now, t.T("live.now")
		}
		out = append(out, pl)
	}
	return out
}

// figures writes what a reading gives for a table: units stand in its head.
func figures(t *locale.Printer, x order.Reading) (rate, amplitude, beatError string) {
	if x.Rate != nil {
		rate = t.Signed(*x.Rate, 1)
	}
	if x.Amplitude != nil {
		amplitude = t.Degrees(*x.Amplitude)
	}
	if x.BeatError != nil {
		beatError = t.Number(*x.BeatError, 1)
	}
	return rate, amplitude, beatError
}

func positionName(t *locale.Printer, pos string) string {
	return wordOr(t, "position."+strings.ToLower(pos), pos)
}

// settings fills the form of settings.
func (p *MeasurePage) settings(t *locale.Printer, m measuring) {
	p.Sources = sourceChoices(t, m.source)
	p.Sources.Choices = slices.DeleteFunc(p.Sources.Choices, func(c component.Choice) bool { return c.Value == "file" })
	for _, ph := range order.Phases() {
		p.Phases = append(p.Phases, component.Choice{Value: ph, Label: t.T("phase." + ph), Chosen: ph == m.phase})
	}
	p.LiftField = component.Field{Name: "lift", Label: t.T("live.lift_field"), Value: m.typedLift, Unit: "°", InputMode: "decimal", Error: m.errors["lift"]}
	p.BeatField = component.Field{Name: "beat", Label: t.T("live.beat_field"), Value: m.typedBeat, Unit: t.T("unit.bph"), InputMode: "numeric", Error: m.errors["beat"], Placeholder: t.T("live.beat_auto")}
	p.WindField = component.Field{Name: "winding", Label: t.T("live.winding_field"), Type: "select"}
	for _, x := range windings {
		p.WindField.Choices = append(p.WindField.Choices, component.Choice{Value: x, Label: t.T("winding." + x), Chosen: x == m.winding})
	}
	p.SetField = component.Field{Name: "set", Label: t.T("live.set_field"), Type: "select"}
	for _, n := range order.PositionSets() {
		p.SetField.Choices = append(p.SetField.Choices, component.Choice{Value: strconv.Itoa(n), Label: t.T("live.set_of", n), Chosen: n == m.size})
	}
	p.AskedField = component.Field{Name: "asked", Label: t.T("live.asked_field"), Type: "select"}
	for _, v := range askedOffered(m.asked) {
		label := t.T("live.asked_none")
		if v > 0 {
			label = t.T("live.asked_of", t.PlusMinus(v, 1)+"\u00a0"+t.T("unit.rate"))
		}
		p.AskedField.Choices = append(p.AskedField.Choices, component.Choice{Value: strconv.FormatFloat(v, 'f', -1, 64), Label: label, Chosen: v == m.asked})
	}
	p.Preset = component.Field{Name: "preset", Label: t.T("live.preset"), Type: "select"}
	for _, x := range workshop.Simulated() {
		p.Preset.Choices = append(p.Preset.Choices, component.Choice{Value: x, Label: t.T("measurement.preset." + x), Chosen: x == m.preset})
	}
	p.Manual = manualFields(t, nil, nil)
	p.SetupOpen = len(m.errors) > 0
}

// askedOffered are the uncertainties offered, the one in use among them.
func askedOffered(now float64) []float64 {
	offered := []float64{0, .5, 1, 2, 5}
	if !slices.Contains(offered, now) {
		offered = append(offered, now)
	}
	return offered
}

// manualFields are those of a reading typed from another instrument.
func manualFields(t *locale.Printer, typed func(string) string, errors map[string]string) []component.Field {
	fields := []component.Field{
		{Name: "rate", Label: t.T("live.rate"), Unit: t.T("unit.rate"), InputMode: "text"}, // keypads of "decimal" have no minus
		{Name: "amplitude", Label: t.T("live.amplitude"), Unit: "°", InputMode: "decimal"},
		{Name: "beat_error", Label: t.T("live.beat_error"), Unit: t.T("unit.ms"), InputMode: "decimal"},
	}
	for i := range fields {
		if typed != nil {
			fields[i].Value = typed(fields[i].Name)
		}
		fields[i].Error = errors[fields[i].Name]
	}
	return fields
}

// traceOf draws kept or measured beats.
func traceOf(t *locale.Printer, points []workshop.TracePoint) template.HTML {
	return traceWithin(t, points, 0.7, "live.trace_label") // longer than two beats of the slowest usual watch
}

// traceWithin draws beats or steps; what lies further apart than so many seconds
// has a hole between.
func traceWithin(t *locale.Printer, points []workshop.TracePoint, apart float64, label string) template.HTML {
	if len(points) == 0 {
		return ""
	}
	in := strip.TraceInput{Frame: strip.Frame{W: 1000, H: 230, Text: 15}, GapLabel: t.T("web.trace.lost"),
		XLabel: func(v float64) string { return t.Number(v, 0) }, YLabel: func(v float64) string { return t.Signed(v, 0) }}
	for i, b := range points {
		in.Points = append(in.Points, strip.TracePoint{Seconds: b.S - points[0].S, OffsetMS: b.O, Tock: b.T})
		if i > 0 && b.S-points[i-1].S > apart {
			in.Gaps = append(in.Gaps, strip.Gap{From: points[i-1].S - points[0].S, To: b.S - points[0].S})
		}
	}
	in.To = math.Max(10, points[len(points)-1].S-points[0].S)
	return template.HTML(strip.Trace(in).SVG(t.T(label))) // strip escapes its words
}
