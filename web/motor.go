package web

import (
	"html/template"
	"net/http"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// motorPanel is where the motor of an electronic watch is listened to, live or
// from a file.
type motorPanel struct {
	Socket    string
	Rate      Dial // its figure is a month's
	Figures   []motorFigure
	Words     []LiveWord
	Upload    component.Field
	Clock     string // how far the sound card's clock is known
	ClockHref string // where it is calibrated
	Card      workshop.CardClock
	ByCard    bool // the file was recorded through it
	// Of a file that was measured:
	Held    string // name of the sound; "" where nothing can be kept
	Why     string // why it tells no rate
	Notices []string
	Trace   template.HTML
}

// motorFigure is one of the figures beside the rate; Name is the wire's.
type motorFigure struct{ Name, Label, Value string }

// motorFigures are their names in the order they are shown.
var motorFigures = []string{"day", "motor", "gate", "pulse", "heard"}

// motorWords are the sentences the element says by itself.
var motorWords = []string{"listening", "offline", "mic_denied", "mic_none", "mic_insecure", "kept"}

// motorPanel is the panel before anything was heard.
func (p *electronicPage) motorPanel(t *locale.Printer, card workshop.CardClock) {
	v := judgedOf(workshop.Limits(p.View.Watch, "CH", "unknown"), "rate")
	m := motorPanel{Socket: "/live/" + p.View.Number, Upload: component.Field{Name: "sound"}, Clock: clockText(t, card), ClockHref: clockHref(card), Card: card}
	m.Rate = Dial{Key: "rate", Name: t.T("live.monthly_rate"), Unit: t.T("unit.rate_month"), Source: monthly(t, v)}
	for _, name := range motorFigures {
		m.Figures = append(m.Figures, motorFigure{Name: name, Label: t.T("electronic.figure." + name), Value: "–"})
	}
	for _, name := range motorWords {
		m.Words = append(m.Words, LiveWord{name, t.T("live.say." + name)})
	}
	p.Motor = m
}

// heard puts what was measured from a file into the panel.
func (p *electronicPage) heard(t *locale.Printer, m workshop.Sounding, held string) error {
	r, err := workshop.Judged(p.View.Watch, m)
	if err != nil {
		return err
	}
	e := *m.Motor
	values := map[string]string{"heard": t.Unit(t.Number(e.ToS, 0), "unit.s"), "day": "–"}
	for name, v := range map[string]*float64{"motor": e.MotorPeriodS, "gate": e.InhibitionPeriodS} {
		if v != nil {
			values[name] = t.Unit(t.Float(*v), "unit.s")
		}
	}
	if e.PulseWidthMS != nil {
		values["pulse"] = t.Unit(t.Number(*e.PulseWidthMS, 1), "unit.ms")
	}
	if e.Confident {
		half := halfOf(p.View.Watch, r, "rate") * workshop.DaysPerMonth
		p.Motor.Rate.Figure = t.Signed(*e.RateSD*workshop.DaysPerMonth, 1)
		p.Motor.Rate.PlusMinus = spread(t, half, 1)
		p.Motor.Rate.Verdict = &component.Verdict{Judgement: judgement(r.VerdictOf("rate"))}
		values["day"] = t.Unit(t.Signed(*e.RateSD, 3), "unit.rate")
	} else {
		p.Motor.Why = t.T("quartz.say." + string(e.Reason))
	}
	for i, f := range p.Motor.Figures {
		if values[f.Name] != "" {
			p.Motor.Figures[i].Value = values[f.Name]
		}
	}
	for _, n := range e.Notices {
		p.Motor.Notices = append(p.Motor.Notices, t.T("quartz.say."+string(n)))
	}
	p.Motor.Held, p.Motor.Trace = held, motorTrace(t, m.Trace(), e.MotorPeriodS)
	return nil
}

// motorTrace draws the steps of a motor: a saw-tooth where its divider corrects.
func motorTrace(t *locale.Printer, points []workshop.TracePoint, motor *float64) template.HTML {
	step := 1.0
	if motor != nil {
		step = *motor
	}
	return traceWithin(t, points, 2.5*step, "electronic.trace_label")
}

// measureStepping is POST …/measure/file of an electronic watch.
func (s *Server) measureStepping(w http.ResponseWriter, r *http.Request) error {
	f, err := s.soundOf(r)
	p, perr := s.electronicPage(r, nil)
	if perr != nil {
		return perr
	}
	var m workshop.Sounding
	if err == nil {
		defer f.Close()
		var card workshop.CardClock
		if card, err = s.cardOf(r); err != nil {
			return err
		}
		m, err = s.shop.MeasureStepping(f, card.Stepping())
		m.Instrument = card.Name
		p.Motor.ByCard = card.Sheet != ""
		err = ofFile(err)
	}
	if err != nil {
		fields, ok := s.fieldErrors(r, err)
		if !ok {
			return err
		}
		p.Motor.Upload.Error = fields["file"]
		return s.refuse(w, r, "checks/electronic", p)
	}
	held := ""
	if m.Motor.Confident {
		if held, err = s.shop.HoldSound(r.Context(), p.Who, m); err != nil {
			return err
		}
	}
	m.Phase, m.Position, m.Winding = p.Phase, "CH", "unknown"
	if err := p.heard(s.printer(r), m, held); err != nil {
		return err
	}
	return s.page(w, r, "checks/electronic", p)
}

// keepStepping is POST …/measure/keep of an electronic watch: the reading of the
// file measured before.
func (s *Server) keepStepping(w http.ResponseWriter, r *http.Request) error {
	p, err := s.electronicPage(r, nil)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	held := strings.TrimSpace(r.PostFormValue("held"))
	if held == "" {
		p.Notice = s.printer(r).T("measurement.nothing_heard")
		return s.refuse(w, r, "checks/electronic", p)
	}
	card, err := s.cardOf(r)
	if err != nil {
		return err
	}
	m, err := s.shop.MeasureHeldStepping(r.Context(), held, card.Stepping())
	if err != nil {
		return err
	}
	m.Reading = order.Reading{Phase: p.Phase, Position: "CH", Winding: "unknown", How: "file", Instrument: card.Name}
	_, err = s.shop.KeepReading(r.Context(), a, m)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Stale) || fault.Is(err, fault.Conflict) {
		p.Notice = s.printer(r).Error(err)
		return s.refuse(w, r, "checks/electronic", p)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, p.At("/measure?phase="+p.Phase), "electronic.kept")
}
