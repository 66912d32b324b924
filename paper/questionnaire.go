package paper

import (
	"time"

	"etabli.example/locale"
	"etabli.example/timing/strip"
)

// QuestionnaireInput is what the counter asks a customer on paper. It names
// nobody.
type QuestionnaireInput struct {
	Firm      Firm
	At        time.Time
	Number    string // of the order; may be empty
	Questions []AskedQuestion
}

// AskedQuestion is a question with the answers to tick.
type AskedQuestion struct {
	Text    string
	Choices []string
}

// Questionnaire draws the questions in large letters, with boxes to tick.
func Questionnaire(in QuestionnaireInput, lang locale.Lang) ([]byte, error) {
	p := locale.For(lang)
	title := p.T("questionnaire.paper_title")
	return large(about{title: title, author: in.Firm.Name, at: in.At}, or(in.Number, title), p, func(s *sheet) []block {
		out := s.opening(in.Firm, title, p.T("questionnaire.paper_say"))
		for _, q := range in.Questions {
			out = append(out, s.heading(style{head, 15, strip.Main}, q.Text, largeInner)...)
			for _, c := range q.Choices {
				out = append(out, s.ticked(c)...)
			}
			out = append(out, gap(14))
		}
		return append(out, s.para(body, p.T("questionnaire.paper_end"), largeInner)...)
	})
}

// ticked is an answer with a box to tick before it; it stays with the answer
// before.
func (s *sheet) ticked(words string) []block {
	lines := s.heading(body, words, largeInner-boxRoom)
	for i := range lines {
		draw, first := lines[i].draw, i == 0
		lines[i].draw = func(x, y float64) {
			if first {
				s.frame(x+1, y+4, 11, 11, 0, 1.2, strip.Main)
			}
			draw(x+boxRoom, y)
		}
	}
	return lines
}
