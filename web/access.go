package web

import (
	"net/http"

	"etabli.example/locale"
	"etabli.example/trade/customer"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) accessRoutes() {
	s.handle("GET /accessibility", s.access)
	s.handle("GET /accessibility/edit", s.needs(s.editAccess))
	s.handle("POST /accessibility/edit", s.needs(s.saveAccess))
	s.handle("GET /write", s.needs(s.writing))
}

// accessPage is the public accessibility register, for anybody, and its form.
type accessPage struct {
	Page
	Firm     workshop.Firm
	Register workshop.AccessRegister
	Fields   []component.Field
	Notice   string
}

// Offered are the accommodations that can be asked for at the counter.
func (p *accessPage) Offered() []string { return customer.Accommodations() }

// access is GET /accessibility: read without an account, and printed for the desk.
func (s *Server) access(w http.ResponseWriter, r *http.Request) error {
	p := &accessPage{Page: Page{Title: "access.title", Bare: true}}
	var err error
	if p.Register, err = s.shop.AccessRegister(r.Context()); err != nil {
		return err
	}
	if p.Firm, err = s.shop.Firm(r.Context()); err != nil {
		return err
	}
	return s.page(w, r, "access/register", p)
}

func accessFields(t *locale.Printer, a workshop.AccessRegister, errs map[string]string) []component.Field {
	var out []component.Field
	for _, f := range []struct{ name, value string }{{"services", a.Services}, {"building", a.Building}, {"training", a.Training},
		{"equipment", a.Equipment}, {"contact", a.Contact}} {
		out = append(out, component.Field{Name: f.name, Label: t.T("access." + f.name), Help: t.T("access." + f.name + "_help"), Type: "textarea", Rows: 4,
			Value: f.value, Error: errs[f.name]})
	}
	return out
}

func (s *Server) editAccess(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	if err := who.Must(staff.ManageRules); err != nil {
		return err
	}
	a, err := s.shop.AccessRegister(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, "access/edit", &accessPage{Page: Page{Title: "access.title"}, Fields: accessFields(s.printer(r), a, nil)})
}

func (s *Server) saveAccess(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	a := workshop.AccessRegister{Services: entered(r, "services"), Building: entered(r, "building"), Training: entered(r, "training"),
		Equipment: entered(r, "equipment"), Contact: entered(r, "contact")}
	err = s.shop.SaveAccessRegister(r.Context(), who, a)
	if errs, bad := s.fieldErrors(r, err); bad {
		return s.refuse(w, r, "access/edit", &accessPage{Page: Page{Title: "access.title"}, Fields: accessFields(s.printer(r), a, errs), Notice: s.printer(r).Error(err)})
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/accessibility/edit", "access.saved")
}

// writingPage is two people who write to each other across the counter. What they
// write stays on the screen: nothing of it is sent or kept.
type writingPage struct{ Page }

// Phrases are the sentences offered, so that the first word costs one press.
func (p *writingPage) Phrases() []string {
	return []string{"hello", "show", "wait", "date", "sign", "thanks"}
}

func (s *Server) writing(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, "access/write", &writingPage{Page{Title: "access.write", Bare: true}})
}
