package web

import (
	"net/http"
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/money"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

func (s *Server) quoteRoutes() {
	s.handle("GET /orders/{number}/quote", s.needs(s.quote))
	s.handle("POST /orders/{number}/quote", s.needs(s.editQuote))
	s.handle("POST /orders/{number}/quote/send", s.needs(s.sendQuote))
	s.handle("POST /orders/{number}/quote/recall", s.needs(s.recallQuote))
	s.handle("POST /orders/{number}/quote/ceiling", s.needs(s.useCeiling))
	s.handle("POST /orders/{number}/quote/answer", s.needs(s.answerQuote))
	s.handle("POST /orders/{number}/quote/withdraw", s.needs(s.withdrawQuote))
	s.handle("POST /orders/{number}/link", s.needs(s.showLink))
}

// quotePage prices the diagnosis, sends it and records the answer.
type quotePage struct {
	Parts []partView // as found: what whoever prices has to see
	orderHead
	Form      quoteForm
	Unsaved   bool   // the form is not what the last version says
	Saved     string // "Brouillon du 24/11 à 10 h 12 repris."
	Editable  bool
	WhyNot    string // why it cannot be edited
	Last      *order.Quote
	Totals    totalsOf // of the obligatory lines
	All       totalsOf // with every option
	Catalogue []catalogueRow
	Link      string // the customer's, to be shown once
	Channel   string
	Mode      string
	Forecast  string // when the watch will be ready, as the queue tells
	Reason    string // typed and refused
	Chosen    []string
	Versions  []order.Quote // latest first
	perLine   bool          // VAT is rounded line by line
}

// catalogueRow is an operation that can be added, with what others ask for it.
type catalogueRow struct {
	horology.Operation
	Label string
	Own   money.Cents
	Has   bool
}

// HasRange reports whether the catalogue names a range.
func (c catalogueRow) HasRange() bool { return c.PriceMinCents != nil && c.PriceMaxCents != nil }

// Low and High are the ends of that range.
func (c catalogueRow) Low() money.Cents { return money.Cents(*c.PriceMinCents) }

// High is the upper end.
func (c catalogueRow) High() money.Cents { return money.Cents(*c.PriceMaxCents) }

// quotePage opens the page; where nothing was posted its form holds the last
// version, or what the diagnosis suggests.
func (s *Server) quotePage(r *http.Request) (*quotePage, error) {
	head, err := s.orderHead(r, false)
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	p := &quotePage{orderHead: head, Channel: "counter", Mode: "counter"}
	terms, err := s.shop.Terms(r.Context())
	if err != nil {
		return nil, err
	}
	p.perLine = terms.PerLine
	if p.View.Customer != nil && p.View.Customer.Email != "" {
		p.Channel = "email"
	}
	p.Last, p.Forecast = p.View.LastQuote(), s.forecast(r, p.View.State)
	p.Editable = p.View.Diagnosis != nil && slices.Contains([]order.Stage{order.InDiagnosis, order.QuoteSent, order.Declined, order.Expired}, p.View.Stage) && p.Who.May(staff.Quote)
	switch {
	case p.View.Diagnosis == nil:
		p.WhyNot = t.T("quote.no_diagnosis")
	case !p.Who.May(staff.Quote):
		p.WhyNot = t.Error(p.Who.Must(staff.Quote))
	case !p.Editable:
		p.WhyNot = t.T("quote.frozen", t.T("stage."+string(p.View.Stage)))
	}
	q := order.Quote{Free: true}
	if p.Last != nil {
		q = *p.Last
	} else if p.Editable {
		if q.Lines, err = s.shop.SuggestLines(r.Context(), p.View.State); err != nil {
			return nil, err
		}
		q.Summary, q.SummaryEN = p.View.Diagnosis.Summary, p.View.Diagnosis.SummaryEN
	}
	if x, asked, err := s.solutionForm(r, p.View); err != nil {
		return nil, err
	} else if asked && p.Editable {
		q, p.Unsaved = x, true
	}
	if p.Last == nil || !p.Last.Until.After(s.shop.Now()) {
		q.Until = s.shop.QuoteUntil()
	}
	p.use(s, r, quoteFormOf(t, q))
	if p.Parts, err = p.partsOf(t); err != nil {
		return nil, err
	}
	p.Versions = slices.Clone(p.View.Quotes)
	slices.Reverse(p.Versions)
	return p, s.catalogue(r, p)
}

// use puts a form on the page, with its totals.
func (p *quotePage) use(s *Server, r *http.Request, f quoteForm) {
	f.perLine = p.perLine
	f.complete(s.printer(r))
	f.until(s.shop.Zone)
	p.Form = f
	p.Totals, p.All = sums(f.parsed, nil), sums(f.parsed, optionIDs(f.parsed))
}

func (s *Server) catalogue(r *http.Request, p *quotePage) error {
	list, err := s.shop.Prices(r.Context())
	if err != nil {
		return err
	}
	kind, what := p.View.Watch.Kind, s.shop.PriceFor(p.View.Watch)
	for _, op := range horology.Operations() {
		if kind != "unknown" && !op.For(horology.Kind(kind)) {
			continue
		}
		c := catalogueRow{Operation: op, Label: sentence(op.FR)}
		if visitOf(r).lang == "en" {
			c.Label = sentence(op.EN)
		}
		if own, ok := list.At(op.Code, what, s.shop.Today()); ok {
			c.Own, c.Has = own.Gross, true
		}
		p.Catalogue = append(p.Catalogue, c)
	}
	return nil
}

// Label is a line in the reader's language.
func (p *quotePage) Label(l order.QuoteLine) string {
	return l.Label(p.Lang)
}

// Reader says which language the customer reads, for whoever writes to them.
func (p *quotePage) Reader() string {
	if p.View.Customer == nil || p.View.Customer.Lang == "" {
		return ""
	}
	return p.P.T("quote.reads." + p.View.Customer.Lang)
}

// Source is where the catalogue's ranges come from, said once.
func (p *quotePage) Source() string {
	if len(p.Catalogue) == 0 {
		return ""
	}
	return p.P.T("price.source")
}

// Picked reports whether an option was ticked.
func (p *quotePage) Picked(id string) bool { return slices.Contains(p.Chosen, id) }

// Options are the last version's lines that the customer may take or leave.
func (p *quotePage) Options() []order.QuoteLine {
	var out []order.QuoteLine
	if p.Last != nil {
		for _, l := range p.Last.Lines {
			if l.Kind != order.Obligatory {
				out = append(out, l)
			}
		}
	}
	return out
}

// quoteRow is a line with the page it stands on.
type quoteRow struct {
	Page *quotePage
	Line lineForm
}

// Rows are the form's lines.
func (p *quotePage) Rows() []quoteRow {
	var out []quoteRow
	for _, l := range p.Form.Lines {
		out = append(out, quoteRow{p, l})
	}
	return out
}

// Channels are the ways a quote goes out; Modes those an answer comes back.
func (p *quotePage) Channels() []string { return []string{"email", "sms", "counter"} }

// Modes are the ways an answer is given to somebody of the house.
func (p *quotePage) Modes() []string { return []string{"counter", "phone"} }

// Unsent reports whether a version waits to be sent.
func (p *quotePage) Unsent() bool { return p.Last != nil && p.Last.SentAt.IsZero() }

func (s *Server) quote(w http.ResponseWriter, r *http.Request) error {
	p, err := s.quotePage(r)
	if err != nil {
		return err
	}
	if err := s.resumeQuote(r, p); err != nil {
		return err
	}
	return s.page(w, r, "quote/quote", p)
}

// Draft names what a person has typed into the quote of this order and not yet kept.
func (p *quotePage) Draft() string { return "quote-" + p.View.Sheet }

// resumeQuote takes up what the person had typed. A draft from before the last
// version is of that version and forgotten.
func (s *Server) resumeQuote(r *http.Request, p *quotePage) error {
	if !p.Editable || r.FormValue("solution") != "" {
		return nil
	}
	kept, saved, err := s.draft(r, p.Draft())
	if err != nil || kept == nil {
		return err
	}
	if p.Last != nil && saved.Before(p.View.Entries[p.Last.Seq-1].Recorded) {
		return nil
	}
	p.use(s, r, readQuoteForm(kept))
	p.Unsaved, p.Saved = true, s.printer(r).T("reception.draft_of", s.printer(r).DateTime(saved))
	return nil
}

// editQuote answers every button of the form: add and remove a line, work the
// totals out again, keep a version.
func (s *Server) editQuote(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "web.fault.form")
	}
	p, err := s.quotePage(r)
	if err != nil {
		return err
	}
	f := readQuoteForm(r.PostForm)
	verb, what, _ := strings.Cut(r.PostFormValue("do"), ":")
	switch verb {
	case "add":
		list, err := s.shop.Prices(r.Context())
		if err != nil {
			return err
		}
		if len(f.Lines) < mostLines {
			f.add(s.printer(r), list, what, s.shop.PriceFor(p.View.Watch), s.shop.Today())
		}
	case "remove":
		f.remove(numberOf(what))
	case "save":
		return s.saveQuote(w, r, p, f)
	}
	p.use(s, r, f)
	p.Unsaved = true
	return s.page(w, r, "quote/quote", p)
}

func (s *Server) saveQuote(w http.ResponseWriter, r *http.Request, p *quotePage, f quoteForm) error {
	p.use(s, r, f)
	p.Unsaved = true
	err := p.Form.bad.Err()
	if err == nil {
		var a workshop.Act
		if a, err = s.act(r, p.View.Sheet); err != nil {
			return err
		}
		var after order.State
		if after, err = s.shop.Price(r.Context(), a, p.Form.parsed); err == nil {
			if err := s.shop.DropDraft(r.Context(), a.Who.ID, p.Draft()); err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			return s.done(w, r, p.At("/quote"), "quote.saved", after.LastQuote().Version)
		}
	}
	for i := range p.Form.Lines {
		p.Form.Lines[i].Error = s.printer(r).Fields(err)["line_"+itoa(p.Form.Lines[i].At)]
	}
	return s.again(w, r, err, "quote/quote", p)
}

// sendQuote sends the last version. The customer's link is known at this moment
// only, so the page that shows it is the answer itself.
func (s *Server) sendQuote(w http.ResponseWriter, r *http.Request) error {
	p, a, err := s.quoteAct(r)
	if err != nil {
		return err
	}
	p.Channel = entered(r, "channel")
	_, link, err := s.shop.SendQuote(r.Context(), a, p.Channel)
	if err != nil {
		return s.again(w, r, err, "quote/quote", p)
	}
	if link == "" || !p.Who.May(staff.SeeCustomer) {
		return s.done(w, r, p.At("/quote"), "quote.sent")
	}
	if p, err = s.quotePage(r); err != nil {
		return err
	}
	p.Link = link
	return s.page(w, r, "quote/quote", p)
}

// quoteAct is what every button outside the form begins with.
func (s *Server) quoteAct(r *http.Request) (*quotePage, workshop.Act, error) {
	p, err := s.quotePage(r)
	if err != nil {
		return nil, workshop.Act{}, err
	}
	a, err := s.act(r, p.View.Sheet)
	p.Reason = entered(r, "reason")
	return p, a, err
}

func (s *Server) recallQuote(w http.ResponseWriter, r *http.Request) error {
	return s.quoteMove(w, r, "quote.recalled", func(p *quotePage, a workshop.Act) error {
		_, err := s.shop.RecallQuote(r.Context(), a, p.Reason)
		return err
	})
}

func (s *Server) useCeiling(w http.ResponseWriter, r *http.Request) error {
	return s.quoteMove(w, r, "quote.ceiling_used", func(p *quotePage, a workshop.Act) error {
		_, err := s.shop.UseCeiling(r.Context(), a)
		return err
	})
}

func (s *Server) withdrawQuote(w http.ResponseWriter, r *http.Request) error {
	return s.quoteMove(w, r, "quote.withdrawn", func(p *quotePage, a workshop.Act) error {
		_, err := s.shop.Withdraw(r.Context(), a, p.Reason)
		return err
	})
}

// answerQuote records what the customer said in the shop or on the phone.
func (s *Server) answerQuote(w http.ResponseWriter, r *http.Request) error {
	yes := r.PostFormValue("do") == "accept"
	word := map[bool]string{true: "quote.accepted", false: "quote.declined"}[yes]
	return s.quoteMove(w, r, word, func(p *quotePage, a workshop.Act) error {
		p.Chosen, p.Mode = r.PostForm["chosen"], entered(r, "mode")
		x := order.Answering{Version: numberOf(r.PostFormValue("version")), Hash: r.PostFormValue("hash"), Mode: p.Mode, Reason: p.Reason}
		if x.Mode != "phone" {
			x.Mode = "counter"
		}
		if yes {
			x.Chosen, x.Reason = p.Chosen, ""
		}
		_, err := s.shop.Answer(r.Context(), a, yes, x)
		return err
	})
}

func (s *Server) quoteMove(w http.ResponseWriter, r *http.Request, word string, act func(*quotePage, workshop.Act) error) error {
	p, a, err := s.quoteAct(r)
	if err != nil {
		return err
	}
	if err := act(p, a); err != nil {
		return s.again(w, r, err, "quote/quote", p)
	}
	return s.done(w, r, p.At("/quote"), word)
}

type linkPage struct {
	orderHead
	Link string
}

// showLink makes a link for the customer who stands here: to be scanned, or printed.
func (s *Server) showLink(w http.ResponseWriter, r *http.Request) error {
	head, err := s.orderHead(r, false)
	if err != nil {
		return err
	}
	p := &linkPage{orderHead: head}
	if p.Link, err = s.shop.LinkFor(r.Context(), workshop.Act{Who: p.Who, Sheet: p.View.Sheet}); err != nil {
		return err
	}
	return s.page(w, r, "quote/link", p)
}
