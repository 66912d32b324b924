package web

import (
	"net/http"
	"strings"

	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
)

func (s *Server) counterRoutes() {
	s.handle("GET /counter", s.needs(s.counter))
}

type counterPage struct {
	Page
	Words      component.Field // the search
	Customers  []component.CustomerLine
	Found      []component.OrderLine
	Nothing    string // said where the search found nothing
	Today      []component.OrderLine
	Ready      []component.OrderLine
	Receive    component.Button
	SeesPeople bool
}

// counter is GET /counter: q. htmx asks for the results alone.
func (s *Server) counter(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	t := s.printer(r)
	q := strings.TrimSpace(r.FormValue("q"))
	p := &counterPage{Page: Page{Title: "counter.title"}, SeesPeople: who.May(staff.SeeCustomer)}
	p.Words = component.Field{Name: "q", Label: t.T("counter.find"), Type: "search", Value: q, AutoFocus: true, AutoComplete: "off", AccessKey: "1", Placeholder: t.T("counter.find_hint")}
	p.Receive = component.Button{Text: t.T("counter.receive"), Href: "/reception", Weight: "p", AccessKey: "n", Key: t.T("counter.receive_key")}
	if err := who.Must(staff.Receive); err != nil {
		p.Receive.Weight, p.Receive.Refused = "", t.Error(err)
	}
	if q != "" {
		if err := s.findAtCounter(r, who, q, p); err != nil {
			return err
		}
	}
	if r.Header.Get("HX-Request") == "true" {
		return s.fragment(w, r, "counter/counter", "found", p)
	}
	latest, err := s.shop.Orders(r.Context(), who, order.Query{Limit: 50})
	if err != nil {
		return err
	}
	ready, err := s.shop.Orders(r.Context(), who, order.Query{Stages: []order.Stage{order.Ready}, Limit: 50})
	if err != nil {
		return err
	}
	if p.Today, err = s.lines(r, s.rowsOfToday(latest)); err != nil {
		return err
	}
	if p.Ready, err = s.lines(r, ready); err != nil {
		return err
	}
	return s.page(w, r, "counter/counter", p)
}

func (s *Server) findAtCounter(r *http.Request, who staff.Actor, q string, p *counterPage) error {
	t := s.printer(r)
	if p.SeesPeople {
		found, err := s.shop.FindCustomers(r.Context(), who, q)
		if err != nil {
			return err
		}
		p.Customers = customerLines(found)
	}
	rows, err := s.shop.Find(r.Context(), who, q)
	if err != nil {
		return err
	}
	if p.Found, err = s.lines(r, rows); err != nil {
		return err
	}
	if len(p.Customers) == 0 && len(p.Found) == 0 {
		p.Nothing = t.T("counter.nothing", q)
	}
	return nil
}
