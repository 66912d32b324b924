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
	"etabli.example/trade/staff"
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
	interviewed
	Understood []string // what the answers stand for
	Receive    string   // address of the reception with the same answers; "" where the person may not receive
	PDF        string   // address of the paper
	Plainer    string   // address of the same questions the other way
}

// interviewed is what the answers may call for, never a verdict.
type interviewed struct {
	Actions []actionView
	Beyond  string // why the watch is out of the perimeter
	Safety  []string
}

// actionView is something that may be needed, and what it costs.
type actionView struct {
	Name, Price, Likely string
	Own                 bool // the house's own price, or none: nothing to say of it
}

// interview is GET /questionnaire: watch.kind, request, watch.function, easy and
// answer.<question>, named as the reception names them.
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
	p := &questionnairePage{Page: Page{Title: "questionnaire.title"}, Easy: easy}
	p.Kind = component.Field{Name: "watch.kind", Label: t.T("questionnaire.kind"), Type: "select"}
	for _, k := range watch.Kinds() {
		p.Kind.Choices = append(p.Kind.Choices, component.Choice{Value: string(k), Label: t.T("watch.kind." + string(k)), Chosen: k == a.Kind})
	}
	p.Words = component.Field{Name: "request", Label: t.T("questionnaire.words"), Type: "textarea", Rows: 2, Value: a.Words, Placeholder: t.T("questionnaire.words_hint")}
	p.Questions = questionsOf(t, q, easy)
	p.interviewed = interviewedOf(t, q)
	for _, x := range q.Questions {
		for _, o := range x.Observed() {
			p.Understood = append(p.Understood, observationLine(t, o))
		}
	}
	if who.May(staff.Receive) {
		p.Receive = "/reception?" + asked(a).Encode()
	}
	keep := asked(a)
	if easy {
		keep.Set("easy", "1")
	}
	p.PDF = "/questionnaire.pdf?" + keep.Encode()
	p.Plainer = "/questionnaire?" + turned(keep, easy).Encode()
	return s.page(w, r, "counter/questionnaire", p)
}

// questionsOf writes the questions of an interview as they are asked.
func questionsOf(t *locale.Printer, q workshop.Interview, easy bool) []component.Choices {
	var out []component.Choices
	for _, x := range q.Questions {
		c := component.Choices{Name: answerField + x.ID, Legend: workshop.QuestionText(x.Question, easy, t.Lang())}
		for _, choice := range x.Choices {
			c.Choices = append(c.Choices, component.Choice{Value: choice.ID, Label: choice.Label.In(string(t.Lang())), Chosen: x.Choice == choice.ID})
		}
		out = append(out, c)
	}
	return out
}

// observationLine names what an answer stands for.
func observationLine(t *locale.Printer, o diagnosis.Observation) string {
	line := symptomLine(t, o.Finding, 0, "")
	if o.Negated {
		return t.T("diagnosis.absent", line)
	}
	return line
}

// interviewedOf says what the answers may call for: candidate actions with a range.
func interviewedOf(t *locale.Printer, q workshop.Interview) interviewed {
	said := q.Result.In(string(t.Lang()))
	p := interviewed{Safety: said.Safety}
	if said.Answer == diagnosis.AnswerOutOfPerimeter {
		p.Beyond = said.Why
		return p
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
	return p
}

// answerField names the answer to a question in a form: answerField + its id.
const answerField = "answer."

// askingOf reads what the address asks.
func askingOf(r *http.Request) (a workshop.Asking, easy bool) {
	q := r.URL.Query()
	return askingIn(q), q.Get("easy") != ""
}

// askingIn reads what is asked in a form or an address.
func askingIn(q url.Values) workshop.Asking {
	a := workshop.Asking{Words: strings.TrimSpace(q.Get("request")), Kind: watch.Unknown, Functions: q["watch.function"], Answers: map[string]string{}}
	if k := watch.Kind(q.Get("watch.kind")); slices.Contains(watch.Kinds(), k) {
		a.Kind = k
	}
	for name := range q {
		if id, ok := strings.CutPrefix(name, answerField); ok && q.Get(name) != "" {
			a.Answers[id] = q.Get(name)
		}
	}
	return a
}

// asked is a as the reception, the questionnaire and its paper are asked for it.
func asked(a workshop.Asking) url.Values {
	q := url.Values{}
	if a.Words != "" {
		q.Set("request", a.Words)
	}
	if a.Kind != watch.Unknown {
		q.Set("watch.kind", string(a.Kind))
	}
	for _, f := range a.Functions {
		q.Add("watch.function", f)
	}
	for id, choice := range a.Answers {
		q.Set(answerField+id, choice)
	}
	return q
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
