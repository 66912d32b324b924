package web

import (
	"net/http"
	"strconv"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) chronometerRoutes() {
	s.handle("GET /orders/{number}/chronometer", s.needs(s.chronometer))
	s.handle("POST /orders/{number}/chronometer", s.needs(s.readHands))
}

// chronometerPage is a 15-day programme of observed states and what ISO 3159's
// criteria say of it. It never speaks of a certificate.
type chronometerPage struct {
	orderHead
	Days     []programmeRow
	Criteria []criterionRow
	Category string
	Missing  int
	Verdict  component.Verdict
	Acoustic []derivedFigure
	Form     []component.Field
	Refused  string
}

// programmeRow is one day; day 0 is the state the programme began with.
type programmeRow struct {
	Day                        int
	Position, Celsius          string
	At, Ahead, Rate, RateU, By string
	Next                       bool
}

// criterionRow is one criterion with its limit.
type criterionRow struct {
	Code, Name, Value, Limits string
	Verdict                   component.Verdict
}

func (s *Server) chronometerPage(r *http.Request, errors map[string]string) (*chronometerPage, error) {
	head, err := s.measuredHead(r)
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	p := &chronometerPage{orderHead: head}
	p.Title = t.T("chronometer.title", head.View.Number)
	if err := p.Who.Must(staff.Measure); err != nil {
		p.Refused = t.Error(err)
	} else if head.View.Stage.Closed() {
		p.Refused = t.T("order.closed")
	}
	next := p.days(t)
	p.criteria(t)
	p.acoustic(t)
	p.form(t, r, errors, next)
	return p, nil
}

// days fills in the programme and returns the first day still to be read.
func (p *chronometerPage) days(t *locale.Printer) int {
	rates := map[int]horology.DailyRate{}
	for _, x := range p.View.State.DailyRates() {
		rates[x.Day] = x
	}
	next := -1
	programme := horology.Programme()
	for day := 0; day <= len(programme); day++ {
		row := programmeRow{Day: day}
		if day > 0 {
			of := programme[day-1]
			row.Position, row.Celsius = string(of.Position), t.Float(of.TempC)+"\u00a0°C"
		}
		h, ok := p.View.State.HandsOf(day)
		if ok {
			row.At, row.By = t.DateTime(h.At), p.By(h.By)
			row.Ahead = t.Unit(t.Signed(h.AheadS, 1)+" "+t.PlusMinus(h.U95, 1), "unit.s")
		} else if next < 0 {
			next, row.Next = day, true
		}
		if x, ok := rates[day]; ok {
			row.Rate, row.RateU = t.Unit(t.Signed(x.Rate, 1), "unit.rate"), t.PlusMinus(x.U95, 1)
		}
		p.Days = append(p.Days, row)
	}
	return max(next, 0)
}

func (p *chronometerPage) criteria(t *locale.Printer) {
	r, assumed := workshop.ChronometerOf(p.View.State)
	p.Category = t.T("chronometer.category." + strconv.Itoa(int(r.Category)))
	if assumed {
		p.Category += " " + t.T("chronometer.category_assumed")
	}
	p.Missing = len(r.Missing)
	p.Verdict = component.Verdict{Judgement: judgement(string(r.Verdict))}
	for _, c := range r.Criteria {
		row := criterionRow{Code: c.Code, Name: c.FR, Value: "–", Verdict: component.Verdict{Judgement: judgement(string(c.Verdict)), Size: component.Small}}
		if t.Lang() == locale.EN {
			row.Name = c.EN
		}
		decimals := 1
		if c.Code == "C" {
			decimals = 2
		}
		if c.Value != nil {
			row.Value = t.Signed(*c.Value, decimals) + " " + t.PlusMinus(*c.U95, decimals)
			if c.Code == "V" || c.Code == "Vmax" || c.Code == "P" { // sizes, without a sign
				row.Value = t.Number(*c.Value, decimals) + " " + t.PlusMinus(*c.U95, decimals)
			}
		}
		if c.Limit.Min != nil && c.Limit.Max != nil && *c.Limit.Min == -*c.Limit.Max {
			row.Limits = t.PlusMinus(*c.Limit.Max, decimals)
		} else if c.Limit.Min != nil && c.Limit.Max != nil {
			row.Limits = t.T("chronometer.between", t.Signed(*c.Limit.Min, 0), t.Signed(*c.Limit.Max, 0))
		} else if c.Limit.Max != nil {
			row.Limits = t.T("chronometer.at_most", t.Number(*c.Limit.Max, 1))
		}
		p.Criteria = append(p.Criteria, row)
	}
}

// acoustic is what the session heard by microphone says in the same manner, said
// to be that.
func (p *chronometerPage) acoustic(t *locale.Printer) {
	phase := order.AtControl
	a := workshop.AcousticOf(p.View.State, phase)
	if a.M == nil {
		phase = order.After
		a = workshop.AcousticOf(p.View.State, phase)
	}
	if a.M == nil {
		return
	}
	add := func(symbol, key string, v *float64) {
		p.Acoustic = append(p.Acoustic, derivedFigure{Symbol: symbol, Name: t.T(key), Value: t.Rate(*v), Formula: t.T("phase." + phase)})
	}
	add("M", "chronometer.acoustic.m", a.M)
	add("D", "chronometer.acoustic.d", a.D)
	add("P", "chronometer.acoustic.p", a.P)
}

// form is that of the next state; what was typed stays.
func (p *chronometerPage) form(t *locale.Printer, r *http.Request, errors map[string]string, next int) {
	typed := func(name, first string) string {
		if r.Method == http.MethodPost {
			return r.PostFormValue(name)
		}
		return first
	}
	day := component.Field{Name: "day", Label: t.T("chronometer.day"), Type: "select", Error: errors["day"]}
	chosen := typed("day", strconv.Itoa(next))
	for _, row := range p.Days {
		label := t.T("chronometer.start")
		if row.Day > 0 {
			label = t.T("chronometer.day_of", row.Day, row.Position, row.Celsius)
		}
		v := strconv.Itoa(row.Day)
		day.Choices = append(day.Choices, component.Choice{Value: v, Label: label, Chosen: v == chosen})
	}
	p.Form = []component.Field{day,
		{Name: "at", Label: t.T("chronometer.at"), Type: "datetime-local", Value: typed("at", ""), Help: t.T("chronometer.at_help"), Error: errors["at"]},
		{Name: "ahead", Label: t.T("chronometer.ahead"), Unit: t.T("unit.s"), InputMode: "text", Help: t.T("chronometer.ahead_help"), Value: typed("ahead", ""), Error: errors["ahead"]},
		{Name: "u95", Label: t.T("chronometer.u95"), Unit: t.T("unit.s"), InputMode: "decimal", Value: typed("u95", t.Float(.5)), Error: errors["u95"]}}
}

func (s *Server) chronometer(w http.ResponseWriter, r *http.Request) error {
	p, err := s.chronometerPage(r, nil)
	if err != nil {
		return err
	}
	return s.page(w, r, "protocol/chronometer", p)
}

// readHands is POST /orders/{number}/chronometer: day, at (empty: now), ahead, u95.
func (s *Server) readHands(w http.ResponseWriter, r *http.Request) error {
	p, err := s.chronometerPage(r, nil)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	t, wrong := s.printer(r), map[string]string{}
	refused := func(fields map[string]string, said string) error {
		q, err := s.chronometerPage(r, fields)
		if err != nil {
			return err
		}
		q.Notice = said
		return s.refuse(w, r, "protocol/chronometer", q)
	}
	h := order.HandsRead{At: s.shop.Now().UTC()}
	if h.Day, err = strconv.Atoi(r.PostFormValue("day")); err != nil {
		h.Day = -1
	}
	if text := entered(r, "at"); text != "" {
		at, err := time.ParseInLocation("2006-01-02T15:04", text, s.shop.Zone)
		if err != nil {
			wrong["at"] = t.T("chronometer.unreadable")
		}
		h.At = at.UTC()
	}
	for name, to := range map[string]*float64{"ahead": &h.AheadS, "u95": &h.U95} {
		if v := s.optional(r, name, wrong); v != nil {
			*to = *v
		} else if wrong[name] == "" {
			wrong[name] = t.T("number.empty")
		}
	}
	if len(wrong) > 0 {
		return refused(wrong, t.T("fault.invalid"))
	}
	_, err = s.shop.ReadHands(r.Context(), a, h)
	if fields, ok := s.fieldErrors(r, err); ok || fault.Is(err, fault.Stale) || fault.Is(err, fault.Conflict) {
		return refused(fields, t.Error(err))
	}
	if err != nil {
		return err
	}
	return s.done(w, r, p.At("/chronometer"), "chronometer.kept", h.Day)
}
