package web

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"etabli.example/diagnosis"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/trade/watch"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) questionnaireRoutes() {
	s.handle("GET /questionnaire", s.needs(s.interview))
	s.handle("GET /questionnaire.pdf", s.needs(s.questionnairePDF))
}

// questionnairePage asks the customer, at most eight questions, and says what
// the answers may call for.
type questionnairePage struct {
	Page
	Kind      component.Field
	Words     component.Field
	Easy      bool
	Questions []component.Choices
	Actions   []actionView
	Answered  bool
	Beyond    string // why the watch is out of the perimeter
	Safety    []string
	PDF       string // address of the paper
	Plainer   string // address of the same questions the other way
}

// actionView is something that may be needed, and what it costs.
type actionView struct {
	Name, Price, Likely string
	Own                 bool // the house's own price, or none: nothing to say of it
}

// interview is GET /questionnaire: kind, words, easy, a.<question>.
func (s *Server) interview(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	a, easy := askingOf(r)
	q, err := s.shop.Interview(r.Context(), who, a)
	if err != nil {
		return err
	}
	t := s.printer(r)
	p := &questionnairePage{Page: Page{Title: "questionnaire.title"}, Easy: easy, Answered: len(a.Answers) > 0}
	p.Kind = component.Field{Name: "kind", Label: t.T("questionnaire.kind"), Type: "select"}
	for _, k := range watch.Kinds() {
		p.Kind.Choices = append(p.Kind.Choices, component.Choice{Value: string(k), Label: t.T("watch.kind." + string(k)), Chosen: k == a.Kind})
	}
	p.Words = component.Field{Name: "words", Label: t.T("questionnaire.words"), Type: "textarea", Rows: 2, Value: a.Words, Placeholder: t.T("questionnaire.words_hint")}
	for _, x := range q.Questions {
		c := component.Choices{Name: "a." + x.ID, Legend: workshop.QuestionText(x.Question, easy, t.Lang())}
		for _, choice := range x.Choices {
			c.Choices = append(c.Choices, component.Choice{Value: choice.ID, Label: choice.Label.In(string(t.Lang())), Chosen: x.Choice == choice.ID})
		}
		p.Questions = append(p.Questions, c)
	}
	p.answer(t, q)
	keep := r.URL.Query()
	p.PDF = "/questionnaire.pdf?" + keep.Encode()
	p.Plainer = "/questionnaire?" + turned(keep, easy).Encode()
	return s.page(w, r, "counter/questionnaire", p)
}

// answer says what the answers may call for: candidate actions with a range,
// never a verdict.
func (p *questionnairePage) answer(t *locale.Printer, q workshop.Interview) {
	said := q.Result.In(string(t.Lang()))
	p.Safety = said.Safety
	if said.Answer == diagnosis.AnswerOutOfPerimeter {
		p.Beyond = said.Why
		return
	}
	for _, x := range q.Actions {
		v := actionView{Name: sentence(operationIn(t, x.Range.Operation)), Own: x.Own || !x.Known, Likely: t.T("questionnaire.likely", int(math.Round(100*x.Probability)))}
		switch {
		case !x.Known:
			v.Price = t.T("questionnaire.no_price")
		case x.Min == x.Max:
			v.Price = t.MoneyShort(x.Min)
		default:
			v.Price = t.T("questionnaire.range", t.MoneyShort(x.Min), t.MoneyShort(x.Max))
		}
		p.Actions = append(p.Actions, v)
	}
}

// askingOf reads what the address asks.
func askingOf(r *http.Request) (a workshop.Asking, easy bool) {
	q := r.URL.Query()
	a = workshop.Asking{Words: strings.TrimSpace(q.Get("words")), Kind: watch.Unknown, Answers: map[string]string{}}
	if k := watch.Kind(q.Get("kind")); slices.Contains(watch.Kinds(), k) {
		a.Kind = k
	}
	for name := range q {
		if id, ok := strings.CutPrefix(name, "a."); ok && q.Get(name) != "" {
			a.Answers[id] = q.Get(name)
		}
	}
	return a, q.Get("easy") != ""
}

func turned(q url.Values, easy bool) url.Values {
	out := url.Values{}
	for k, v := range q {
		out[k] = v
	}
	out.Del("easy")
	if !easy {
		out.Set("easy", "1")
	}
	return out
}

// questionnairePDF is the same questions in large letters, to be ticked by hand.
func (s *Server) questionnairePDF(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	a, easy := askingOf(r)
	pdf, err := s.shop.QuestionnairePaper(r.Context(), who, a, easy, paperLanguage(r))
	if err != nil {
		return err
	}
	return writePDF(w, "questionnaire", pdf)
}

// operationIn is an operation's name in the reader's language.
func operationIn(t *locale.Printer, op horology.Operation) string {
	if t.Lang() == locale.EN {
		return op.EN
	}
	return op.FR
}
