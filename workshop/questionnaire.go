package workshop

import (
	"slices"

	"etabli.example/diagnosis"
	"etabli.example/trade/order"
)

// mostQuestions is how many questions a customer is asked at the counter.
const mostQuestions = 8

// Asked is one question for the customer and what they chose; "" where they have
// not answered it.
type Asked struct {
	diagnosis.Question
	Choice string
}

// Observed is what the answer given stands for; nothing where none was given.
func (a Asked) Observed() []diagnosis.Observation {
	for _, c := range a.Choices {
		if a.Choice != "" && c.ID == a.Choice {
			return c.Observed
		}
	}
	return nil
}

// questionnaire is what to ask the customer: the questions whose answer would
// change the ranking of causes, those answered first. given is the choice made for
// each question, by the question's id. Every answer may open further questions and
// spare others. Nothing is written.
func questionnaire(m *diagnosis.Model, c diagnosis.Case, given map[string]string) []Asked {
	var asked []Asked
	for len(asked) < mostQuestions {
		q, choice, ok := firstAnswered(m.Questions(c), asked, given)
		if !ok {
			break
		}
		asked = append(asked, Asked{q, choice.ID})
		c.Findings.Observed = append(c.Findings.Observed, choice.Observed...)
	}
	for _, q := range m.Questions(c) {
		if len(asked) < mostQuestions && !slices.ContainsFunc(asked, func(x Asked) bool { return x.ID == q.ID }) {
			asked = append(asked, Asked{Question: q})
		}
	}
	return asked
}

// firstAnswered finds the most useful question that was answered and is not yet
// among those asked.
func firstAnswered(list []diagnosis.Question, asked []Asked, given map[string]string) (diagnosis.Question, diagnosis.Choice, bool) {
	for _, q := range list {
		if slices.ContainsFunc(asked, func(x Asked) bool { return x.ID == q.ID }) {
			continue
		}
		for _, c := range q.Choices {
			if c.ID == given[q.ID] {
				return q, c, true
			}
		}
	}
	return diagnosis.Question{}, diagnosis.Choice{}, false
}

// Answered adds to the confirmed symptoms what the answers stand for, the answers
// themselves and the operations they may call for. refused reports what the
// receptionist saw and ticked off: it is not so.
func (q Interview) Answered(p order.Prediagnosis, refused func(diagnosis.Observation) bool) order.Prediagnosis {
	for _, a := range q.Questions {
		if a.Choice == "" {
			continue
		}
		p.Answers = append(p.Answers, order.Answer{Question: a.ID, Choice: a.Choice})
		for _, o := range a.Observed() {
			if !refused(o) && !slices.ContainsFunc(p.Symptoms, func(s order.Symptom) bool { return s.ID == o.Finding }) {
				p.Symptoms = append(p.Symptoms, order.Symptom{ID: o.Finding, Absent: o.Negated})
			}
		}
	}
	if len(p.Symptoms)+len(p.Answers) == 0 {
		return p
	}
	for _, x := range q.Actions {
		if !slices.Contains(p.Actions, x.Range.Operation.Code) {
			p.Actions = append(p.Actions, x.Range.Operation.Code)
		}
	}
	return p
}
