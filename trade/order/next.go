package order

import "etabli.example/trade/staff"

// Next is what an order waits for: the act, and the right it takes. Customer is
// set where nobody of the house can do it: the answer to a quote.
type Next struct {
	Act      string // "examine", "measure", "diagnose", "quote", … ; "" where nothing more is expected
	Right    staff.Right
	Customer bool
}

// nextAt is the act each stage waits for, as far as the stage alone tells.
var nextAt = map[Stage]Next{
	Announced:       {"receive", staff.Receive, false},
	Received:        {"examine", staff.Diagnose, false},
	InDiagnosis:     {"diagnose", staff.Diagnose, false},
	QuoteSent:       {"answer", staff.Answer, true},
	Accepted:        {"prepare", staff.Prepare, false},
	Declined:        {"return_unrepaired", staff.Return, false},
	Withdrawn:       {"return_unrepaired", staff.Return, false},
	Expired:         {"quote", staff.Quote, false},
	WaitingParts:    {"parts", staff.Prepare, false},
	Preparing:       {"prepare", staff.Prepare, false},
	InWork:          {"work", staff.Work, false},
	Redo:            {"work", staff.Work, false},
	InControl:       {"control", staff.Control, false},
	Ready:           {"return", staff.Return, false},
	AtSubcontractor: {"came_back", staff.Route, false},
	Transferred:     {"arrived", staff.Route, false},
	Complaint:       {"complaint", staff.Complain, false},
}

// NextAt returns what an order at stage s waits for; the sheet itself may tell
// more exactly, see State.Next.
func NextAt(s Stage) Next { return nextAt[s] }

// Next returns what the order waits for, as its sheet tells.
func (s State) Next() Next {
	n := nextAt[s.Stage]
	if !s.Awaiting().IsZero() {
		return Next{"approve", staff.Approve, false}
	}
	switch s.Stage {
	case InDiagnosis:
		switch {
		case s.Diagnosis != nil:
			return Next{"quote", staff.Quote, false}
		case len(s.ReadingsOf(Before)) == 0 && s.Watch.Kind.Mechanical():
			return Next{"measure", staff.Measure, false}
		}
	case Preparing:
		if s.met(NeedPlan, s.Last) && s.met(NeedWorkstation, s.Last) {
			return Next{"start", staff.Work, false}
		}
	case InWork:
		if s.met(NeedStepsDone, s.Last) {
			return Next{"finish", staff.Work, false}
		}
	case InControl:
		if !s.provedAfterWork() {
			if s.Watch.Kind.Mechanical() {
				return Next{"measure_after", staff.Measure, false}
			}
			return Next{"check_after", staff.Measure, false}
		}
	}
	return n
}
