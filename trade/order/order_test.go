package order_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

var update = flag.Bool("update", false, "write the stored samples of kinds that have none")

var start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// book is a sheet in memory that a test writes on by decisions.
type book struct {
	t       testing.TB
	entries []journal.Entry
	s       order.State
	now     time.Time
}

func newBook(t testing.TB) *book { return &book{t: t, now: start} }

func person(roles ...staff.Role) staff.Actor {
	return staff.Actor{ID: "p1", Roles: roles, Bench: "poste 2"}
}

var manager = person(staff.Manager)

func (b *book) try(who staff.Actor, d order.Decision) error {
	b.now = b.now.Add(time.Minute)
	drafts, err := d(b.s, order.Facts{Now: b.now, Who: who, EntryID: fmt.Sprintf("e%d", len(b.entries)+1)})
	if err != nil {
		return err
	}
	for _, draft := range drafts {
		var prev journal.Entry
		if n := len(b.entries); n > 0 {
			prev = b.entries[n-1]
		}
		e, err := journal.Write("main", "s1", prev, draft, b.now)
		if err != nil {
			b.t.Fatal(err)
		}
		if err := b.s.Apply(e); err != nil {
			b.t.Fatal(err)
		}
		b.entries = append(b.entries, e)
	}
	return nil
}

func (b *book) do(who staff.Actor, d order.Decision) {
	b.t.Helper()
	if err := b.try(who, d); err != nil {
		b.t.Fatalf("at %q: %v", b.s.Stage, err)
	}
}

func reception() order.Reception {
	return order.Reception{Number: "PAR-26-004217-K", Site: "PAR", Customer: "c1", WatchID: "w1", Purpose: "repair", Channel: "counter",
		Watch:   order.WatchFacts{Brand: "Tissot", Model: "Le Locle", Kind: watch.Automatic, CalibreMaker: "ETA", Calibre: "2824-2", WaterBar: 3},
		Request: journal.Saying{ID: "said1", Hash: "h"}, ReadBack: true, Wishes: []string{"return_parts"}, Ceiling: 8000, Promised: "2026-12-08"}
}

func f64(v float64) *float64 { return &v }

func goodReading(phase string) order.Reading {
	return order.Reading{Phase: phase, Position: "CH", Winding: "0h", How: "microphone", BPH: f64(28800), Rate: f64(3.2), RateU: f64(0.2),
		Amplitude: f64(287), BeatError: f64(0.4), Confident: true, Sound: strings.Repeat("a", 64),
		Verdicts: []order.Judged{{Quantity: "rate", Verdict: "in", Source: "ETA", Confidence: "high"}}}
}

func quote() order.Quote {
	return order.Quote{Number: "PAR-D-26-00001", Until: start.AddDate(0, 0, 30), Ready: "2026-12-05", Free: true, Lines: []order.QuoteLine{
		{ID: "1", Kind: order.Obligatory, Operation: "REV-AUTO", LabelFR: "Révision complète", LabelEN: "Full service", Quantity: 1, UnitGross: 29000, VAT: 2000},
		{ID: "2", Kind: order.Cosmetic, Operation: "POL", LabelFR: "Polissage", LabelEN: "Polishing", Quantity: 1, UnitGross: 6000, VAT: 2000}}}
}

func all(items []string) map[string]bool {
	m := map[string]bool{}
	for _, it := range items {
		m[it] = true
	}
	return m
}

// to brings the order to a stage along the spine.
func (b *book) to(goal order.Stage) *book {
	b.t.Helper()
	steps := []struct {
		at order.Stage
		do func()
	}{
		{order.Received, func() { b.do(manager, order.Receive(reception())) }},
		{order.InDiagnosis, func() { b.do(manager, order.Examine(order.Examination{Possible: []string{"OIL_DIRTY"}})) }},
		{order.QuoteSent, func() {
			b.do(manager, order.KeepReading(goodReading(order.Before)))
			b.do(manager, order.Uncase(order.Uncasing{CaseType: "screw_back", Gasket: "worn", Crystal: "good"}))
			b.do(manager, order.Diagnose(order.Diagnosis{Answer: "causes", Causes: []string{"OIL_DIRTY"}, Perimeter: "technician", Operations: []string{"REV-AUTO"}}))
			b.do(manager, order.Price(quote()))
			b.do(manager, order.SendQuote(order.Sending{Channel: "email"}))
		}},
		{order.Accepted, func() {
			b.do(staff.Customer(), order.AcceptQuote(order.Answering{Version: 1, Hash: b.s.LastQuote().Hash, Mode: "link", StartNow: true}))
		}},
		{order.Preparing, func() {
			b.do(manager, order.PlanWork(order.Plan{Operations: []string{"REV-AUTO"}, Level: "T", Acknowledged: true,
				Steps: []order.Step{{ID: "1.1", Operation: "REV-AUTO", LabelFR: "démonter"}, {ID: "1.2", Operation: "REV-AUTO", LabelFR: "nettoyer"}}}))
		}},
		{order.InWork, func() {
			b.do(manager, order.CheckWorkstation(order.Workstation{Items: all(order.WorkstationItems())}))
			b.do(manager, order.StartWork())
		}},
		{order.InControl, func() {
			b.readCards()
			b.do(manager, order.DoStep(order.StepAct{Step: "1.1", Act: "done"}))
			b.do(manager, order.DoStep(order.StepAct{Step: "1.2", Act: "skipped", Reason: "déjà propre"}))
			b.do(manager, order.NoteFinding(order.Finding{Component: "STD-206", State: "dry"}))
			b.do(manager, order.ReplacePart(order.PartUsed{Code: "JTF", Origin: "generic", Old: "returned"}))
			b.do(manager, order.CaseUp(order.Casing{Dust: true, Hands: true, Gasket: "new", Closed: true}))
			b.do(manager, order.FinishWork())
		}},
		{order.Ready, func() {
			b.do(manager, order.KeepReading(goodReading(order.After)))
			b.do(manager, order.PassControl(order.Control{Items: all(order.ControlItems())}))
		}},
		{order.Returned, func() {
			b.do(manager, order.HandBack(order.Handover{To: "customer", Shown: true, PartsReturned: true}))
		}},
	}
	for _, st := range steps {
		st.do()
		if b.s.Stage != st.at {
			b.t.Fatalf("stage %q, want %q", b.s.Stage, st.at)
		}
		if st.at == goal {
			return b
		}
	}
	b.t.Fatalf("no way to %q", goal)
	return nil
}

func TestSpine(t *testing.T) {
	b := newBook(t).to(order.Returned)
	if err := journal.Check("main", "s1", b.entries); err != nil {
		t.Error(err)
	}
	again, err := order.Fold(b.entries)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(order.RowOf(b.s), order.RowOf(again)); diff != "" {
		t.Errorf("the fold is not what was applied:\n%s", diff)
	}
	if !again.Stage.Closed() || again.Handover == nil || again.Promised != "2026-12-05" || again.PromisedFirst != "2026-12-08" {
		t.Errorf("state %+v", order.RowOf(again))
	}
}

// What each decision refuses, and the sentence it gives.
func TestRefusals(t *testing.T) {
	counter, technician := person(staff.Counter), person(staff.Technician)
	for name, c := range map[string]struct {
		at   order.Stage
		who  staff.Actor
		do   func(*book) order.Decision
		kind fault.Kind
		key  string
	}{
		"a quote before a diagnosis":   {order.InDiagnosis, manager, func(*book) order.Decision { return order.SendQuote(order.Sending{}) }, fault.Conflict, "stage.needs"},
		"the bench receives no watch":  {order.None, technician, func(*book) order.Decision { return order.Receive(reception()) }, fault.Denied, "staff.denied"},
		"the counter keeps no reading": {order.InDiagnosis, counter, func(*book) order.Decision { return order.KeepReading(goodReading(order.Before)) }, fault.Denied, "staff.denied"},
		"a reading nobody can trust": {order.InDiagnosis, technician, func(*book) order.Decision {
			r := goodReading(order.Before)
			r.Confident = false
			return order.KeepReading(r)
		}, fault.Invalid, "fault.invalid"},
		"an amplitude of 3,400°": {order.InDiagnosis, technician, func(*book) order.Decision {
			r := goodReading(order.Before)
			r.Amplitude = f64(3400)
			return order.KeepReading(r)
		}, fault.Invalid, "fault.invalid"},
		"a pressure above the marking": {order.InDiagnosis, technician, func(*book) order.Decision {
			return order.KeepWater(order.WaterTest{Phase: "before", Method: "dry_pressure", Bar: 6})
		}, fault.Invalid, "fault.invalid"},
		"a wet test before a dry one": {order.InDiagnosis, technician, func(*book) order.Decision {
			return order.KeepWater(order.WaterTest{Phase: "before", Method: "wet", Bar: 3})
		}, fault.Invalid, "fault.invalid"},
		"acceptance of another version": {order.QuoteSent, staff.Customer(), func(*book) order.Decision {
			return order.AcceptQuote(order.Answering{Version: 1, Hash: "other", Mode: "link", StartNow: true})
		}, fault.Stale, "quote.other_version"},
		"the technician accepts for nobody": {order.QuoteSent, technician, func(b *book) order.Decision {
			return order.AcceptQuote(order.Answering{Version: 1, Hash: b.s.LastQuote().Hash, Mode: "counter"})
		}, fault.Denied, "staff.denied"},
		"a ceiling that is too low": {order.InDiagnosis, manager, func(b *book) order.Decision {
			b.do(manager, order.Diagnose(order.Diagnosis{Causes: []string{"OIL_DIRTY"}, Perimeter: "technician"}))
			b.do(manager, order.Price(quote()))
			return order.UseCeiling()
		}, fault.Conflict, "quote.above_ceiling"},
		"work without the checklist": {order.Preparing, technician, func(*book) order.Decision { return order.StartWork() }, fault.Conflict, "stage.needs"},
		"a plan nobody read": {order.Accepted, technician, func(*book) order.Decision {
			return order.PlanWork(order.Plan{Steps: []order.Step{{ID: "1", LabelFR: "x"}}})
		}, fault.Invalid, "fault.invalid"},
		"a step skipped in silence":  {order.InWork, technician, func(*book) order.Decision { return order.DoStep(order.StepAct{Step: "1.1", Act: "skipped"}) }, fault.Invalid, "fault.invalid"},
		"a step that is not planned": {order.InWork, technician, func(*book) order.Decision { return order.DoStep(order.StepAct{Step: "9.9", Act: "done"}) }, fault.Invalid, "work.unknown_step"},
		"control with open steps":    {order.InWork, technician, func(*book) order.Decision { return order.FinishWork() }, fault.Conflict, "stage.needs"},
		"parts thrown away against the wish": {order.InWork, technician, func(*book) order.Decision {
			return order.ReplacePart(order.PartUsed{Code: "JTF", Origin: "generic", Old: "recycled"})
		}, fault.Invalid, "fault.invalid"},
		"ready without a reading":     {order.InControl, technician, func(*book) order.Decision { return order.PassControl(order.Control{Items: all(order.ControlItems())}) }, fault.Conflict, "stage.needs"},
		"a return that was not shown": {order.Ready, counter, func(*book) order.Decision { return order.HandBack(order.Handover{To: "customer", PartsReturned: true}) }, fault.Invalid, "fault.invalid"},
		"abandoned after a day":       {order.Ready, manager, func(*book) order.Decision { return order.Abandon(order.Handover{Why: "x"}) }, fault.Conflict, "stage.needs"},
		"writing on a closed order":   {order.Returned, manager, func(*book) order.Decision { return order.KeepReading(goodReading(order.After)) }, fault.Conflict, "order.closed"},
		"striking a move": {order.Received, manager, func(b *book) order.Decision {
			return order.Correct(order.Correction{Of: 1, Why: "x"}, b.entries[0].Kind)
		}, fault.Conflict, "correction.not_this_kind"},
		"unrepaired, opened, untested": {order.InDiagnosis, manager, func(b *book) order.Decision {
			b.do(manager, order.Uncase(order.Uncasing{CaseType: "snap_back", Gasket: "good", Crystal: "good"}))
			return order.HandBackUnrepaired(order.Handover{Why: "refus"})
		}, fault.Invalid, "fault.invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			if c.at != order.None {
				b.to(c.at)
			}
			d := c.do(b)
			before := len(b.entries)
			err := b.try(c.who, d)
			var f *fault.Error
			if fe, ok := err.(*fault.Error); ok {
				f = fe
			}
			if f == nil || f.Kind != c.kind || f.Key != c.key {
				t.Errorf("got %v, want %v %s", err, c.kind, c.key)
			}
			if len(b.entries) != before {
				t.Error("something was written")
			}
		})
	}
}

func TestReceive_SaysAllProblemsAtOnce(t *testing.T) {
	err := newBook(t).try(manager, order.Receive(order.Reception{DeclaredValue: -1, Promised: "2020-01-01"}))
	f, ok := err.(*fault.Error)
	if !ok || len(f.Fields) < 7 {
		t.Fatalf("got %v", err)
	}
}

func TestPreciousMetalNeedsWeightAndFineness(t *testing.T) {
	r := reception()
	r.Watch.Material = "gold"
	if err := newBook(t).try(manager, order.Receive(r)); !fault.Is(err, fault.Invalid) {
		t.Errorf("gold without weight: %v", err)
	}
	r.WeightGrams, r.Fineness = 38.4, 750
	newBook(t).do(manager, order.Receive(r))
}

func TestCorrectionKeepsTheEntryAndTakesItsEffectBack(t *testing.T) {
	b := newBook(t).to(order.InDiagnosis)
	b.do(manager, order.KeepReading(goodReading(order.Before)))
	seq := b.s.Seq
	b.do(manager, order.Correct(order.Correction{Of: seq, Why: "mauvais angle de levée"}, order.KindReading))
	if len(b.s.ReadingsOf(order.Before)) != 0 || len(b.s.Readings) != 1 || b.s.Corrected[seq] != seq+1 {
		t.Errorf("readings %v, corrected %v", b.s.Readings, b.s.Corrected)
	}
}

func TestOfAPositionTheLastReadingCounts(t *testing.T) {
	b := newBook(t).to(order.InDiagnosis)
	for _, rate := range []float64{1, 2} {
		r := goodReading(order.Before)
		r.Rate = f64(rate)
		b.do(manager, order.KeepReading(r))
	}
	got := b.s.ReadingsOf(order.Before)
	if len(got) != 1 || *got[0].Rate != 2 || len(b.s.Readings) != 2 {
		t.Errorf("got %d readings that count", len(got))
	}
}

// Asking for an early start is the customer's choice: without it a contract
// concluded at a distance holds, and the work waits for the fourteen days.
func TestWithoutTheRequestTheWorkWaits(t *testing.T) {
	b := newBook(t).to(order.QuoteSent)
	b.do(staff.Customer(), order.AcceptQuote(order.Answering{Version: 1, Hash: b.s.LastQuote().Hash, Mode: "link"}))
	accepted := b.now
	b.do(manager, order.PlanWork(order.Plan{Level: "T", Acknowledged: true, Steps: []order.Step{{ID: "1.1", LabelFR: "démonter"}}}))
	b.do(manager, order.CheckWorkstation(order.Workstation{Items: all(order.WorkstationItems())}))
	if err := b.try(manager, order.StartWork()); !fault.Is(err, fault.Conflict) {
		t.Fatalf("work starts within the time to withdraw: %v", err)
	}
	if from := b.s.LastQuote().From; !from.Equal(accepted.AddDate(0, 0, 14)) {
		t.Errorf("work may start on %v", from)
	}
	b.now = accepted.AddDate(0, 0, 14)
	b.do(manager, order.StartWork())
}

func TestOptionalLinesAreNeverInThePriceUnasked(t *testing.T) {
	q := quote()
	if got := q.Totals(nil).Gross; got != 29000 {
		t.Errorf("total %d", got)
	}
	if got := q.Totals([]string{"2"}).Gross; got != 35000 {
		t.Errorf("total with the option %d", got)
	}
}

// The table of moves is whole: every stage but the first can be reached, every
// stage that is not closed can be left, every kind that moves is a kind.
func TestMoves(t *testing.T) {
	kinds := order.Kinds()
	in, out := map[order.Stage]bool{}, map[order.Stage]bool{}
	seen := map[string]bool{}
	for _, m := range order.Moves() {
		in[m.To], out[m.From] = true, true
		if !slices.Contains(kinds, m.By) {
			t.Errorf("move by unknown kind %s", m.By)
		}
		if m.Right == "" && !m.Customer && !m.Clock {
			t.Errorf("nobody may move %s → %s", m.From, m.To)
		}
		key := string(m.From) + "/" + string(m.By)
		if seen[key] {
			t.Errorf("%s is there twice", key)
		}
		seen[key] = true
	}
	for _, s := range order.Stages() {
		if !in[s] {
			t.Errorf("no way to %s", s)
		}
		if !out[s] && !s.Closed() {
			t.Errorf("no way out of %s", s)
		}
	}
}

// One stored sample of every kind ever released must still fold. A kind without
// a sample fails; -update writes the missing ones and changes none.
func TestEveryKindEverReleasedStillFolds(t *testing.T) {
	written := map[journal.Kind]journal.Entry{}
	for _, e := range everything(t) {
		if _, there := written[e.Kind]; !there {
			written[e.Kind] = e
		}
	}
	for _, k := range order.Kinds() {
		now, ok := written[k]
		path := func(version int) string { return filepath.Join("testdata", fmt.Sprintf("%s.v%d.json", k, version)) }
		if _, err := os.Stat(path(max(now.Version, 1))); err != nil && *update {
			if !ok {
				t.Errorf("no test writes a %s", k)
				continue
			}
			if err := os.WriteFile(path(now.Version), []byte(now.Text+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for version := 1; version <= max(now.Version, 1); version++ {
			text, err := os.ReadFile(path(version))
			if err != nil {
				t.Errorf("%s has no stored sample of version %d: run with -update", k, version)
				continue
			}
			e, err := journal.Read(strings.TrimSpace(string(text)), "")
			if err != nil {
				t.Errorf("%s: %v", k, err)
				continue
			}
			s := order.State{Seq: e.Seq - 1, Stage: stageBefore(k)}
			s.Plan = &order.Plan{Steps: []order.Step{{ID: "1.1"}, {ID: "1.2"}}}
			if err := s.Apply(e); err != nil {
				t.Errorf("%s no longer folds: %v", k, err)
			}
		}
	}
}

func stageBefore(k journal.Kind) order.Stage {
	for _, m := range order.Moves() {
		if m.By == k {
			return m.From
		}
	}
	return order.InWork
}

// everything writes entries of every kind over several sheets.
func everything(t *testing.T) []journal.Entry {
	var out []journal.Entry
	story := func(tell func(b *book)) {
		b := newBook(t)
		tell(b)
		out = append(out, b.entries...)
	}
	words := journal.Saying{ID: "said2", Hash: "h2"}
	story(func(b *book) {
		b.to(order.Returned)
		b.do(manager, order.OpenComplaint(order.ComplaintFacts{About: "timing", Words: words}))
		b.do(manager, order.CloseComplaint(order.ComplaintFacts{Outcome: "redone", Why: "réglée"}))
	})
	story(func(b *book) {
		b.to(order.Returned)
		b.do(manager, order.OpenComplaint(order.ComplaintFacts{About: "price"}))
		b.do(manager, order.CloseComplaint(order.ComplaintFacts{Outcome: "explained", Why: "détaillé"}))
	})
	story(func(b *book) {
		b.do(manager, order.Announce(reception()))
		b.do(manager, order.Receive(reception()))
		b.do(manager, order.Route(order.KindTransferred, order.Routing{To: "LYO"}))
		b.do(manager, order.Route(order.KindArrived, order.Routing{}))
	})
	story(func(b *book) {
		b.to(order.InDiagnosis)
		b.do(manager, order.Describe(order.Condition{Marks: []order.Mark{{Zone: "crystal", Defect: "scratch", Grade: 2}}}))
		b.do(manager, order.AddPhoto(order.Photo{Hash: strings.Repeat("b", 64), Thumb: strings.Repeat("c", 64), Moment: "intake"}))
		b.do(manager, order.RePromise(order.Promise{Date: "2026-12-20", Why: "pièce attendue"}))
		b.do(manager, order.Assign("p2"))
		b.do(manager, order.Prediagnose(order.Prediagnosis{Symptoms: []order.Symptom{{ID: "slow", Value: -43, Unit: "s/d"}}}))
		b.do(manager, order.KeepChecks(order.Check{Phase: "before", Items: []order.CheckItem{{Item: "winding", Result: "ok"}}}))
		b.do(manager, order.Treat(order.Treatment{Phase: "before", Act: "wound"}))
		b.do(manager, order.KeepWater(order.WaterTest{Phase: "before", Method: "dry_pressure", Bar: 3, Agreed: true, Note: "testeur sans dépression", Passed: true}))
		b.do(manager, order.KeepElectric(order.Electric{Phase: "before", BatteryV: f64(1.55)}))
		b.do(manager, order.RejectCause(order.Rejection{Cause: "MAGNETISM", Why: "boussole immobile"}))
		b.do(manager, order.WriteNote(order.NoteRef{Words: words, Internal: true}))
		b.do(manager, order.Tell(order.MessageSent{Template: "receipt", Channel: "email"}))
		b.do(manager, order.Issue(order.DocumentIssued{Name: "receipt", Hash: strings.Repeat("d", 64), Lang: "fr"}))
		b.do(manager, order.Correct(order.Correction{Of: 3, Why: "erreur"}, order.KindCondition))
		b.do(staff.System(), order.Erase(order.Erasure{Saying: "said2", Why: "demande de la personne"}))
		b.do(manager, order.Route(order.KindHandedOut, order.Routing{To: "Centre agréé"}))
		b.do(manager, order.Route(order.KindCameBack, order.Routing{}))
		b.do(manager, order.HandBackUnrepaired(order.Handover{Why: "pièce introuvable"}))
	})
	story(func(b *book) {
		b.to(order.QuoteSent)
		b.do(manager, order.RecallQuote(order.Answering{Reason: "erreur"}))
	})
	story(func(b *book) {
		b.to(order.QuoteSent)
		b.do(manager, order.RefuseAdvice(order.AdviceRefusal{Operation: "ET", LabelFR: "essai d’étanchéité", LabelEN: "water test", Gross: 2000, Why: "pas de bain"}))
		b.do(manager, order.Advise(order.Advice{Solutions: order.Solutions(order.Wanted{Watch: b.s.Watch}, listed("REV-AUTO"))}))
		for _, d := range []func(order.Approval) order.Decision{order.ReturnQuote, order.RemarkQuote, order.ApproveQuote} {
			b.do(person(staff.Counter), order.PriceUnder(strict, priced(100_00, 300_00)))
			q := b.s.LastQuote()
			b.do(manager, d(order.Approval{Version: q.Version, Hash: q.Hash, Words: "remise à revoir"}))
		}
	})
	story(func(b *book) { b.to(order.QuoteSent); b.do(manager, order.DeclineQuote(order.Answering{Version: 1})) })
	story(func(b *book) {
		b.to(order.QuoteSent)
		b.now = b.now.AddDate(0, 0, 40)
		b.do(staff.System(), order.ExpireQuote())
	})
	story(func(b *book) {
		b.to(order.Accepted)
		b.do(staff.Customer(), order.WithdrawQuote(order.Answering{Mode: "link"}))
	})
	story(func(b *book) {
		b.to(order.Accepted)
		b.do(manager, order.AwaitParts(order.PartsWait{Parts: []string{"Joint de fond"}}))
		b.do(manager, order.PartsHere(order.PartsWait{}))
	})
	story(func(b *book) {
		b.to(order.InWork)
		b.do(manager, order.RaiseAlert(order.Alert{About: order.RepairNeeded, Step: "1.1", Note: "pivot cassé"}))
		raised := b.s.Seq
		b.now = b.now.Add(order.AlertPatience)
		b.do(staff.System(), order.EscalateAlert(raised))
		b.do(manager, order.AcknowledgeAlert(order.AlertAnswer{Of: raised}))
		b.do(manager, order.SettleAlert(order.AlertAnswer{Of: raised, Outcome: "outside", Note: "chez le pivoteur"}))
		b.do(manager, order.AskSupplement(order.Supplement{Step: "1.2", Why: "roue usée", Lines: []order.QuoteLine{{ID: "s1", Kind: order.Obligatory, LabelFR: "roue", Quantity: 1, UnitGross: 4500, VAT: 2000}},
			Steps: []order.Step{{ID: "s1.1", Operation: "REV-AUTO", LabelFR: "changer la roue"}}}))
		b.do(manager, order.AnswerSupplement(order.SupplementAnswer{Of: b.s.Seq, Accepted: true, Mode: "phone"}))
		b.readCards()
		b.do(manager, order.AgreePolish(order.PolishConsent{Agreed: true, Hallmarks: true, Mode: "counter"}))
		b.do(manager, order.MovePiece(order.PieceMove{Piece: "movement", Place: "poste 2", Scan: true}))
		b.do(staff.Actor{ID: "tutor", Roles: []staff.Role{staff.Watchmaker}}, order.Countersign(order.Countersignature{Of: 1, Competence: "C1", Verdict: "acquired"}, "p1", []string{"C1"}))
		b.do(staff.System(), order.IssuePassport(order.PassportIssued{Text: "{}", Key: "k", Signature: "s"}))
		b.do(manager, order.KeepReading(order.Reading{Phase: "after", Position: "CH", Winding: "0h", How: "typed", BeatError: f64(2)}))
		b.do(manager, order.Adjust(order.Adjustment{What: "beat", Why: "piton tourné"}))
	})
	story(func(b *book) {
		b.to(order.InDiagnosis)
		b.do(manager, order.KeepReading(goodReading(order.Before)))
		first := b.s.Seq
		b.do(manager, order.KeepReading(goodReading(order.Before)))
		b.do(manager, order.ChooseReading(order.ReadingChoice{Of: first, Why: "la seconde dans le bruit"}))
	})
	story(func(b *book) {
		b.to(order.InControl)
		b.do(manager, order.RefuseControl(order.Control{Cause: "poussière"}))
	})
	story(func(b *book) {
		b.to(order.Ready)
		b.do(manager, order.Ship(order.Handover{Carrier: "X", Tracking: "Y"}))
	})
	story(func(b *book) {
		b.to(order.Ready)
		b.now = b.now.AddDate(0, 0, 400)
		b.do(manager, order.Abandon(order.Handover{Why: "un an"}))
	})
	story(func(b *book) {
		b.to(order.InDiagnosis)
		b.do(manager, order.Diagnose(order.Diagnosis{Causes: []string{"REGULATION"}, Perimeter: "technician"}))
		q := quote()
		q.Lines = q.Lines[1:]
		q.Lines[0].Kind, q.Lines[0].UnitGross = order.Obligatory, 5000
		b.do(manager, order.Price(q))
		b.do(manager, order.UseCeiling())
	})
	return out
}

func TestUnknownKindIsAnErrorNeverSkipped(t *testing.T) {
	e, err := journal.Write("main", "s1", journal.Entry{}, journal.Draft{ID: "x", Kind: "invented", Version: 1, By: "p", Happened: start, Data: json.RawMessage(`{}`)}, start)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := order.Fold([]journal.Entry{e}); err == nil {
		t.Error("an unknown kind was skipped")
	}
}
