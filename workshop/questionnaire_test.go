package workshop

import (
	"testing"

	"etabli.example/diagnosis"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

// A customer is asked at most eight questions; an answered one stays, and what it
// stands for is kept as a symptom.
func TestQuestionnaire(t *testing.T) {
	asks := func(given map[string]string) []Asked {
		return questionnaire(diagnosis.Default(), Asking{Words: "Elle retarde beaucoup.", Kind: watch.Automatic}.asCase(), given)
	}
	all := func(diagnosis.Observation) bool { return false }
	first := asks(nil)
	if len(first) == 0 || len(first) > 8 {
		t.Fatalf("%d questions", len(first))
	}
	for _, q := range first {
		for _, c := range q.Choices {
			if len(c.Observed) == 0 {
				continue
			}
			asked := asks(map[string]string{q.ID: c.ID, "nobody": "asks"})
			if len(asked) > 8 || asked[0].ID != q.ID || asked[0].Choice != c.ID {
				t.Fatalf("%s=%s: the answered question is not kept first: %+v", q.ID, c.ID, asked)
			}
			interview := Interview{Questions: asked}
			p := interview.Answered(order.Prediagnosis{Symptoms: []order.Symptom{{ID: c.Observed[0].Finding, Value: 3, Unit: "min"}}}, all)
			if len(p.Answers) != 1 || p.Answers[0] != (order.Answer{Question: q.ID, Choice: c.ID}) {
				t.Errorf("%s=%s: answers %+v", q.ID, c.ID, p.Answers)
			}
			if len(p.Symptoms) != len(c.Observed) || p.Symptoms[0].Value != 3 {
				t.Errorf("%s=%s: symptoms %+v of %+v", q.ID, c.ID, p.Symptoms, c.Observed)
			}
			off := interview.Answered(order.Prediagnosis{}, func(o diagnosis.Observation) bool { return o == c.Observed[0] })
			if len(off.Symptoms) != len(c.Observed)-1 || len(off.Answers) != 1 {
				t.Errorf("%s=%s: what was ticked off is kept: %+v", q.ID, c.ID, off.Symptoms)
			}
		}
	}
	if got := asks(map[string]string{first[0].ID: "no such choice"}); got[0].Choice != "" {
		t.Error("a choice that is none is taken for an answer")
	}
}

// What the customer says is not there speaks against causes.
func TestAbsentSymptomIsObserved(t *testing.T) {
	c := CaseOf(order.State{Symptoms: []order.Symptom{{ID: "stops", Absent: true}, {ID: "slow"}}}, "")
	if got := c.Findings.Observed; len(got) != 2 || got[0] != (diagnosis.Observation{Finding: "stops", Negated: true}) || got[1].Negated {
		t.Errorf("observed %+v", got)
	}
}
