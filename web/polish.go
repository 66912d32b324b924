package web

import (
	"net/http"

	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
)

func (s *Server) polishRoutes() {
	s.handle("POST /orders/{number}/polish", s.needs(s.agreePolish))
}

// polishCard asks for the customer's word on polishing. Template "polish-card".
type polishCard struct {
	head   *orderHead
	Back   string // the page to come back to
	Locked string // why this person may not write it down
}

// Polish is the card where the work polishes and the customer's word is missing or
// was no; nil elsewhere.
func (p *orderHead) Polish(page string) *polishCard {
	if p.View.Stage.Closed() || !p.View.Polishing() || !p.View.ConsentNeeded() {
		return nil
	}
	c := &polishCard{head: p, Back: page}
	if !p.Who.May(staff.Answer) {
		c.Locked = p.Without(string(staff.Answer))
	}
	return c
}

// Action, Fresh, Precious and Declined fill the card's form.
func (c *polishCard) Action() string { return c.head.At("/polish") }

// Fresh is what the form carries.
func (c *polishCard) Fresh() component.Act { return c.head.Fresh() }

// Precious reports whether hallmarks could fade.
func (c *polishCard) Precious() bool { return c.head.View.Precious() }

// Declined reports whether the customer said no.
func (c *polishCard) Declined() bool {
	return c.head.View.State.Polish != nil && !c.head.View.State.Polish.Agreed
}

// Err is the sentence beside the form's tick.
func (c *polishCard) Err() string { return c.head.Err("hallmarks") }

// agreePolish is POST /orders/{number}/polish: do (agree, decline), hallmarks,
// mode, back.
func (s *Server) agreePolish(w http.ResponseWriter, r *http.Request) error {
	p, a, err := s.workAct(r)
	if err != nil {
		return err
	}
	c := order.PolishConsent{Agreed: entered(r, "do") == "agree", Hallmarks: entered(r, "hallmarks") != "", Mode: entered(r, "mode")}
	if _, err := s.shop.AgreePolish(r.Context(), a, c); err != nil {
		return s.again(w, r, err, "work/work", p)
	}
	to := p.At("/work")
	if entered(r, "back") == "prepare" {
		to = p.At("/prepare")
	}
	return s.done(w, r, to, "polish.did")
}
