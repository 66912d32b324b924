package web

import (
	"net/http"
	"strconv"

	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

func (s *Server) securityRoutes() {
	s.handle("GET /security", s.needs(s.security))
	s.handle("POST /security/limits", s.needs(s.saveLimits))
	s.handle("POST /sessions/end", s.needs(s.endSession))
}

// securityPage is what was refused, and how often an address may try.
type securityPage struct {
	Page
	Attempts []staff.Attempt
	names    map[string]string
	In       map[string]string
	Errors   map[string]string
	Notice   string
}

// Who names whom something was refused to.
func (p *securityPage) Who(a staff.Attempt) string {
	if a.Person == "" {
		return p.P.T("security.stranger")
	}
	return p.names[a.Person]
}

// Limits are the fields of the form.
func (p *securityPage) Limits() []string { return []string{"sign_in", "link"} }

func (s *Server) securityPage(r *http.Request) (*securityPage, staff.Actor, error) {
	who, err := s.actor(r)
	if err != nil {
		return nil, who, err
	}
	p := &securityPage{Page: Page{Title: "security.title"}, names: map[string]string{}}
	if p.Attempts, err = s.shop.Attempts(r.Context(), who); err != nil {
		return nil, who, err
	}
	people, err := s.shop.People(r.Context())
	if err != nil {
		return nil, who, err
	}
	for _, x := range people {
		p.names[x.ID] = x.Name
	}
	l, err := s.shop.TryLimits(r.Context())
	p.In = map[string]string{"sign_in": strconv.Itoa(l.SignIn), "link": strconv.Itoa(l.Link)}
	return p, who, err
}

func (s *Server) security(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.securityPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "people/security", p)
}

func (s *Server) saveLimits(w http.ResponseWriter, r *http.Request) error {
	p, who, err := s.securityPage(r)
	if err != nil {
		return err
	}
	l := workshop.TryLimits{}
	for field, n := range map[string]*int{"sign_in": &l.SignIn, "link": &l.Link} {
		p.In[field] = entered(r, field)
		*n, _ = strconv.Atoi(p.In[field]) // what is no number is 0, which is refused
	}
	err = s.shop.SaveTryLimits(r.Context(), who, l)
	if fields, refused := s.fieldErrors(r, err); refused {
		p.Errors, p.Notice = fields, s.printer(r).Error(err)
		return s.refuse(w, r, "people/security", p)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/security", "security.limits_saved")
}
