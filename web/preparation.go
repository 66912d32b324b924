package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

func (s *Server) preparationRoutes() {
	s.handle("GET /orders/{number}/prepare", s.needs(s.preparation))
	s.handle("POST /orders/{number}/prepare", s.needs(s.prepare))
}

// preparationPage is the work plan, the bench's checklist and the parts awaited.
type preparationPage struct {
	orderHead
	Plan           order.Plan // made, or suggested
	Made           bool
	Acknowledged   bool
	Contradictions []string
	Extra          string // steps typed beside the suggested ones, one a line
	Ticks          map[string]bool
	Waiting        *order.PartsWait // what is awaited
	Wait           order.PartsWait  // what is typed
	Parts          string           // the parts typed, one a line
}

func (s *Server) preparationPage(r *http.Request) (*preparationPage, error) {
	head, err := s.orderHead(r, true)
	if err != nil {
		return nil, err
	}
	p := &preparationPage{orderHead: head, Ticks: map[string]bool{}}
	if p.Made = p.View.Plan != nil; p.Made {
		p.Plan, p.Acknowledged = *p.View.Plan, p.View.Plan.Acknowledged
	} else {
		p.Plan = workshop.SuggestPlan(p.View.State)
	}
	if p.View.Workstation != nil {
		p.Ticks = p.View.Workstation.Items
	}
	for _, e := range p.View.Entries {
		switch e.Kind {
		case order.KindExamined:
			var x order.Examination
			if err := e.Decode(&x); err != nil {
				return nil, fault.Wrap("web.preparation", err)
			}
			for _, c := range x.Contradictions {
				p.Contradictions = append(p.Contradictions, c.In(s.printer(r).Lang()))
			}
		case order.KindPartsAwaited:
			var x order.PartsWait
			if err := e.Decode(&x); err != nil {
				return nil, fault.Wrap("web.preparation", err)
			}
			p.Waiting = &x
		}
	}
	if p.View.Stage != order.WaitingParts {
		p.Waiting = nil
	}
	p.Parts = strings.Join(p.neededParts(), "\n")
	return p, nil
}

// neededParts names the parts of the diagnosis.
func (p *preparationPage) neededParts() []string {
	var out []string
	if p.View.Diagnosis == nil {
		return nil
	}
	for _, x := range p.View.Diagnosis.Parts {
		if part, ok := horology.PartByCode(x.Code); ok {
			out = append(out, sentence(part.FR))
		}
	}
	return out
}

// Items is the checklist of the bench.
func (p *preparationPage) Items() []string { return order.WorkstationItems() }

// Ticked reports whether an item of the checklist is done.
func (p *preparationPage) Ticked(item string) bool { return p.Ticks[item] }

// Operation is an operation's name in the reader's language.
func (p *orderHead) Operation(code string) string {
	op, ok := horology.OperationByCode(code)
	switch {
	case !ok:
		return code
	case p.Lang == "en":
		return sentence(op.EN)
	}
	return sentence(op.FR)
}

// StepLabel is a step in the reader's language.
func (p *orderHead) StepLabel(st order.Step) string {
	return sentence(st.Label(p.Lang))
}

// InWords says the plan's tools, supplies or safety notes, which the catalogue
// of operations has in French, in the reader's language.
func (p *preparationPage) InWords(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = catalogueText(p.P, w)
	}
	return out
}

// StepsOf are the plan's steps of an operation.
func (p *preparationPage) StepsOf(operation string) []order.Step {
	var out []order.Step
	for _, st := range p.Plan.Steps {
		if st.Operation == operation {
			out = append(out, st)
		}
	}
	return out
}

// CanPlan reports whether the plan can be made at this stage.
func (p *preparationPage) CanPlan() bool { return !p.Made && p.Can("planned") }

// AtBench reports whether the checklist can be gone through at this stage.
func (p *preparationPage) AtBench() bool {
	return p.View.Stage == order.Preparing || p.View.Stage == order.WaitingParts
}

func (s *Server) preparation(w http.ResponseWriter, r *http.Request) error {
	p, err := s.preparationPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "preparation/preparation", p)
}

// prepare answers the page's forms by their button: plan, list, start, await, here.
func (s *Server) prepare(w http.ResponseWriter, r *http.Request) error {
	p, err := s.preparationPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	do := r.PostFormValue("do")
	to := p.At("/prepare")
	switch do {
	case "plan":
		err = s.makePlan(r, p, a)
	case "list", "start":
		if err = s.checkList(r, p, a); err == nil && do == "start" {
			to = p.At("/work")
			a.Entry += "-s"
			a.Seen = -1 // what the list changed is our own
			_, err = s.shop.StartWork(r.Context(), a)
		}
	case "await":
		p.Parts = entered(r, "parts")
		p.Wait = order.PartsWait{Parts: linesOf(p.Parts), Expected: entered(r, "expected"), Why: entered(r, "why")}
		_, err = s.shop.AwaitParts(r.Context(), a, p.Wait)
	case "here":
		_, err = s.shop.PartsHere(r.Context(), a, order.PartsWait{})
	default:
		return fault.New(fault.Invalid, "web.fault.form")
	}
	if err != nil {
		return s.again(w, r, err, "preparation/preparation", p)
	}
	return s.done(w, r, to, "plan.did_"+do)
}

// makePlan writes the suggested plan, with the steps typed beside it.
func (s *Server) makePlan(r *http.Request, p *preparationPage, a workshop.Act) error {
	p.Acknowledged, p.Extra = r.PostFormValue("acknowledged") != "", entered(r, "extra")
	plan := workshop.SuggestPlan(p.View.State)
	plan.Acknowledged = p.Acknowledged
	for i, text := range linesOf(p.Extra) {
		plan.Steps = append(plan.Steps, order.Step{ID: "0." + strconv.Itoa(i+1), LabelFR: text, LabelEN: text})
	}
	_, err := s.shop.Plan(r.Context(), a, plan)
	return err
}

// checkList keeps the checklist where it changed.
func (s *Server) checkList(r *http.Request, p *preparationPage, a workshop.Act) error {
	ticks := map[string]bool{}
	for _, it := range order.WorkstationItems() {
		ticks[it] = slices.Contains(r.PostForm["item"], it)
	}
	p.Ticks = ticks
	_, err := s.shop.CheckWorkstation(r.Context(), a, order.Workstation{Items: ticks})
	return err
}

// linesOf are the lines of a text that say something, at most forty.
func linesOf(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && len(out) < 40 {
			out = append(out, line)
		}
	}
	return out
}
