package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) linkRoutes() {
	s.handle("GET /c/{token}", s.customerPage)
	s.handle("POST /c/{token}", s.customerAct)
	s.handle("GET /c/{token}/report.pdf", s.customerReport)
}

// proofLife is how long a proof given once opens the page on that device.
const proofLife = 2 * time.Hour

// proofCookie says that this device proved to be the customer's.
const proofCookie = "proof"

// processKey signs proofs where the house has no key: they then end with the process.
var processKey = sync.OnceValue(func() []byte {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return key
})

// proofSeal binds a proof to its link and its end.
func (s *Server) proofSeal(token string, until int64) string {
	key := s.shop.Secret
	if len(key) == 0 {
		key = processKey()
	}
	m := hmac.New(sha256.New, key)
	m.Write([]byte("customer's page\x00" + token + "\x00" + strconv.FormatInt(until, 10)))
	return hex.EncodeToString(m.Sum(nil))
}

// proved reports whether the request carries a proof of this link that has not run out.
func (s *Server) proved(r *http.Request, token string) bool {
	c, err := r.Cookie(proofCookie)
	if err != nil {
		return false
	}
	end, seal, _ := strings.Cut(c.Value, ".")
	until, err := strconv.ParseInt(end, 10, 64)
	return err == nil && s.shop.Now().Unix() < until && hmac.Equal([]byte(seal), []byte(s.proofSeal(token, until)))
}

func (s *Server) setProof(w http.ResponseWriter, token string) {
	until := s.shop.Now().Add(proofLife).Unix()
	http.SetCookie(w, &http.Cookie{Name: proofCookie, Value: strconv.FormatInt(until, 10) + "." + s.proofSeal(token, until),
		Path: "/c/" + token, MaxAge: int(proofLife.Seconds()), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// proofPage asks for what only the customer and the house know.
type proofPage struct {
	Page
	Firm  workshop.Firm
	Field component.Field
	Shut  string // why no try is taken now
	Token string
}

// customerPage is the customer's page.
type customerPage struct {
	Page
	Token    string
	Firm     workshop.Firm
	View     workshop.CustomerView
	Track    component.StageBar
	Quote    *order.Quote // the version sent last
	Chosen   []string
	StartNow bool
	Reason   string
	Question string
	Errors   map[string]string
	Notice   string
	CanSay   bool // the quote can be answered now
	CanQuit  bool // the contract can be withdrawn from now
	Total    totalsOf
	now      time.Time
	Report   string // address of the service report; "" while there is none
}

// private keeps the page out of caches and search engines. The referrer policy
// of the house (same-origin) stays: with none at all browsers hide a form's
// origin too, and the form would be taken for another site's.
func private(w http.ResponseWriter) {
	w.Header().Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	w.Header().Set("Cache-Control", "no-store")
}

func (s *Server) customerPage(w http.ResponseWriter, r *http.Request) error {
	private(w)
	token := r.PathValue("token")
	if err := s.shop.CheckLink(r.Context(), token); err != nil {
		return err
	}
	if !s.proved(r, token) {
		p, err := s.proofPage(r, token)
		if err != nil {
			return err
		}
		return s.page(w, r, "link/proof", p)
	}
	p, err := s.linkPage(r, token)
	if err != nil {
		return err
	}
	return s.page(w, r, "link/link", p)
}

func (s *Server) proofPage(r *http.Request, token string) (*proofPage, error) {
	t := s.printer(r)
	firm, err := s.shop.Firm(r.Context())
	return &proofPage{Page: Page{Title: "link.title", Bare: true}, Firm: firm, Token: token,
		Field: component.Field{Name: "proof", Label: t.T("link.proof"), Help: t.T("link.proof_help"), AutoComplete: "off", AutoFocus: true, Required: true}}, err
}

// linkPage reads the order for its customer.
func (s *Server) linkPage(r *http.Request, token string) (*customerPage, error) {
	v, err := s.shop.CustomerPage(r.Context(), token)
	if err != nil {
		return nil, err
	}
	firm, err := s.shop.Firm(r.Context())
	if err != nil {
		return nil, err
	}
	p := &customerPage{Page: Page{Title: "link.title", Bare: true}, Token: token, Firm: firm, View: v, now: s.shop.Now(), Track: fiveWords(s.printer(r), v.Stage)}
	if q := v.LastQuote(); q != nil && !q.SentAt.IsZero() {
		p.Quote, p.Chosen = q, q.Chosen
		p.Total = sums(*q, q.Chosen)
	}
	if v.Handover != nil && len(v.Controls) > 0 {
		p.Report = "/c/" + token + "/report.pdf"
	}
	facts := order.Facts{Now: s.shop.Now(), Who: staff.Customer()}
	p.CanSay = p.Quote != nil && v.State.CanMove(order.KindQuoteAccepted, facts) == nil
	p.CanQuit = v.State.CanMove(order.KindQuoteWithdrawn, facts) == nil
	return p, nil
}

// fiveWords is the customer's stage bar.
func fiveWords(t *locale.Printer, at order.Stage) component.StageBar {
	b := component.StageBar{Label: t.T("link.progress")}
	for _, word := range []string{"received", "diagnosis", "agreement", "repair", "ready"} {
		b.Stages = append(b.Stages, t.T("link.word."+word))
	}
	switch at {
	case order.Announced, order.Received, order.Transferred:
		b.Current = 0
	case order.InDiagnosis:
		b.Current = 1
	case order.QuoteSent, order.Declined, order.Withdrawn, order.Expired:
		b.Current = 2
	case order.Ready:
		b.Current = 4
	case order.Returned, order.Sent, order.ReturnedUnrepaired, order.Abandoned, order.Complaint:
		b.Current = 5
	default:
		b.Current = 3
	}
	return b
}

// Label is a line in the reader's language.
func (p *customerPage) Label(l order.QuoteLine) string {
	return l.Label(p.Lang)
}

// Lines are the quote's lines of a kind; after the agreement only what was agreed.
func (p *customerPage) Lines(kind string) []order.QuoteLine {
	lines := p.Quote.Lines
	if !p.CanSay {
		lines = p.Quote.With(p.Chosen)
	}
	var out []order.QuoteLine
	for _, l := range lines {
		if l.Kind == kind {
			out = append(out, l)
		}
	}
	return out
}

// Kinds are the groups of lines, in order.
func (p *customerPage) Kinds() []string {
	return []string{order.Obligatory, order.Recommended, order.Cosmetic}
}

// Picked reports whether an option is ticked.
func (p *customerPage) Picked(id string) bool { return slices.Contains(p.Chosen, id) }

// Headline says in one sentence where the watch is.
func (p *customerPage) Headline() string {
	return p.P.T("link.at."+string(p.View.Stage), p.View.Watch.Title())
}

// Promise is what is said of the date; "" where there is nothing to promise.
func (p *customerPage) Promise() string {
	switch st := p.View.Stage; {
	case p.CanSay && p.Quote.Ready != "" && p.Quote.Ready < p.Quote.Until.Format("2006-01-02"):
		return p.P.T("link.ready_soon", p.P.Day(p.Quote.Ready))
	case p.CanSay && p.Quote.Ready != "":
		return p.P.T("link.ready_if", p.P.Date(p.Quote.Until), p.P.Day(p.Quote.Ready))
	case p.View.Promised == "" || st.Closed() || slices.Contains([]order.Stage{order.Ready, order.QuoteSent, order.Declined, order.Withdrawn, order.Expired, order.Complaint}, st):
		return ""
	default:
		return p.P.T("link.promised", p.P.Day(p.View.Promised))
	}
}

// Found is what was found, in plain words.
func (p *customerPage) Found() string { return sentence(p.Quote.Found().In(p.Lang)) }

// FoundIn is the language those words are in.
func (p *customerPage) FoundIn() locale.Lang { return p.Quote.Found().Written(p.Lang) }

// Moved says what was promised first, where that changed.
func (p *customerPage) Moved() string {
	if p.View.PromisedFirst == "" || p.View.PromisedFirst == p.View.Promised || p.Promise() == "" {
		return ""
	}
	if p.View.MovedWhy == "" {
		return p.P.T("link.moved", p.P.Day(p.View.PromisedFirst))
	}
	return p.P.T("link.moved_because", p.P.Day(p.View.PromisedFirst), p.View.MovedWhy)
}

// NoPolish reports whether the customer asked not to polish.
func (p *customerPage) NoPolish() bool { return slices.Contains(p.View.Wishes, "no_polish") }

// BaseCents is the price of the obligatory lines, for the element that totals.
func (p *customerPage) BaseCents() int64 { return int64(p.Quote.Totals(nil).Gross) }

// Entry is a new id for each form of the page.
func (p *customerPage) Entry() string { return ident.New() }

// Asked are the supplementary quotes that await the customer's answer.
func (p *customerPage) Asked() []order.Supplement { return p.more("") }

// Answered are those the customer answered.
func (p *customerPage) Answered() []order.Supplement {
	return append(p.more("accepted"), p.more("declined")...)
}

func (p *customerPage) more(answer string) []order.Supplement {
	var out []order.Supplement
	for _, x := range p.View.Supplements {
		if x.Answer == answer && p.View.Corrected[x.Seq] == 0 && (answer != "" || !p.View.Stage.Closed()) {
			out = append(out, x)
		}
	}
	return out
}

// Polish reports whether the work polishes and the customer said nothing of it yet.
func (p *customerPage) Polish() bool {
	return !p.View.Stage.Closed() && p.View.State.Polish == nil && p.View.Polishing() && p.View.ConsentNeeded()
}

// Err is the sentence beside a field.
func (p *customerPage) Err(field string) string { return p.Errors[field] }

// StartLater is when the work could start without the request to begin early.
func (p *customerPage) StartLater() string { return p.P.Date(order.StartWithoutRequest(p.now)) }

// Tel is the house's number as a link takes it.
func (p *customerPage) Tel() string { return strings.ReplaceAll(p.Firm.Phone, " ", "") }

// customerAct answers every button of the customer's page.
func (s *Server) customerAct(w http.ResponseWriter, r *http.Request) error {
	private(w)
	token, do := r.PathValue("token"), r.PostFormValue("do")
	if do == "prove" || !s.proved(r, token) {
		return s.prove(w, r, token)
	}
	p, err := s.linkPage(r, token)
	if err != nil {
		return err
	}
	p.Chosen, p.StartNow = r.PostForm["chosen"], r.PostFormValue("start_now") != ""
	p.Reason, p.Question = entered(r, "reason"), entered(r, "text")
	if p.Quote != nil {
		p.Total = sums(*p.Quote, p.Chosen)
	}
	entry := r.PostFormValue("entry")
	if !ident.ValidID(entry) {
		entry = ""
	}
	word := "link.did_" + do
	x := order.Answering{Version: numberOf(r.PostFormValue("version")), Hash: r.PostFormValue("hash")}
	switch do {
	case "sum":
		return s.page(w, r, "link/link", p)
	case "withdraw":
		if err := p.View.State.CanMove(order.KindQuoteWithdrawn, order.Facts{Now: s.shop.Now(), Who: staff.Customer()}); err != nil {
			return s.customerAgain(w, r, p, err)
		}
		return s.page(w, r, "link/withdraw", p)
	case "accept":
		x.Chosen, x.StartNow = p.Chosen, p.StartNow
		_, err = s.shop.AnswerByLink(r.Context(), token, entry, true, x)
	case "decline":
		x.Reason = p.Reason
		_, err = s.shop.AnswerByLink(r.Context(), token, entry, false, x)
	case "ask":
		_, err = s.shop.AskByLink(r.Context(), token, entry, p.Question)
	case "more_accept", "more_decline":
		of, perr := strconv.ParseInt(r.PostFormValue("of"), 10, 64)
		if perr != nil {
			return fault.New(fault.Invalid, "web.fault.form")
		}
		_, err = s.shop.AnswerSupplementByLink(r.Context(), token, entry, order.SupplementAnswer{Of: of, Accepted: do == "more_accept", Reason: p.Reason})
	case "polish_agree", "polish_decline":
		_, err = s.shop.AgreePolishByLink(r.Context(), token, entry, order.PolishConsent{Agreed: do == "polish_agree", Hallmarks: r.PostFormValue("hallmarks") != ""})
	case "confirm":
		_, err = s.shop.WithdrawByLink(r.Context(), token, entry)
	default:
		return fault.New(fault.Invalid, "web.fault.form")
	}
	if err != nil {
		return s.customerAgain(w, r, p, err)
	}
	return s.done(w, r, "/c/"+token, word)
}

// customerAgain shows the page again with what is wrong; a quote that changed
// meanwhile is shown as it is now, with nothing ticked.
func (s *Server) customerAgain(w http.ResponseWriter, r *http.Request, p *customerPage, err error) error {
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Stale && kind != fault.Conflict {
		return err
	}
	if kind == fault.Stale && p.Quote != nil {
		p.Chosen, p.StartNow = nil, false
		p.Total = sums(*p.Quote, nil)
	}
	p.Errors, _ = s.fieldErrors(r, err)
	p.Notice = s.printer(r).Error(err)
	return s.pageStatus(w, r, status[kind], "link/link", p)
}

// customerReport is the customer's copy of the service report.
func (s *Server) customerReport(w http.ResponseWriter, r *http.Request) error {
	private(w)
	token := r.PathValue("token")
	if err := s.shop.CheckLink(r.Context(), token); err != nil {
		return err
	}
	if !s.proved(r, token) {
		return s.seeOther(w, r, "/c/"+token)
	}
	v, err := s.shop.CustomerPage(r.Context(), token)
	if err != nil {
		return err
	}
	if v.Handover == nil {
		return fault.New(fault.NotFound, "link.no_report")
	}
	b, err := s.shop.ReportByLink(r.Context(), token, Language(r))
	if err != nil {
		return err
	}
	return writePDF(w, "report-"+v.Number, b)
}

// prove checks the proof and lets the device in.
func (s *Server) prove(w http.ResponseWriter, r *http.Request, token string) error {
	err := s.shop.Prove(r.Context(), token, r.PostFormValue("proof"))
	if err == nil {
		s.setProof(w, token)
		return s.seeOther(w, r, "/c/"+token)
	}
	p, ferr := s.proofPage(r, token)
	if ferr != nil {
		return ferr
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		p.Field.Error = s.printer(r).Fields(err)["proof"]
		p.Field.Value = entered(r, "proof")
	case fault.Unavailable:
		p.Shut = s.printer(r).Error(err)
		return s.pageStatus(w, r, http.StatusTooManyRequests, "link/proof", p)
	default:
		return err
	}
	return s.refuse(w, r, "link/proof", p)
}
