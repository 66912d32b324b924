package order

import (
	"maps"
	"slices"

	"etabli.example/journal"
)

// kinds is the one list of what an order's sheet can hold: how each kind is
// read, and which competences of RNCP37858 it is evidence of.
var kinds = journal.Readers[State]{
	KindAnnounced: journal.Reads(1, applyReceived),
	KindReceived:  journal.Reads(1, applyReceived, "C1"),
	KindCondition: journal.Reads(1, func(s *State, _ journal.Entry, c Condition) { s.Marks = c.Marks }, "C1"),
	KindPhoto: journal.Reads(1, func(s *State, e journal.Entry, p Photo) {
		p.Seq = e.Seq
		s.Photos = append(s.Photos, p)
	}),
	KindPromise: journal.Reads(1, func(s *State, _ journal.Entry, p Promise) {
		s.Promised = p.Date
		if s.PromisedFirst == "" {
			s.PromisedFirst = p.Date
		}
	}),
	KindAssigned:    journal.Reads(1, func(s *State, _ journal.Entry, a Assignment) { s.Technician = a.Person }),
	KindHandedOut:   journal.Reads(1, func(*State, journal.Entry, Routing) {}, "C13"),
	KindCameBack:    journal.Reads(1, func(*State, journal.Entry, Routing) {}),
	KindTransferred: journal.Reads(1, func(*State, journal.Entry, Routing) {}),
	KindArrived:     journal.Reads(1, func(*State, journal.Entry, Routing) {}),
	KindPrediagnosed: journal.Reads(1, func(s *State, _ journal.Entry, p Prediagnosis) {
		s.Symptoms, s.Answers, s.Actions = p.Symptoms, p.Answers, p.Actions
	}, "C2"),
	KindExamined: journal.Reads(1, func(s *State, e journal.Entry, x Examination) {
		s.Possible = x.Possible
		s.take(e)
	}, "C5"),
	KindUncased: journal.Reads(2, func(s *State, e journal.Entry, u Uncasing) {
		s.Uncased, s.uncasedSeq = &u, e.Seq
		if u.MovementNo != "" {
			s.Watch.MovementNo = u.MovementNo
		}
		if s.Watch.CaseNo == "" {
			s.Watch.CaseNo = u.CaseNo // one that was read before stays; the entry says both
		}
	}, "C6"),
	KindReading:       journal.Reads(1, applyReading, "C7", "C17", "C18"),
	KindReadingChosen: journal.Reads(1, applyReadingChosen, "C7", "C18"),
	KindChecks: journal.Reads(1, func(s *State, e journal.Entry, c Check) {
		c.Seq, c.By = e.Seq, e.By
		s.Checks = append(s.Checks, c)
	}, "C7", "C18"),
	KindWater: journal.Reads(1, func(s *State, e journal.Entry, w WaterTest) {
		w.Seq, w.By = e.Seq, e.By
		s.Waters = append(s.Waters, w)
	}, "C7", "C19"),
	KindElectric: journal.Reads(1, func(s *State, e journal.Entry, x Electric) {
		x.Seq, x.By = e.Seq, e.By
		s.Electric = append(s.Electric, x)
	}, "C7", "C18"),
	KindHands: journal.Reads(1, func(s *State, e journal.Entry, h HandsRead) {
		h.Seq, h.By = e.Seq, e.By
		s.Hands = append(s.Hands, h)
	}, "C7", "C18"),
	KindTreated: journal.Reads(1, func(s *State, e journal.Entry, x Treatment) {
		x.Seq, x.By, x.At = e.Seq, e.By, e.Happened
		s.Treatments = append(s.Treatments, x)
	}, "C7", "C18"),
	KindAdjusted: journal.Reads(1, func(s *State, e journal.Entry, x Adjustment) {
		x.Seq, x.By, x.At = e.Seq, e.By, e.Happened
		s.Adjustments = append(s.Adjustments, x)
	}, "C17"),
	KindCauseRejected: journal.Reads(1, func(s *State, e journal.Entry, r Rejection) {
		r.By = e.By
		s.Rejected = append(s.Rejected, r)
	}, "C8"),
	KindDiagnosed: journal.Reads(1, func(s *State, e journal.Entry, d Diagnosis) {
		d.Seq, d.By = e.Seq, e.By
		s.Diagnosis = &d
	}, "C8", "C9"),
	KindQuoted: journal.Reads(1, func(s *State, e journal.Entry, q Quote) {
		q.Seq = e.Seq
		s.Quotes = append(s.Quotes, q)
	}, "C3"),
	KindAdvised: journal.Reads(1, func(s *State, e journal.Entry, a Advice) {
		a.Seq, a.By, a.At = e.Seq, e.By, e.Happened
		s.Advice = &a
	}, "C3"),
	KindAdviceRefused: journal.Reads(1, func(s *State, e journal.Entry, r AdviceRefusal) {
		r.Seq, r.By, r.At = e.Seq, e.By, e.Happened
		s.AdviceRefused = append(slices.Clip(s.AdviceRefused), r)
	}, "C3"),
	KindQuoteApproved: journal.Reads(1, approved(KindQuoteApproved)),
	KindQuoteReturned: journal.Reads(1, approved(KindQuoteReturned)),
	KindQuoteRemarked: journal.Reads(1, approved(KindQuoteRemarked)),
	KindQuoteSent: journal.Reads(1, func(s *State, e journal.Entry, _ Sending) {
		if q := s.LastQuote(); q != nil {
			q.SentAt, q.Answer = e.Happened, ""
		}
	}, "C3"),
	KindQuoteRecalled:  journal.Reads(1, answer("recalled")),
	KindQuoteAccepted:  journal.Reads(1, answer("accepted")),
	KindQuoteDeclined:  journal.Reads(1, answer("declined")),
	KindQuoteWithdrawn: journal.Reads(1, answer("withdrawn")),
	KindQuoteExpired:   journal.Reads(1, answer("expired")),
	KindCeilingUsed:    journal.Reads(1, answer("accepted")),
	KindPlanned: journal.Reads(1, func(s *State, e journal.Entry, p Plan) {
		p.By = e.By
		s.Plan, s.Steps = &p, nil
		s.take(e)
	}, "C10"),
	KindWorkstation:  journal.Reads(1, func(s *State, _ journal.Entry, w Workstation) { s.Workstation = &w }, "C11", "C14"),
	KindPartsAwaited: journal.Reads(1, func(*State, journal.Entry, PartsWait) {}, "C13"),
	KindPartsArrived: journal.Reads(1, func(*State, journal.Entry, PartsWait) {}),
	KindWorkStarted: journal.Reads(1, func(s *State, e journal.Entry, _ struct{}) {
		s.workSeq = e.Seq
		s.take(e)
	}),
	KindStep: journal.Reads(2, applyStep, "C13", "C15"),
	KindFinding: journal.Reads(2, func(s *State, e journal.Entry, x Finding) {
		x.Seq, x.By = e.Seq, e.By
		s.Findings = append(s.Findings, x)
	}, "C15"),
	KindPart: journal.Reads(1, func(s *State, e journal.Entry, p PartUsed) {
		p.Seq, p.By = e.Seq, e.By
		s.Parts = append(s.Parts, p)
	}, "C16"),
	KindCased:              journal.Reads(2, func(s *State, e journal.Entry, c Casing) { s.Cased, s.casedSeq = &c, e.Seq }, "C17"),
	KindWorkDone:           journal.Reads(1, func(*State, journal.Entry, struct{}) {}, "C13"),
	KindControlPassed:      journal.Reads(1, controlled(true), "C18", "C19"),
	KindControlRefused:     journal.Reads(1, controlled(false), "C18"),
	KindReturned:           journal.Reads(1, handedOver, "C4", "C19"),
	KindSent:               journal.Reads(2, handedOver, "C19"),
	KindReturnedUnrepaired: journal.Reads(1, handedOver, "C4"),
	KindAbandoned:          journal.Reads(1, handedOver),
	KindComplaintOpened: journal.Reads(1, func(s *State, _ journal.Entry, c ComplaintFacts) {
		c.Open = true
		s.Complaints = append(s.Complaints, c)
	}, "C4"),
	KindComplaintRedo:   journal.Reads(1, complaintEnded, "C4"),
	KindComplaintClosed: journal.Reads(1, complaintEnded, "C4"),
	KindAlertRaised: journal.Reads(1, func(s *State, e journal.Entry, x Alert) {
		s.Alerts = append(slices.Clip(s.Alerts), AlertState{Alert: x, Seq: e.Seq, By: e.By, Since: e.Happened, Told: x.To})
	}, "C13", "C16"),
	KindAlertAcknowledged: journal.Reads(1, func(s *State, e journal.Entry, x AlertAnswer) {
		s.changeAlert(x.Of, func(a *AlertState) { a.Acknowledged, a.AckBy = e.Happened, e.By })
	}, "C13"),
	KindAlertEscalated: journal.Reads(1, func(s *State, e journal.Entry, x AlertAnswer) {
		s.changeAlert(x.Of, func(a *AlertState) { a.Escalated, a.Told = e.Happened, x.To })
	}),
	KindAlertSettled: journal.Reads(1, func(s *State, e journal.Entry, x AlertAnswer) {
		s.changeAlert(x.Of, func(a *AlertState) {
			a.Settled, a.SettledBy, a.Outcome, a.Answer = e.Happened, e.By, x.Outcome, x.Note
		})
	}, "C13"),
	KindSupplementAsked: journal.Reads(1, func(s *State, e journal.Entry, x Supplement) {
		x.Seq, x.By, x.Asked = e.Seq, e.By, e.Happened
		s.Supplements = append(slices.Clip(s.Supplements), x)
	}, "C3", "C15"),
	KindSupplementAnswered: journal.Reads(1, applySupplementAnswered),
	KindSafety: journal.Reads(1, func(s *State, e journal.Entry, x SafetyRead) {
		s.Safety = maps.Clone(s.Safety)
		if s.Safety == nil {
			s.Safety = map[string]SafetyState{}
		}
		s.Safety[x.Card] = SafetyState{e.By, e.Seq}
	}, "C14"),
	KindPolishAgreed: journal.Reads(1, func(s *State, e journal.Entry, c PolishConsent) {
		c.Seq, c.By = e.Seq, e.By
		s.Polish = &c
	}, "C3", "C19"),
	KindPieceMoved: journal.Reads(1, func(s *State, e journal.Entry, m PieceMove) {
		s.Pieces = maps.Clone(s.Pieces)
		if s.Pieces == nil {
			s.Pieces = map[string]PieceState{}
		}
		s.Pieces[m.Piece] = PieceState{Place: m.Place, By: e.By, Since: e.Happened, Scan: m.Scan, Seq: e.Seq}
	}),
	KindCountersigned: journal.Reads(1, func(s *State, e journal.Entry, c Countersignature) {
		c.Seq, c.By = e.Seq, e.By
		s.Countersigned = append(slices.Clip(s.Countersigned), c)
	}),
	KindPassport: journal.Reads(1, func(s *State, _ journal.Entry, p PassportIssued) { s.Passport = &p }),
	KindNote: journal.Reads(1, func(s *State, e journal.Entry, n NoteRef) {
		n.Seq, n.By = e.Seq, e.By
		s.Notes = append(s.Notes, n)
	}),
	KindMessage:   journal.Reads(1, func(*State, journal.Entry, MessageSent) {}, "C4"),
	KindDocument:  journal.Reads(1, func(*State, journal.Entry, DocumentIssued) {}),
	KindCorrected: journal.Reads(1, applyCorrected),
	KindErased:    journal.Reads(1, applyErased),
	KindDropped:   journal.Reads(1, func(*State, journal.Entry, Dropped) {}),
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
			s.Steps, s.Refusals = maps.Clone(s.Steps), maps.Clone(s.Refusals)
			delete(s.Steps, c.Step) // the step it goes back to is open again
			if s.Refusals == nil {
				s.Refusals = map[string]int{}
			}
			s.Refusals[c.Step]++
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
