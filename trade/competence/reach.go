package competence

import (
	"slices"

	"etabli.example/journal"
	"etabli.example/trade/order"
)

// reach is what one entry of an order proves: of the competences its kind can be
// evidence of, those that this entry is.
type reach struct {
	codes  []string
	how    string // "alone", "helped", "watched"; "" where the entry does not say
	failed bool
}

// reachOf reads one entry. The same act proves different things before the work
// and after it, and some prove nothing yet; s is the whole sheet's state.
func reachOf(s order.State, e journal.Entry) (reach, error) {
	r := reach{codes: order.Competences(e.Kind), failed: e.Kind == order.KindControlRefused}
	switch e.Kind {
	case order.KindStep:
		return reading(e, func(x order.StepAct) {
			r.how = x.How
			r.only(func(string) bool { return x.Act == "done" }) // begun or skipped proves nothing yet
		}, &r)
	case order.KindReading:
		return reading(e, func(x order.Reading) { r.measured(x.Phase, outside(x.Verdicts)) }, &r)
	case order.KindReadingChosen:
		return reading(e, func(x order.ReadingChoice) {
			i := slices.IndexFunc(s.Readings, func(y order.Reading) bool { return y.Seq == x.Of })
			if i >= 0 {
				r.measured(s.Readings[i].Phase, false)
			}
		}, &r)
	case order.KindElectric:
		return reading(e, func(x order.Electric) { r.measured(x.Phase, outside(x.Verdicts)) }, &r)
	case order.KindChecks:
		return reading(e, func(x order.Check) {
			r.measured(x.Phase, slices.ContainsFunc(x.Items, func(it order.CheckItem) bool { return it.Result == "fault" }))
		}, &r)
	case order.KindWater:
		return reading(e, func(x order.WaterTest) { r.measured(x.Phase, !x.Passed) }, &r)
	case order.KindTreated:
		return reading(e, func(x order.Treatment) { r.measured(x.Phase, false) }, &r)
	case order.KindAlertRaised:
		return reading(e, func(x order.Alert) {
			r.only(func(c string) bool { return c != "C16" || x.About == order.RepairNeeded })
		}, &r)
	case order.KindReturned:
		return reading(e, func(x order.Handover) {
			r.only(func(c string) bool { return c != "C4" || len(x.Advice) > 0 }) // no advice was given
		}, &r)
	}
	return r, nil
}

// reading decodes an entry and lets look change r by what it says.
func reading[T any](e journal.Entry, look func(T), r *reach) (reach, error) {
	var x T
	if err := e.Decode(&x); err != nil {
		return reach{}, err
	}
	look(x)
	return *r, nil
}

// measured keeps what a measurement of this phase is evidence of: as received it
// belongs to the diagnosis (C7), after the work to its result (C17 to C19), at
// control no longer to the regulation (C17). What is bad as received is what the
// watch came for; only afterwards is it a failure.
func (r *reach) measured(phase string, bad bool) {
	r.only(func(c string) bool {
		return (c == "C7") == (phase == order.Before) && (c != "C17" || phase == order.After)
	})
	r.failed = bad && phase != order.Before
}

func (r *reach) only(keep func(string) bool) {
	r.codes = slices.DeleteFunc(r.codes, func(c string) bool { return !keep(c) })
}

// outside reports whether a figure is out of tolerance; what cannot be told is no
// failure.
func outside(all []order.Judged) bool {
	return slices.ContainsFunc(all, func(v order.Judged) bool { return v.Verdict == "out" })
}
