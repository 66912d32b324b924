package web

import (
	"net/http"
	"strings"

	"etabli.example/fault"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
)

func (s *Server) searchRoutes() {
	s.handle("GET /search", s.needs(s.search))
}

type searchPage struct {
	Page
	Heading   string
	Answers   []readyAnswer
	Lines     []component.OrderLine
	Customers []component.CustomerLine
	Empty     *component.Empty
}

func customerLines(list []customer.Customer) []component.CustomerLine {
	var out []component.CustomerLine
	for _, c := range list {
		out = append(out, component.CustomerLine{ID: c.ID, Href: "/customers/" + c.ID, Name: c.FullName(), Phone: c.MaskedPhone(), City: c.City})
	}
	return out
}

// search is GET /search: a number that names one order opens it.
func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	q := strings.TrimSpace(r.FormValue("q"))
	t := s.printer(r)
	p := &searchPage{Page: Page{Title: "search.title", Query: q}, Heading: t.T("search.title")}
	if q == "" {
		p.Empty = &component.Empty{Icon: "seek", Title: t.T("search.nothing_typed"), Text: t.T("search.how")}
		return s.page(w, r, "search/search", p)
	}
	rows, err := s.shop.Open(r.Context(), who, scanned(q))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if len(rows) == 1 {
		return s.seeOther(w, r, orderHref(rows[0].Number))
	}
	if len(rows) == 0 {
		if rows, err = s.shop.Find(r.Context(), who, q); err != nil {
			return err
		}
	}
	if who.May(staff.SeeCustomer) {
		found, err := s.shop.FindCustomers(r.Context(), who, q)
		if err != nil {
			return err
		}
		p.Customers = customerLines(found)
		if p.Answers, err = s.readyAnswers(r, who, rows, found); err != nil {
			return err
		}
	}
	p.Heading = t.T("search.results", q)
	if p.Lines, err = s.lines(r, rows); err != nil {
		return err
	}
	if len(p.Lines) == 0 && len(p.Customers) == 0 {
		if p.Empty, err = s.nothingFound(r, who, q); err != nil {
			return err
		}
	}
	return s.page(w, r, "search/search", p)
}

// scanned takes the number out of what a scanner read: QR codes hold an address.
func scanned(q string) string {
	if i := strings.LastIndex(q, "/orders/"); i >= 0 {
		q = q[i+len("/orders/"):]
	}
	return strings.TrimRight(q, "/")
}

// nothingFound says so, with the nearest number where one was typed.
func (s *Server) nothingFound(r *http.Request, who staff.Actor, q string) (*component.Empty, error) {
	t := s.printer(r)
	e := &component.Empty{Icon: "seek", Title: t.T("search.nothing", q), Text: t.T("search.how")}
	near, found, err := s.shop.Closest(r.Context(), who, scanned(q))
	if err != nil || !found {
		return e, err
	}
	e.Text = t.T("search.closest", shortNumber(near.Number), strings.TrimSpace(near.Brand+" "+near.Model))
	e.Action = &component.Button{Text: t.T("search.open_closest", shortNumber(near.Number)), Href: orderHref(near.Number)}
	return e, nil
}

// rowsOfToday keeps what was opened since midnight at the counter.
func (s *Server) rowsOfToday(rows []order.Row) []order.Row {
	var out []order.Row
	for _, r := range rows {
		if r.Opened.In(s.shop.Zone).Format("2006-01-02") == s.shop.Today() {
			out = append(out, r)
		}
	}
	return out
}
