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

// Kinds of entry of the hierarchy: a quote beyond what whoever priced it may grant
// waits for the person who may.
const (
	KindQuoteApproved journal.Kind = "quote_approved"
	KindQuoteReturned journal.Kind = "quote_returned"
	KindQuoteRemarked journal.Kind = "quote_remarked"
)

// Terms are the house's own rules of pricing. Zero values ask nothing.
type Terms struct {
	ApproveAbove money.Cents    `json:"approve_above,omitempty"` // total above which a quote is approved first; 0: none is
	MostDiscount int            `json:"most_discount,omitempty"` // most of the list price that may be let off, basis points
	MostOff      money.Cents    `json:"most_off,omitempty"`      // most that may be let off in euros; 0: only the share counts
	Hours        int            `json:"hours,omitempty"`         // within which a quote is approved or returned
	PerLine      bool           `json:"per_line,omitempty"`      // VAT is rounded line by line, otherwise once a rate
	Limited      bool           `json:"limited,omitempty"`       // the limits of discount hold
	Guarantees   map[string]int `json:"guarantees,omitempty"`    // months, by kind of solution
}

// Review says why a quote waits for approval, and until when: copied into the
// entry, so that a later change of the rules changes no quote.
type Review struct {
	Why      []string    `json:"why"` // "amount", "discount"
	Total    money.Cents `json:"total"`
	Above    money.Cents `json:"above,omitempty"`
	Off      money.Cents `json:"off,omitempty"`      // let off the list
	Discount int         `json:"discount,omitempty"` // of the list, basis points
	Most     int         `json:"most,omitempty"`
	Until    time.Time   `json:"until"`
}

// Remark is a word of whoever approves, or of whoever is asked.
type Remark struct {
	By    string
	At    time.Time
	Words string
}

// Approval answers or comments one version of a quote.
type Approval struct {
	Version int    `json:"version"`
	Hash    string `json:"hash"`
	Words   string `json:"words,omitempty" max:"500"`
}

// Off is what the quote lets off the house's list, with every option.
func (q Quote) Off() (off, list money.Cents) {
	for _, l := range q.Lines {
		if l.List > 0 {
			list = list.Add(l.List.Times(l.Quantity))
			if l.List > l.UnitGross {
				off = off.Add(l.List.Sub(l.UnitGross).Times(l.Quantity))
			}
		}
	}
	return off, list
}

// usualHours is within how long a quote is looked at where the house says nothing.
const usualHours = 24

// review says what of the quote is beyond the terms; nil where nothing is.
func (t Terms) review(q Quote, now time.Time) *Review {
	var all []string
	for _, l := range q.Lines {
		all = append(all, l.ID)
	}
	r := Review{Total: q.Totals(all).Gross, Above: t.ApproveAbove, Most: t.MostDiscount}
	if t.ApproveAbove > 0 && r.Total > t.ApproveAbove {
		r.Why = append(r.Why, "amount")
	}
	off, list := q.Off()
	if list > 0 {
		r.Off, r.Discount = off, int((int64(off)*10_000+int64(list)-1)/int64(list))
	}
	if t.Limited && (r.Discount > t.MostDiscount || t.MostOff > 0 && off > t.MostOff) {
		r.Why = append(r.Why, "discount")
	}
	if len(r.Why) == 0 {
		return nil
	}
	hours := t.Hours
	if hours <= 0 {
		hours = usualHours
	}
	r.Until = now.UTC().Truncate(time.Second).Add(time.Duration(hours) * time.Hour)
	return &r
}

// Held reports whether the quote waits for somebody who may approve it.
func (q Quote) Held() bool {
	return q.Review != nil && q.Approved.IsZero() && q.ReturnedFor == "" && q.Answer == ""
}

// Cleared reports whether the quote may go to the customer.
func (q Quote) Cleared() bool { return q.Review == nil || !q.Approved.IsZero() }

// Awaiting is until when the last quote waits for approval; the zero time where it
// does not.
func (s State) Awaiting() time.Time {
	if q := s.LastQuote(); q != nil && q.Held() && slices.Contains([]Stage{InDiagnosis, QuoteSent, Declined, Expired}, s.Stage) {
		return q.Review.Until
	}
	return time.Time{}
}

// held refuses where no quote waits, or another version does.
func (s State) held(a Approval) error {
	q := s.LastQuote()
	switch {
	case q == nil || s.Awaiting().IsZero():
		return fault.New(fault.Conflict, "approval.nothing")
	case q.Version != a.Version || q.Hash != a.Hash:
		return fault.New(fault.Stale, "quote.other_version")
	}
	return nil
}

// ApproveQuote lets the version seen go to the customer. Nobody approves what they
// priced themselves beyond the limits: whoever may approve never needs to.
func ApproveQuote(a Approval) Decision { return approve(KindQuoteApproved, staff.Approve, a) }

// ReturnQuote gives the version seen back to whoever priced it, with the reason.
func ReturnQuote(a Approval) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if strings.TrimSpace(a.Words) == "" && s.held(a) == nil && f.Who.May(staff.Approve) {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"words": {Key: "order.why_needed"}}}
		}
		return approve(KindQuoteReturned, staff.Approve, a)(s, f)
	}
}

// RemarkQuote leaves a word on the version seen; it goes on waiting.
func RemarkQuote(a Approval) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if strings.TrimSpace(a.Words) == "" {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"words": {Key: "approval.say"}}}
		}
		return approve(KindQuoteRemarked, staff.Quote, a)(s, f)
	}
}

func approve(k journal.Kind, right staff.Right, a Approval) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(right); err != nil {
			return nil, err
		}
		if err := s.held(a); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if bad.Text("words", a.Words, 500); len(bad) > 0 {
			return nil, bad.Err()
		}
		keys := []string{"quote"}
		if k == KindQuoteRemarked {
			keys = []string{"remark"}
		}
		return f.one(k, keys, a)
	}
}

// approved notes what became of the last version.
func approved(k journal.Kind) func(*State, journal.Entry, Approval) {
	return func(s *State, e journal.Entry, a Approval) {
		q := s.LastQuote()
		if q == nil || q.Version != a.Version {
			return
		}
		switch k {
		case KindQuoteApproved:
			q.Approved, q.ApprovedBy = e.Happened, e.By
		case KindQuoteReturned:
			q.ReturnedFor = a.Words
		}
		if a.Words != "" {
			q.Remarks = append(slices.Clip(q.Remarks), Remark{e.By, e.Happened, a.Words})
		}
	}
}
