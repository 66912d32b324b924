package workshop

import (
	"context"
	"strings"

	"etabli.example/diagnosis"
	"etabli.example/locale"
	"etabli.example/paper"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// Asking is what the counter knows when it asks: the customer's words, the kind
// of watch and what it can do, and the answers so far by question.
type Asking struct {
	Words     string
	Kind      watch.Kind
	Functions []string
	Answers   map[string]string // question id → choice id
}

// Interview is what to ask, and what the answers may call for: candidate
// actions with what they cost, never a verdict.
type Interview struct {
	Questions []Asked
	Result    diagnosis.Result
	Actions   []CandidateAction
}

// CandidateAction is an operation that may be needed and what it costs.
type CandidateAction struct {
	Range
	diagnosis.Candidate
}

func (a Asking) asCase() diagnosis.Case {
	return diagnosis.Case{Watch: diagnosis.Watch{Kind: kindFor(a.Kind)}, Context: strings.TrimSpace(strings.Join(append([]string{a.Words}, a.Functions...), ". "))}
}

// mostActions is how many candidate actions a customer is told of.
const mostActions = 4

// Interview chooses the questions for a watch, and reads the answers.
func (w *Workshop) Interview(ctx context.Context, who staff.Actor, a Asking) (Interview, error) {
	if err := who.Must(staff.Prediagnose); err != nil {
		return Interview{}, err
	}
	m := w.learnt(ctx)
	c := a.asCase()
	q := Interview{Questions: questionnaire(m, c, a.Answers)}
	for _, x := range q.Questions {
		c.Findings.Observed = append(c.Findings.Observed, x.Observed()...)
	}
	q.Result = m.Diagnose(c)
	candidates := diagnosis.Candidates(q.Result)
	for _, x := range candidates[:min(mostActions, len(candidates))] {
		ranges, err := w.PriceRange(ctx, []string{x.Operation}, a.Kind)
		if err != nil {
			return q, err
		}
		if len(ranges) == 1 {
			q.Actions = append(q.Actions, CandidateAction{ranges[0], x})
		}
	}
	return q, nil
}

// QuestionnairePaper is the questionnaire in large letters, to be ticked at the
// counter or at home; easy writes it in easy-to-read language.
func (w *Workshop) QuestionnairePaper(ctx context.Context, who staff.Actor, a Asking, easy bool, lang locale.Lang) ([]byte, error) {
	q, err := w.Interview(ctx, who, a)
	if err != nil {
		return nil, err
	}
	f, err := w.Firm(ctx)
	if err != nil {
		return nil, err
	}
	in := paper.QuestionnaireInput{Firm: paperFirm(f), At: w.Now().In(w.Zone)}
	for _, x := range q.Questions {
		asked := paper.AskedQuestion{Text: QuestionText(x.Question, easy, lang)}
		for _, c := range x.Choices {
			asked.Choices = append(asked.Choices, c.Label.In(string(lang)))
		}
		in.Questions = append(in.Questions, asked)
	}
	return paper.Questionnaire(in, lang)
}

// QuestionText is a question as it is asked: plainly, or in easy-to-read language.
func QuestionText(q diagnosis.Question, easy bool, lang locale.Lang) string {
	if easy {
		return q.Easy.In(string(lang))
	}
	return q.Text.In(string(lang))
}
