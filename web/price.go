package web

import (
	"errors"
	"net/http"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/money"
	"etabli.example/trade/price"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

func (s *Server) priceRoutes() {
	s.handle("GET /prices", s.needs(s.prices))
	s.handle("POST /prices", s.needs(s.savePrice))
}

// pricePage is the house's price list beside what the catalogue says others ask.
type pricePage struct {
	Page
	Rows    []priceRow
	Form    priceForm
	Forbid  string // why the person may not change prices
	Errors  map[string]string
	Notice  string
	Source  string // of the ranges
	Choices []priceRow
}

// priceRow is an operation with the prices that hold for it, the latest first.
type priceRow struct {
	catalogueRow
	Prices []price.Price
}

// priceForm is a price as it is being typed.
type priceForm struct{ Operation, Kind, Gross, VAT, From string }

func (s *Server) pricePage(r *http.Request) (*pricePage, error) {
	who, err := s.actor(r)
	if err != nil {
		return nil, err
	}
	list, err := s.shop.Prices(r.Context())
	if err != nil {
		return nil, err
	}
	p := &pricePage{Page: Page{Title: "price.title"}, Form: priceForm{Operation: r.FormValue("operation"), VAT: "2000", From: s.shop.Today()}}
	if err := who.Must(staff.ManagePrices); err != nil {
		p.Forbid = s.printer(r).Error(err)
	}
	for _, op := range horology.Operations() {
		row := priceRow{catalogueRow: catalogueRow{Operation: op, Label: sentence(op.FR)}}
		if visitOf(r).lang == "en" {
			row.Label = sentence(op.EN)
		}
		row.Prices = holding(list, op.Code, s.shop.Today())
		if p.Source == "" {
			p.Source = s.printer(r).T("price.source")
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// holding are the prices of an operation that hold on a day or will, one per
// kind of watch: what was replaced is left out.
func holding(list price.List, operation, day string) []price.Price {
	var out []price.Price
	for _, kind := range append([]watch.Kind{""}, watch.Kinds()...) {
		var now *price.Price
		for _, p := range list {
			if p.Operation != operation || p.Kind != string(kind) {
				continue
			}
			if p.From > day {
				out = append(out, p)
			} else if now == nil || p.From > now.From {
				now = &p
			}
		}
		if now != nil {
			out = append(out, *now)
		}
	}
	return out
}

// Kinds are the kinds of watch a price can be for; "" is any.
func (p *pricePage) Kinds() []string { return []string{"", "manual", "automatic", "quartz"} }

// VATRates are the rates offered.
func (p *pricePage) VATRates() []money.VATRate { return (&quoteForm{}).VATRates() }

func (s *Server) prices(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pricePage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "price/price", p)
}

func (s *Server) savePrice(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pricePage(r)
	if err != nil {
		return err
	}
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	p.Form = priceForm{Operation: entered(r, "operation"), Kind: entered(r, "kind"), Gross: entered(r, "gross"), VAT: entered(r, "vat"), From: entered(r, "from")}
	var bad fault.Problems
	gross, merr := money.Parse(p.Form.Gross)
	var e *fault.Error
	if errors.As(merr, &e) {
		bad.Add("gross", e.Key, e.Args...)
	}
	if _, ok := horology.OperationByCode(p.Form.Operation); !ok {
		bad.Add("operation", "price.no_operation")
	}
	if err = bad.Err(); err == nil {
		err = s.shop.SavePrice(r.Context(), who, price.Price{Operation: p.Form.Operation, Kind: p.Form.Kind, Gross: gross,
			VAT: money.VATRate(numberOf(p.Form.VAT)), From: p.Form.From})
	}
	if fields, refused := s.fieldErrors(r, err); refused {
		p.Errors, p.Notice = fields, s.printer(r).Error(err)
		return s.refuse(w, r, "price/price", p)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/prices#"+p.Form.Operation, "price.saved", p.Form.Operation, gross)
}
