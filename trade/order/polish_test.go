package order_test

import (
	"testing"

	"etabli.example/fault"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Polishing takes metal off: nothing is polished before the customer's word, and
// where hallmarks could fade that word says so.
func TestConsentNeeded(t *testing.T) {
	line := func(op string) order.QuoteLine {
		return order.QuoteLine{ID: op, Kind: order.Cosmetic, Operation: op, Quantity: 1}
	}
	accepted := func(mode string, chosen ...string) []order.Quote {
		return []order.Quote{{Lines: []order.QuoteLine{line("POL"), line("JOI")}, Answer: "accepted", Mode: mode, Chosen: chosen}}
	}
	gold := order.WatchFacts{Material: "gold"}
	for name, c := range map[string]struct {
		s    order.State
		want bool
	}{
		"nothing was said":                    {order.State{}, true},
		"the line was ticked":                 {order.State{Quotes: accepted("link", "POL")}, false},
		"another line was ticked":             {order.State{Quotes: accepted("link", "JOI")}, true},
		"ticked, then under the ceiling":      {order.State{Quotes: accepted("ceiling", "POL")}, true},
		"ticked, and the case is gold":        {order.State{Watch: gold, Quotes: accepted("link", "POL")}, true},
		"ticked, and a fineness was recorded": {order.State{Fineness: 750, Quotes: accepted("link", "POL")}, true},
		"ticked against the wish":             {order.State{Wishes: []string{"no_polish"}, Quotes: accepted("link", "POL")}, true},
		"agreed":                              {order.State{Polish: &order.PolishConsent{Agreed: true}}, false},
		"agreed, gold, hallmarks not told":    {order.State{Watch: gold, Polish: &order.PolishConsent{Agreed: true}}, true},
		"agreed, gold, hallmarks told":        {order.State{Watch: gold, Polish: &order.PolishConsent{Agreed: true, Hallmarks: true}}, false},
		"ticked, then declined":               {order.State{Quotes: accepted("link", "POL"), Polish: &order.PolishConsent{}}, true},
		"a supplement that polishes":          {order.State{Quotes: accepted("link"), Supplements: []order.Supplement{{Answer: "accepted", Lines: []order.QuoteLine{line("RAF")}}}}, false},
	} {
		if got := c.s.ConsentNeeded(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// The step waits with its reason, may be skipped, and goes on once the customer
// agreed; what the customer takes back stops what nobody began.
func TestPolishingWaitsForConsent(t *testing.T) {
	counter := staff.Actor{ID: "c", Roles: []staff.Role{staff.Counter}}
	b := newBook(t).to(order.Accepted)
	b.do(manager, order.PlanWork(order.Plan{Operations: []string{"POL"}, Level: "T", Acknowledged: true, Steps: []order.Step{
		{ID: "1.1", Operation: "POL", LabelFR: "masquer"}, {ID: "1.2", Operation: "POL", LabelFR: "polir"}}}))
	b.do(manager, order.CheckWorkstation(order.Workstation{Items: all(order.WorkstationItems())}))
	b.do(manager, order.StartWork())
	b.readCards()
	done := func(id string) error { return b.try(manager, order.DoStep(order.StepAct{Step: id, Act: "done"})) }
	if err := done("1.1"); !fault.Is(err, fault.Conflict) {
		t.Errorf("polished without a word: %v", err)
	}
	if h, _ := b.s.HeldStep("1.1"); h.Why != "no_consent" {
		t.Errorf("held by %q", h.Why)
	}
	if err := b.try(person(staff.Technician), order.AgreePolish(order.PolishConsent{Agreed: true, Mode: "phone"})); !fault.Is(err, fault.Denied) {
		t.Errorf("the bench agrees for the customer: %v", err)
	}
	if err := b.try(counter, order.AgreePolish(order.PolishConsent{Agreed: true, Mode: "rumour"})); !fault.Is(err, fault.Invalid) {
		t.Errorf("agreed by rumour: %v", err)
	}
	b.do(staff.Customer(), order.AgreePolish(order.PolishConsent{Agreed: true, Mode: "link"}))
	if err := done("1.1"); err != nil {
		t.Errorf("agreed: %v", err)
	}
	b.do(counter, order.AgreePolish(order.PolishConsent{Mode: "phone"}))
	if err := done("1.2"); !fault.Is(err, fault.Conflict) {
		t.Errorf("the customer took it back: %v", err)
	}
	b.do(manager, order.DoStep(order.StepAct{Step: "1.2", Act: "skipped", Reason: "pas d'accord"}))
}
