package diagnosis

import (
	"sort"
	"sync"
)

// Question is one plain question for the customer. Easy is the same question
// in easy-to-read language. Each choice maps to findings.
type Question struct {
	ID      string
	Text    Text
	Easy    Text
	Choices []Choice
}

// Choice is one answer to a question: the observations it stands for, to be
// added to Findings.Observed. "I do not know" has none.
type Choice struct {
	ID       string
	Label    Text
	Observed []Observation
}

// maxQuestions is the longest questionnaire a customer is asked at the counter.
const maxQuestions = 8

type questionInfo struct {
	Question
	kinds []string
	after []string // findings of which one must have been met; none: always
}

var questionTable = sync.OnceValue(func() []questionInfo {
	var out []questionInfo
	at := map[string]int{}
	for _, r := range rows("questions.csv") {
		i, ok := at[r["question"]]
		if !ok {
			i = len(out)
			at[r["question"]] = i
			out = append(out, questionInfo{Question: Question{ID: r["question"], Text: r.text("text"), Easy: r.text("easy")}, kinds: r.list("kinds"), after: r.list("after")})
		}
		ch := Choice{ID: r["choice"], Label: r.text("label")}
		for _, f := range r.list("findings") {
			if f[0] == '-' {
				ch.Observed = append(ch.Observed, Observation{f[1:], true})
				continue
			}
			ch.Observed = append(ch.Observed, Observation{Finding: f})
		}
		out[i].Choices = append(out[i].Choices, ch)
	}
	return out
})

// Questions returns the counter questionnaire for c: at most eight questions,
// only those whose answer would change the ranking, the most useful first. A
// question already answered by what is known is not asked.
func Questions(c Case) []Question { return Default().Questions(c) }

// Questions is the questionnaire of this model.
func (m *Model) Questions(c Case) []Question {
	if outOfPerimeter(c, specOf(c.Watch)) != "" {
		return nil
	}
	g := m.gather(c)
	all := append(append([]evidence(nil), g.told...), g.measured...)
	known := map[string]bool{}
	for _, e := range all {
		known[e.symptom.ID] = true
	}
	post := m.posterior(g.kind, all)
	type ranked struct {
		q    Question
		gain float64
	}
	var qs []ranked
	for _, q := range questionTable() {
		if !serves(q.kinds, g.kind) || !m.open(q, known) {
			continue
		}
		t := testInfo{}
		for _, ch := range q.Choices {
			for _, o := range ch.Observed {
				if !o.Negated {
					t.outcomes = append(t.outcomes, o.Finding)
				}
			}
		}
		if gain, _ := m.gain(t, post); gain > 0.01 {
			qs = append(qs, ranked{q.Question, gain})
		}
	}
	sort.SliceStable(qs, func(i, j int) bool { return qs[i].gain > qs[j].gain })
	var out []Question
	for i := 0; i < len(qs) && i < maxQuestions; i++ {
		out = append(out, qs[i].q)
	}
	return out
}

// open reports whether a question still has something to tell.
func (m *Model) open(q questionInfo, known map[string]bool) bool {
	asked := len(q.after) == 0
	for _, f := range q.after {
		asked = asked || known[f]
	}
	for _, ch := range q.Choices {
		for _, o := range ch.Observed {
			if known[o.Finding] {
				return false
			}
		}
	}
	return asked
}
