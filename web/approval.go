package web

import (
	"net/http"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) approvalRoutes() {
	s.handle("GET /approvals", s.needs(s.approvals))
	s.handle("POST /approvals", s.needs(s.approve))
}

// approvalsPage is the queue of whoever approves quotes.
type approvalsPage struct {
	Page
	Who     staff.Actor
	Rows    []approvalRow
	Forbid  string // why the person may not approve
	Errors  map[string]string
	Refused string // number of the order whose form was refused
	Words   string
	Notice  string
}

// approvalRow is one quote that waits.
type approvalRow struct {
	workshop.HeldQuote
	Act     component.Act
	Reasons []string
	Remarks []remarkLine
	Until   string
}

type remarkLine struct{ By, At, Words string }

func (s *Server) approvalsPage(r *http.Request) (*approvalsPage, error) {
	who, err := s.actor(r)
	if err != nil {
		return nil, err
	}
	held, err := s.shop.Held(r.Context(), who)
	if err != nil {
		return nil, err
	}
	people, err := s.shop.People(r.Context())
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, x := range people {
		names[x.ID] = x.Name
	}
	t := s.printer(r)
	p := &approvalsPage{Page: Page{Title: "approval.title"}, Who: who}
	if err := who.Must(staff.Approve); err != nil {
		p.Forbid = t.Error(err)
	}
	for _, h := range held {
		p.Rows = append(p.Rows, approvalRow{HeldQuote: h, Act: newAct(h.Seq), Until: t.DateTime(h.Quote.Review.Until),
			Reasons: reviewReasons(t, *h.Quote.Review), Remarks: remarksOf(t, h.Quote, names)})
	}
	return p, nil
}

// approvals is GET /approvals.
func (s *Server) approvals(w http.ResponseWriter, r *http.Request) error {
	p, err := s.approvalsPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "quote/approvals", p)
}

// approve is POST /approvals: order, version, hash, do (approve, return, remark), words.
// back leads to the quote the word was left on.
func (s *Server) approve(w http.ResponseWriter, r *http.Request) error {
	row, err := s.shop.OpenOne(r.Context(), entered(r, "order"))
	if err != nil {
		return err
	}
	a, err := s.act(r, row.Sheet)
	if err != nil {
		return err
	}
	x := order.Approval{Version: numberOf(r.PostFormValue("version")), Hash: r.PostFormValue("hash"), Words: entered(r, "words")}
	do := r.PostFormValue("do")
	switch do {
	case "approve":
		_, err = s.shop.ApproveQuote(r.Context(), a, x)
	case "return":
		_, err = s.shop.ReturnQuote(r.Context(), a, x)
	case "remark":
		_, err = s.shop.RemarkQuote(r.Context(), a, x)
	default:
		return fault.New(fault.Invalid, "web.fault.form")
	}
	if err == nil {
		to := "/approvals"
		if strings.HasPrefix(entered(r, "back"), "/orders/"+row.Number+"/") {
			to = "/orders/" + row.Number + "/quote"
		}
		return s.done(w, r, to, "approval.did."+do, row.Number)
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Stale && kind != fault.Conflict {
		return err
	}
	p, perr := s.approvalsPage(r)
	if perr != nil {
		return perr
	}
	p.Errors, _ = s.fieldErrors(r, err)
	p.Refused, p.Words, p.Notice = row.Number, x.Words, s.printer(r).Error(err)
	return s.pageStatus(w, r, status[kind], "quote/approvals", p)
}

// reviewReasons says what of a quote is beyond the house's limits.
func reviewReasons(t *locale.Printer, x order.Review) []string {
	var out []string
	for _, why := range x.Why {
		switch why {
		case "amount":
			out = append(out, t.T("approval.why.amount", x.Total, x.Above))
		case "discount":
			out = append(out, t.T("approval.why.discount", x.Off, t.Percent(float64(x.Discount)/10_000, 1), t.Percent(float64(x.Most)/10_000, 1)))
		}
	}
	return out
}

func remarksOf(t *locale.Printer, q order.Quote, names map[string]string) []remarkLine {
	var out []remarkLine
	for _, x := range q.Remarks {
		out = append(out, remarkLine{names[x.By], t.DateTime(x.At), x.Words})
	}
	return out
}

// Review says why the last version waits, or waited, for approval.
func (p *quotePage) Review() []string {
	if p.Last == nil || p.Last.Review == nil {
		return nil
	}
	return reviewReasons(p.P, *p.Last.Review)
}

// Remarks are the words left on the last version.
func (p *quotePage) Remarks() []remarkLine { return remarksOf(p.P, *p.Last, p.View.People) }

// Held reports whether the last version waits for approval.
func (p *quotePage) Held() bool { return p.Last != nil && !p.View.Awaiting().IsZero() }

// HeldUntil is until when.
func (p *quotePage) HeldUntil() string { return p.P.DateTime(p.View.Awaiting()) }

// Line is a line in the reader's language.
func (p *approvalsPage) Line(l order.QuoteLine) string { return l.Label(p.Lang) }

// First reports whether the row is the one to be looked at first: a page has one
// primary button.
func (p *approvalsPage) First(number string) bool { return p.Rows[0].Number == number }
