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

// Kinds of entry of activity A2: what the customer was told could be done, for
// about how much, and what of it they did not want.
const (
	KindAdvised       journal.Kind = "advised"
	KindAdviceRefused journal.Kind = "advice_refused"
)

// Advice is the pre-quote as it was told: the solutions, each with its range.
type Advice struct {
	Seq       int64      `json:"-"`
	By        string     `json:"-"`
	At        time.Time  `json:"-"`
	Solutions []Solution `json:"solutions"`
}

// Advise records the pre-quote; a later one replaces an earlier one.
func Advise(a Advice) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if !f.Who.May(staff.Quote) {
			if err := f.Who.Must(staff.Prediagnose); err != nil {
				return nil, err
			}
		}
		if err := s.advisable(); err != nil {
			return nil, err
		}
		if len(a.Solutions) == 0 {
			return nil, fault.New(fault.Conflict, "advice.nothing")
		}
		return f.one(KindAdvised, []string{"advice"}, a)
	}
}

// advisable refuses where what could be done is settled already.
func (s State) advisable() error {
	if !slices.Contains([]Stage{Received, InDiagnosis, QuoteSent, Declined, Expired}, s.Stage) {
		return fault.New(fault.Conflict, "advice.wrong_stage", fault.Word("stage."+string(s.Stage)))
	}
	return nil
}

// AdviceRefusal is something advised that the customer did not want, with their
// reason: the evidence that it was said.
type AdviceRefusal struct {
	Seq       int64       `json:"-"`
	By        string      `json:"-"`
	At        time.Time   `json:"-"`
	Operation string      `json:"operation,omitempty"`
	LabelFR   string      `json:"label_fr"`
	LabelEN   string      `json:"label_en,omitempty"`
	Gross     money.Cents `json:"gross,omitempty"`
	Why       string      `json:"why,omitempty"`
	Quote     string      `json:"-"` // the quote it stood on, where the answer to it says so
}

// Label is what was refused, in both languages.
func (r AdviceRefusal) Label() Text { return Text{r.LabelFR, r.LabelEN} }

// RefuseAdvice records it.
func RefuseAdvice(r AdviceRefusal) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if !f.Who.May(staff.Quote) {
			if err := f.Who.Must(staff.Prediagnose); err != nil {
				return nil, err
			}
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		bad.Text("refused", r.LabelFR, 200)
		bad.Text("why", r.Why, 500)
		if strings.TrimSpace(r.LabelFR) == "" {
			bad.Add("refused", "advice.what")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindAdviceRefused, []string{"advice_refused"}, r)
	}
}

// RefusedAdvice is all that was advised and not wanted: what was said at the
// counter, and the recommended lines left unticked when a quote was accepted.
func (s State) RefusedAdvice() []AdviceRefusal {
	out := slices.Clone(s.AdviceRefused)
	for _, q := range s.Quotes {
		if q.Answer != "accepted" {
			continue
		}
		for _, l := range q.Lines {
			if l.Kind == Recommended && !slices.Contains(q.Chosen, l.ID) {
				out = append(out, AdviceRefusal{At: q.Answered, Operation: l.Operation, LabelFR: l.LabelFR, LabelEN: l.LabelEN, Gross: l.Gross(), Quote: q.Number})
			}
		}
	}
	return out
}
