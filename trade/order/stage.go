package order

import (
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Stage is where an order stands.
type Stage string

// The stages. None is before the first entry.
const (
	None               Stage = ""
	Announced          Stage = "announced"
	Received           Stage = "received"
	InDiagnosis        Stage = "diagnosis"
	QuoteSent          Stage = "quote_sent"
	Accepted           Stage = "accepted"
	Declined           Stage = "declined"
	Withdrawn          Stage = "withdrawn"
	Expired            Stage = "expired"
	WaitingParts       Stage = "waiting_parts"
	Preparing          Stage = "preparing"
	InWork             Stage = "in_work"
	InControl          Stage = "control"
	Redo               Stage = "redo"
	Ready              Stage = "ready"
	Returned           Stage = "returned"
	Sent               Stage = "sent"
	ReturnedUnrepaired Stage = "returned_unrepaired"
	Abandoned          Stage = "abandoned"
	AtSubcontractor    Stage = "subcontractor"
	Transferred        Stage = "transferred"
	Complaint          Stage = "complaint"
)

// Stages lists every stage in the order of the spine.
func Stages() []Stage {
	return []Stage{Announced, Received, InDiagnosis, QuoteSent, Accepted, Declined, Withdrawn, Expired, WaitingParts,
		Preparing, InWork, InControl, Redo, Ready, Returned, Sent, ReturnedUnrepaired, Abandoned, AtSubcontractor, Transferred, Complaint}
}

// Spine lists the stages drawn on the stage bar, in order.
func Spine() []Stage {
	return []Stage{Announced, Received, InDiagnosis, QuoteSent, Accepted, WaitingParts, Preparing, InWork, InControl, Ready, Returned}
}

// OnSpine maps every stage to the one of the spine where it is drawn.
func (s Stage) OnSpine() Stage {
	switch s {
	case Declined, Withdrawn, Expired:
		return QuoteSent
	case Redo, AtSubcontractor:
		return InWork
	case Sent, ReturnedUnrepaired, Abandoned, Complaint:
		return Returned
	case Transferred:
		return Received
	}
	return s
}

// Closed reports whether nothing more is expected of the workshop.
func (s Stage) Closed() bool {
	return s == Returned || s == Sent || s == ReturnedUnrepaired || s == Abandoned
}

// Need is something that must be on the sheet before a move.
type Need string

// The needs; met says what each means.
const (
	NeedDiagnosis    Need = "diagnosis"      // a final diagnosis, established by a person
	NeedQuote        Need = "quote"          // a quote with at least one line
	NeedApproved     Need = "approved"       // the quote within the house's limits, or approved by whoever may
	NeedFitQuote     Need = "quote_valid"    // the quote sent last has not run out
	NeedPlan         Need = "plan"           // a work plan, read and acknowledged
	NeedWorkstation  Need = "workstation"    // the workstation checklist complete
	NeedStepsDone    Need = "steps"          // every step done or skipped with a reason
	NeedReadingAfter Need = "reading_after"  // mechanical: a trustworthy reading after the work; quartz: a passed function check
	NeedControl      Need = "control_passed" // the last control passed
	NeedYearWaiting  Need = "year_waiting"   // one year since the customer was told (law of 31 December 1903)
	NeedNoOpenStep   Need = "no_open_step"   // no step under way
	NeedMayStart     Need = "may_start"      // the time to withdraw is over, or the customer asked not to wait for it
)

// Move is one row of the table: who may move an order from where to where, by
// which entry, and what must be there first.
type Move struct {
	From, To Stage
	By       journal.Kind
	Right    staff.Right // empty: the customer or the house's clockwork only
	Customer bool        // the customer may, on the customer's page
	Clock    bool        // the house's clockwork may
	Needs    []Need
}

// moves is the one table of stages. The documentation is drawn from it.
var moves = []Move{
	{From: None, To: Announced, By: KindAnnounced, Right: staff.Receive},
	{From: None, To: Received, By: KindReceived, Right: staff.Receive},
	{From: Announced, To: Received, By: KindReceived, Right: staff.Receive},
	{From: Received, To: InDiagnosis, By: KindExamined, Right: staff.Diagnose},
	{From: InDiagnosis, To: QuoteSent, By: KindQuoteSent, Right: staff.Quote, Needs: []Need{NeedDiagnosis, NeedQuote, NeedApproved}},
	{From: QuoteSent, To: QuoteSent, By: KindQuoteSent, Right: staff.Quote, Needs: []Need{NeedDiagnosis, NeedQuote, NeedApproved}},
	{From: Expired, To: QuoteSent, By: KindQuoteSent, Right: staff.Quote, Needs: []Need{NeedDiagnosis, NeedQuote, NeedApproved}},
	{From: Declined, To: QuoteSent, By: KindQuoteSent, Right: staff.Quote, Needs: []Need{NeedDiagnosis, NeedQuote, NeedApproved}},
	{From: QuoteSent, To: InDiagnosis, By: KindQuoteRecalled, Right: staff.Quote},
	{From: QuoteSent, To: Accepted, By: KindQuoteAccepted, Right: staff.Answer, Customer: true, Needs: []Need{NeedFitQuote}},
	{From: QuoteSent, To: Declined, By: KindQuoteDeclined, Right: staff.Answer, Customer: true},
	{From: QuoteSent, To: Expired, By: KindQuoteExpired, Clock: true},
	{From: InDiagnosis, To: Accepted, By: KindCeilingUsed, Right: staff.Quote, Needs: []Need{NeedDiagnosis, NeedQuote, NeedApproved}},
	{From: Accepted, To: Withdrawn, By: KindQuoteWithdrawn, Right: staff.Answer, Customer: true},
	{From: WaitingParts, To: Withdrawn, By: KindQuoteWithdrawn, Right: staff.Answer, Customer: true},
	{From: Preparing, To: Withdrawn, By: KindQuoteWithdrawn, Right: staff.Answer, Customer: true},
	{From: Accepted, To: Preparing, By: KindPlanned, Right: staff.Prepare},
	{From: Preparing, To: Preparing, By: KindPlanned, Right: staff.Prepare},
	{From: Accepted, To: WaitingParts, By: KindPartsAwaited, Right: staff.Prepare},
	{From: Preparing, To: WaitingParts, By: KindPartsAwaited, Right: staff.Prepare},
	{From: InWork, To: WaitingParts, By: KindPartsAwaited, Right: staff.Work, Needs: []Need{NeedNoOpenStep}},
	{From: WaitingParts, To: Preparing, By: KindPartsArrived, Right: staff.Prepare},
	{From: Preparing, To: InWork, By: KindWorkStarted, Right: staff.Work, Needs: []Need{NeedPlan, NeedWorkstation, NeedMayStart}},
	{From: Redo, To: InWork, By: KindWorkStarted, Right: staff.Work},
	{From: InWork, To: InControl, By: KindWorkDone, Right: staff.Work, Needs: []Need{NeedStepsDone}},
	{From: InControl, To: Redo, By: KindControlRefused, Right: staff.Control},
	{From: InControl, To: Ready, By: KindControlPassed, Right: staff.Control, Needs: []Need{NeedReadingAfter}},
	{From: Ready, To: Returned, By: KindReturned, Right: staff.Return, Needs: []Need{NeedControl}},
	{From: Ready, To: Sent, By: KindSent, Right: staff.Return, Needs: []Need{NeedControl}},
	{From: Ready, To: Redo, By: KindControlRefused, Right: staff.Control},
	{From: Received, To: ReturnedUnrepaired, By: KindReturnedUnrepaired, Right: staff.Return},
	{From: InDiagnosis, To: ReturnedUnrepaired, By: KindReturnedUnrepaired, Right: staff.Return},
	{From: Declined, To: ReturnedUnrepaired, By: KindReturnedUnrepaired, Right: staff.Return},
	{From: Withdrawn, To: ReturnedUnrepaired, By: KindReturnedUnrepaired, Right: staff.Return},
	{From: Expired, To: ReturnedUnrepaired, By: KindReturnedUnrepaired, Right: staff.Return},
	{From: Ready, To: Abandoned, By: KindAbandoned, Right: staff.Route, Needs: []Need{NeedYearWaiting}},
	{From: Declined, To: Abandoned, By: KindAbandoned, Right: staff.Route, Needs: []Need{NeedYearWaiting}},
	{From: Expired, To: Abandoned, By: KindAbandoned, Right: staff.Route, Needs: []Need{NeedYearWaiting}},
	{From: Received, To: AtSubcontractor, By: KindHandedOut, Right: staff.Route},
	{From: InDiagnosis, To: AtSubcontractor, By: KindHandedOut, Right: staff.Route},
	{From: Accepted, To: AtSubcontractor, By: KindHandedOut, Right: staff.Route},
	{From: InWork, To: AtSubcontractor, By: KindHandedOut, Right: staff.Route, Needs: []Need{NeedNoOpenStep}},
	{From: AtSubcontractor, To: InDiagnosis, By: KindCameBack, Right: staff.Route},
	{From: Received, To: Transferred, By: KindTransferred, Right: staff.Route},
	{From: Transferred, To: Received, By: KindArrived, Right: staff.Route},
	{From: Returned, To: Complaint, By: KindComplaintOpened, Right: staff.Complain},
	{From: Sent, To: Complaint, By: KindComplaintOpened, Right: staff.Complain},
	{From: ReturnedUnrepaired, To: Complaint, By: KindComplaintOpened, Right: staff.Complain},
	{From: Complaint, To: InDiagnosis, By: KindComplaintRedo, Right: staff.Complain},
	{From: Complaint, To: Returned, By: KindComplaintClosed, Right: staff.Complain},
}

// Moves returns a copy of the table, for the documentation and the pages.
func Moves() []Move { return append([]Move(nil), moves...) }

// isMove reports whether entries of the kind move the stage.
func isMove(k journal.Kind) bool {
	for _, m := range moves {
		if m.By == k {
			return true
		}
	}
	return false
}

func moveFrom(s Stage, k journal.Kind) (Move, bool) {
	for _, m := range moves {
		if m.From == s && m.By == k {
			return m, true
		}
	}
	return Move{}, false
}

// CanMove returns nil where the actor may make the move by kind k now, or a
// Denied or Conflict fault that says what is missing.
func (s State) CanMove(k journal.Kind, f Facts) error {
	m, ok := moveFrom(s.Stage, k)
	if !ok {
		return fault.New(fault.Conflict, "stage.no_move", fault.Word("entry."+string(k)), fault.Word("stage."+string(s.Stage)))
	}
	allowed := m.Customer && f.Who.ID == staff.CustomerID || m.Clock && f.Who.ID == staff.SystemID || m.Right != "" && f.Who.May(m.Right)
	if !allowed && m.Right == "" {
		return fault.New(fault.Denied, "staff.denied", fault.Word("right.customer"))
	}
	if !allowed {
		return f.Who.Must(m.Right)
	}
	for _, n := range m.Needs {
		if !s.met(n, f.Now) {
			return fault.New(fault.Conflict, "stage.needs", fault.Word("stage."+string(m.To)), fault.Word("need."+string(n)))
		}
	}
	return nil
}

// Option is a move as offered to a person: possible, or forbidden with the reason.
type Option struct {
	Move
	Forbidden error // nil where the move can be made
}

// Options lists the moves out of the current stage, with the reason for each
// that the actor cannot make now.
func (s State) Options(f Facts) []Option {
	var out []Option
	for _, m := range moves {
		if m.From == s.Stage {
			out = append(out, Option{m, s.CanMove(m.By, f)})
		}
	}
	return out
}

// yearWaiting is the period after which an unclaimed watch may be treated as
// abandoned: one year, law of 31 December 1903 as in force since 2020.
const yearWaiting = 365 * 24 * time.Hour

func (s State) met(n Need, now time.Time) bool {
	switch n {
	case NeedDiagnosis:
		return s.Diagnosis != nil
	case NeedQuote:
		q := s.LastQuote()
		return q != nil && len(q.Lines) > 0
	case NeedApproved:
		q := s.LastQuote()
		return q != nil && q.Cleared()
	case NeedFitQuote:
		q := s.LastQuote()
		return q != nil && !now.After(q.Until)
	case NeedPlan:
		return s.Plan != nil && s.Plan.Acknowledged
	case NeedWorkstation:
		return s.Workstation != nil && s.Workstation.Complete()
	case NeedStepsDone:
		return s.Plan != nil && s.openSteps() == 0 && s.StepUnderWay() == ""
	case NeedReadingAfter:
		return s.provedAfterWork()
	case NeedControl:
		return len(s.Controls) > 0 && s.Controls[len(s.Controls)-1].Passed
	case NeedYearWaiting:
		return now.Sub(s.StageSince) >= yearWaiting
	case NeedMayStart:
		q := s.LastQuote()
		return q == nil || !now.Before(q.From)
	case NeedNoOpenStep:
		return s.StepUnderWay() == ""
	}
	return false
}
