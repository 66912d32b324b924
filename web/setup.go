package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// setupRoutes: /start/{token} makes the first administrator, for whoever has the
// address that the console printed; /setup/{step} is what the house says of
// itself, then and later.
func (s *Server) setupRoutes() {
	s.handle("GET /start/{token}", s.start)
	s.handle("POST /start/{token}", s.begin)
	s.handle("GET /setup", s.needs(s.setupNext))
	s.handle("GET /setup/{step}", s.needs(s.setup))
	s.handle("POST /setup/{step}", s.needs(s.saveSetup))
}

// startPage makes the first administrator.
type startPage struct {
	officeForm
	Token string
}

// Runs reports whether the administrator also runs the workshop, as most do.
func (p *startPage) Runs() bool { return p.Form != "start" || p.Typed["runs"] != "" }

func (s *Server) startPage(r *http.Request) (*startPage, error) {
	p := &startPage{officeForm: officeForm{Page: Page{Title: "setup.start.title", Bare: true}, Typed: map[string]string{}}, Token: r.PathValue("token")}
	return p, s.shop.CheckSetup(r.Context(), p.Token)
}

func (s *Server) start(w http.ResponseWriter, r *http.Request) error {
	p, err := s.startPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "house/start", p)
}

func (s *Server) begin(w http.ResponseWriter, r *http.Request) error {
	p, err := s.startPage(r)
	if err != nil {
		return err
	}
	p.Form = "start"
	for _, name := range []string{"name", "login", "email", "runs"} {
		p.Typed[name] = entered(r, name)
	}
	who := staff.Person{Name: p.Typed["name"], Login: strings.ToLower(p.Typed["login"]), Email: p.Typed["email"], Lang: string(Language(r)), Roles: []staff.Role{staff.Administrator}}
	if p.Typed["runs"] != "" {
		who.Roles = append(who.Roles, staff.Manager)
	}
	session, err := s.shop.Begin(r.Context(), p.Token, who, r.PostFormValue("password"), r.UserAgent())
	if err != nil {
		return s.refused(w, r, err, "house/start", p)
	}
	s.setCookie(w, sessionCookie, session, 14*24*3600)
	return s.seeOther(w, r, "/setup")
}

// setupPage is one step of what the house says of itself.
type setupPage struct {
	officeForm
	Step  string
	Setup workshop.Setup
	firmFields
	Sites   []setupSite
	People  []staff.Person
	Benches []component.Choice
	New     staff.Person
}

// setupSite is one site as the forms show it.
type setupSite struct {
	workshop.Site
	Fields []component.Field
	Days   []setupDay
	Next   string // number of the order that comes next
}

type setupDay struct {
	Name     string
	From, To component.Field
	Error    string
}

// Steps are the steps with how far they are.
func (p *setupPage) Steps() []receptionStep {
	var out []receptionStep
	for _, step := range workshop.SetupSteps() {
		out = append(out, receptionStep{Word: p.P.T("setup." + step), Href: "/setup/" + step, Key: step, Done: p.Setup.Has(step)})
	}
	return out
}

// FirmForm names the form of the identity.
func (p *setupPage) FirmForm() string { return "firm" }

// Roles are the roles offered.
func (p *setupPage) Roles() []staff.Role { return staff.Roles() }

// Has reports whether the account being made has a role.
func (p *setupPage) Has(r staff.Role) bool { return slices.Contains(p.New.Roles, r) }

// setupNext leads to the first step that was not done.
func (s *Server) setupNext(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.mayManage(r); err != nil {
		return err
	}
	how, err := s.shop.Setup(r.Context())
	if err != nil {
		return err
	}
	next := how.Next()
	switch {
	case how.Begun && next == "":
		next = "done"
	case !how.Begun:
		next = workshop.SetupSteps()[0]
	}
	return s.seeOther(w, r, "/setup/"+next)
}

func (s *Server) setupPage(r *http.Request) (*setupPage, error) {
	form, err := s.officeForm(r, "setup.title")
	if err != nil {
		return nil, err
	}
	if err := form.Who.Must(staff.ManagePeople); err != nil {
		return nil, err
	}
	p := &setupPage{officeForm: form, Step: r.PathValue("step"), New: staff.Person{Active: true}}
	if p.Step != "done" && !slices.Contains(workshop.SetupSteps(), p.Step) {
		return nil, fault.New(fault.NotFound, "web.fault.no_page")
	}
	if r.Method == http.MethodPost {
		p.Form = p.Step
	}
	if p.Setup, err = s.shop.Setup(r.Context()); err != nil {
		return nil, err
	}
	if p.Firm, err = s.shop.Firm(r.Context()); err != nil {
		return nil, err
	}
	if p.People, err = s.shop.People(r.Context()); err != nil {
		return nil, err
	}
	sites, err := s.shop.Sites(r.Context())
	p.Sites = nil
	for _, x := range sites {
		p.Sites = append(p.Sites, setupSite{Site: x})
		for _, b := range x.Benches {
			p.Benches = append(p.Benches, component.Choice{Value: b, Label: b + ", " + x.Name})
		}
	}
	return p, err
}

func (s *Server) setup(w http.ResponseWriter, r *http.Request) error {
	p, err := s.setupPage(r)
	if err != nil {
		return err
	}
	if err := s.setupForm(r, p); err != nil {
		return err
	}
	return s.page(w, r, "house/setup", p)
}

// saveSetup keeps one step and leads to the next.
func (s *Server) saveSetup(w http.ResponseWriter, r *http.Request) error {
	p, err := s.setupPage(r)
	if err != nil {
		return err
	}
	read, ok := map[string]func(*http.Request, *setupPage) func(context.Context) error{
		"firm": s.readFirm, "sites": s.readSites, "days": s.readDays, "benches": s.readBenches,
		"people": s.readPerson, "numbers": s.readNumbers, "printers": s.readPrinters}[p.Step]
	if !ok {
		return fault.New(fault.NotFound, "web.fault.no_page")
	}
	err = s.shop.SetupStep(r.Context(), p.Who, p.Step, read(r, p))
	if err != nil {
		p.Errors = s.printer(r).Fields(err) // the form is drawn with them
		if e := s.setupForm(r, p); e != nil {
			return e
		}
		return s.refused(w, r, err, "house/setup", p)
	}
	if p.Step == "people" && r.PostFormValue("do") == "add" {
		return s.done(w, r, "/setup/people", "people.saved", p.New.Name)
	}
	steps := append(workshop.SetupSteps(), "done")
	return s.done(w, r, "/setup/"+steps[slices.Index(steps, p.Step)+1], "setup.kept")
}
