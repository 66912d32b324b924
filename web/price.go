package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/money"
	"etabli.example/trade/price"
	"etabli.example/trade/staff"
)

func (s *Server) priceRoutes() {
	s.handle("GET /prices", s.needs(s.prices))
	s.handle("POST /prices", s.needs(s.savePrice))
	s.handle("GET /prices.csv", s.needs(s.pricesFile))
	s.handle("GET /prices/display.pdf", s.needs(s.priceDisplay))
	s.handle("GET /prices/import", s.needs(s.priceImport))
	s.handle("POST /prices/import", s.needs(s.importPrices))
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
type priceForm struct{ Operation, Kind, Family, Case, Gross, VAT, From, Until string }

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
		row.Prices = list.Holding(op.Code, s.shop.Today())
		if p.Source == "" {
			p.Source = s.printer(r).T("price.source")
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// Kinds are the kinds of watch a price can be for; "" is any.
func (p *pricePage) Kinds() []string { return []string{"", "manual", "automatic", "quartz"} }

// Cases are the classes of case a price can be for; "" is any.
func (p *pricePage) Cases() []string { return append([]string{""}, price.Cases()...) }

// Families are those of the catalogue's calibres, to choose from.
func (p *pricePage) Families() []string {
	var out []string
	for _, c := range horology.Calibres() {
		if c.Family != "" && !slices.Contains(out, c.Family) && len(c.Family) <= 40 {
			out = append(out, c.Family)
		}
	}
	slices.Sort(out)
	return out
}

// What says which watches a price is for.
func (p *pricePage) What(x price.Price) string {
	kind := x.Kind
	if kind == "" {
		kind = "any"
	}
	out := []string{p.P.T("price.for." + kind)}
	if x.Family != "" {
		out = append(out, x.Family)
	}
	if x.Case != "" {
		out = append(out, p.P.T("price.case."+x.Case))
	}
	return strings.Join(out, ", ")
}

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
	p.Form = priceForm{Operation: entered(r, "operation"), Kind: entered(r, "kind"), Family: entered(r, "family"), Case: entered(r, "case"), Until: entered(r, "until"), Gross: entered(r, "gross"), VAT: entered(r, "vat"), From: entered(r, "from")}
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
		err = s.shop.SavePrice(r.Context(), who, price.Price{Operation: p.Form.Operation, Until: p.Form.Until, Gross: gross,
			For: price.For{Kind: p.Form.Kind, Family: p.Form.Family, Case: p.Form.Case}, VAT: money.VATRate(numberOf(p.Form.VAT)), From: p.Form.From})
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
