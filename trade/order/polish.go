package order

import (
	"slices"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// KindPolishAgreed is the customer's word on polishing: it takes metal off, and
// hallmarks may fade.
const KindPolishAgreed journal.Kind = "polish_agreed"

// PolishConsent is what the customer said of polishing.
type PolishConsent struct {
	Seq       int64  `json:"-"`
	By        string `json:"-"`
	Agreed    bool   `json:"agreed"`
	Hallmarks bool   `json:"hallmarks,omitempty"` // told that hallmarks may fade, and agreed to it
	Mode      string `json:"mode"`                // "link", "counter", "phone"
}

// polishes reports whether an operation takes metal off the case or bracelet.
func polishes(operation string) bool { return operation == "POL" || operation == "RAF" }

// Precious reports whether the case is of a metal that bears hallmarks.
func (s State) Precious() bool {
	return oneOf(s.Watch.Material, []string{"gold", "silver", "platinum"}) || s.Fineness > 0
}

// Polishing reports whether the work polishes: what is planned, or what was agreed.
func (s State) Polishing() bool { return slices.ContainsFunc(s.operationsAgreed(), polishes) }

// operationsAgreed are the operations of the plan, else of the accepted quote, with
// those of accepted supplements.
func (s State) operationsAgreed() []string {
	var out []string
	if s.Plan != nil {
		out = append(out, s.Plan.Operations...)
	} else if q := s.LastQuote(); q != nil && q.Answer == "accepted" {
		for _, l := range q.With(q.Chosen) {
			out = append(out, l.Operation)
		}
	}
	for _, x := range s.Supplements {
		if x.Answer == "accepted" {
			for _, l := range x.Lines {
				out = append(out, l.Operation)
			}
		}
	}
	return out
}

// ConsentNeeded reports whether nothing may be polished yet. What the customer said
// of it last holds. Where nothing was said, having accepted a line that polishes is
// consent, but not where hallmarks could fade, nor against the wish not to polish,
// nor by the ceiling of the reception, which the customer did not read lines under.
func (s State) ConsentNeeded() bool {
	if p := s.Polish; p != nil {
		return !p.Agreed || s.Precious() && !p.Hallmarks
	}
	if s.Precious() || oneOf("no_polish", s.Wishes) {
		return true
	}
	q := s.LastQuote()
	if q == nil || q.Answer != "accepted" || q.Mode == "ceiling" {
		return true
	}
	for _, l := range q.With(q.Chosen) {
		if polishes(l.Operation) {
			return false
		}
	}
	return !slices.ContainsFunc(s.Supplements, func(x Supplement) bool {
		return x.Answer == "accepted" && slices.ContainsFunc(x.Lines, func(l QuoteLine) bool { return polishes(l.Operation) })
	})
}

// AgreePolish records what the customer says of polishing: on their page, or to
// somebody of the house.
func AgreePolish(c PolishConsent) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if f.Who.ID != staff.CustomerID {
			if err := f.Who.Must(staff.Answer); err != nil {
				return nil, err
			}
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if !oneOf(c.Mode, []string{"link", "counter", "phone"}) {
			bad.Add("mode", "order.unknown_choice")
		}
		if !c.Agreed {
			c.Hallmarks = false
		}
		if c.Agreed && s.Precious() && !c.Hallmarks {
			bad.Add("hallmarks", "polish.hallmarks_needed")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindPolishAgreed, []string{"polish"}, c)
	}
}
