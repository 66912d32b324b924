package web

import (
	"net/http"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/money"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

func (s *Server) termsRoutes() {
	s.handle("GET /prices/terms", s.needs(s.terms))
	s.handle("POST /prices/terms", s.needs(s.saveTerms))
}

// termsPage is the house's rules of pricing: what is approved first, where cents are
// rounded, how long work is guaranteed.
type termsPage struct {
	Page
	Forbid                      string
	Above, Off, Discount, Hours string
	PerLine, Limited            bool
	Guarantees                  []guaranteeField
	Errors                      map[string]string
	Notice                      string
}

type guaranteeField struct{ Kind, Months string }

// Err is the sentence beside a field.
func (p *termsPage) Err(field string) string { return p.Errors[field] }

func (s *Server) termsPage(r *http.Request) (*termsPage, error) {
	who, err := s.actor(r)
	if err != nil {
		return nil, err
	}
	x, err := s.shop.Terms(r.Context())
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	p := &termsPage{Page: Page{Title: "terms.title", Back: "/prices"}, PerLine: x.PerLine, Limited: x.Limited}
	if err := who.Must(staff.ManagePrices); err != nil {
		p.Forbid = t.Error(err)
	}
	if x.ApproveAbove > 0 {
		p.Above = typedMoney(t, x.ApproveAbove)
	}
	if x.MostOff > 0 {
		p.Off = typedMoney(t, x.MostOff)
	}
	if x.Limited {
		p.Discount = t.Float(float64(x.MostDiscount) / 100)
	}
	if x.Hours > 0 {
		p.Hours = strconv.Itoa(x.Hours)
	}
	for _, kind := range order.SolutionKinds() {
		if kind != order.NoRepair {
			p.Guarantees = append(p.Guarantees, guaranteeField{kind, strconv.Itoa(x.Guarantees[kind])})
		}
	}
	return p, nil
}

func (s *Server) terms(w http.ResponseWriter, r *http.Request) error {
	p, err := s.termsPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "price/terms", p)
}

func (s *Server) saveTerms(w http.ResponseWriter, r *http.Request) error {
	p, err := s.termsPage(r)
	if err != nil {
		return err
	}
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	p.Above, p.Off, p.Discount, p.Hours = entered(r, "approve_above"), entered(r, "most_off"), entered(r, "most_discount"), entered(r, "hours")
	p.PerLine = entered(r, "rounding") == "line"
	var bad fault.Problems
	amount := func(field, text string) money.Cents {
		if text == "" {
			return 0
		}
		c, err := money.Parse(text)
		if e, ok := err.(*fault.Error); ok {
			bad.Add(field, e.Key, e.Args...)
		}
		return c
	}
	x := order.Terms{ApproveAbove: amount("approve_above", p.Above), MostOff: amount("most_off", p.Off), PerLine: p.PerLine, Limited: p.Discount != "",
		Hours: whole(&bad, "hours", p.Hours, 0), Guarantees: map[string]int{}}
	if p.Discount != "" {
		v, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSuffix(p.Discount, "%"), ",", "."), 64)
		if err != nil || v < 0 || v > 100 {
			bad.Add("most_discount", "terms.share")
		} else {
			x.MostDiscount = int(v*100 + 0.5)
		}
	}
	for i := range p.Guarantees {
		g := &p.Guarantees[i]
		g.Months = entered(r, "guarantee_"+g.Kind)
		x.Guarantees[g.Kind] = whole(&bad, "guarantee_"+g.Kind, g.Months, 0)
	}
	if err = bad.Err(); err == nil {
		err = s.shop.SaveTerms(r.Context(), who, x)
	}
	if fields, refused := s.fieldErrors(r, err); refused {
		p.Errors, p.Notice = fields, s.printer(r).Error(err)
		return s.refuse(w, r, "price/terms", p)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/prices/terms", "terms.saved")
}
