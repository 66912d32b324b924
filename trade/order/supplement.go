package order

import (
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/money"
	"etabli.example/trade/staff"
)

// Kinds of entry of the supplementary quote: what the dismantling showed beyond
// what was agreed. It never moves the order: one step waits, the others go on.
const (
	KindSupplementAsked    journal.Kind = "supplement_asked"
	KindSupplementAnswered journal.Kind = "supplement_answered"
)

// Supplement is a supplementary quote for one step.
type Supplement struct {
	Seq     int64       `json:"-"`
	By      string      `json:"-"`
	Step    string      `json:"step"`
	Finding int64       `json:"finding,omitempty"` // number of the entry that showed it
	Lines   []QuoteLine `json:"lines"`
	Why     string      `json:"why" max:"500"` // for the customer
	WhyEN   string      `json:"why_en,omitempty" max:"500"`
	Steps   []Step      `json:"steps,omitempty"` // added to the plan once accepted

	Asked    time.Time `json:"-"`
	Answer   string    `json:"-"` // "", "accepted", "declined"
	AnswerBy string    `json:"-"`
	Reason   string    `json:"-"`
	Answered time.Time `json:"-"`
}

// Total is what the supplement adds, VAT included.
func (x Supplement) Total() money.Cents {
	var sum money.Cents
	for _, l := range x.Lines {
		sum += l.Gross()
	}
	return sum
}

// Reasons is why it is asked, in both languages.
func (x Supplement) Reasons() Text { return Text{x.Why, x.WhyEN} }

// SupplementAnswer is the customer's answer to one supplement.
type SupplementAnswer struct {
	Of       int64  `json:"of"`
	Accepted bool   `json:"accepted"`
	Mode     string `json:"mode"` // "link", "counter", "phone"
	Reason   string `json:"reason,omitempty" max:"500"`
}

// AskSupplement asks the customer for more than was agreed, at one step. A step
// that waits for an answer is asked about once.
func AskSupplement(x Supplement) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Quote); err != nil {
			return nil, err
		}
		if s.Stage != InWork && s.Stage != Redo {
			return nil, fault.New(fault.Conflict, "work.wrong_stage", fault.Word("stage."+string(s.Stage)))
		}
		var bad fault.Problems
		if !s.hasStep(x.Step) {
			bad.Add("step", "alert.which_step")
		}
		if strings.TrimSpace(x.Why) == "" {
			bad.Add("why", "order.why_needed")
		}
		if len(x.Lines) == 0 {
			bad.Add("label", "quote.no_line")
		}
		for _, l := range x.Lines {
			if strings.TrimSpace(l.LabelFR) == "" || len(l.LabelFR) > 400 {
				bad.Add("label", "quote.line_label")
			}
			if l.Quantity < 1 || l.Quantity > 99 {
				bad.Add("label", "quote.line_quantity")
			}
			if l.UnitGross <= 0 || l.UnitGross > 100_000_00 {
				bad.Add("amount", "quote.line_amount")
			}
		}
		if h, held := s.HeldStep(x.Step); held && h.Why == "supplement" {
			bad.Add("step", "supplement.waits_already")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindSupplementAsked, []string{"supplement", "step/" + x.Step}, x)
	}
}

// AnswerSupplement records the customer's answer: theirs on their page, or given
// in the shop.
func AnswerSupplement(a SupplementAnswer) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if f.Who.ID != staff.CustomerID {
			if err := f.Who.Must(staff.Answer); err != nil {
				return nil, err
			}
		}
		i := slices.IndexFunc(s.Supplements, func(x Supplement) bool { return x.Seq == a.Of })
		switch {
		case i < 0:
			return nil, fault.New(fault.NotFound, "supplement.unknown")
		case s.Supplements[i].Answer != "":
			return nil, fault.New(fault.Conflict, "supplement.answered_already")
		case !slices.Contains([]string{"link", "counter", "phone"}, a.Mode):
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		}
		return f.one(KindSupplementAnswered, []string{"supplement", "step/" + s.Supplements[i].Step}, a)
	}
}

// Agreed is what the customer owes when all is done: the accepted quote and the
// accepted supplements, VAT included.
func (s State) Agreed() money.Cents {
	var sum money.Cents
	if q := s.LastQuote(); q != nil && q.Answer == "accepted" {
		sum = q.Total
	}
	for _, x := range s.Supplements {
		if x.Answer == "accepted" {
			sum += x.Total()
		}
	}
	return sum
}

func applySupplementAnswered(s *State, e journal.Entry, a SupplementAnswer) {
	s.Supplements = slices.Clone(s.Supplements)
	for i := range s.Supplements {
		x := &s.Supplements[i]
		if x.Seq != a.Of {
			continue
		}
		x.Answer, x.AnswerBy, x.Reason, x.Answered = "declined", e.By, a.Reason, e.Happened
		if !a.Accepted {
			return
		}
		x.Answer = "accepted"
		if s.Plan != nil && len(x.Steps) > 0 {
			p := *s.Plan
			p.Steps = append(slices.Clone(p.Steps), x.Steps...)
			s.Plan = &p
		}
	}
}
