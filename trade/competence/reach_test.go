package competence_test

import (
	"fmt"
	"strings"
	"testing"

	"etabli.example/journal"
	"etabli.example/trade/competence"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// What an entry proves depends on what it says: a measurement on when it was
// made, a step on whether it was ended, an alert on what it is about.
func TestWhatAnEntryProves(t *testing.T) {
	out, in := []order.Judged{{Verdict: "out"}, {Verdict: "in"}}, []order.Judged{{Verdict: "in"}, {Verdict: "unknown"}}
	check := func(phase, result string) order.Check {
		return order.Check{Phase: phase, Items: []order.CheckItem{{Item: "date", Result: result}}}
	}
	for _, x := range []struct {
		kind journal.Kind
		data any
		want string // competences, "!" where it is a failure
	}{
		{order.KindReading, order.Reading{Phase: "before", Position: "CH", Verdicts: out}, "C7"},
		{order.KindReading, order.Reading{Phase: "after", Position: "CH", Verdicts: in}, "C17 C18"},
		{order.KindReading, order.Reading{Phase: "after", Position: "CH", Verdicts: out}, "C17 C18!"},
		{order.KindReading, order.Reading{Phase: "control", Position: "CH", Verdicts: in}, "C18"},
		{order.KindChecks, check("before", "fault"), "C7"},
		{order.KindChecks, check("after", "fault"), "C18!"},
		{order.KindChecks, check("control", "ok"), "C18"},
		{order.KindWater, order.WaterTest{Phase: "before"}, "C7"},
		{order.KindWater, order.WaterTest{Phase: "after"}, "C19!"},
		{order.KindWater, order.WaterTest{Phase: "after", Passed: true}, "C19"},
		{order.KindElectric, order.Electric{Phase: "before"}, "C7"},
		{order.KindElectric, order.Electric{Phase: "after"}, "C18"},
		{order.KindTreated, order.Treatment{Phase: "before", Act: "demagnetised"}, "C7"},
		{order.KindStep, order.StepAct{Step: "1.1", Act: "done", How: "helped"}, "C13 C15"},
		{order.KindStep, order.StepAct{Step: "1.1", Act: "started"}, ""},
		{order.KindStep, order.StepAct{Step: "1.1", Act: "skipped", Reason: "x"}, ""},
		{order.KindStep, order.StepAct{Step: "1.1", Act: "undone"}, ""},
		{order.KindAlertRaised, order.Alert{About: "part_missing"}, "C13"},
		{order.KindAlertRaised, order.Alert{About: order.RepairNeeded}, "C13 C16"},
		{order.KindControlRefused, order.Control{Cause: "poussière"}, "C18!"},
		{order.KindControlPassed, order.Control{}, "C18 C19"},
		{order.KindReturned, order.Handover{To: "customer"}, "C19"},
		{order.KindReturned, order.Handover{To: "customer", Advice: []string{"water"}}, "C4 C19"},
		{order.KindNote, order.NoteRef{}, ""},
	} {
		facts := append([]any{order.KindReceived, order.Reception{Number: "PAR-26-000001-A", Watch: order.WatchFacts{Kind: "manual"}}}, leadingTo(x.kind)...)
		entries := sheet(t, append(facts, x.kind, x.data)...)
		proofs, err := competence.Of(entries)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		failed := 0
		for _, p := range proofs {
			if p.Seq != int64(len(entries)) {
				continue
			}
			got = append(got, p.Competence)
			if p.Failed {
				failed++
			}
			if p.Watch != "manual" || p.By != "p1" || p.At.IsZero() {
				t.Errorf("%s: %+v", x.kind, p)
			}
		}
		want, bad := strings.CutSuffix(x.want, "!")
		if strings.Join(got, " ") != want || (failed > 0) != bad || bad && failed != len(got) {
			t.Errorf("%s %+v: proves %v, %d failed; want %q", x.kind, x.data, got, failed, x.want)
		}
	}
}

// leadingTo are the moves that come before an entry which is itself a move.
func leadingTo(k journal.Kind) []any {
	var out []any
	for _, x := range []journal.Kind{order.KindExamined, order.KindQuoteSent, order.KindQuoteAccepted, order.KindPlanned, order.KindWorkStarted, order.KindWorkDone, order.KindControlPassed} {
		out = append(out, x, struct{}{})
	}
	switch k {
	case order.KindControlPassed, order.KindControlRefused:
		return out[:len(out)-2]
	case order.KindReturned:
		return out
	}
	return nil
}

// A reading that was made to count is evidence of what that reading is.
func TestAChosenReadingProvesWhatItIs(t *testing.T) {
	for phase, want := range map[string]string{"before": "[C7]", "after": "[C18]"} {
		proofs, err := competence.Of(sheet(t, order.KindReceived, order.Reception{}, order.KindReading, order.Reading{Phase: phase, Position: "CH"}, order.KindReadingChosen, order.ReadingChoice{Of: 2, Why: "x"}))
		var got []string
		for _, p := range proofs {
			if p.Seq == 3 {
				got = append(got, p.Competence)
			}
		}
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("%s: %v %v, want %s", phase, got, err, want)
		}
	}
}

// What the customer or the house's own clockwork wrote is nobody's proof.
func TestNobodyEmployedNoProof(t *testing.T) {
	entries := sheet(t, order.KindReceived, order.Reception{}, order.KindMessage, order.MessageSent{})
	for by, want := range map[string]int{"p1": 1, staff.SystemID: 0, staff.CustomerID: 0} {
		entries[1].By = by
		proofs, err := competence.Of(entries)
		n := 0
		for _, p := range proofs {
			if p.Competence == "C4" {
				n++
			}
		}
		if err != nil || n != want {
			t.Errorf("%s: %d proofs %v, want %d", by, n, err, want)
		}
	}
}
