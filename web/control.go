package web

import (
	"html/template"
	"math"
	"net/http"
	"slices"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/timing/strip"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

func (s *Server) controlRoutes() {
	s.handle("GET /orders/{number}/control", s.needs(s.control))
	s.handle("POST /orders/{number}/control", s.needs(s.controlAct))
	s.handle("POST /orders/{number}/control/photo", s.needs(s.controlPhoto))
}

// controlPage is the final control: every item, and before against after.
type controlPage struct {
	orderHead
	Ticks  map[string]bool
	Out    string // why something out of tolerance passes, typed
	Cause  string
	Step   string
	Rows   []compared
	Plots  []plot
	Waters []order.WaterTest // after the work
	Last   *order.Control
}

// compared is one position before and after the work.
type compared struct {
	Position      string
	Winding       string
	Before, After *order.Reading
	Verdicts      []component.Verdict // of the three figures after
}

// plot is a chart with its name.
type plot struct {
	Name string
	SVG  template.HTML
}

func (s *Server) controlPage(r *http.Request) (*controlPage, error) {
	head, err := s.orderHead(r, true)
	if err != nil {
		return nil, err
	}
	p := &controlPage{orderHead: head, Ticks: map[string]bool{}}
	p.Rows = comparedRows(p.View.State)
	p.Plots = beforeAfterPlots(s.printer(r), p.Rows)
	for _, x := range p.View.Waters {
		if x.Phase != order.Before {
			p.Waters = append(p.Waters, x)
		}
	}
	if n := len(p.View.Controls); n > 0 {
		p.Last = &p.View.Controls[n-1]
		if p.View.Stage != order.InControl {
			p.Ticks = p.Last.Items
		}
	}
	return p, nil
}

// comparedRows pairs the readings that count by position and winding; a reading
// at control replaces the one after the work.
func comparedRows(s order.State) []compared {
	var out []compared
	row := func(r order.Reading) *compared {
		for i := range out {
			if out[i].Position == r.Position && out[i].Winding == r.Winding {
				return &out[i]
			}
		}
		out = append(out, compared{Position: r.Position, Winding: r.Winding})
		return &out[len(out)-1]
	}
	for _, phase := range order.Phases() {
		for _, r := range s.ReadingsOf(phase) {
			x := row(r)
			if phase == order.Before {
				x.Before = &r
			} else {
				x.After = &r
			}
		}
	}
	for i := range out {
		if a := out[i].After; a != nil {
			for _, q := range []string{"rate", "amplitude", "beat_error"} {
				out[i].Verdicts = append(out[i].Verdicts, component.Verdict{Judgement: judgementOf(a.VerdictOf(q)), Size: component.Symbol})
			}
		}
	}
	return out
}

// judgementOf draws a verdict of the sheet.
func judgementOf(verdict string) component.Judgement {
	switch verdict {
	case "in":
		return component.Inside
	case "out":
		return component.Outside
	}
	return component.Inconclusive
}

// beforeAfterPlots draws rate and amplitude by position, freshly wound, with the
// tolerance of the first reading that has one.
func beforeAfterPlots(t *locale.Printer, rows []compared) []plot {
	quantity := map[string]func(*order.Reading) *float64{
		"rate":      func(r *order.Reading) *float64 { return r.Rate },
		"amplitude": func(r *order.Reading) *float64 { return r.Amplitude },
	}
	var out []plot
	for _, q := range []string{"rate", "amplitude"} {
		in := strip.BeforeAfterInput{Label: strip.Label(func(v float64) string { return t.Number(v, 0) })}
		for _, row := range rows {
			x := strip.PositionRow{Label: row.Position}
			if row.Winding != "0h" && row.Winding != "unknown" {
				continue
			}
			if row.Before != nil {
				x.Before = quantity[q](row.Before)
			}
			if row.After != nil {
				x.After = quantity[q](row.After)
				in.Low, in.High = limitsOf(*row.After, q, in.Low, in.High)
			}
			in.Rows = append(in.Rows, x)
		}
		if len(in.Rows) > 0 {
			name := t.T("control.plot." + q)
			out = append(out, plot{name, template.HTML(strip.BeforeAfter(in).SVG(name))})
		}
	}
	return out
}

// limitsOf keeps the limits found first.
func limitsOf(r order.Reading, quantity string, low, high *float64) (*float64, *float64) {
	for _, v := range r.Verdicts {
		if v.Quantity == quantity && low == nil && high == nil {
			return v.Min, v.Max
		}
	}
	return low, high
}

// Figure writes one figure of a reading, "–" where it was not measured.
func (p *controlPage) Figure(r *order.Reading, quantity string) string {
	if r == nil {
		return "–"
	}
	switch quantity {
	case "rate":
		return optional(r.Rate, func(v float64) string { return p.P.Signed(v, 1) })
	case "amplitude":
		return optional(r.Amplitude, func(v float64) string { return p.P.Number(math.Round(v), 0) })
	}
	return optional(r.BeatError, func(v float64) string { return p.P.Number(v, 1) })
}

func optional(v *float64, write func(float64) string) string {
	if v == nil {
		return "–"
	}
	return write(*v)
}

// Verdict is the sign of one figure after the work.
func (p *controlPage) Verdict(row compared, i int) component.Verdict { return row.Verdicts[i] }

// WaterVerdict is the chip of a water test.
func (p *controlPage) WaterVerdict(w order.WaterTest) component.Verdict {
	if w.Passed {
		return component.Verdict{Judgement: component.Inside, Size: component.Small, Text: p.P.T("control.water_held")}
	}
	return component.Verdict{Judgement: component.Outside, Size: component.Small, Text: p.P.T("control.water_leaks")}
}

// Quantities are the columns of the table, in order.
func (p *controlPage) Quantities() []string { return []string{"rate", "amplitude", "beat_error"} }

// sideBySide is one picture from arrival and the one taken now from the same angle.
type sideBySide struct {
	N      int
	Angle  string // what the picture taken now is named by, so that the two are found together
	Before order.Photo
	Now    *order.Photo
}

// Sides pairs each picture from arrival with the latest taken from its angle.
func (p *controlPage) Sides() []sideBySide {
	var out []sideBySide
	for _, x := range p.View.Photos {
		if x.Moment == "intake" {
			out = append(out, sideBySide{N: len(out) + 1, Angle: "= " + itoa(int(x.Seq)), Before: x})
		}
	}
	for i := range out {
		for _, x := range p.View.Photos {
			if x.Moment == "out" && x.Caption == out[i].Angle {
				out[i].Now = &x
			}
		}
	}
	return out
}

// controlPhoto keeps the picture taken now from the angle of one from arrival.
func (s *Server) controlPhoto(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	p, err := s.controlPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	if err := s.doPhoto(r, a); err != nil {
		return s.again(w, r, err, "control/control", p)
	}
	return s.done(w, r, p.At("/control"), "control.did_photo")
}

// Refused counts how often the watch was sent back.
func (p *controlPage) Refused() int {
	n := 0
	for _, c := range p.View.Controls {
		if !c.Passed {
			n++
		}
	}
	return n
}

// Items lists what is looked at.
func (p *controlPage) Items() []string { return order.ControlItems() }

// Ticked reports whether an item was looked at.
func (p *controlPage) Ticked(item string) bool { return p.Ticks[item] }

// Controlling reports whether the control can be made at this stage.
func (p *controlPage) Controlling() bool { return p.View.Stage == order.InControl }

// Unproved reports whether something measured after the work is not in tolerance.
func (p *controlPage) Unproved() bool { return p.View.State.Unproved() }

// Steps are the plan's, one of which a refusal may name.
func (p *controlPage) Steps() []order.Step {
	if p.View.Plan == nil {
		return nil
	}
	return p.View.Plan.Steps
}

func (s *Server) control(w http.ResponseWriter, r *http.Request) error {
	p, err := s.controlPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "control/control", p)
}

// controlAct passes or refuses.
func (s *Server) controlAct(w http.ResponseWriter, r *http.Request) error {
	p, err := s.controlPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	p.Ticks = map[string]bool{}
	for _, it := range order.ControlItems() {
		p.Ticks[it] = slices.Contains(r.PostForm["item"], it)
	}
	p.Out, p.Cause, p.Step = entered(r, "out"), entered(r, "cause"), entered(r, "step")
	to := p.At("")
	switch r.PostFormValue("do") {
	case "pass":
		_, err = s.shop.PassControl(r.Context(), a, order.Control{Items: p.Ticks, Out: p.Out})
	case "refuse":
		to = p.At("/work")
		_, err = s.shop.RefuseControl(r.Context(), a, order.Control{Items: p.Ticks, Cause: p.Cause, Step: p.Step})
	default:
		return fault.New(fault.Invalid, "web.fault.form")
	}
	if err != nil {
		return s.again(w, r, err, "control/control", p)
	}
	return s.done(w, r, to, "control.did_"+r.PostFormValue("do"))
}
