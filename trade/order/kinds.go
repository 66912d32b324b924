package order

import "etabli.example/journal"

// kinds is the one list of what an order's sheet can hold: how each kind is
// read, and which competences of RNCP37858 it is evidence of.
var kinds = journal.Readers[State]{
	KindAnnounced: {1, journal.Reads(applyReceived), nil},
	KindReceived:  {1, journal.Reads(applyReceived), []string{"C1"}},
	KindCondition: {1, journal.Reads(func(s *State, _ journal.Entry, c Condition) { s.Marks = c.Marks }), []string{"C1"}},
	KindPhoto: {1, journal.Reads(func(s *State, e journal.Entry, p Photo) {
		p.Seq = e.Seq
		s.Photos = append(s.Photos, p)
	}), nil},
	KindPromise: {1, journal.Reads(func(s *State, _ journal.Entry, p Promise) {
		s.Promised = p.Date
		if s.PromisedFirst == "" {
			s.PromisedFirst = p.Date
		}
	}), nil},
	KindAssigned:    {1, journal.Reads(func(s *State, _ journal.Entry, a Assignment) { s.Technician = a.Person }), nil},
	KindHandedOut:   {1, journal.Reads(func(*State, journal.Entry, Routing) {}), []string{"C13"}},
	KindCameBack:    {1, journal.Reads(func(*State, journal.Entry, Routing) {}), nil},
	KindTransferred: {1, journal.Reads(func(*State, journal.Entry, Routing) {}), nil},
	KindArrived:     {1, journal.Reads(func(*State, journal.Entry, Routing) {}), nil},
	KindPrediagnosed: {1, journal.Reads(func(s *State, _ journal.Entry, p Prediagnosis) {
		s.Symptoms, s.Answers, s.Actions = p.Symptoms, p.Answers, p.Actions
	}), []string{"C2"}},
	KindExamined: {1, journal.Reads(func(s *State, e journal.Entry, x Examination) {
		s.Possible = x.Possible
		s.take(e)
	}), []string{"C5"}},
	KindUncased: {1, journal.Reads(func(s *State, e journal.Entry, u Uncasing) {
		s.Uncased, s.uncasedSeq = &u, e.Seq
		if u.MovementNo != "" {
			s.Watch.MovementNo = u.MovementNo
		}
	}), []string{"C6"}},
	KindReading: {1, journal.Reads(applyReading), []string{"C7", "C18"}},
	KindChecks: {1, journal.Reads(func(s *State, e journal.Entry, c Check) {
		c.Seq, c.By = e.Seq, e.By
		s.Checks = append(s.Checks, c)
	}), []string{"C7", "C18"}},
	KindWater: {1, journal.Reads(func(s *State, e journal.Entry, w WaterTest) {
		w.Seq, w.By = e.Seq, e.By
		s.Waters = append(s.Waters, w)
	}), []string{"C7", "C19"}},
	KindElectric: {1, journal.Reads(func(s *State, e journal.Entry, x Electric) {
		x.Seq, x.By = e.Seq, e.By
		s.Electric = append(s.Electric, x)
	}), []string{"C7"}},
	KindCauseRejected: {1, journal.Reads(func(s *State, e journal.Entry, r Rejection) {
		r.By = e.By
		s.Rejected = append(s.Rejected, r)
	}), []string{"C8"}},
	KindDiagnosed: {1, journal.Reads(func(s *State, e journal.Entry, d Diagnosis) {
		d.Seq, d.By = e.Seq, e.By
		s.Diagnosis = &d
	}), []string{"C8", "C9"}},
	KindQuoted: {1, journal.Reads(func(s *State, e journal.Entry, q Quote) {
		q.Seq = e.Seq
		s.Quotes = append(s.Quotes, q)
	}), []string{"C3"}},
	KindQuoteSent: {1, journal.Reads(func(s *State, e journal.Entry, _ Sending) {
		if q := s.LastQuote(); q != nil {
			q.SentAt, q.Answer = e.Happened, ""
		}
	}), []string{"C3"}},
	KindQuoteRecalled:  {1, journal.Reads(answer("recalled")), nil},
	KindQuoteAccepted:  {1, journal.Reads(answer("accepted")), nil},
	KindQuoteDeclined:  {1, journal.Reads(answer("declined")), nil},
	KindQuoteWithdrawn: {1, journal.Reads(answer("withdrawn")), nil},
	KindQuoteExpired:   {1, journal.Reads(answer("expired")), nil},
	KindCeilingUsed:    {1, journal.Reads(answer("accepted")), nil},
	KindPlanned: {1, journal.Reads(func(s *State, e journal.Entry, p Plan) {
		p.By = e.By
		s.Plan, s.Steps = &p, nil
		s.take(e)
	}), []string{"C10"}},
	KindWorkstation:  {1, journal.Reads(func(s *State, _ journal.Entry, w Workstation) { s.Workstation = &w }), []string{"C11", "C14"}},
	KindPartsAwaited: {1, journal.Reads(func(*State, journal.Entry, PartsWait) {}), []string{"C13"}},
	KindPartsArrived: {1, journal.Reads(func(*State, journal.Entry, PartsWait) {}), nil},
	KindWorkStarted: {1, journal.Reads(func(s *State, e journal.Entry, _ struct{}) {
		s.workSeq = e.Seq
		s.take(e)
	}), nil},
	KindStep: {1, journal.Reads(applyStep), []string{"C13", "C15"}},
	KindFinding: {1, journal.Reads(func(s *State, e journal.Entry, x Finding) {
		x.Seq, x.By = e.Seq, e.By
		s.Findings = append(s.Findings, x)
	}), []string{"C15"}},
	KindPart: {1, journal.Reads(func(s *State, e journal.Entry, p PartUsed) {
		p.Seq, p.By = e.Seq, e.By
		s.Parts = append(s.Parts, p)
	}), []string{"C16"}},
	KindCased:              {1, journal.Reads(func(s *State, _ journal.Entry, c Casing) { s.Cased = &c }), []string{"C17"}},
	KindWorkDone:           {1, journal.Reads(func(*State, journal.Entry, struct{}) {}), []string{"C13"}},
	KindControlPassed:      {1, journal.Reads(controlled(true)), []string{"C18", "C19"}},
	KindControlRefused:     {1, journal.Reads(controlled(false)), []string{"C18"}},
	KindReturned:           {1, journal.Reads(handedOver), []string{"C4", "C19"}},
	KindSent:               {1, journal.Reads(handedOver), []string{"C19"}},
	KindReturnedUnrepaired: {1, journal.Reads(handedOver), []string{"C4"}},
	KindAbandoned:          {1, journal.Reads(handedOver), nil},
	KindComplaintOpened: {1, journal.Reads(func(s *State, _ journal.Entry, c ComplaintFacts) {
		c.Open = true
		s.Complaints = append(s.Complaints, c)
	}), []string{"C4"}},
	KindComplaintRedo:   {1, journal.Reads(complaintEnded), []string{"C4"}},
	KindComplaintClosed: {1, journal.Reads(complaintEnded), []string{"C4"}},
	KindNote: {1, journal.Reads(func(s *State, e journal.Entry, n NoteRef) {
		n.Seq, n.By = e.Seq, e.By
		s.Notes = append(s.Notes, n)
	}), nil},
	KindMessage:   {1, journal.Reads(func(*State, journal.Entry, MessageSent) {}), []string{"C4"}},
	KindDocument:  {1, journal.Reads(func(*State, journal.Entry, DocumentIssued) {}), nil},
	KindCorrected: {1, journal.Reads(applyCorrected), nil},
	KindErased:    {1, journal.Reads(applyErased), nil},
}

// take notes who has the watch, where nobody had it.
func (s *State) take(e journal.Entry) {
	if s.Technician == "" {
		s.Technician = e.By
	}
}

func controlled(passed bool) func(*State, journal.Entry, Control) {
	return func(s *State, e journal.Entry, c Control) {
		c.Seq, c.By, c.Passed = e.Seq, e.By, passed
		s.Controls = append(s.Controls, c)
		if passed {
			s.ReadySince = e.Happened
		} else {
			delete(s.Steps, c.Step) // the step it goes back to is open again
		}
	}
}

func handedOver(s *State, e journal.Entry, h Handover) {
	h.Seq, h.By = e.Seq, e.By
	s.Handover = &h
}

func complaintEnded(s *State, _ journal.Entry, c ComplaintFacts) {
	if n := len(s.Complaints); n > 0 {
		s.Complaints[n-1].Outcome, s.Complaints[n-1].Why, s.Complaints[n-1].Open = c.Outcome, c.Why, false
	}
}
