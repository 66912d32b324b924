package fill

import (
	"strconv"
	"time"

	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/money"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// story is one order being told.
type story struct {
	t    *Teller
	at   time.Time
	s    order.State
	told Told
	err  error
}

// do has somebody of a role decide something, a while after what came before.
func (s *story) do(role staff.Role, wait time.Duration, d order.Decision) {
	s.by(s.t.who(role), wait, d)
}

func (s *story) by(who staff.Actor, wait time.Duration, d order.Decision) {
	if s.err != nil {
		return
	}
	s.at = s.at.Add(wait + time.Duration(s.t.rand.Int64N(int64(wait)/2+1)))
	drafts, err := d(s.s, order.Facts{Now: s.at, Who: who, EntryID: ident.New()})
	if err != nil {
		s.err = err
		return
	}
	for _, draft := range drafts {
		var prev journal.Entry
		if n := len(s.told.Entries); n > 0 {
			prev = s.told.Entries[n-1]
		}
		e, err := journal.Write(s.t.House, s.s.Sheet, prev, draft, s.at)
		if err == nil {
			err = s.s.Apply(e)
		}
		if err != nil {
			s.err = err
			return
		}
		s.told.Entries = append(s.told.Entries, e)
	}
}

func (s *story) begin(owner customer.Customer) {
	year := s.at.In(s.t.Zone).Year()
	seq, err := s.t.Number(year)
	if err != nil {
		s.err = err
		return
	}
	s.s.Sheet = ident.New()
	said := journal.Said{House: s.t.House, ID: ident.New(), Person: owner.ID, Text: pick(s.t.rand, requests), Salt: ident.Token()}
	s.told.Said = said
	w := s.told.Watch
	s.do(staff.Counter, time.Minute, order.Receive(order.Reception{Number: ident.Number{Site: s.t.Site, Year: year, Seq: seq}.String(), Site: s.t.Site,
		Customer: owner.ID, WatchID: w.ID, Watch: order.FactsOf(w, ""), Purpose: "repair", Channel: "counter", Request: said.Saying(), ReadBack: true,
		DeclaredValue: money.Cents(10000 + 5000*s.t.rand.IntN(60)), Ceiling: 8000, Promised: s.at.AddDate(0, 0, 14+s.t.rand.IntN(10)).Format("2006-01-02")}))
}

const hour, day = time.Hour, 24 * time.Hour

// quote diagnoses and prices one operation.
func (s *story) quote(cause, operation string, gross money.Cents) {
	s.do(staff.Technician, hour, order.Diagnose(order.Diagnosis{Answer: "causes", Causes: []string{cause}, Why: "constaté à l’établi", Operations: []string{operation}, Perimeter: "technician"}))
	line := order.QuoteLine{ID: "1", Kind: order.Obligatory, Operation: operation, LabelFR: labels[operation][0], LabelEN: labels[operation][1], Quantity: 1, UnitGross: gross, VAT: 2000}
	s.do(staff.Technician, hour, order.Price(order.Quote{Number: s.s.Number, Lines: []order.QuoteLine{line}, Until: s.at.AddDate(0, 1, 0), Free: true}))
}

func (s *story) answer(yes bool) {
	q := s.s.LastQuote()
	if s.err != nil || q == nil {
		return
	}
	a := order.Answering{Version: q.Version, Hash: q.Hash, Mode: "counter"}
	if yes {
		s.do(staff.Counter, day, order.AcceptQuote(a))
		return
	}
	a.Reason = "trop cher pour cette montre"
	s.do(staff.Counter, day, order.DeclineQuote(a))
}

func (s *story) uncase() {
	s.do(staff.Technician, hour, order.Uncase(order.Uncasing{CaseType: "screw_back", Tools: []string{"clé à fond"}, Gasket: "worn", Crystal: "scratched"}))
}

func (s *story) checks(phase string) {
	c := order.Check{Phase: phase}
	for _, it := range order.CheckItems(string(s.s.Watch.Kind)) {
		c.Items = append(c.Items, order.CheckItem{Item: it, Result: "ok"})
	}
	s.do(staff.Technician, hour, order.KeepChecks(c))
}

// declined is an order whose quote was refused: twelve entries.
func (s *story) declined() {
	s.do(staff.Counter, time.Minute, order.Describe(order.Condition{Marks: []order.Mark{{Zone: "crystal", Defect: "scratch", Grade: 2}}}))
	s.do(staff.Counter, time.Minute, order.Prediagnose(order.Prediagnosis{Symptoms: []order.Symptom{{ID: "slow_mild"}}}))
	bench := s.t.who(staff.Technician)
	s.do(staff.Manager, hour, order.Assign(bench.ID))
	s.do(staff.Technician, day, order.Examine(order.Examination{}))
	s.uncase()
	s.checks(order.Before)
	s.quote("OIL_DIRTY", "REV-AUTO", 29000)
	s.do(staff.Counter, hour, order.SendQuote(order.Sending{Channel: "email"}))
	s.answer(false)
	s.do(staff.Counter, 2*day, order.HandBackUnrepaired(order.Handover{To: "customer", Why: "devis refusé", WaterNotGuaranteed: true}))
}

// battery is a cell changed under the amount agreed at deposit: thirteen entries.
func (s *story) battery() {
	s.do(staff.Technician, day, order.Examine(order.Examination{}))
	s.quote("BATT_FLAT", "PIL", 1500)
	s.do(staff.Technician, time.Minute, order.UseCeiling())
	s.plan([]order.Step{{ID: "1.1", Operation: "PIL", LabelFR: "changer la pile, joint neuf", LabelEN: "new cell and gasket"}})
	s.do(staff.Technician, 10*time.Minute, order.DoStep(order.StepAct{Step: "1.1", Act: "done"}))
	s.checks(order.After)
	s.do(staff.Technician, time.Minute, order.FinishWork())
	s.control()
	s.handBack()
}

func (s *story) plan(steps []order.Step) {
	s.do(staff.Technician, hour, order.PlanWork(order.Plan{Operations: []string{steps[0].Operation}, Steps: steps, Level: "T", Minutes: 20 * len(steps), Acknowledged: true}))
	s.do(staff.Technician, time.Minute, order.CheckWorkstation(order.Workstation{Items: all(order.WorkstationItems())}))
	s.do(staff.Technician, time.Minute, order.StartWork())
	for _, c := range s.s.Cards() {
		s.do(staff.Technician, time.Minute, order.ReadSafety(c.Code))
	}
}

func (s *story) control() {
	s.do(staff.Watchmaker, day, order.PassControl(order.Control{Items: all(order.ControlItems()), Out: "relu, conforme à l’usage annoncé"}))
}

func (s *story) handBack() {
	s.do(staff.Counter, 2*day, order.HandBack(order.Handover{To: "customer", Shown: true, PartsReturned: true, Advice: []string{"water"},
		Receipt: "T-" + strconv.Itoa(s.s.Opened.Year()), Guarantee: s.at.AddDate(2, 0, 0).Format("2006-01-02")}))
}

// service is a full service: forty entries and more, at the bench, in control,
// ready or returned.
func (s *story) service() {
	s.do(staff.Counter, time.Minute, order.Describe(order.Condition{Marks: []order.Mark{{Zone: "crystal", Defect: "scratch", Grade: 2, Note: "entre 1 h et 2 h"}, {Zone: "lug_7", Defect: "dent", Grade: 1}}}))
	s.do(staff.Counter, time.Minute, order.Prediagnose(order.Prediagnosis{Symptoms: []order.Symptom{{ID: "slow_mild"}, {ID: "stops_night"}}}))
	s.do(staff.Manager, hour, order.Assign(s.t.who(staff.Technician).ID))
	s.do(staff.Technician, day, order.Examine(order.Examination{Possible: []string{"OIL_DIRTY", "MAGNETISM"}}))
	s.uncase()
	s.checks(order.Before)
	s.readings(order.Before, -38, 205)
	s.quote("OIL_DIRTY", "REV-AUTO", 29000)
	s.do(staff.Counter, hour, order.SendQuote(order.Sending{Channel: "email"}))
	s.by(staff.System(), time.Minute, order.Tell(order.MessageSent{Template: "quote_ready", Channel: "email"}))
	s.answer(true)
	steps := workshop.SuggestPlan(s.s).Steps
	if s.err != nil || len(steps) == 0 {
		return
	}
	s.plan(steps)
	for _, st := range steps {
		s.do(staff.Technician, 12*time.Minute, order.DoStep(order.StepAct{Step: st.ID, Act: "done"}))
	}
	s.do(staff.Technician, time.Minute, order.NoteFinding(order.Finding{Component: "STD-206", State: "dry", Note: "huile sèche aux pivots"}))
	s.do(staff.Technician, time.Minute, order.ReplacePart(order.PartUsed{Code: "JTF", Label: "joint de fond", Origin: "generic", Old: "returned"}))
	s.do(staff.Technician, 10*time.Minute, order.CaseUp(order.Casing{Dust: true, Hands: true, Gasket: "new", Closed: true}))
	s.readings(order.After, 3, 285)
	end := s.t.told % 10
	if end < 4 {
		return // on the bench
	}
	s.do(staff.Technician, hour, order.FinishWork())
	if end < 6 {
		return
	}
	s.control()
	if end < 9 || s.t.Open {
		return
	}
	s.handBack()
}

func (s *story) readings(phase string, rate, amplitude float64) {
	for _, position := range []string{"CH", "CB", "3H", "6H", "9H", "12H"} {
		r, a, b, bph := rate+float64(s.t.rand.IntN(100))/10-5, amplitude+float64(s.t.rand.IntN(200))/10-10, float64(s.t.rand.IntN(12))/10, 28800.0
		s.do(staff.Technician, 3*time.Minute, order.KeepReading(order.Reading{Phase: phase, Position: position, Winding: "0h", How: "microphone", LiftDeg: 50,
			BPH: &bph, Rate: &r, Amplitude: &a, BeatError: &b, Confident: true, Seconds: 30,
			Verdicts: []order.Judged{{Quantity: "rate", Verdict: "in"}, {Quantity: "amplitude", Verdict: "in"}}}))
	}
}

func all(items []string) map[string]bool {
	out := make(map[string]bool, len(items))
	for _, it := range items {
		out[it] = true
	}
	return out
}
