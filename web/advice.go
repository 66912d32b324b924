package web

import (
	"net/http"
	"slices"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

func (s *Server) adviceRoutes() {
	s.handle("GET /orders/{number}/advice", s.needs(s.advice))
	s.handle("POST /orders/{number}/advice", s.needs(s.advise))
}

// advicePage lays the solutions side by side: what each costs, how long it takes,
// how long it is guaranteed and what is given up by it.
type advicePage struct {
	orderHead
	Solutions []order.Solution
	Forecast  string
	Settled   string // why nothing is advised any more
	Refused   []order.AdviceRefusal
	Offered   []order.QuoteLine // recommended, by any solution
	Why, What string            // typed and refused
}

func (s *Server) advicePage(r *http.Request) (*advicePage, error) {
	head, err := s.orderHead(r, false)
	if err != nil {
		return nil, err
	}
	p := &advicePage{orderHead: head, Forecast: s.forecast(r, head.View.State), Refused: head.View.RefusedAdvice(), Why: entered(r, "why"), What: entered(r, "operation")}
	if !slices.Contains([]order.Stage{order.Received, order.InDiagnosis, order.QuoteSent, order.Declined, order.Expired}, p.View.Stage) {
		p.Settled = s.printer(r).T("advice.wrong_stage", fault.Word("stage."+string(p.View.Stage)))
		if a := p.View.Advice; a != nil {
			p.Solutions = a.Solutions
		}
		return p, nil
	}
	if p.Solutions, err = s.shop.Solutions(r.Context(), p.View.State); err != nil {
		return nil, err
	}
	for _, x := range p.Solutions {
		for _, l := range x.Lines {
			if l.Kind == order.Recommended && !slices.ContainsFunc(p.Offered, func(o order.QuoteLine) bool { return o.Operation == l.Operation }) {
				p.Offered = append(p.Offered, l)
			}
		}
	}
	return p, nil
}

// Told is when the pre-quote was recorded, and by whom; "" where it was not.
func (p *advicePage) Told() string {
	if p.View.Advice == nil {
		return ""
	}
	return p.P.T("advice.told", p.P.DateTime(p.View.Advice.At), p.By(p.View.Advice.By))
}

// Cost is the range as it is said: one price where it is firm.
func (p *advicePage) Cost(x order.Solution) string {
	switch {
	case x.Kind == order.NoRepair:
		return p.P.T("advice.nothing_due")
	case x.Max == 0:
		return p.P.T("advice.to_price")
	case x.Min == x.Max:
		return p.P.Money(x.Min)
	}
	return p.P.T("advice.range", p.P.MoneyShort(x.Min), p.P.MoneyShort(x.Max))
}

// Behind says what the price rests on, and how likely it is.
func (p *advicePage) Behind(x order.Solution) string {
	switch {
	case x.Kind == order.NoRepair:
		return ""
	case x.Chance > 0:
		return p.P.T("advice.chance", p.P.Percent(x.Chance, 0), x.Jobs)
	case x.Firm():
		return p.P.T("advice.of_list")
	}
	return p.P.T("advice.of_catalogue")
}

// Time is how long it takes, as past jobs say.
func (p *advicePage) Time(x order.Solution) string {
	switch {
	case x.Kind == order.NoRepair:
		return p.P.T("advice.at_once")
	case x.Days > 0:
		return p.P.T("advice.days", x.Days)
	}
	return p.P.T("advice.days_unknown")
}

// Label is a line in the reader's language.
func (p *advicePage) Label(l interface {
	Label(locale.Lang) string
}) string {
	return l.Label(p.Lang)
}

// Refusal names what was refused.
func (p *advicePage) Refusal(r order.AdviceRefusal) string { return r.Label().In(p.Lang) }

// MayTell says why the person may not advise; "" where they may.
func (p *advicePage) MayTell() string {
	if p.Who.May(staff.Quote) || p.Who.May(staff.Prediagnose) {
		return ""
	}
	return p.P.Error(p.Who.Must(staff.Prediagnose))
}

// Firmable reports whether one click makes the solution a quote.
func (p *advicePage) Firmable(x order.Solution) bool {
	return x.Firm() && p.View.Diagnosis != nil && p.Settled == "" && p.Who.May(staff.Quote)
}

func (s *Server) advice(w http.ResponseWriter, r *http.Request) error {
	p, err := s.advicePage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "quote/advice", p)
}

// advise answers the buttons of the page: tell (the pre-quote is recorded), firm
// (one solution becomes the quote), refuse.
func (s *Server) advise(w http.ResponseWriter, r *http.Request) error {
	p, err := s.advicePage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	word, to := "advice.kept", p.At("/advice")
	var after order.State
	switch r.PostFormValue("do") {
	case "tell":
		_, err = s.shop.Advise(r.Context(), a)
	case "refuse":
		word = "advice.refusal_kept"
		_, err = s.shop.RefuseAdvice(r.Context(), a, s.refusalOf(r, p))
	case "firm":
		word, to = "advice.firm_made", p.At("/quote")
		after, err = s.shop.FirmQuote(r.Context(), a, entered(r, "solution"))
	default:
		err = fault.New(fault.Invalid, "web.fault.form")
	}
	if err != nil {
		return s.again(w, r, err, "quote/advice", p)
	}
	if q := after.LastQuote(); q != nil {
		return s.done(w, r, to, word, q.Number, q.Totals(nil).Gross)
	}
	return s.done(w, r, to, word)
}

func (s *Server) refusalOf(r *http.Request, p *advicePage) order.AdviceRefusal {
	x := order.AdviceRefusal{Operation: p.What, LabelFR: entered(r, "other"), Why: p.Why}
	for _, l := range p.Offered {
		if l.Operation == p.What {
			x.Gross = l.Gross()
		}
	}
	return x
}

// solutionForm is the quote of the solution asked for, to be completed by hand;
// false where none was asked for.
func (s *Server) solutionForm(r *http.Request, v workshop.SheetView) (order.Quote, bool, error) {
	kind := r.FormValue("solution")
	if kind == "" || r.Method != http.MethodGet {
		return order.Quote{}, false, nil
	}
	return s.shop.SolutionQuote(r.Context(), v.State, kind)
}
