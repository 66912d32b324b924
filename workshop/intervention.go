package workshop

import (
	"context"
	"slices"
	"strconv"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// SuggestPlan makes the work plan of the accepted operations: their steps,
// tools and supplies as the trade's catalogue has them.
func SuggestPlan(s order.State) order.Plan {
	p := order.Plan{Level: "T"}
	q := s.LastQuote()
	if q == nil {
		return p
	}
	for _, l := range q.With(q.Chosen) {
		op, ok := horology.OperationByCode(l.Operation)
		if !ok {
			continue
		}
		p.Operations = append(p.Operations, op.Code)
		addSteps(&p, op)
		p.Tools = union(p.Tools, op.Tools)
		p.Supplies = union(p.Supplies, op.Supplies)
		if op.SafetyFR != "" {
			p.Safety = union(p.Safety, []string{op.SafetyFR})
		}
		p.Minutes += (op.MinutesMin + op.MinutesMax) / 2
		if rank(op.Level) > rank(p.Level) {
			p.Level = op.Level
		}
	}
	return p
}

func addSteps(p *order.Plan, op horology.Operation) {
	n := strconv.Itoa(len(p.Operations))
	for i, fr := range op.StepsFR {
		en := fr
		if i < len(op.StepsEN) && len(op.StepsEN) == len(op.StepsFR) {
			en = op.StepsEN[i]
		}
		p.Steps = append(p.Steps, order.Step{ID: n + "." + strconv.Itoa(i+1), Operation: op.Code, LabelFR: fr, LabelEN: en})
	}
}

func union(a, b []string) []string {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

// rank orders levels; T/H depends on what is found and counts as T until then.
func rank(level string) int {
	switch level {
	case "H":
		return 1
	case "M":
		return 2
	}
	return 0
}

// Plan writes the work plan.
func (w *Workshop) Plan(ctx context.Context, a Act, p order.Plan) (order.State, error) {
	return w.decide(ctx, a, order.PlanWork(p))
}

// CheckWorkstation records the checklist of the bench.
func (w *Workshop) CheckWorkstation(ctx context.Context, a Act, x order.Workstation) (order.State, error) {
	return w.decide(ctx, a, order.CheckWorkstation(x))
}

// AwaitParts puts the order aside until parts are here.
func (w *Workshop) AwaitParts(ctx context.Context, a Act, x order.PartsWait) (order.State, error) {
	return w.decide(ctx, a, order.AwaitParts(x))
}

// PartsHere takes the order up again.
func (w *Workshop) PartsHere(ctx context.Context, a Act, x order.PartsWait) (order.State, error) {
	return w.decide(ctx, a, order.PartsHere(x))
}

// StartWork takes the watch to the bench.
func (w *Workshop) StartWork(ctx context.Context, a Act) (order.State, error) {
	return w.decide(ctx, a, order.StartWork())
}

// Step records what happened to a step.
func (w *Workshop) Step(ctx context.Context, a Act, x order.StepAct) (order.State, error) {
	return w.decide(ctx, a, order.DoStep(x))
}

// Finding records what was seen.
func (w *Workshop) Finding(ctx context.Context, a Act, x order.Finding) (order.State, error) {
	return w.decide(ctx, a, order.NoteFinding(x))
}

// Part records a replaced component; one from a lot the house keeps is taken out
// of the stock in the same unit of work.
func (w *Workshop) Part(ctx context.Context, a Act, x order.PartUsed) (order.State, error) {
	if part, ok := horology.PartByCode(x.Code); ok && x.Label == "" {
		x.Label = part.FR
	}
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	return w.decide(ctx, a, order.ReplacePart(x), w.takePart(a, x))
}

// CaseUp records the casing.
func (w *Workshop) CaseUp(ctx context.Context, a Act, x order.Casing) (order.State, error) {
	return w.decide(ctx, a, order.CaseUp(x))
}

// FinishWork sends the watch to control.
func (w *Workshop) FinishWork(ctx context.Context, a Act) (order.State, error) {
	return w.decide(ctx, a, order.FinishWork())
}

// Assign gives the watch to a person.
func (w *Workshop) Assign(ctx context.Context, a Act, person string) (order.State, error) {
	return w.decide(ctx, a, order.Assign(person), func(ctx context.Context, tx Tx, _ order.State) error {
		if person == "" {
			return nil // the rules say so, after asking for the right
		}
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(people, func(p staff.Person) bool { return p.ID == person && p.Active }) {
			return fault.New(fault.Invalid, "order.nobody")
		}
		return nil
	})
}

// Promise changes the promised date.
func (w *Workshop) Promise(ctx context.Context, a Act, p order.Promise) (order.State, error) {
	return w.decide(ctx, a, order.RePromise(p))
}
