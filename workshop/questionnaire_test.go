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
	var w Workshop
	const words = "Elle retarde beaucoup."
	first := w.Questionnaire(words, watch.Automatic, nil, nil)
	if len(first) == 0 || len(first) > 8 {
		t.Fatalf("%d questions", len(first))
	}
	for _, q := range first {
		for _, c := range q.Choices {
			if len(c.Observed) == 0 {
				continue
			}
			asked := w.Questionnaire(words, watch.Automatic, nil, map[string]string{q.ID: c.ID, "nobody": "asks"})
			if len(asked) > 8 || asked[0].ID != q.ID || asked[0].Choice != c.ID {
				t.Fatalf("%s=%s: the answered question is not kept first: %+v", q.ID, c.ID, asked)
			}
			p := Answered(order.Prediagnosis{Symptoms: []order.Symptom{{ID: c.Observed[0].Finding, Value: 3, Unit: "min"}}}, asked)
			if len(p.Answers) != 1 || p.Answers[0] != (order.Answer{Question: q.ID, Choice: c.ID}) {
				t.Errorf("%s=%s: answers %+v", q.ID, c.ID, p.Answers)
			}
			if len(p.Symptoms) != len(c.Observed) || p.Symptoms[0].Value != 3 {
				t.Errorf("%s=%s: symptoms %+v of %+v", q.ID, c.ID, p.Symptoms, c.Observed)
			}
		}
	}
	if got := w.Questionnaire(words, watch.Automatic, nil, map[string]string{first[0].ID: "no such choice"}); got[0].Choice != "" {
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
