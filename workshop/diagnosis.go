package workshop

import (
	"context"
	"strings"

	"etabli.example/diagnosis"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

// Prediagnosis is what the counter sees while the customer speaks.
type Prediagnosis struct {
	Understood []diagnosis.Symptom
	Result     diagnosis.Result
}

// Understand reads the customer's words; nothing is written.
func (w *Workshop) Understand(words string, kind watch.Kind, functions []string) Prediagnosis {
	c := diagnosis.Case{Watch: diagnosis.Watch{Kind: kindFor(kind)}, Context: strings.Join(append([]string{words}, functions...), ". ")}
	r := diagnosis.Diagnose(c)
	return Prediagnosis{Understood: r.Understood, Result: r}
}

func kindFor(k watch.Kind) string {
	if k == watch.Unknown {
		return ""
	}
	return string(k)
}

// Ranking is the diagnosis page: the case as the sheet tells it, and what follows.
type Ranking struct {
	View   SheetView
	Case   diagnosis.Case
	Result diagnosis.Result
}

// Rank reads the sheet and ranks the causes. Rejected causes stay listed by the
// sheet; they are taken out of the ranking.
func (w *Workshop) Rank(ctx context.Context, a Act) (Ranking, error) {
	v, err := w.Sheet(ctx, a.Who, a.Sheet)
	if err != nil {
		return Ranking{}, err
	}
	c := CaseOf(v.State, v.Words[v.Request.ID])
	r := Ranking{View: v, Case: c, Result: w.learnt(ctx).Diagnose(c)}
	kept := r.Result.Causes[:0:0]
	for _, cause := range r.Result.Causes {
		if !rejected(v.Rejected, cause.ID) {
			kept = append(kept, cause)
		}
	}
	r.Result.Causes = kept
	return r, nil
}

func rejected(list []order.Rejection, cause string) bool {
	for _, r := range list {
		if r.Cause == cause {
			return true
		}
	}
	return false
}

// CaseOf tells the diagnosis what the sheet knows: confirmed symptoms, the
// customer's words, readings as received, checks, water and wired readings.
func CaseOf(s order.State, words string) diagnosis.Case {
	c := diagnosis.Case{Context: words, Watch: diagnosis.Watch{Brand: s.Watch.Brand, Calibre: s.Watch.CalibreTitle(),
		Kind: kindFor(s.Watch.Kind), BPH: s.Watch.BPH, LiftAngleDeg: s.Watch.LiftDeg}}
	if s.Watch.Beyond != "" {
		c.Context = strings.TrimSpace(c.Context + ". " + strings.Join(s.Watch.Functions, ", "))
	}
	for _, x := range s.Symptoms {
		c.Findings.Observed = append(c.Findings.Observed, diagnosis.Observation{Finding: x.ID, Negated: x.Absent})
	}
	for _, r := range s.ReadingsOf(order.Before) {
		c.Findings.Timing = append(c.Findings.Timing, diagnosis.Reading{Position: r.Position, Winding: windingFor(r.Winding),
			RateSPerDay: r.Rate, AmplitudeDeg: r.Amplitude, BeatErrorMS: r.BeatError})
	}
	addChecks(&c.Findings, s)
	addElectric(&c.Findings.Quartz, s)
	return c
}

func windingFor(w string) string {
	if w == "0h" {
		return "full"
	}
	return w
}

// addChecks tells the function tests as the short phrases a bench would write.
func addChecks(f *diagnosis.Findings, s order.State) {
	for _, c := range s.Checks {
		if c.Phase != order.Before {
			continue
		}
		for _, it := range c.Items {
			var phrase string
			switch it.Result {
			case "ok":
				phrase = strings.TrimSpace("ok " + it.Note)
			case "fault":
				phrase = strings.TrimSpace("défaut " + it.Note)
			default:
				continue
			}
			switch it.Item {
			case "winding":
				f.Checks.Winding = phrase
			case "setting":
				f.Checks.Setting = phrase
			case "rotor":
				f.Checks.Rotor = phrase
			case "magnetism":
				f.Checks.Magnetised = map[string]string{"ok": "non", "fault": "oui " + it.Note}[it.Result]
			case "condensation":
				f.Checks.Condensation = map[string]string{"ok": "non", "fault": "oui " + it.Note}[it.Result]
			case "power_reserve":
				if it.Value != nil {
					f.PowerReserveH = it.Value
				}
			default:
				if f.Checks.Other == nil {
					f.Checks.Other = map[string]string{}
				}
				f.Checks.Other[it.Item] = phrase
			}
		}
	}
	for _, wt := range s.Waters {
		if wt.Phase == order.Before {
			f.Checks.WaterTest = map[bool]string{true: "ok", false: "échec, fuite"}[wt.Passed]
		}
	}
}

func addElectric(q *diagnosis.QuartzReading, s order.State) {
	for _, x := range s.Electric {
		if x.Phase == order.Before {
			q.BatteryV, q.ConsumptionUA, q.CircuitOnlyUA = x.BatteryV, x.ConsumptionUA, x.CircuitOnlyUA
			q.CoilKOhm, q.MinStartV = x.CoilKOhm, x.MinVoltageV
		}
	}
}

// Prediagnose records the questionnaire.
func (w *Workshop) Prediagnose(ctx context.Context, a Act, p order.Prediagnosis) (order.State, error) {
	return w.decide(ctx, a, order.Prediagnose(p))
}

// Examine takes the order into diagnosis, with the faults to look for as the
// words and the file suggest them (C5).
func (w *Workshop) Examine(ctx context.Context, a Act) (order.State, error) {
	r, err := w.Rank(ctx, a)
	if err != nil {
		return order.State{}, err
	}
	var x order.Examination
	for i, c := range r.Result.Causes {
		if i < 5 {
			x.Possible = append(x.Possible, c.ID)
		}
	}
	for _, g := range r.Result.Gaps {
		x.Contradictions = append(x.Contradictions, order.Text(g))
	}
	return w.decide(ctx, a, order.Examine(x))
}

// Uncase records the opening of the watch.
func (w *Workshop) Uncase(ctx context.Context, a Act, u order.Uncasing) (order.State, error) {
	return w.decide(ctx, a, order.Uncase(u))
}

// RejectCause sets a proposal aside with a reason.
func (w *Workshop) RejectCause(ctx context.Context, a Act, r order.Rejection) (order.State, error) {
	return w.decide(ctx, a, order.RejectCause(r))
}

// Diagnose establishes the final diagnosis. What the machine proposed at that
// moment is copied beside the person's choice, and the chosen cause's operations,
// parts and perimeter where the person named none.
func (w *Workshop) Diagnose(ctx context.Context, a Act, d order.Diagnosis) (order.State, error) {
	r, err := w.Rank(ctx, a)
	if err != nil {
		return order.State{}, err
	}
	d.Answer, d.Proposed = r.Result.Answer, nil
	for i, c := range r.Result.Causes {
		if i < 5 {
			d.Proposed = append(d.Proposed, order.Proposed{Cause: c.ID, Probability: c.Probability})
		}
	}
	for _, chosen := range d.Causes {
		if info, ok := diagnosis.CauseByID(chosen); ok {
			fillFrom(&d, info, r.Result.Causes)
		}
	}
	if r.View.Watch.Beyond != "" && d.Perimeter == diagnosis.Technician {
		d.Perimeter = diagnosis.Watchmaker
	}
	return w.decide(ctx, a, order.Diagnose(d))
}

func fillFrom(d *order.Diagnosis, info diagnosis.CauseInfo, ranked []diagnosis.Cause) {
	perimeter, operations := info.Perimeter, info.Operations
	for _, c := range ranked {
		if c.ID == info.ID {
			perimeter, operations = c.Perimeter, c.Operations
		}
	}
	if d.Perimeter == "" {
		d.Perimeter = perimeter
	}
	if len(d.Operations) == 0 {
		d.Operations = append(d.Operations, operations...)
	}
}
