package web

import (
	"math"
	"net/http"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// electronicPage measures an electronic watch: its rate as an instrument shows it,
// and what is measured by wire. It has no balance to listen to, so that there is
// neither lift angle nor amplitude nor beat error here, but the steps of a motor.
type electronicPage struct {
	orderHead
	Phase    string
	Phases   []component.Choice // Value is an address
	Rate     component.Tile     // of the last reading of the phase
	Told     string             // of that reading: instrument, when; "" where there is none
	ToldHref string
	Motor    motorPanel
	Form     rateForm
	Electric *electricForm
	Refused  string // why the person cannot measure here
}

// rateForm is a rate read on an instrument.
type rateForm struct {
	Rate, Unit component.Field
	Instrument instrumentChoice
}

// rateUnits are the units an instrument for quartz shows, and how many seconds a
// day one of each is.
var rateUnits = []struct {
	name   string
	perDay float64
}{{"month", 1 / workshop.DaysPerMonth}, {"day", 1}, {"year", 1 / workshop.DaysPerYear}}

// electronic is whether a watch is measured on this page.
func electronic(w order.WatchFacts) bool { return w.Kind == "quartz" }

func (s *Server) electronicPage(r *http.Request, errors map[string]string) (*electronicPage, error) {
	head, err := s.measuredHead(r)
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	p := &electronicPage{orderHead: head, Phase: oneOf(r.FormValue("phase"), order.Phases(), phaseNow(head.View.Stage))}
	p.Title = t.T("electronic.title", head.View.Number)
	for _, ph := range order.Phases() {
		p.Phases = append(p.Phases, component.Choice{Value: p.At("/measure?phase=" + ph), Label: t.T("phase." + ph), Chosen: ph == p.Phase})
	}
	if err := p.Who.Must(staff.Measure); err != nil {
		p.Refused = t.Error(err)
	} else if head.View.Stage.Closed() {
		p.Refused = t.T("order.closed")
	}
	p.last(t)
	card, err := s.card(r)
	if err != nil {
		return nil, err
	}
	p.motorPanel(t, card)
	p.Electric = s.electricForm(r, head.View.State, p.Phase)
	p.Form.Rate = component.Field{Name: "rate", Label: t.T("live.rate"), Value: r.PostFormValue("rate"), InputMode: "text", Error: errors["rate"]}
	p.Form.Unit = component.Field{Name: "rate_unit", Label: t.T("electronic.unit"), Type: "select"}
	unit := r.PostFormValue("rate_unit")
	for _, u := range rateUnits {
		p.Form.Unit.Choices = append(p.Form.Unit.Choices, component.Choice{Value: u.name, Label: t.T("electronic.unit." + u.name), Chosen: u.name == unit})
	}
	p.Form.Instrument, err = s.instruments(r, errors)
	return p, err
}

// last shows the last reading of the phase, or the limits it will be held to.
func (p *electronicPage) last(t *locale.Printer) {
	v := judgedOf(workshop.Limits(p.View.Watch, "CH", "unknown"), "rate")
	p.Rate = component.Tile{Name: t.T("live.rate"), Reason: t.T("electronic.none"), Remedy: t.T("electronic.none_do"), Source: monthly(t, v)}
	read := p.View.ReadingsOf(p.Phase)
	for i := len(read) - 1; i >= 0; i-- {
		if x := read[i]; x.Rate != nil {
			p.Rate = rateTile(t, p.View.Watch, x)
			p.Told = t.T("electronic.told", x.Instrument, p.By(x.By))
			if e, ok := entryOf(p.View, x.Seq); ok {
				p.Told += ", " + t.DateTime(e.Happened)
			}
			p.ToldHref = p.At("/readings/" + t.Int(x.Seq))
			return
		}
	}
}

// rateTile is the rate of an electronic watch: a month's, with the day's beside it.
func rateTile(t *locale.Printer, w order.WatchFacts, x order.Reading) component.Tile {
	v, half := judgedOf(x.Verdicts, "rate"), halfOf(w, x, "rate")
	m := scaledToMonth(v)
	tile := component.Tile{Name: t.T("live.rate"), Figure: t.Signed(*x.Rate*workshop.DaysPerMonth, 1), Unit: t.T("unit.rate_month"),
		PlusMinus: t.T("electronic.a_day", t.Signed(*x.Rate, 2)), Verdict: component.Verdict{Judgement: judgement(v.Verdict)}, Source: monthly(t, v)}
	if !math.IsNaN(half) {
		ruler := scaleOf("monthly_rate").ruler(t, m, *x.Rate*workshop.DaysPerMonth, half*workshop.DaysPerMonth)
		tile.Ruler = &ruler
	}
	return tile
}

// scaledToMonth is a rule on seconds a day as one on seconds a month.
func scaledToMonth(v order.Judged) order.Judged {
	v.Quantity = "monthly_rate"
	times := func(x *float64) *float64 {
		if x == nil {
			return nil
		}
		y := math.Round(*x*workshop.DaysPerMonth*100) / 100
		return &y
	}
	v.Min, v.Max = times(v.Min), times(v.Max)
	return v
}

// monthly says the rule in seconds a month.
func monthly(t *locale.Printer, v order.Judged) string { return ruleText(t, scaledToMonth(v)) }

// showElectronic is GET /orders/{number}/measure of an electronic watch.
func (s *Server) showElectronic(w http.ResponseWriter, r *http.Request) error {
	p, err := s.electronicPage(r, nil)
	if err != nil {
		return err
	}
	return s.page(w, r, "checks/electronic", p)
}

// keepRate is POST …/measure/typed of an electronic watch: rate, rate_unit,
// instrument.
func (s *Server) keepRate(w http.ResponseWriter, r *http.Request) error {
	p, err := s.electronicPage(r, nil)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	refused := func(fields map[string]string, said string) error {
		q, err := s.electronicPage(r, fields)
		if err != nil {
			return err
		}
		q.Notice = said
		return s.refuse(w, r, "checks/electronic", q)
	}
	var bad fault.Problems
	wrong := map[string]string{}
	m := workshop.Sounding{Reading: order.Reading{Phase: p.Phase, Position: "CH", Winding: "unknown", How: "typed", Instrument: p.Form.Instrument.read(r, &bad)}}
	if v := s.optional(r, "rate", wrong); v != nil {
		for _, u := range rateUnits {
			if u.name == r.PostFormValue("rate_unit") {
				day := *v * u.perDay
				m.Rate = &day
			}
		}
	}
	for field, text := range s.printer(r).Fields(bad.Err()) {
		wrong[field] = text
	}
	if len(wrong) > 0 {
		return refused(wrong, s.printer(r).T("fault.invalid"))
	}
	_, err = s.shop.KeepReading(r.Context(), a, m)
	if fields, ok := s.fieldErrors(r, err); ok || fault.Is(err, fault.Stale) || fault.Is(err, fault.Conflict) {
		return refused(fields, s.printer(r).Error(err))
	}
	if err != nil {
		return err
	}
	return s.done(w, r, p.At("/measure?phase="+p.Phase), "electronic.kept")
}
