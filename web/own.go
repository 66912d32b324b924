package web

import (
	"net/http"
	"strings"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) ownRoutes() {
	s.handle("GET /calibres/{maker}/{name}/own", s.needs(s.own))
	s.handle("POST /calibres/{maker}/{name}/own", s.needs(s.saveOwn))
}

// ownPage is what the house set for itself of one calibre: limits and lift angle.
type ownPage struct {
	officeForm
	Maker, Name string
	Rows        []ownRow
	Quantity    component.Field
	Plane, Wind component.Choices
}

// ownRow is one own value; End is the id by which it can be ended, "" once it is.
type ownRow struct{ Quantity, Limits, Where, Since, Why, Until, EndWhy, End string }

// Calibre is the address of the calibre's page.
func (p *ownPage) Calibre() string { return calibreHref(p.Maker, p.Name) }

func (s *Server) ownPage(r *http.Request) (*ownPage, error) {
	form, err := s.officeForm(r, "own.title")
	if err != nil {
		return nil, err
	}
	p := &ownPage{officeForm: form, Maker: r.PathValue("maker"), Name: r.PathValue("name")}
	t := s.printer(r)
	p.Title = t.T("own.title", p.Maker+" "+p.Name)
	values, err := s.shop.OwnValues(r.Context(), p.Who, p.Maker, p.Name)
	for _, o := range values {
		p.Rows = append(p.Rows, ownRowOf(t, o))
	}
	return p, err
}

// shape builds the choices of the form; Page's printer is set by then.
func (p *ownPage) shape(t *locale.Printer) {
	chosen := p.Value("set", "quantity", string(horology.Rate))
	p.Quantity = component.Field{Name: "quantity", Scope: "set", Label: t.T("own.quantity"), Type: "select", Error: p.Err("set", "quantity")}
	for _, q := range horology.OwnQuantities() {
		p.Quantity.Choices = append(p.Quantity.Choices, component.Choice{Value: string(q), Label: t.T("calibre.quantity."+string(q)) + " (" + ownUnit(t, horology.OwnUnit(q)) + ")", Chosen: string(q) == chosen})
	}
	pick := func(name string, values []string) component.Choices {
		c := component.Choices{Name: name, Legend: t.T("own." + name), Error: p.Err("set", name)}
		chosen := p.Value("set", name, "")
		for _, v := range values {
			word := v
			if v == "" {
				word = "any"
			}
			c.Choices = append(c.Choices, component.Choice{Value: v, Label: t.T("own." + name + "." + word), Chosen: v == chosen})
		}
		return c
	}
	p.Plane, p.Wind = pick("plane", []string{"", "H", "V"}), pick("winding", []string{"", "0h", "24h"})
}

// liftDoubt says which lift angle to confirm, and where; Text is "" where none needs it.
type liftDoubt struct{ Text, Href string }

// liftDoubtOf says it of the angle used; 0 is the watch's own.
func liftDoubtOf(t *locale.Printer, w order.WatchFacts, used float64) liftDoubt {
	d := workshop.LiftDoubtOf(w, used)
	if electronic(w) || !d.Doubtful() {
		return liftDoubt{}
	}
	out := liftDoubt{Text: t.T("own.lift_assumed", t.LiftAngle(d.Used), "±"+t.LiftAngle(d.Spread))}
	if len(d.Angles) > 0 {
		var given []string
		for _, x := range d.Angles {
			given = append(given, t.LiftAngle(x))
		}
		out.Text = t.T("own.lift_doubt", t.LiftAngle(d.Used), strings.Join(given, ", "), "±"+t.LiftAngle(d.Spread))
	}
	if w.CalibreMaker != "" && w.Calibre != "" {
		out.Href = calibreHref(w.CalibreMaker, w.Calibre) + "/own"
	}
	return out
}

// ownUnit writes the unit of a rule as the reader does.
func ownUnit(t *locale.Printer, unit string) string {
	switch unit {
	case "s/d":
		return t.T("unit.rate")
	case "s/month":
		return t.T("unit.rate_month")
	}
	return unit
}

func ownRowOf(t *locale.Printer, o workshop.OwnView) ownRow {
	row := ownRow{Quantity: t.T("calibre.quantity." + string(o.Quantity)), Where: ownWhere(t, o.Own), Why: o.Why, EndWhy: o.EndWhy,
		Since: t.T("own.by", t.DateTime(o.Since), o.ByName)}
	if o.Quantity == horology.LiftAngle && o.Min != nil {
		row.Limits = t.LiftAngle(*o.Min)
	} else {
		row.Limits = calibreLimits(t, order.Judged{Quantity: string(o.Quantity), Min: o.Min, Max: o.Max, Unit: horology.OwnUnit(o.Quantity)})
	}
	if o.Until.IsZero() {
		row.End = o.ID
	} else {
		row.Until = t.T("own.by", t.DateTime(o.Until), o.EndedByName)
	}
	return row
}

// ownWhere says for which positions and winding a value holds.
func ownWhere(t *locale.Printer, o horology.Own) string {
	var out []string
	if o.Plane != "" {
		out = append(out, t.T("own.plane."+o.Plane))
	}
	if o.Winding != "" {
		out = append(out, t.T("own.winding."+string(o.Winding)))
	}
	if len(out) == 0 {
		return t.T("own.everywhere")
	}
	return strings.Join(out, ", ")
}

func (s *Server) own(w http.ResponseWriter, r *http.Request) error {
	p, err := s.ownPage(r)
	if err != nil {
		return err
	}
	p.shape(s.printer(r))
	return s.page(w, r, "own/own", p)
}

// saveOwn is POST /calibres/{maker}/{name}/own: do "set" with entry, quantity, min,
// max, plane, winding, why; or "end" with id, end_why.
func (s *Server) saveOwn(w http.ResponseWriter, r *http.Request) error {
	p, err := s.ownPage(r)
	if err != nil {
		return err
	}
	said := "own.saved"
	if p.Form == "end" {
		err, said = s.shop.EndOwnValue(r.Context(), p.Who, entered(r, "id"), entered(r, "end_why")), "own.ended"
	} else {
		p.Form = "set"
		err = s.setOwn(r, p)
	}
	if err != nil {
		t := s.printer(r)
		p.Errors = t.Fields(err)
		p.shape(t)
		return s.refused(w, r, err, "own/own", p)
	}
	return s.done(w, r, calibreHref(p.Maker, p.Name)+"/own", said)
}

func (s *Server) setOwn(r *http.Request, p *ownPage) error {
	var bad fault.Problems
	o := horology.Own{ID: entered(r, "entry"), Maker: p.Maker, Calibre: p.Name, Quantity: horology.Quantity(entered(r, "quantity")),
		Plane: entered(r, "plane"), Winding: horology.Winding(entered(r, "winding")), Why: entered(r, "why")}
	for field, to := range map[string]**float64{"min": &o.Min, "max": &o.Max} {
		if text := entered(r, field); text != "" {
			v := figure(&bad, field, text)
			*to = &v
		}
	}
	if o.Quantity == horology.LiftAngle && o.Max == nil {
		o.Max = o.Min
	}
	return joined(bad, func() error { return s.shop.SetOwnValue(r.Context(), p.Who, o) })
}
