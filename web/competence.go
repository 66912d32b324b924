package web

import (
	"net/http"
	"strconv"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/competence"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) competenceRoutes() {
	s.handle("GET /orders/{number}/competences", s.needs(s.orderCompetences))
	s.handle("POST /orders/{number}/competences", s.needs(s.countersign))
	s.handle("GET /people/{person}/competences", s.needs(s.personCompetences))
}

// proofGroup is one activity with its competences.
type proofGroup struct {
	Code, Name  string
	Competences []proofRow
}

// proofRow is one competence and what proves it.
type proofRow struct {
	Code, Name string
	Alone      int      // proofs of work done alone
	Kinds      []string // how many proofs on each kind of watch, in words
	Proofs     []proofLine
}

// shownProofs is how many proofs of a competence are shown before the rest is
// folded away.
const shownProofs = 6

// First are the proofs shown, Rest those folded away.
func (p proofRow) First() []proofLine { return p.Proofs[:min(len(p.Proofs), shownProofs)] }

// Rest are the proofs folded away.
func (p proofRow) Rest() []proofLine { return p.Proofs[len(p.First()):] }

// proofLine is one proof: an entry, who, on what, how.
type proofLine struct {
	Href, Number string // of the entry
	Of           string // the order, the lot or the tool; "" where the page is of one order
	Title        string
	Who          string
	Watch        string // locale key of the kind of watch; "" where there is none
	How          string // "alone", "helped", "watched", ""
	Failed       bool
	Struck       bool
	Signed       []string   // what tutors said, each with who
	Sign         *proofSign // nil where this person cannot countersign it
}

// proofSign is the form of a tutor's countersignature.
type proofSign struct {
	Action, ID string
	Act        component.Act
	Of         int64
	Competence string
}

// proofGroups sorts proofs into the nine activities. ofOne leaves out what all
// have in common: the order.
func proofGroups(t *locale.Printer, p workshop.Proofs, ofOne bool) []proofGroup {
	by := map[string][]proofLine{}
	for _, x := range p.Proofs {
		by[x.Competence] = append(by[x.Competence], lineOf(t, p, x, ofOne))
	}
	var out []proofGroup
	for _, a := range competence.Activities() {
		g := proofGroup{Code: a.Code, Name: inLang(t, a.FR, a.EN)}
		for _, c := range competence.All() {
			if c.Activity != a.Code {
				continue
			}
			row := proofRow{Code: c.Code, Name: inLang(t, c.FR, c.EN), Proofs: by[c.Code]}
			if !ofOne {
				row.Kinds = kindsOf(t, row.Proofs)
			}
			for _, l := range row.Proofs {
				if l.How == "alone" && !l.Struck {
					row.Alone++
				}
			}
			g.Competences = append(g.Competences, row)
		}
		out = append(out, g)
	}
	return out
}

// kindsOf counts proofs by the kind of watch they were given on.
func kindsOf(t *locale.Printer, proofs []proofLine) []string {
	var out []string
	for _, k := range watch.Kinds() {
		n := 0
		for _, l := range proofs {
			if l.Watch == "watch.kind."+string(k) {
				n++
			}
		}
		if n > 0 {
			out = append(out, t.T("competence.of_kind."+string(k), n))
		}
	}
	return out
}

func inLang(t *locale.Printer, fr, en string) string {
	if t.Lang() == locale.EN {
		return en
	}
	return fr
}

func lineOf(t *locale.Printer, p workshop.Proofs, x competence.Proof, ofOne bool) proofLine {
	l := proofLine{Number: t.T("entry.number", x.Seq), Who: shortName(p.People[x.By]), How: x.How, Failed: x.Failed, Struck: x.Struck}
	if x.Watch != "" {
		l.Watch = "watch.kind." + x.Watch
	}
	for _, c := range x.Signed {
		word := shortName(p.People[c.By]) + " : " + t.T("countersign."+c.Verdict)
		if c.Note != "" {
			word += ", " + c.Note
		}
		l.Signed = append(l.Signed, word)
	}
	seq := strconv.FormatInt(x.Seq, 10)
	switch {
	case x.Number != "":
		l.Href, l.Title, l.Of = orderHref(x.Number)+"?entry_no="+seq+"#entry", t.T("entry."+string(x.Kind)), shortNumber(x.Number)
	case t.Has("register.entry." + string(x.Kind)):
		l.Href, l.Title, l.Of = "/register?year="+x.Thing, t.T("register.entry."+string(x.Kind)), x.Thing
	case t.Has("tool.entry." + string(x.Kind)):
		l.Href, l.Title, l.Of = "/tools/"+x.Sheet, t.T("tool.entry."+string(x.Kind)), x.Thing
	default:
		l.Href, l.Title, l.Of = "/stock/"+x.Sheet, t.T("stock.entry."+string(x.Kind)), x.Thing
	}
	switch {
	case !ofOne:
		l.Who = ""
	case x.Number != "":
		l.Of = "" // the order is the page's own
	}
	return l
}

// orderCompetencesPage is what one order proves.
type orderCompetencesPage struct {
	orderHead
	Groups []proofGroup
}

func (s *Server) orderCompetences(w http.ResponseWriter, r *http.Request) error {
	head, err := s.orderHead(r, false)
	if err != nil {
		return err
	}
	proofs, err := s.shop.OrderProofs(r.Context(), head.Who, head.View.Sheet)
	if err != nil {
		return err
	}
	p := &orderCompetencesPage{orderHead: head, Groups: proofGroups(s.printer(r), proofs, true)}
	p.offer(proofs)
	return s.page(w, r, "competence/order", p)
}

// personCompetencesPage is what a person's latest sheets prove.
type personCompetencesPage struct {
	Page
	Proofs workshop.Proofs
	Groups []proofGroup
}

func (s *Server) personCompetences(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	proofs, err := s.shop.PersonProofs(r.Context(), who, r.PathValue("person"))
	if err != nil {
		return err
	}
	p := &personCompetencesPage{Page: Page{Title: "competence.title"}, Proofs: proofs, Groups: proofGroups(s.printer(r), proofs, false)}
	return s.page(w, r, "competence/person", p)
}

// offer gives a tutor the form beside every proof that is another person's.
func (p *orderCompetencesPage) offer(proofs workshop.Proofs) {
	if !p.Who.May(staff.Tutor) {
		return
	}
	next := map[string]int{} // how many of a competence were passed
	by := map[string][]competence.Proof{}
	for _, x := range proofs.Proofs {
		by[x.Competence] = append(by[x.Competence], x)
	}
	for _, g := range p.Groups {
		for i := range g.Competences {
			row := &g.Competences[i]
			for j := range row.Proofs {
				x := by[row.Code][next[row.Code]]
				next[row.Code]++
				if x.By != p.Who.ID && !x.Struck && x.Sheet == p.View.Sheet {
					row.Proofs[j].Sign = &proofSign{p.At("/competences"), row.Code + "-" + strconv.FormatInt(x.Seq, 10), p.Fresh(), x.Seq, row.Code}
				}
			}
		}
	}
}

// countersign is POST /orders/{number}/competences: of, competence, verdict, note.
func (s *Server) countersign(w http.ResponseWriter, r *http.Request) error {
	row, err := s.named(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, row.Sheet)
	if err != nil {
		return err
	}
	of, err := strconv.ParseInt(entered(r, "of"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "web.fault.form")
	}
	c := order.Countersignature{Of: of, Competence: entered(r, "competence"), Verdict: entered(r, "verdict"), Note: entered(r, "note")}
	if _, err := s.shop.Countersign(r.Context(), a, c); err != nil {
		return err
	}
	return s.done(w, r, orderHref(row.Number, "competences"), "countersign.did")
}
