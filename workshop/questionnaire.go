package workshop

import (
	"slices"
	"strings"

	"etabli.example/diagnosis"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

// mostQuestions is how many questions a customer is asked at the counter.
const mostQuestions = 8

// Asked is one question for the customer and what they chose; "" where they have
// not answered it.
type Asked struct {
	diagnosis.Question
	Choice string
}

// Questionnaire is what to ask the customer: the questions whose answer would
// change the ranking of causes, those answered first. given is the choice made for
// each question, by the question's id. Every answer may open further questions and
// spare others. Nothing is written.
func (w *Workshop) Questionnaire(words string, kind watch.Kind, functions []string, given map[string]string) []Asked {
	c := diagnosis.Case{Watch: diagnosis.Watch{Kind: kindFor(kind)}, Context: strings.Join(append([]string{words}, functions...), ". ")}
	var asked []Asked
	for len(asked) < mostQuestions {
		q, choice, ok := firstAnswered(diagnosis.Questions(c), asked, given)
		if !ok {
			break
		}
		asked = append(asked, Asked{q, choice.ID})
		c.Findings.Observed = append(c.Findings.Observed, choice.Observed...)
	}
	for _, q := range diagnosis.Questions(c) {
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

// Answered adds what the answers stand for to the confirmed symptoms, and the
// answers themselves.
func Answered(p order.Prediagnosis, asked []Asked) order.Prediagnosis {
	for _, a := range asked {
		if a.Choice == "" {
			continue
		}
		p.Answers = append(p.Answers, order.Answer{Question: a.ID, Choice: a.Choice})
		for _, c := range a.Choices {
			if c.ID != a.Choice {
				continue
			}
			for _, o := range c.Observed {
				if !slices.ContainsFunc(p.Symptoms, func(s order.Symptom) bool { return s.ID == o.Finding }) {
					p.Symptoms = append(p.Symptoms, order.Symptom{ID: o.Finding, Absent: o.Negated})
				}
			}
		}
	}
	return p
}
