package order

import (
	"strings"

	"etabli.example/fault"
	"etabli.example/journal"
)

// Kinds of entry of complaints.
const (
	KindComplaintOpened journal.Kind = "complaint_opened"
	KindComplaintRedo   journal.Kind = "complaint_redo"
	KindComplaintClosed journal.Kind = "complaint_closed"
)

// ComplaintFacts is a complaint: what about, and how it ended.
type ComplaintFacts struct {
	About   string         `json:"about"` // "timing", "water", "appearance", "delay", "price", "other"
	Words   journal.Saying `json:"words"`
	Outcome string         `json:"outcome,omitempty"` // "explained", "redone", "refunded", "refused"
	Why     string         `json:"why,omitempty"`
	Open    bool           `json:"-"`
}

// ComplaintAbouts lists what complaints are about.
func ComplaintAbouts() []string {
	return []string{"timing", "water", "appearance", "delay", "price", "other"}
}

// OpenComplaint opens a complaint on a returned watch.
func OpenComplaint(c ComplaintFacts) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if !oneOf(c.About, ComplaintAbouts()) {
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		}
		return s.move(f, KindComplaintOpened, nil, c)
	}
}

// CloseComplaint ends a complaint, or takes the watch back to the bench where
// the outcome is to do the work again free of charge.
func CloseComplaint(c ComplaintFacts) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if !oneOf(c.Outcome, []string{"explained", "redone", "refunded", "refused"}) {
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		}
		if strings.TrimSpace(c.Why) == "" {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"why": {Key: "order.why_needed"}}}
		}
		if c.Outcome == "redone" {
			return s.move(f, KindComplaintRedo, nil, c)
		}
		return s.move(f, KindComplaintClosed, nil, c)
	}
}
