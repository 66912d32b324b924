package web

import (
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
)

// safetyCards are the cards an order calls for. Template "safety-cards".
type safetyCards struct {
	head   *orderHead
	Cards  []order.Card
	Left   int
	Locked string // why this person may not acknowledge them
	Back   string // the page to come back to
}

// Safety are the cards on the work page; SafetyAt on the page named.
func (p *orderHead) Safety() safetyCards { return p.SafetyAt("work") }

// SafetyAt are the order's safety cards, leading back to the page named.
func (p *orderHead) SafetyAt(page string) safetyCards {
	c := safetyCards{head: p, Cards: p.View.Cards(), Left: p.View.CardsLeft(), Back: page}
	if !p.Who.May(staff.Work) && !p.Who.May(staff.Diagnose) {
		c.Locked = p.Without(string(staff.Work))
	}
	return c
}

// Action is the address the cards are acknowledged at.
func (c safetyCards) Action() string { return c.head.At("/safety") }

// Fresh is what one more form carries.
func (c safetyCards) Fresh() component.Act { return c.head.Fresh() }

// By names a person.
func (c safetyCards) By(id string) string { return c.head.By(id) }
