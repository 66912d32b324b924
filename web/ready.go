package web

import (
	"net/http"
	"slices"
	"strings"

	"etabli.example/locale"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// readyAnswer is "is it ready?" answered in one line, as it is said to the
// person on the telephone.
type readyAnswer struct {
	Href, Number, Watch string
	Text                string
	Ready               bool
}

// mostAnswers is how many a question can have: beyond that it is a list.
const mostAnswers = 5

// readyAnswers answers for the orders found and for those of the people found.
func (s *Server) readyAnswers(r *http.Request, who staff.Actor, rows []order.Row, found []customer.Customer) ([]readyAnswer, error) {
	theirs, err := s.shop.HasHere(r.Context(), who, found)
	if err != nil {
		return nil, err
	}
	for _, row := range theirs {
		if !slices.ContainsFunc(rows, func(x order.Row) bool { return x.Number == row.Number }) {
			rows = append(rows, row)
		}
	}
	if len(rows) > mostAnswers {
		return nil, nil
	}
	var out []readyAnswer
	for _, row := range rows {
		out = append(out, readyAnswer{orderHref(row.Number), shortNumber(row.Number), strings.TrimSpace(row.Brand + " " + row.Model),
			s.readyText(s.printer(r), row), row.Stage == order.Ready})
	}
	return out, nil
}

// readyText says whether a watch is ready, where it stands and what was promised.
func (s *Server) readyText(p *locale.Printer, row order.Row) string {
	stage := string(row.Stage)
	text := p.T("ready."+stage, p.Date(row.StageSince.In(s.shop.Zone)))
	if row.Closed || row.Stage == order.Ready || row.Promised == "" {
		return text
	}
	if row.Late(s.shop.Today()) {
		return text + " " + p.T("ready.was_promised", p.Day(row.Promised))
	}
	return text + " " + p.T("ready.is_promised", p.Day(row.Promised))
}
