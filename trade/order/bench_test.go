package order_test

import (
	"slices"
	"testing"
	"time"

	"etabli.example/fault"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// A tap is taken back without a word for ten seconds, and what stood before
// stands again; later, opening the step says why.
func TestTakeBack(t *testing.T) {
	tech := person(staff.Technician)
	at := func(b *book, who staff.Actor, after time.Duration, d order.Decision) error {
		b.now = b.now.Add(after - time.Minute) // try adds a minute
		return b.try(who, d)
	}
	b := newBook(t).to(order.InWork)
	b.readCards()
	b.do(tech, order.DoStep(order.StepAct{Step: "1.1", Act: "started"}))
	if err := at(b, tech, 90*time.Second, order.DoStep(order.StepAct{Step: "1.1", Act: "done", How: "helped", With: "p2"})); err != nil {
		t.Fatal(err)
	}
	if x := b.s.Steps["1.1"]; x.Took != 90*time.Second || x.With != "p2" || !x.Fresh(b.now) {
		t.Errorf("done: %+v", x)
	}
	if err := at(b, tech, 9*time.Second, order.DoStep(order.StepAct{Step: "1.1", Act: "undone"})); err != nil {
		t.Errorf("after 9 s: %v", err)
	}
	if x := b.s.Steps["1.1"]; x.Act != "started" {
		t.Errorf("what stood before is not back: %+v", x)
	}
	b.do(tech, order.DoStep(order.StepAct{Step: "1.1", Act: "done"}))
	if err := at(b, tech, time.Minute, order.DoStep(order.StepAct{Step: "1.1", Act: "undone"})); !fault.Is(err, fault.Invalid) {
		t.Errorf("a minute later, without a word: %v", err)
	}
	if err := at(b, tech, time.Minute, order.DoStep(order.StepAct{Step: "1.1", Act: "undone", Reason: "vis oubliée"})); err != nil {
		t.Errorf("with the reason: %v", err)
	}
	if n := len(b.entries); b.entries[n-1].Version != 2 {
		t.Errorf("a step is written as version %d", b.entries[n-1].Version)
	}
}

// threeSteps is an order at work on a plan of two operations.
func threeSteps(t *testing.T) *book {
	b := unread(t)
	b.readCards()
	return b
}

// unread is the same before anybody read a safety card.
func unread(t *testing.T) *book {
	b := newBook(t).to(order.Accepted)
	b.do(manager, order.PlanWork(order.Plan{Operations: []string{"REV-AUTO", "JOI"}, Level: "T", Acknowledged: true, Steps: []order.Step{
		{ID: "1.1", Operation: "REV-AUTO", LabelFR: "démonter"}, {ID: "1.2", Operation: "REV-AUTO", LabelFR: "nettoyer"}, {ID: "2.1", Operation: "JOI", LabelFR: "joints"}}}))
	b.do(manager, order.CheckWorkstation(order.Workstation{Items: all(order.WorkstationItems())}))
	b.do(manager, order.StartWork())
	return b
}

// readCards acknowledges every safety card that is called for.
func (b *book) readCards() {
	for _, c := range b.s.Cards() {
		if c.By == "" {
			b.do(manager, order.ReadSafety(c.Code))
		}
	}
}

func held(b *book) (out []string) {
	for _, st := range b.s.Plan.Steps {
		if h, is := b.s.HeldStep(st.ID); is {
			out = append(out, st.ID+" "+h.Why)
		}
	}
	return out
}

// A repair beyond replacement pauses its branch and no other, until whoever it
// is for settles it.
func TestAlert(t *testing.T) {
	tech, watchmaker := person(staff.Technician), staff.Actor{ID: "p9", Roles: []staff.Role{staff.Watchmaker}}
	b := threeSteps(t)
	b.do(tech, order.DoStep(order.StepAct{Step: "1.1", Act: "done"}))
	b.do(tech, order.RaiseAlert(order.Alert{About: order.RepairNeeded, Step: "1.2", Note: "pivot cassé"}))
	of := b.s.Seq
	if got := held(b); !slices.Equal(got, []string{"1.2 alert"}) {
		t.Errorf("held: %v", got)
	}
	if order.RowOf(b.s).Alerts != 1 {
		t.Error("the row does not count it")
	}
	for name, c := range map[string]struct {
		who  staff.Actor
		d    order.Decision
		kind fault.Kind
	}{
		"the step it stops":         {tech, order.DoStep(order.StepAct{Step: "1.2", Act: "done"}), fault.Conflict},
		"the same alert again":      {tech, order.RaiseAlert(order.Alert{About: order.RepairNeeded, Step: "1.2", Note: "pivot cassé"}), fault.Conflict},
		"a repair at no step":       {tech, order.RaiseAlert(order.Alert{About: order.RepairNeeded}), fault.Invalid},
		"another without a word":    {tech, order.RaiseAlert(order.Alert{About: "other"}), fault.Invalid},
		"overdue by hand":           {tech, order.RaiseAlert(order.Alert{About: order.Overdue}), fault.Invalid},
		"read by whom it is not":    {tech, order.AcknowledgeAlert(order.AlertAnswer{Of: of}), fault.Denied},
		"settled without a word":    {watchmaker, order.SettleAlert(order.AlertAnswer{Of: of, Outcome: "go_on"}), fault.Invalid},
		"settled without outcome":   {watchmaker, order.SettleAlert(order.AlertAnswer{Of: of, Note: "vu"}), fault.Invalid},
		"one nobody raised":         {watchmaker, order.AcknowledgeAlert(order.AlertAnswer{Of: 1}), fault.NotFound},
		"escalated by a person":     {manager, order.EscalateAlert(of), fault.Conflict},
		"escalated before its time": {staff.System(), order.EscalateAlert(of), fault.Conflict},
	} {
		if err := b.try(c.who, c.d); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b.do(tech, order.DoStep(order.StepAct{Step: "2.1", Act: "done"})) // another branch goes on
	b.now = b.now.Add(order.AlertPatience)
	b.do(staff.System(), order.EscalateAlert(of))
	if err := b.try(watchmaker, order.AcknowledgeAlert(order.AlertAnswer{Of: of})); !fault.Is(err, fault.Denied) {
		t.Errorf("the manager has it now, and yet: %v", err)
	}
	b.do(manager, order.AcknowledgeAlert(order.AlertAnswer{Of: of}))
	b.do(manager, order.SettleAlert(order.AlertAnswer{Of: of, Outcome: "go_on", Note: "pivot repris"}))
	if got := held(b); got != nil || len(b.s.OpenAlerts()) != 0 {
		t.Errorf("settled, and still held: %v", got)
	}
	b.do(tech, order.DoStep(order.StepAct{Step: "1.2", Act: "done"}))
}

// A supplement stops the step concerned and no other; accepted, its steps join
// the plan and its price what was agreed; declined, the step can be skipped only.
func TestSupplement(t *testing.T) {
	tech, counter := person(staff.Technician), staff.Actor{ID: "c", Roles: []staff.Role{staff.Counter}}
	b := threeSteps(t)
	ask := func(step string) order.Decision {
		return order.AskSupplement(order.Supplement{Step: step, Why: "roue usée", Lines: []order.QuoteLine{{ID: "s1", LabelFR: "roue", Quantity: 1, UnitGross: 4500, VAT: 2000}},
			Steps: []order.Step{{ID: "s1.1", Operation: "REV-AUTO", LabelFR: "changer la roue"}}})
	}
	before := b.s.Agreed()
	b.do(tech, ask("1.1"))
	first := b.s.Seq
	if got := held(b); !slices.Equal(got, []string{"1.1 supplement"}) {
		t.Errorf("held: %v", got)
	}
	if err := b.try(tech, ask("1.1")); !fault.Is(err, fault.Invalid) {
		t.Errorf("asked twice: %v", err)
	}
	if err := b.try(tech, order.AnswerSupplement(order.SupplementAnswer{Of: first, Accepted: true, Mode: "phone"})); !fault.Is(err, fault.Denied) {
		t.Errorf("the bench answers for the customer: %v", err)
	}
	b.do(counter, order.AnswerSupplement(order.SupplementAnswer{Of: first, Accepted: true, Mode: "phone"}))
	if got := b.s.Agreed() - before; got != 4500 || held(b) != nil || len(b.s.Plan.Steps) != 4 {
		t.Errorf("accepted: %v more, held %v, %d steps", got, held(b), len(b.s.Plan.Steps))
	}
	b.do(tech, ask("2.1"))
	b.do(staff.Customer(), order.AnswerSupplement(order.SupplementAnswer{Of: b.s.Seq, Mode: "link", Reason: "trop cher"}))
	if err := b.try(tech, order.DoStep(order.StepAct{Step: "2.1", Act: "done"})); !fault.Is(err, fault.Conflict) {
		t.Errorf("done though declined: %v", err)
	}
	b.do(tech, order.DoStep(order.StepAct{Step: "2.1", Act: "skipped", Reason: "non accepté"}))
}

func TestSafetyCards(t *testing.T) {
	codes := func(s order.State) (out []string) {
		for _, c := range s.Cards() {
			out = append(out, c.Code)
		}
		return out
	}
	plan := &order.Plan{Operations: []string{"POL", "VIN"}}
	for name, c := range map[string]struct {
		s    order.State
		want []string
	}{
		"nothing known":             {order.State{}, nil},
		"a dial of 1962":            {order.State{Watch: order.WatchFacts{Year: 1962}}, []string{"radium"}},
		"a dial of 1975":            {order.State{Watch: order.WatchFacts{Year: 1975}}, nil},
		"gold, polished, old":       {order.State{Watch: order.WatchFacts{Material: "gold"}, Plan: plan}, []string{"radium", "precious"}},
		"an overhaul":               {order.State{Diagnosis: &order.Diagnosis{Operations: []string{"REV-AUTO"}}}, []string{"solvent"}},
		"a cell that leaks":         {order.State{Findings: []order.Finding{{Component: "pile", State: "leaking"}}}, []string{"leaking_cell"}},
		"a lume found at the bench": {order.State{Findings: []order.Finding{{Component: "cadran", State: "luminous"}}}, []string{"radium"}},
	} {
		if got := codes(c.s); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	b := unread(t)
	if got := held(b); !slices.Equal(got, []string{"1.1 card_solvent", "1.2 card_solvent"}) {
		t.Errorf("nobody read the card of the bath, held: %v", got)
	}
	for _, act := range []string{"started", "done"} {
		if err := b.try(manager, order.DoStep(order.StepAct{Step: "1.1", Act: act})); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s before its card: %v", act, err)
		}
	}
	b.do(manager, order.DoStep(order.StepAct{Step: "2.1", Act: "started"})) // no bath in this operation
	b.do(manager, order.NoteFinding(order.Finding{Component: "pile", State: "leaking"}))
	if got := held(b); !slices.Equal(got, []string{"1.1 card_leaking_cell", "1.2 card_leaking_cell"}) {
		t.Errorf("a cell leaks, held: %v", got) // what was begun before may be ended
	}
	b.do(manager, order.DoStep(order.StepAct{Step: "2.1", Act: "done"}))
	b.do(manager, order.ReadSafety("leaking_cell"))
	b.do(person(staff.Technician), order.ReadSafety("solvent"))
	if got := held(b); got != nil {
		t.Errorf("read, and still held: %v", got)
	}
	if b.s.CardsLeft() != 0 {
		t.Error("read, and still asked for")
	}
	for card, kind := range map[string]fault.Kind{"solvent": fault.Conflict, "radium": fault.Invalid} {
		if err := b.try(manager, order.ReadSafety(card)); !fault.Is(err, kind) {
			t.Errorf("%s: %v", card, err)
		}
	}
}

func TestPieces(t *testing.T) {
	b := threeSteps(t)
	number, piece, ok := order.ParsePiece(" " + order.PieceCode(b.s.Number, "bracelet"))
	if !ok || number != b.s.Number || piece != "bracelet" {
		t.Errorf("%q %q %v", number, piece, ok)
	}
	for _, code := range []string{"", b.s.Number, b.s.Number + "/X", "/M"} {
		if _, _, ok := order.ParsePiece(code); ok {
			t.Errorf("%q is read as a piece", code)
		}
	}
	b.do(manager, order.MovePiece(order.PieceMove{Piece: "movement", Place: "poste 2"}))
	b.do(manager, order.MovePiece(order.PieceMove{Piece: "case", Place: "polissage"}))
	if !b.s.Apart() || b.s.Pieces["case"].Place != "polissage" {
		t.Errorf("%+v", b.s.Pieces)
	}
	for _, m := range []order.PieceMove{{Piece: "movement", Place: " "}, {Piece: "strap", Place: "x"}} {
		if err := b.try(manager, order.MovePiece(m)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", m, err)
		}
	}
}

func TestCountersign(t *testing.T) {
	tutor := staff.Actor{ID: "tutor", Roles: []staff.Role{staff.Watchmaker}}
	b := newBook(t).to(order.InWork)
	sign := func(c order.Countersignature) order.Decision { return order.Countersign(c, "p1", []string{"C1"}) }
	b.do(tutor, sign(order.Countersignature{Of: 1, Competence: "C1", Verdict: "acquired"}))
	for name, c := range map[string]struct {
		who  staff.Actor
		x    order.Countersignature
		kind fault.Kind
	}{
		"twice":                   {tutor, order.Countersignature{Of: 1, Competence: "C1", Verdict: "acquired"}, fault.Conflict},
		"one's own":               {manager, order.Countersignature{Of: 1, Competence: "C1", Verdict: "acquired"}, fault.Denied},
		"what it does not prove":  {tutor, order.Countersignature{Of: 1, Competence: "C2", Verdict: "acquired"}, fault.NotFound},
		"an entry yet to come":    {tutor, order.Countersignature{Of: 999, Competence: "C1", Verdict: "acquired"}, fault.NotFound},
		"again, without a reason": {tutor, order.Countersignature{Of: 1, Competence: "C1", Verdict: "again"}, fault.Invalid},
		"a technician":            {staff.Actor{ID: "p3", Roles: []staff.Role{staff.Technician}}, order.Countersignature{Of: 1, Competence: "C1", Verdict: "acquired"}, fault.Denied},
	} {
		if err := b.try(c.who, sign(c.x)); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A parcel is insured for no less than what the watch was said to be worth.
func TestShip_insured(t *testing.T) {
	b := newBook(t).to(order.Ready)
	b.s.DeclaredValue = 120000
	h := order.Handover{Carrier: "X", Tracking: "Y", Insured: 119999}
	if err := b.try(manager, order.Ship(h)); !fault.Is(err, fault.Invalid) {
		t.Errorf("under-insured: %v", err)
	}
	h.Insured = 120000
	if err := b.try(manager, order.Ship(h)); err != nil {
		t.Error(err)
	}
}
