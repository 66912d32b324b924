package demo

import (
	"context"
	"slices"
	"strings"
	"time"

	"etabli.example/diagnosis"
	"etabli.example/horology"
	"etabli.example/ident"
	"etabli.example/money"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
	"etabli.example/workshop"
)

// teller tells one order's story, act by act.
type teller struct {
	*filler
	plan
	ctx   context.Context
	sheet string
	s     order.State
	err   error
}

// order tells a plan up to its goal.
func (f *filler) order(ctx context.Context, p plan) error {
	t := &teller{filler: f, plan: p, ctx: ctx, sheet: ident.New()}
	f.at = p.opened
	for _, stage := range route(p.goal) {
		if t.err == nil {
			t.reach(stage)
		}
	}
	return t.err
}

// route lists the stages an order passes on its way to goal.
func route(goal order.Stage) []order.Stage {
	spine := []order.Stage{order.Received, order.InDiagnosis, order.QuoteSent, order.Accepted, order.Preparing, order.InWork, order.InControl, order.Ready, order.Returned}
	upTo := func(s order.Stage) []order.Stage { return slices.Clone(spine[:slices.Index(spine, s)+1]) }
	switch goal {
	case order.Announced:
		return []order.Stage{order.Announced}
	case order.Declined, order.Expired:
		return append(upTo(order.QuoteSent), goal)
	case order.Withdrawn:
		return append(upTo(order.Accepted), goal)
	case order.WaitingParts:
		return append(upTo(order.Accepted), goal)
	case order.Redo:
		return append(upTo(order.InControl), goal)
	case order.Sent, order.Abandoned:
		return append(upTo(order.Ready), goal)
	case order.ReturnedUnrepaired:
		return append(upTo(order.QuoteSent), order.Declined, goal)
	case order.AtSubcontractor:
		return append(upTo(order.InDiagnosis), goal)
	case order.Transferred:
		return append(upTo(order.Received), goal)
	case order.Complaint:
		return append(upTo(order.Returned), goal)
	}
	return upTo(goal)
}

// act is by the person of that login, a while after the one before, never later than today.
func (t *teller) act(login string, after time.Duration) workshop.Act {
	if next := t.at.Add(after); next.Before(t.today) {
		t.filler.at = next
	}
	who := staff.Customer()
	if login != "" {
		who = t.people[login].Actor("")
	}
	return workshop.Act{Who: who, Sheet: t.sheet, Seen: -1, Entry: ident.New()}
}

// did takes the answer of an act.
func (t *teller) did(s order.State, err error) bool {
	if t.err == nil {
		t.s, t.err = s, err
	}
	return t.err == nil
}

func (t *teller) bench() string { return []string{"samir", "aude"}[t.n%2] }

// day is how long the bench waits between acts: orders move at workshop pace.
const day = 24 * time.Hour

func (t *teller) reach(stage order.Stage) {
	w := t.w
	switch stage {
	case order.Announced, order.Received:
		t.receive()
	case order.InDiagnosis:
		t.examine()
	case order.QuoteSent:
		t.quote()
	case order.Accepted, order.Declined:
		t.answer(stage == order.Accepted)
	case order.Withdrawn:
		t.did(w.Withdraw(t.ctx, t.act("nadia", day/2), "Le client préfère attendre."))
	case order.Expired:
		if _, err := w.ExpireQuotes(t.later(35 * day)); err != nil {
			t.err = err
		}
	case order.WaitingParts:
		t.did(w.AwaitParts(t.ctx, t.act(t.bench(), day), order.PartsWait{Parts: []string{"STD-770"}, Expected: t.today.AddDate(0, 0, 8).Format("2006-01-02"), Why: "Commande partie chez le fournisseur."}))
	case order.Preparing:
		t.prepare()
	case order.InWork:
		t.work()
	case order.InControl:
		t.finish()
	case order.Redo:
		t.did(w.RefuseControl(t.ctx, t.act("jeanne", day/2), order.Control{Cause: "Une poussière sous la glace, à 4 h."}))
	case order.Ready:
		t.control()
	case order.Returned:
		t.did(w.HandBack(t.ctx, t.act("nadia", 2*day), order.Handover{To: "customer", Shown: true, PartsReturned: true, Advice: []string{"water", "winding", "next_service"}, Receipt: "T-2026-" + digitsOf(t.s.Number)}))
	case order.Sent:
		t.did(w.Ship(t.ctx, t.act("nadia", day), order.Handover{To: "customer", Carrier: "Chronopost", Tracking: "XX000000000FR", PartsReturned: true, Insured: t.s.DeclaredValue}))
	case order.ReturnedUnrepaired:
		t.did(w.HandBackUnrepaired(t.ctx, t.act("nadia", 2*day), order.Handover{To: "customer", Why: "Devis refusé.", WaterNotGuaranteed: true}))
	case order.Abandoned:
		t.did(w.Abandon(t.ctx, t.act("nadia", 366*day), order.Handover{Why: "Un an sans nouvelles, courriers revenus."}))
	case order.AtSubcontractor:
		t.did(w.Route(t.ctx, t.act("nadia", day), order.KindHandedOut, order.Routing{To: "Centre agréé", Why: "Hors du périmètre de l'atelier.", Tracking: "XX000000001FR", Insured: 150000}))
	case order.Transferred:
		t.did(w.Route(t.ctx, t.act("nadia", day), order.KindTransferred, order.Routing{To: "LYO", Why: "La montre se retire à Lyon."}))
	case order.Complaint:
		t.did(w.OpenComplaint(t.ctx, t.act("nadia", 8*day), "timing", "Elle avance de nouveau, quinze secondes par jour."))
	}
}

// later moves the demo's clock on.
func (t *teller) later(d time.Duration) context.Context {
	t.act("", d)
	return t.ctx
}

func (t *teller) watch() watch.Watch {
	p := t.piece
	x := watch.Watch{Brand: p.brand, Model: p.model, Reference: p.ref, CalibreMaker: p.maker, Calibre: p.calibre, Kind: p.kind,
		WaterBar: p.bar, Year: p.year, Functions: p.functions, Material: p.material, CaseNo: serial(t.n)}
	if c, ok := horology.CalibreOf(p.maker, p.calibre); ok {
		if c.BPH != nil {
			x.BPH = *c.BPH
		}
		if c.LiftDeg != nil {
			x.LiftDeg = *c.LiftDeg
		}
	}
	return x
}

func (t *teller) receive() {
	owner := t.owner
	in := workshop.Intake{Customer: owner, Watch: t.watch(), Request: t.piece.words}
	in.Purpose, in.Channel, in.ReadBack = "repair", "counter", true
	in.Wishes = []string{"no_polish", "return_parts"}[:t.n%3%2+1]
	in.Accessories = []string{"leather_strap"}
	in.DeclaredValue = money.Cents(20000 + 15000*(t.n%9))
	if t.n%4 == 0 {
		in.Ceiling = 8000
	}
	in.Promised = t.at.AddDate(0, 0, 14+t.n%9).Format("2006-01-02")
	if t.piece.material == "gold" {
		in.WeightGrams, in.Fineness = 38.4, 750
		in.Customer.Address, in.Customer.Postcode, in.Customer.City = "8 rue Lepic", "75018", "Paris"
	}
	in.Marks = []order.Mark{{Zone: "crystal", Defect: "scratch", Grade: 2, Note: "entre 1 h et 2 h"}, {Zone: "lug_7", Defect: "dent", Grade: 1 + t.n%3}}[:1+t.n%2]
	a := t.act("nadia", 0)
	if t.goal == order.Announced {
		t.did(t.w.Announce(t.ctx, a, in))
		return
	}
	if !t.did(t.w.Receive(t.ctx, a, in)) {
		return
	}
	var symptoms []order.Symptom
	for _, id := range t.piece.symptoms {
		symptoms = append(symptoms, order.Symptom{ID: id})
	}
	if len(symptoms) > 0 {
		t.did(t.w.Prediagnose(t.ctx, t.act("nadia", 3*time.Minute), order.Prediagnosis{Symptoms: symptoms}))
	}
}

func (t *teller) examine() {
	if !t.did(t.w.Examine(t.ctx, t.act(t.bench(), day))) {
		return
	}
	t.tests(order.Before)
	t.did(t.w.Uncase(t.ctx, t.act(t.bench(), 20*time.Minute), order.Uncasing{CaseType: "screw_back", Tools: []string{"clé à fond"}, Gasket: "worn", Crystal: "scratched"}))
}

// quote diagnoses what the bench found, prices and sends it.
func (t *teller) quote() {
	d := order.Diagnosis{Causes: []string{t.cause()}, Why: "Constaté au démontage partiel.", Summary: t.summary("fr"), SummaryEN: t.summary("en")}
	if t.s.Watch.Beyond != "" {
		d.Perimeter, d.Operations = "watchmaker", []string{"REV-CHR"}
	}
	if !t.did(t.w.Diagnose(t.ctx, t.act(t.bench(), time.Hour), d)) {
		return
	}
	lines, err := t.w.SuggestLines(t.ctx, t.s)
	if err != nil {
		t.err = err
		return
	}
	if len(lines) == 0 {
		lines = []order.QuoteLine{{ID: "1", Kind: order.Obligatory, Operation: "REV-AUTO", LabelFR: "Révision complète", LabelEN: "Full service", Quantity: 1, UnitGross: prices["REV-AUTO"], VAT: 2000}}
	}
	for i := range lines {
		if lines[i].UnitGross == 0 {
			lines[i].UnitGross = 2500
		}
	}
	lines = append(lines,
		order.QuoteLine{ID: "opt-1", Kind: order.Recommended, Operation: "JOI", LabelFR: "Jeu de joints neuf", LabelEN: "New gaskets", Quantity: 1, UnitGross: prices["JOI"], VAT: 2000},
		order.QuoteLine{ID: "opt-2", Kind: order.Cosmetic, Operation: "POL", LabelFR: "Polissage de la boîte", LabelEN: "Case polishing", Quantity: 1, UnitGross: prices["POL"], VAT: 2000})
	q := order.Quote{Lines: lines, Free: true, Summary: d.Summary, SummaryEN: d.SummaryEN, Ready: later(t.at.AddDate(0, 0, 16), t.today).Format("2006-01-02")}
	if t.did(t.w.Price(t.ctx, t.act(t.bench(), 30*time.Minute), q)) {
		s, _, err := t.w.SendQuote(t.ctx, t.act("nadia", time.Hour), "email")
		t.did(s, err)
	}
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func (t *teller) answer(yes bool) {
	q := t.s.LastQuote()
	x := order.Answering{Version: q.Version, Hash: q.Hash, Mode: "counter", Reason: "Trop cher pour cette montre."}
	if yes {
		x.Reason, x.Chosen = "", []string{"opt-1"}
	}
	t.did(t.w.Answer(t.ctx, t.act("nadia", 2*day), yes, x))
}

func (t *teller) prepare() {
	p := workshop.SuggestPlan(t.s)
	p.Acknowledged = true
	if !t.did(t.w.Plan(t.ctx, t.act(t.worker(), day), p)) {
		return
	}
	items := map[string]bool{}
	for _, it := range order.WorkstationItems() {
		items[it] = true
	}
	t.did(t.w.CheckWorkstation(t.ctx, t.act(t.worker(), 5*time.Minute), order.Workstation{Items: items}))
}

// worker is who may do the planned work.
func (t *teller) worker() string {
	beyond := t.s.Diagnosis != nil && t.s.Diagnosis.Perimeter != "technician"
	if beyond || t.s.Plan != nil && t.s.Plan.Level != "T" {
		return "jeanne"
	}
	return t.bench()
}

func (t *teller) work() {
	if !t.did(t.w.StartWork(t.ctx, t.act(t.worker(), 10*time.Minute))) {
		return
	}
	half := len(t.s.Plan.Steps)
	if t.goal == order.InWork {
		half = half / 2
	}
	for _, c := range t.s.Cards() {
		if c.By == "" && !t.did(t.w.ReadSafety(t.ctx, t.act(t.worker(), time.Minute), c.Code)) {
			return
		}
	}
	for _, st := range t.s.Plan.Steps[:half] {
		if !t.did(t.w.Step(t.ctx, t.act(t.worker(), 12*time.Minute), order.StepAct{Step: st.ID, Act: "done"})) {
			return
		}
	}
	if t.goal == order.InWork {
		t.did(t.w.RaiseAlert(t.ctx, t.act(t.worker(), time.Minute), order.Alert{About: "part_missing", Note: "joint de couronne absent du tiroir"}))
	}
	t.did(t.w.Finding(t.ctx, t.act(t.worker(), time.Minute), order.Finding{Component: "STD-206", State: "dry", Note: "huile sèche aux pivots"}))
	t.did(t.w.Part(t.ctx, t.act(t.worker(), time.Minute), order.PartUsed{Code: "JTF", Lot: "J-2291", Origin: "generic", Old: "returned"}))
}

func (t *teller) finish() {
	t.did(t.w.CaseUp(t.ctx, t.act(t.worker(), 15*time.Minute), order.Casing{Dust: true, Hands: true, Gasket: "new", Closed: true}))
	t.tests(order.After)
	t.did(t.w.FinishWork(t.ctx, t.act(t.worker(), 10*time.Minute)))
}

func (t *teller) control() {
	items := map[string]bool{}
	for _, it := range order.ControlItems() {
		items[it] = true
	}
	t.did(t.w.PassControl(t.ctx, t.act("jeanne", day), order.Control{Items: items, Out: "Relu par l'horlogère : conforme à l'usage annoncé au client."}))
}

// cause is what the bench finds, or a plain overhaul where the piece names none.
func (t *teller) cause() string {
	if t.piece.cause != "" {
		return t.piece.cause
	}
	return "OIL_DIRTY"
}

// digitsOf is the running number within an order's number: the till counts alike.
func digitsOf(number string) string {
	parts := strings.Split(number, "-")
	if len(parts) < 3 {
		return number
	}
	return parts[2]
}

func (t *teller) summary(lang string) string {
	if info, ok := diagnosis.CauseByID(t.cause()); ok {
		return info.Name.In(lang) + ". " + info.Remedy.In(lang)
	}
	return ""
}

func serial(n int) string {
	digits := []byte("10 448 217")
	digits[9] = byte('0' + n%10)
	digits[8] = byte('0' + n/10%10)
	return string(digits)
}
