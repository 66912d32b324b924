package order

import (
	"strings"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/money"
)

// Kinds of entry of the return.
const (
	KindReturned           journal.Kind = "returned"
	KindSent               journal.Kind = "sent"
	KindReturnedUnrepaired journal.Kind = "returned_unrepaired"
	KindAbandoned          journal.Kind = "abandoned"
)

// Handover is how the watch went back.
type Handover struct {
	Seq                int64       `json:"-"`
	By                 string      `json:"-"`
	To                 string      `json:"to"`                       // "customer", "mandate"
	Shown              bool        `json:"shown,omitempty"`          // the watch was demonstrated
	PartsReturned      bool        `json:"parts_returned,omitempty"` // replaced parts handed back
	Advice             []string    `json:"advice,omitempty"`
	Guarantee          string      `json:"guarantee,omitempty"` // ISO date until which the work is guaranteed
	Carrier            string      `json:"carrier,omitempty"`
	Tracking           string      `json:"tracking,omitempty"`
	Insured            money.Cents `json:"insured,omitempty"`              // value the parcel is insured for
	WaterNotGuaranteed bool        `json:"water_not_guaranteed,omitempty"` // said in writing
	Why                string      `json:"why,omitempty"`
	Receipt            string      `json:"till_receipt,omitempty"` // number of the till's receipt: no payment is recorded here
}

// AdviceOffered lists the care advice.
func AdviceOffered() []string {
	return []string{"water", "magnetism", "winding", "battery", "shock", "next_service"}
}

// HandBack gives the watch back over the counter.
func HandBack(h Handover) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindReturned, f); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if !oneOf(h.To, []string{"customer", "mandate"}) {
			bad.Add("to", "order.unknown_choice")
		}
		if !h.Shown {
			bad.Add("shown", "return.show")
		}
		if oneOf("return_parts", s.Wishes) && s.partsToReturn() && !h.PartsReturned {
			bad.Add("parts_returned", "return.parts")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return s.move(f, KindReturned, []string{"custody"}, h)
	}
}

// Ship sends the watch by insured parcel.
func Ship(h Handover) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindSent, f); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if strings.TrimSpace(h.Carrier) == "" {
			bad.Add("carrier", "return.carrier")
		}
		if strings.TrimSpace(h.Tracking) == "" {
			bad.Add("tracking", "return.tracking")
		}
		if h.Insured < 0 || h.Insured < s.DeclaredValue {
			bad.Add("insured", "return.insured", s.DeclaredValue)
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return s.move(f, KindSent, []string{"custody"}, h)
	}
}

// HandBackUnrepaired gives an unrepaired watch back: once opened, its water
// resistance was either tested or is said in writing not to be guaranteed.
func HandBackUnrepaired(h Handover) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindReturnedUnrepaired, f); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if strings.TrimSpace(h.Why) == "" {
			bad.Add("why", "order.why_needed")
		}
		if s.Uncased != nil && !h.WaterNotGuaranteed && !s.waterPassedSince(s.uncasedSeq) {
			bad.Add("water_not_guaranteed", "return.water")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return s.move(f, KindReturnedUnrepaired, []string{"custody"}, h)
	}
}

// Abandon classes a watch as abandoned after a year, with the reason; selling it
// needs a judge's order, which is not this entry.
func Abandon(h Handover) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindAbandoned, f); err != nil {
			return nil, err
		}
		if strings.TrimSpace(h.Why) == "" {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"why": {Key: "order.why_needed"}}}
		}
		return s.move(f, KindAbandoned, nil, h)
	}
}

func (s State) partsToReturn() bool {
	for _, p := range s.Parts {
		if p.Old == "returned" {
			return true
		}
	}
	return false
}

func (s State) waterPassedSince(seq int64) bool {
	for _, w := range s.Waters {
		if w.Seq > seq && w.Passed {
			return true
		}
	}
	return false
}
