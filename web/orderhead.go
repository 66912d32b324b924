package web

import (
	"net/http"
	"strings"

	"etabli.example/fault"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// orderHead is what every page of one order has beside Page: whose sheet it is,
// what its forms carry, and what to say where a form did not go through.
// Template "orderhead" draws its head, "orderbar" the bar of a bench page.
type orderHead struct {
	Page
	Who    staff.Actor
	View   workshop.SheetView
	Act    component.Act
	Track  component.StageBar
	Tabs   []pageTab
	Errors map[string]string // beside fields
	Notice string            // above the form: somebody wrote meanwhile, or the state forbids it
}

// pageTab leads from one page of the order to another.
type pageTab struct {
	Word, Href string
	Current    bool
}

// pageTabs are the pages of an order in the order of the work; a tab is shown
// once its address has a handler.
var pageTabs = []struct{ word, path string }{
	{"tab.sheet", ""}, {"tab.protocol", "/protocol"}, {"tab.measure", "/measure"}, {"tab.checks", "/checks"}, {"tab.diagnosis", "/diagnosis"},
	{"tab.advice", "/advice"}, {"tab.quote", "/quote"}, {"tab.prepare", "/prepare"}, {"tab.work", "/work"},
	{"tab.control", "/control"}, {"tab.return", "/return"},
}

// orderHead opens the order whose number is in the path. Title is the number.
func (s *Server) orderHead(r *http.Request, bench bool) (orderHead, error) {
	row, err := s.named(r)
	if err != nil {
		return orderHead{}, err
	}
	who, err := s.actor(r)
	if err != nil {
		return orderHead{}, err
	}
	p := orderHead{Page: Page{Title: row.Number, Bench: bench, Back: "/orders/" + row.Number}, Who: who}
	if p.View, err = s.shop.Sheet(r.Context(), who, row.Sheet); err != nil {
		return orderHead{}, err
	}
	p.Act = newAct(p.View.Seq)
	p.Track = stageBar(s.printer(r), p.View.Stage)
	for _, t := range pageTabs {
		href := "/orders/" + row.Number + t.path
		if hasRoute(s.mux, href) {
			p.Tabs = append(p.Tabs, pageTab{t.word, href, href == r.URL.Path})
		}
	}
	return p, nil
}

// At is the address of one of the order's pages.
func (p *orderHead) At(path string) string { return "/orders/" + p.View.Number + path }

// Watch is brand and model.
func (p *orderHead) Watch() string { return p.View.Watch.Title() }

// Wishes are what the customer asked to respect, as keys.
func (p *orderHead) Wishes() []string { return p.View.Wishes }

// Fresh is what one more form of the page carries: each has its own entry, so
// that going back and using another form is not taken for a repetition.
func (p *orderHead) Fresh() component.Act { return newAct(p.View.Seq) }

// Err is the sentence beside a field.
func (p *orderHead) Err(field string) string { return p.Errors[field] }

// Forbidden says why the move by kind cannot be made now; "" where it can, or
// where this stage has no such move (Can tells those apart).
func (p *orderHead) Forbidden(kind string) string {
	for _, o := range p.View.Options {
		if string(o.By) == kind && o.Forbidden != nil {
			return p.P.Error(o.Forbidden)
		}
	}
	return ""
}

// Can reports whether this stage has a move by the kind at all.
func (p *orderHead) Can(kind string) bool {
	for _, o := range p.View.Options {
		if string(o.By) == kind {
			return true
		}
	}
	return false
}

// Without says why the actor may not do what a right covers; "" where they may.
func (p *orderHead) Without(right string) string {
	if err := p.Who.Must(staff.Right(right)); err != nil {
		return p.P.Error(err)
	}
	return ""
}

// By names a person of the house.
func (p *orderHead) By(id string) string {
	if name, ok := p.View.People[id]; ok {
		return name
	}
	if id == staff.CustomerID || id == staff.SystemID {
		return p.P.T("tab.by_" + id)
	}
	return p.P.T("tab.somebody")
}

// ordered is any page of an order.
type ordered interface {
	paged
	head() *orderHead
}

func (p *orderHead) head() *orderHead { return p }

// again shows the page a form came from, with what was typed, where err is a
// refusal the person can do something about: fields, a sheet that moved on, a
// state that forbids it. Other errors are returned.
func (s *Server) again(w http.ResponseWriter, r *http.Request, err error, name string, p ordered) error {
	kind := fault.KindOf(err)
	o := p.head()
	o.Errors, _ = s.fieldErrors(r, err)
	switch {
	case kind == fault.Invalid, kind == fault.TooLarge:
	case kind == fault.Stale, kind == fault.Conflict:
	default:
		return err
	}
	o.Notice = s.printer(r).Error(err)
	return s.pageStatus(w, r, status[kind], name, p)
}

// done leaves a note and leads on.
func (s *Server) done(w http.ResponseWriter, r *http.Request, to, key string, args ...any) error {
	s.toast(w, component.Toast{Text: s.printer(r).T(key, args...)})
	return s.seeOther(w, r, to)
}

// entered is a text field as the form gave it, without the spaces around it.
func entered(r *http.Request, name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
