package web

import (
	"net/http"
	"strings"
	"time"

	"etabli.example/ident"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

// shortNumber is the part of an order's number that is spoken.
func shortNumber(number string) string {
	if n, err := ident.ParseNumber(number); err == nil {
		return n.Short()
	}
	return number
}

// orderHref is the address of an order's sheet, or of one of its pages.
func orderHref(number string, page ...string) string {
	return strings.Join(append([]string{"/orders/" + number}, page...), "/")
}

// orderPageHref is orderHref for a page that may not be there: "" then.
func (s *Server) orderPageHref(number, page string) string {
	if href := orderHref(number, page); hasRoute(s.mux, href) {
		return href
	}
	return ""
}

// lines writes rows in the request's language, with who has each watch.
func (s *Server) lines(r *http.Request, rows []order.Row) ([]component.OrderLine, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	people, err := s.shop.People(r.Context())
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, x := range people {
		names[x.ID] = x.Name
	}
	return orderLines(s.printer(r), rows, names, s.shop.Now(), s.shop.Today()), nil
}

// orderLines writes rows in the language of p; people maps ids to names.
func orderLines(p *locale.Printer, rows []order.Row, people map[string]string, now time.Time, today string) []component.OrderLine {
	out := make([]component.OrderLine, len(rows))
	for i, r := range rows {
		short := shortNumber(r.Number)
		out[i] = component.OrderLine{Href: orderHref(r.Number), Number: short, Site: strings.TrimSuffix(r.Number, short),
			Watch: strings.TrimSpace(r.Brand + " " + r.Model), Calibre: r.Calibre, Stage: "stage." + string(r.Stage),
			Technician: people[r.Technician], Promise: promiseShort(r), Age: p.T("date.days", days(now.Sub(r.StageSince))),
			Flag: flagOf(p, r, now, today), Late: r.Late(today)}
	}
	return out
}

// promiseShort is the promised day and month: the year is said by the number.
func promiseShort(r order.Row) string {
	if len(r.Promised) != len("2006-01-02") {
		return ""
	}
	return r.Promised[8:] + "/" + r.Promised[5:7]
}

func days(d time.Duration) int { return max(0, int(d/(24*time.Hour))) }

// Days after which something waits too long: a quote without answer, a watch
// that is ready and not fetched.
const (
	answerOverdue = 7
	fetchOverdue  = 30
)

// flagOf returns the most urgent remark about an order, or nil: a card carries one.
func flagOf(p *locale.Printer, r order.Row, now time.Time, today string) *component.Flag {
	waits := days(now.Sub(r.StageSince))
	switch {
	case r.Late(today):
		return &component.Flag{Icon: "alert", Text: p.T("board.flag.late"), Judgement: component.Outside}
	case r.Stage == order.Complaint:
		return &component.Flag{Icon: "voice", Text: p.T("board.flag.complaint"), Judgement: component.Outside}
	case r.Stage == order.QuoteSent && waits >= answerOverdue:
		return &component.Flag{Icon: "voice", Text: p.T("board.flag.unanswered", waits), Judgement: component.Outside}
	case r.DueToday(today):
		return &component.Flag{Icon: "clock", Text: p.T("board.flag.today"), Judgement: component.Inconclusive}
	case r.Stage == order.Ready && waits >= fetchOverdue:
		return &component.Flag{Icon: "clock", Text: p.T("board.flag.fetch", waits), Judgement: component.Inconclusive}
	case stageFlags[r.Stage].icon != "":
		f := stageFlags[r.Stage]
		return &component.Flag{Icon: f.icon, Text: p.T("board.flag." + string(r.Stage)), Judgement: f.judgement}
	case r.Beyond && !r.Closed:
		return &component.Flag{Icon: "alert", Text: p.T("board.flag.beyond"), Judgement: component.Inconclusive}
	case r.Stage == order.QuoteSent && waits >= 1:
		return &component.Flag{Icon: "voice", Text: p.T("board.flag.unanswered", waits)}
	case r.Purpose == "warranty" && !r.Closed:
		return &component.Flag{Icon: "link", Text: p.T("board.flag.warranty"), Judgement: component.Inconclusive}
	}
	return nil
}

// stageFlags are for stages drawn in another stage's column: the card says which.
var stageFlags = map[order.Stage]struct {
	icon      string
	judgement component.Judgement
}{
	order.Declined: {"close", component.Outside}, order.Withdrawn: {"undo", component.Outside},
	order.Expired: {"clock", component.Inconclusive}, order.Accepted: {"check", ""},
	order.Redo: {"undo", component.Inconclusive}, order.AtSubcontractor: {"parcel", ""},
	order.Transferred: {"parcel", ""}, order.Announced: {"parcel", ""},
}
