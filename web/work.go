package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"etabli.example/horology"
	"etabli.example/trade/order"
	"etabli.example/trade/stock"
	"etabli.example/workshop"
)

func (s *Server) workRoutes() {
	s.handle("GET /orders/{number}/work", s.needs(s.work))
	s.handle("POST /orders/{number}/work/step", s.needs(s.workStep))
	s.handle("POST /orders/{number}/work/how", s.needs(s.workHow))
	s.handle("POST /orders/{number}/work/finding", s.needs(s.workFinding))
	s.handle("POST /orders/{number}/work/part", s.needs(s.workPart))
	s.handle("POST /orders/{number}/work/casing", s.needs(s.workCasing))
	s.handle("POST /orders/{number}/work/photo", s.needs(s.workPhoto))
	s.handle("POST /orders/{number}/work/alert", s.needs(s.workAlert))
	s.handle("POST /orders/{number}/work/supplement", s.needs(s.workSupplement))
	s.handle("POST /orders/{number}/work/answer", s.needs(s.workAnswer))
	s.handle("POST /orders/{number}/safety", s.needs(s.readSafety))
	s.handle("POST /orders/{number}/work/start", s.needs(s.workStart))
	s.handle("POST /orders/{number}/work/finish", s.needs(s.workFinish))
}

// howCookie remembers whether somebody works alone, helped or watched.
const howCookie = "how"

// withCookie remembers who helps or watches: a person id.
const withCookie = "with"

// workPage is the follow-up sheet at the bench: the steps, and what is found and
// replaced on the way.
type workPage struct {
	orderHead
	How       string
	With      string // person id of who helps or watches
	Now       time.Time
	Timed     bool // the workshop shows how long steps took
	Steps     []stepRow
	Open      int // steps not ended
	All       int
	Refused   *order.Control // the control that sent the watch back, while it is at work again
	Finding   order.Finding
	Part      order.PartUsed
	Casing    order.Casing
	Torque    string // as it was typed
	Alert     order.Alert
	More      supplementForm
	Lots      []stock.Row // that a part can be taken from
	Form      string      // which form was refused
	Keep      string      // the makers' documents the tablet keeps
	Documents int         // how many there are to work by
	Step      stepRow     // the row that was tapped
	Other     *stepRow    // the row that comes next, where that is another
}

// stepRow is one step of the plan and where it stands. Template "work-step".
type stepRow struct {
	Page *workPage
	order.Step
	order.StepState
	At    int
	Heads bool   // the first of its operation
	Next  bool   // the first that is open
	Back  bool   // the control sent the watch back to this step
	Often int    // how often it was sent back to this step
	Held  string // why it is stopped: word below "hold."; empty where it is not
	Error string
	Typed string // the reason typed and refused
	Aside bool   // sent beside the row that was tapped
}

// Anchor is the row's place in the page's address.
func (r stepRow) Anchor() string { return strings.ReplaceAll(r.ID, ".", "-") }

// Open reports whether the step is still to be done.
func (r stepRow) Open() bool { return r.Act == "" || r.Act == "started" }

// Takeable reports whether the last tap can be taken back in one tap.
func (r stepRow) Takeable() bool { return r.Fresh(r.Page.Now) }

// Left is for how many more milliseconds it can.
func (r stepRow) Left() int64 {
	return (order.TakeBack - r.Page.Now.Sub(r.StepState.At)).Milliseconds()
}

// Took is how long a step took, in words.
func (p *workPage) Took(d time.Duration) string { return p.P.Duration(d.Round(time.Minute)) }

// Done counts the steps done or skipped.
func (p *workPage) Done() int { return p.All - p.Open }

func (s *Server) workPage(r *http.Request) (*workPage, error) {
	head, err := s.orderHead(r, true)
	if err != nil {
		return nil, err
	}
	p := &workPage{orderHead: head, How: order.StepWays()[0], Now: s.shop.Now()}
	rules, err := s.shop.BenchRules(r.Context())
	if err != nil {
		return nil, err
	}
	p.Timed = !rules.Untimed
	if c, err := r.Cookie(howCookie); err == nil && slices.Contains(order.StepWays(), c.Value) {
		p.How = c.Value
	}
	if c, err := r.Cookie(withCookie); err == nil && p.View.People[c.Value] != "" {
		p.With = c.Value
	}
	if n := len(p.View.Controls); n > 0 && !p.View.Controls[n-1].Passed {
		p.Refused = &p.View.Controls[n-1]
	}
	if p.Working() {
		if p.Lots, err = s.shop.FittingLots(r.Context()); err != nil {
			return nil, err
		}
	}
	docs, err := s.shop.ShelfOfWatch(r.Context(), p.Who, p.View.Watch)
	if err != nil {
		return nil, err
	}
	p.Keep = keptShelf(p.View.Number, docs)
	for _, d := range docs {
		if d.Holds() {
			p.Documents++
		}
	}
	p.Open, p.All = p.View.StepsLeft()
	if p.View.Plan == nil {
		return p, nil
	}
	operation, next := "\x00", true
	for i, st := range p.View.Plan.Steps {
		row := stepRow{Page: p, Step: st, StepState: p.View.Steps[st.ID], At: i + 1}
		row.Heads = st.Operation != operation
		operation = st.Operation
		if h, held := p.View.HeldStep(st.ID); held {
			row.Held = h.Why
		}
		row.Often = p.View.Refusals[st.ID]
		if next && row.Held == "" && (row.Act == "" || row.Act == "started") {
			row.Next, next = true, false
		}
		row.Back = p.Refused != nil && p.Refused.Step == st.ID
		p.Steps = append(p.Steps, row)
	}
	return p, nil
}

// Hows are the ways offered.
func (p *workPage) Hows() []string { return order.StepWays() }

// Working reports whether steps can be recorded at this stage.
func (p *workPage) Working() bool { return p.View.Stage == order.InWork }

// MayWork is why the person may not record steps; "" where they may.
func (p *workPage) MayWork() string { return p.Without("work") }

// Parts are the catalogue's components, for the lists of the fields.
func (p *workPage) Parts() []horology.Part { return horology.Parts() }

// PartName is a component in the reader's language.
func (p *orderHead) PartName(code string) string {
	part, ok := horology.PartByCode(code)
	switch {
	case !ok:
		return code
	case p.Lang == "en":
		return sentence(part.EN)
	}
	return sentence(part.FR)
}

// States, Origins, Olds and Gaskets are what the forms offer.
func (p *workPage) States() []string { return order.FindingStates() }

// Origins says where a part came from.
func (p *workPage) Origins() []string { return []string{"maker", "generic", "donor", "customer"} }

// Olds says what became of the part that was replaced.
func (p *workPage) Olds() []string { return []string{"returned", "kept", "recycled"} }

// Gaskets says what was done about the gasket on closing.
func (p *workPage) Gaskets() []string { return []string{"new", "greased", "kept"} }

func (s *Server) work(w http.ResponseWriter, r *http.Request) error {
	p, err := s.workPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "work/work", p)
}

// workStep records one tap. Where htmx asked, the answer is the row alone with
// the count and the finish beside it.
func (s *Server) workStep(w http.ResponseWriter, r *http.Request) error {
	p, a, err := s.workAct(r)
	if err != nil {
		return err
	}
	x := order.StepAct{Step: entered(r, "step"), Act: entered(r, "do"), Reason: entered(r, "reason"), How: p.How, With: p.With}
	if how := entered(r, "how"); how != "" { // as it stood when the page was drawn: the tap may come late
		x.How, x.With = how, entered(r, "with")
	}
	_, err = s.shop.Step(r.Context(), a, x)
	if err == nil && !partial(r) {
		return s.seeOther(w, r, p.At("/work")+"#step-"+strings.ReplaceAll(x.Step, ".", "-"))
	}
	if err == nil {
		if p, err = s.workPage(r); err != nil {
			return err
		}
	} else {
		for i := range p.Steps {
			if p.Steps[i].ID == x.Step {
				p.Steps[i].Typed = x.Reason
				p.Steps[i].Error = s.printer(r).Error(err)
				if f := s.printer(r).Fields(err)["reason"]; f != "" {
					p.Steps[i].Error = f
				}
			}
		}
		if !partial(r) {
			return s.again(w, r, err, "work/work", p)
		}
	}
	found := false
	for _, row := range p.Steps {
		if row.ID == x.Step {
			p.Step, found = row, true
		} else if row.Next {
			row.Aside = true
			p.Other = &row
		}
	}
	if !found {
		return err
	}
	return s.fragment(w, r, "work/work", "work-tapped", p)
}

// workHow keeps how the person works, for the steps that follow.
func (s *Server) workHow(w http.ResponseWriter, r *http.Request) error {
	row, err := s.named(r)
	if err != nil {
		return err
	}
	s.setCookie(w, howCookie, entered(r, "how"), 12*3600)
	s.setCookie(w, withCookie, entered(r, "with"), 12*3600)
	return s.seeOther(w, r, "/orders/"+row.Number+"/work")
}

func (s *Server) workAct(r *http.Request) (*workPage, workshop.Act, error) {
	p, err := s.workPage(r)
	if err != nil {
		return nil, workshop.Act{}, err
	}
	a, err := s.act(r, p.View.Sheet)
	return p, a, err
}

// codeOf turns the name of a component into its code; what is neither stays.
func codeOf(text string) string {
	for _, part := range horology.Parts() {
		if strings.EqualFold(part.Code, text) || strings.EqualFold(part.FR, text) || strings.EqualFold(part.EN, text) {
			return part.Code
		}
	}
	return text
}
