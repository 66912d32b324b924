package web

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"etabli.example/diagnosis"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

func (s *Server) diagnosisRoutes() {
	s.handle("GET /orders/{number}/diagnosis", s.needs(s.diagnosis))
	s.handle("GET /orders/{number}/diagnosis/ranking", s.needs(s.ranking))
	s.handle("POST /orders/{number}/diagnosis", s.needs(s.diagnose))
	s.handle("POST /orders/{number}/diagnosis/reject", s.needs(s.rejectCause))
	s.handle("POST /orders/{number}/diagnosis/examine", s.needs(s.examine))
	s.handle("POST /orders/{number}/diagnosis/uncase", s.needs(s.uncase))
}

// smallCauses is the probability in percent below which causes are told in one line.
const smallCauses = 3

// diagnosisPage is what was found, what may be the cause, what to try next and
// what a person decided.
type diagnosisPage struct {
	orderHead
	Answer   string // "causes", "no_fault", "ask_more", "out_of_perimeter"
	Why      string
	Safety   []string
	Gaps     []string
	Findings []component.Finding
	Causes   []causeView
	Small    string // the others in one line
	Next     *component.NextTest
	Rejected []rejectedView
	Made     *madeDiagnosis
	Keep     *keepForm
	Reject   *rejectForm
	Uncase   uncaseForm
}

// causeView is a ranked cause with what confirms and remedies it.
type causeView struct {
	component.Cause
	Confirm, Remedy string
	Operations      []string
	Source          string
	Provisional     bool
}

type rejectedView struct{ Name, Why, By string }

// madeDiagnosis is the diagnosis on the sheet.
type madeDiagnosis struct {
	Causes, Operations, Parts []string
	Perimeter, Summary, Why   string
	SummaryIn                 locale.Lang // the language of Summary
	By                        string
	Seq                       int64
}

// diagnosis is GET /orders/{number}/diagnosis: keep, reject (ids of causes).
func (s *Server) diagnosis(w http.ResponseWriter, r *http.Request) error {
	p, err := s.diagnosisPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "diagnosis/diagnosis", p)
}

// ranking is the page's body once something was written since the entry seen;
// until then, nothing: the page asks every few seconds and keeps what is open.
func (s *Server) ranking(w http.ResponseWriter, r *http.Request) error {
	p, err := s.diagnosisPage(r)
	if err != nil {
		return err
	}
	if r.FormValue("seen") == strconv.FormatInt(p.View.Seq, 10) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return s.fragment(w, r, "diagnosis/diagnosis", "diag", p)
}

// Live reports whether the ranking follows what arrives: not under a form that
// somebody is filling in.
func (p *diagnosisPage) Live() bool { return p.Keep == nil && p.Reject == nil && len(p.Errors) == 0 }

func (s *Server) diagnosisPage(r *http.Request) (*diagnosisPage, error) {
	row, err := s.named(r)
	if err != nil {
		return nil, err
	}
	a, err := s.act(r, row.Sheet)
	if err != nil {
		return nil, err
	}
	head, err := s.orderHead(r, true)
	if err != nil {
		return nil, err
	}
	for i := range head.Tabs {
		head.Tabs[i].Current = head.Tabs[i].Word == "tab.diagnosis"
	}
	rank, err := s.shop.Rank(r.Context(), a)
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	said := rank.Result.In(string(t.Lang()))
	p := &diagnosisPage{orderHead: head, Answer: said.Answer, Why: said.Why, Safety: said.Safety, Gaps: said.Gaps}
	p.Title = t.T("diagnosis.title", head.View.Number)
	p.Findings = findingsOf(t, head.View.State, said)
	p.rank(t, said)
	p.Next = nextTest(t, p, said)
	for _, x := range head.View.Rejected {
		p.Rejected = append(p.Rejected, rejectedView{sentence(causeName(t, x.Cause)), x.Why, head.View.People[x.By]})
	}
	if d := head.View.Diagnosis; d != nil {
		p.Made = p.made(t, *d)
	}
	p.Uncase = uncaseFormOf(t, head.View.State, r.PostFormValue)
	p.forms(t, r, said)
	return p, nil
}

// rank writes the causes, the small ones in one line.
func (p *diagnosisPage) rank(t *locale.Printer, said diagnosis.Report) {
	var small []string
	rest := 0.0
	for i, c := range said.Causes {
		if said.Answer == diagnosis.AnswerOutOfPerimeter && !strings.HasPrefix(c.ID, "OUT_") {
			continue // for whoever takes the watch over to find
		}
		percent := int(math.Round(100 * c.Probability))
		if percent < smallCauses && i > 0 {
			small, rest = append(small, sentence(c.Name)), rest+c.Probability
			continue
		}
		v := causeView{Cause: component.Cause{ID: "cause-" + c.ID, Percent: percent, Prior: int(math.Round(100 * c.Prior)), Name: sentence(c.Name),
			Scope: t.T("diagnosis.scope." + c.Perimeter), For: capitalised(c.For), Against: capitalised(c.Against), Physics: c.Physics, Open: len(p.Causes) == 0},
			Confirm: c.Confirm, Remedy: c.Remedy, Source: sourced(t, c.Source, c.Confidence), Provisional: c.Provisional}
		for _, op := range c.Operations {
			v.Operations = append(v.Operations, p.Operation(op))
		}
		if p.answerable(c.ID) {
			v.Accept = &component.Button{Text: t.T("diagnosis.keep"), Icon: "check", Href: p.At("/diagnosis?keep=" + c.ID + "#keep"), Bench: true}
			v.Discard = &component.Button{Text: t.T("diagnosis.discard"), Href: p.At("/diagnosis?reject=" + c.ID + "#reject"), Bench: true}
			if len(p.Causes) == 0 {
				v.Accept.Weight = "p"
			}
		}
		p.Causes = append(p.Causes, v)
	}
	if len(small) > 0 {
		p.Small = t.T("diagnosis.small", strings.Join(small, ", "), int(math.Max(1, math.Round(100*rest))))
	}
}

// answerable reports whether the person may decide on a cause now. What takes
// the watch out of the perimeter is no cause to choose among.
func (p *diagnosisPage) answerable(cause string) bool {
	switch p.View.Stage {
	case order.InDiagnosis, order.InWork, order.Redo:
		return p.Who.May("diagnose") && p.Keep == nil && !strings.HasPrefix(cause, "OUT_")
	}
	return false
}

// sourced names a source and how far it is to be trusted.
func sourced(t *locale.Printer, source, trusted string) string {
	text := sourceText(t, source)
	if text == "" {
		return ""
	}
	return t.T("source.confidence", text, t.T("measurement.confidence."+confidence(trusted)))
}

func capitalised(list []string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = sentence(x)
	}
	return out
}

// made writes the diagnosis on the sheet.
func (p *diagnosisPage) made(t *locale.Printer, d order.Diagnosis) *madeDiagnosis {
	m := &madeDiagnosis{Perimeter: t.T("diagnosis.perimeter." + d.Perimeter), Summary: d.Found().In(t.Lang()), SummaryIn: d.Found().Written(t.Lang()), Why: d.Why, By: p.View.People[d.By], Seq: d.Seq}
	for _, id := range d.Causes {
		m.Causes = append(m.Causes, sentence(causeName(t, id)))
	}
	for _, op := range d.Operations {
		m.Operations = append(m.Operations, p.Operation(op))
	}
	for _, x := range d.Parts {
		m.Parts = append(m.Parts, partName(t, x.Code)+", "+t.T("diagnosis.part."+x.State))
	}
	return m
}

// nextTest is the test that would tell most, with where it is made.
func nextTest(t *locale.Printer, p *diagnosisPage, said diagnosis.Report) *component.NextTest {
	if len(said.NextTests) == 0 {
		return nil
	}
	minutes := func(n int) string { return t.T("diagnosis.minutes", n) }
	closed := func(opens bool) string {
		if opens {
			return ""
		}
		return t.T("diagnosis.without_opening")
	}
	first := said.NextTests[0]
	n := &component.NextTest{Title: sentence(first.Label), Meaning: sentence(first.Meaning), Minutes: minutes(first.Minutes), Closed: closed(first.Opens)}
	path, word := testPlace(first.ID, first.Opens)
	n.Start = &component.Button{Text: t.T(word), Icon: "trace", Href: p.At(path), Bench: true}
	for _, x := range said.NextTests[1:] {
		detail := closed(x.Opens)
		if x.Opens {
			detail = t.T("diagnosis.opens")
		}
		n.Others = append(n.Others, component.OtherTest{Title: sentence(x.Label), Detail: detail, Minutes: minutes(x.Minutes)})
	}
	return n
}

// testPlace is the page on which a test is made, and the word of its button.
func testPlace(id string, opens bool) (path, word string) {
	switch id {
	case "full_wind_ch":
		return "/measure?phase=before&winding=0h&position=CH", "diagnosis.start_measure"
	case "six_positions", "beat_error", "trace_look", "lift_check":
		return "/measure?phase=before&winding=0h", "diagnosis.start_measure"
	case "reading_24h":
		return "/measure?phase=before&winding=24h", "diagnosis.start_measure"
	}
	if opens {
		return "/diagnosis#uncase", "diagnosis.start_open"
	}
	return "/checks?phase=before", "diagnosis.start_check"
}

// findingsOf tells what is known: the customer's words, the readings, the tests.
func findingsOf(t *locale.Printer, st order.State, said diagnosis.Report) []component.Finding {
	var out []component.Finding
	add := func(icon, text, source string) {
		if text != "" {
			out = append(out, component.Finding{Icon: icon, Text: sentence(text), Source: source})
		}
	}
	for _, x := range said.Understood {
		text := x.Name
		if x.Negated {
			text = t.T("diagnosis.absent", x.Name)
		}
		source := t.T("diagnosis.from_customer")
		if x.Unit != "" {
			source += ", " + figureLine(t, x.Value, x.Unit)
		}
		add("voice", text, source)
	}
	for _, x := range st.Symptoms {
		if f, ok := diagnosis.Finding(x.ID); ok && !told(said.Understood, x.ID) {
			name := f.Name.In(string(t.Lang()))
			if x.Absent {
				name = t.T("diagnosis.absent", name)
			}
			add("voice", name, t.T("diagnosis.from_questions"))
		}
	}
	if text, source := readingsTold(t, st); text != "" {
		add("trace", text, source)
	}
	for _, x := range said.Derived {
		if !told(said.Understood, x.ID) && !x.Negated {
			add("trace", x.Name, t.T("diagnosis.from_figures"))
		}
	}
	out = append(out, testsTold(t, st)...)
	return out
}

func told(list []diagnosis.SymptomReport, id string) bool {
	for _, x := range list {
		if x.ID == id {
			return true
		}
	}
	return false
}

// readingsTold sums the readings as received up in a line.
func readingsTold(t *locale.Printer, st order.State) (text, source string) {
	var sum, low, high, amplitude float64
	n, na := 0, 0
	for _, x := range st.ReadingsOf(order.Before) {
		if x.Rate != nil {
			if n == 0 || *x.Rate < low {
				low = *x.Rate
			}
			if n == 0 || *x.Rate > high {
				high = *x.Rate
			}
			sum, n = sum+*x.Rate, n+1
		}
		if x.Amplitude != nil {
			amplitude, na = amplitude+*x.Amplitude, na+1
		}
	}
	if n == 0 {
		return "", ""
	}
	text = t.T("diagnosis.mean_rate", t.Rate(sum/float64(n)))
	if n > 1 {
		text = t.T("diagnosis.mean_rate_d", t.Rate(sum/float64(n)), t.Unit(t.Number(high-low, 1), "unit.rate"))
	}
	if na > 0 {
		text += t.T("diagnosis.mean_amplitude", t.Degrees(amplitude/float64(na)))
	}
	return text, t.T("diagnosis.positions_read", n)
}

// testsTold tells the tests that are not timing.
func testsTold(t *locale.Printer, st order.State) []component.Finding {
	var out []component.Finding
	fine := 0
	for _, c := range st.Checks {
		if c.Phase != order.Before {
			continue
		}
		for _, it := range c.Items {
			switch it.Result {
			case "ok":
				fine++
			case "fault":
				out = append(out, component.Finding{Icon: iconOf(it.Item), Text: t.T("diagnosis.check_fault", t.T("check.item."+it.Item)), Source: it.Note})
			}
		}
	}
	if fine > 0 {
		out = append(out, component.Finding{Icon: "check", Text: t.T("diagnosis.checks_fine", fine), Source: t.T("check.functions")})
	}
	if x, ok := latest(st.Waters, func(x order.WaterTest) bool { return x.Phase == order.Before }); ok {
		d := doneOf(t, x, nil)
		out = append(out, component.Finding{Icon: "drop", Text: fmt.Sprintf("%s\u00a0: %s", d.Name, strings.ToLower(d.Verdict.Text)), Source: d.Detail})
	}
	if x, ok := latest(st.Electric, func(x order.Electric) bool { return x.Phase == order.Before }); ok {
		for _, e := range electricFields {
			if v := electricValue(x, e.name); v != nil {
				out = append(out, component.Finding{Icon: "coil", Text: t.T("electric." + e.name), Source: t.Float(*v) + "\u00a0" + e.unit})
			}
		}
	}
	return out
}

func iconOf(item string) string {
	switch item {
	case "magnetism":
		return "magnet"
	case "hands", "date":
		return "hands"
	case "bracelet":
		return "strap"
	case "condensation":
		return "drop"
	}
	return "crown"
}
