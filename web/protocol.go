package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

func (s *Server) protocolRoutes() {
	s.handle("GET /orders/{number}/protocol", s.needs(s.protocol))
	s.handle("POST /orders/{number}/protocol", s.needs(s.treat))
	s.handle("GET /orders/{number}/regulation", s.needs(s.regulation))
	s.handle("POST /orders/{number}/regulation", s.needs(s.adjust))
	s.handle("GET /bench/rules", s.needs(s.benchRules))
	s.handle("POST /bench/rules", s.needs(s.saveBenchRules))
}

// protocolPage is every test of this watch, in its order, with where each stands.
type protocolPage struct {
	orderHead
	Groups []protocolGroup
	Left   int // lines that can be done or wait
	Rest   string
	Clock  string
}

// Calibre is the page of the watch's calibre; "" where nobody noted which it is.
func (p *protocolPage) Calibre() string {
	if p.View.Watch.CalibreMaker == "" || p.View.Watch.Calibre == "" {
		return ""
	}
	return calibreHref(p.View.Watch.CalibreMaker, p.View.Watch.Calibre)
}

// protocolGroup is the lines before the work, or after it.
type protocolGroup struct {
	Name  string
	Lines []protocolRow
	Open  bool // there is something to do in it, now or soon
}

// protocolRow is one line.
type protocolRow struct {
	order.Line
	Name, What, Say string // what it is, how it is made, why it stands where it does
	Href, Do        string // the page that does it, and the word of its link
	Act             string // treatment that is noted on this page
	Until           string // instant of the countdown, RFC 3339
	UntilText       string
}

// protocolActs are the lines done by a form of the page itself.
var protocolActs = map[string]string{"wind": "wound", "demagnetise": "demagnetised", "reserve": "stopped"}

func (s *Server) protocolPage(r *http.Request) (*protocolPage, error) {
	head, err := s.measuredHead(r)
	if err != nil {
		return nil, err
	}
	for i := range head.Tabs {
		head.Tabs[i].Current = head.Tabs[i].Word == "tab.protocol"
	}
	lines, facts, err := s.shop.BenchProtocol(r.Context(), head.View.State)
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	p := &protocolPage{orderHead: head, Clock: t.Time(facts.Now)}
	p.Title = t.T("protocol.title", head.View.Number)
	p.Rest = t.T("protocol.rest", lasting(t, facts.Rest.Min), lasting(t, facts.Rest.Max), firstSource(t, facts.Rest.Source))
	for _, l := range lines {
		name := t.T("protocol.group." + l.Phase)
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Name != name {
			p.Groups = append(p.Groups, protocolGroup{Name: name})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Lines = append(g.Lines, protocolRowOf(t, head, l, facts))
		if l.State != order.LineDone && l.State != order.LineVoid {
			p.Left++
			g.Open = g.Open || l.Why != "work_first"
		}
	}
	return p, nil
}

func protocolRowOf(t *locale.Printer, head orderHead, l order.Line, f order.BenchFacts) protocolRow {
	row := protocolRow{Line: l, Name: t.T("protocol.line." + l.Code), Act: protocolActs[l.Code]}
	var what []string
	if len(l.Positions) > 0 {
		what = append(what, strings.Join(written(f.Rules, l.Positions), " "))
	}
	if l.Winding != "" {
		what = append(what, t.T("protocol.winding", t.T("winding."+l.Winding)))
	}
	if l.Instrument != "" {
		what = append(what, t.T("protocol.with."+l.Instrument))
	}
	if how := "protocol.how." + l.Code; t.Has(how) {
		what = append(what, t.T(how))
	}
	row.What = strings.Join(what, " · ")
	if l.Why == "first" {
		row.Say = t.T("protocol.why.first", t.T("protocol.line."+l.First))
	} else if l.Why != "" {
		row.Say = t.T("protocol.why." + l.Why)
	}
	if len(l.Positions) > 0 && l.Read > 0 && l.State != order.LineDone {
		row.Say = strings.TrimSpace(t.T("protocol.read", l.Read, len(l.Positions)) + " " + row.Say)
	}
	row.due(t, f)
	if row.Act == "" && l.Page != "" && (l.State == order.LineNext || l.State == order.LineOpen || l.State == order.LineDone) {
		row.Href, row.Do = head.At(l.Page), t.T("protocol.do."+doWord(l))
	}
	if row.Act != "" && l.State != order.LineNext && l.State != order.LineOpen && l.Code != "reserve" {
		row.Act = ""
	}
	if l.Code == "reserve" && (l.State == order.LineDone || l.State == order.LineVoid || l.Why == "first" || l.Why == "work_first") {
		row.Act = ""
	}
	return row
}

// due writes the countdown and, where the workshop is closed at that hour, what
// it means.
func (row *protocolRow) due(t *locale.Printer, f order.BenchFacts) {
	if row.Due.IsZero() {
		return
	}
	due := row.Due.In(f.Now.Location())
	row.Until, row.UntilText = due.UTC().Format(time.RFC3339), t.DateTime(due)
	if !row.Asked.IsZero() && row.Due.After(row.Asked) {
		row.Say = strings.TrimSpace(row.Say + " " + t.T("protocol.closed_then", t.DateTime(row.Asked), t.DateTime(due)))
	}
	if !row.Asked.IsZero() && f.Now.After(row.Due) && row.State != order.LineDone {
		row.Say = strings.TrimSpace(row.Say + " " + t.T("protocol.overdue"))
	}
}

func doWord(l order.Line) string {
	switch {
	case l.State == order.LineDone:
		return "see"
	case len(l.Positions) > 0:
		return "measure"
	}
	return "open"
}

// lasting writes a duration in hours or minutes.
func lasting(t *locale.Printer, d time.Duration) string {
	if d >= time.Hour {
		return t.Hours(d.Hours())
	}
	return t.Unit(t.Number(d.Minutes(), 0), "unit.min")
}

func (s *Server) protocol(w http.ResponseWriter, r *http.Request) error {
	p, err := s.protocolPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "protocol/protocol", p)
}

// treat is POST …/protocol: phase, act, note.
func (s *Server) treat(w http.ResponseWriter, r *http.Request) error {
	p, err := s.protocolPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.State.Sheet)
	if err != nil {
		return err
	}
	x := order.Treatment{Phase: entered(r, "phase"), Act: entered(r, "act"), Note: entered(r, "note")}
	if _, err := s.shop.Treat(r.Context(), a, x); err != nil {
		return s.again(w, r, err, "protocol/protocol", p)
	}
	return s.done(w, r, p.At("/protocol"), "treatment.kept."+x.Act)
}

// regulationPage is the log of the regulation: each reading, and what was
// adjusted after it.
type regulationPage struct {
	orderHead
	Log     []regulated
	Adjust  component.Field
	Way     component.Field
	Why     component.Field
	Measure string
	State   string // where the regulation stands, in a sentence
}

// regulated is one reading of the log.
type regulated struct {
	Position, Rate, Amplitude, BeatError string
	RateMark, AmplitudeMark, BeatMark    component.Verdict
	When, By, Href                       string
	Cased                                bool
	Then                                 []string
}

func (s *Server) regulationPage(r *http.Request) (*regulationPage, error) {
	head, err := s.measuredHead(r)
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	p := &regulationPage{orderHead: head, Measure: head.At("/measure?phase=after&winding=0h")}
	p.Title = t.T("regulation.title", head.View.Number)
	for _, g := range head.View.RegulationLog() {
		x := regulated{Position: g.Reading.Position, By: head.By(g.Reading.By), Href: head.At("/readings/" + strconv.FormatInt(g.Reading.Seq, 10)),
			RateMark:      component.Verdict{Judgement: judgement(g.Reading.VerdictOf("rate"))},
			AmplitudeMark: component.Verdict{Judgement: judgement(g.Reading.VerdictOf("amplitude"))}, BeatMark: component.Verdict{Judgement: judgement(g.Reading.VerdictOf("beat_error"))}}
		x.Rate, x.Amplitude, x.BeatError = figures(t, g.Reading)
		if e, ok := entryOf(head.View, g.Reading.Seq); ok {
			x.When = t.DateTime(e.Happened)
		}
		for _, a := range g.Then {
			said := t.T("regulation.what." + a.What)
			if a.Way != "" {
				said += ", " + t.T("regulation.way."+a.Way)
			}
			x.Then = append(x.Then, sentences(said, a.Why)+" "+head.By(a.By))
		}
		p.Log = append(p.Log, x)
	}
	p.stands(t, s, r)
	pick := func(name, label, prefix string, values []string, none bool) component.Field {
		f := component.Field{Name: name, Label: t.T(label), Type: "select"}
		if none {
			f.Choices = append(f.Choices, component.Choice{Value: "", Label: t.T("regulation.way.none"), Chosen: r.PostFormValue(name) == ""})
		}
		for _, v := range values {
			f.Choices = append(f.Choices, component.Choice{Value: v, Label: t.T(prefix + v), Chosen: r.PostFormValue(name) == v})
		}
		return f
	}
	p.Adjust = pick("what", "regulation.adjusted", "regulation.what.", order.AdjustmentsOffered(), false)
	p.Way = pick("way", "regulation.way", "regulation.way.", order.AdjustmentWays(), true)
	p.Why = component.Field{Name: "why", Label: t.T("regulation.how"), Value: r.PostFormValue("why")}
	return p, nil
}

// stands says what the protocol says of the beat and the rate.
func (p *regulationPage) stands(t *locale.Printer, s *Server, r *http.Request) {
	lines, _, err := s.shop.BenchProtocol(r.Context(), p.View.State)
	if err != nil {
		return // the page shows the log all the same
	}
	for _, l := range lines {
		if l.Code != "beat" && l.Code != "rate" {
			continue
		}
		say := t.T("protocol.state." + string(l.State))
		if l.Why == "first" {
			say = t.T("protocol.why.first", t.T("protocol.line."+l.First))
		} else if l.Why != "" {
			say = t.T("protocol.why." + l.Why)
		}
		p.State = strings.TrimSpace(p.State + " " + t.T("regulation.line", t.T("protocol.line."+l.Code), say))
	}
}

func (s *Server) regulation(w http.ResponseWriter, r *http.Request) error {
	p, err := s.regulationPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "protocol/regulation", p)
}

// adjust is POST …/regulation: what, way, why.
func (s *Server) adjust(w http.ResponseWriter, r *http.Request) error {
	p, err := s.regulationPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.State.Sheet)
	if err != nil {
		return err
	}
	x := order.Adjustment{What: entered(r, "what"), Way: entered(r, "way"), Why: entered(r, "why")}
	if _, err := s.shop.Adjust(r.Context(), a, x); err != nil {
		f := s.printer(r).Fields(err)
		p.Adjust.Error, p.Why.Error = f["what"], f["why"]
		return s.again(w, r, err, "protocol/regulation", p)
	}
	return s.done(w, r, p.At("/regulation"), "regulation.kept")
}
