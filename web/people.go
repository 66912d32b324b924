package web

import (
	"net/http"
	"slices"

	"etabli.example/fault"
	"etabli.example/trade/staff"
)

func (s *Server) peopleRoutes() {
	s.handle("GET /people", s.needs(s.people))
	s.handle("POST /people", s.needs(s.savePerson))
	s.handle("GET /people/rights", s.needs(s.rights))
}

// peoplePage is the accounts of the house.
type peoplePage struct {
	Page
	sessionList
	People []staff.Person
	In     staff.Person // being changed; its ID is empty for a new account
	Errors map[string]string
	Notice string
}

// mayManage refuses those who do not keep the accounts.
func (s *Server) mayManage(r *http.Request) (staff.Actor, error) {
	who, err := s.actor(r)
	if err != nil {
		return who, err
	}
	return who, who.Must(staff.ManagePeople)
}

func (s *Server) peoplePage(r *http.Request) (*peoplePage, error) {
	p := &peoplePage{Page: Page{Title: "people.title"}, In: staff.Person{Active: true, Lang: "fr"}}
	var err error
	if p.People, err = s.shop.People(r.Context()); err != nil {
		return nil, err
	}
	if id := r.URL.Query().Get("person"); id != "" {
		if p.In, err = s.shop.Person(r.Context(), id); err != nil {
			return nil, err
		}
		who, err := s.actor(r)
		if err != nil {
			return nil, err
		}
		if p.sessionList, err = s.sessionsOf(r, who, id); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Roles are the roles offered.
func (p *peoplePage) Roles() []staff.Role { return staff.Roles() }

// Has reports whether the account being changed has a role.
func (p *peoplePage) Has(r staff.Role) bool { return slices.Contains(p.In.Roles, r) }

func (s *Server) people(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.mayManage(r); err != nil {
		return err
	}
	p, err := s.peoplePage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "people/people", p)
}

func (s *Server) savePerson(w http.ResponseWriter, r *http.Request) error {
	who, err := s.mayManage(r)
	if err != nil {
		return err
	}
	p, err := s.peoplePage(r)
	if err != nil {
		return err
	}
	p.In = staff.Person{ID: entered(r, "id"), Login: entered(r, "login"), Name: entered(r, "name"), Email: entered(r, "email"), Lang: entered(r, "lang"),
		Bench: entered(r, "bench"), Active: r.PostFormValue("active") != ""}
	for _, role := range r.PostForm["role"] {
		p.In.Roles = append(p.In.Roles, staff.Role(role))
	}
	if p.In.ID != "" {
		if _, err := s.shop.Person(r.Context(), p.In.ID); err != nil {
			return err
		}
	}
	err = s.checkPerson(who, p.In)
	if err == nil {
		_, err = s.shop.SavePerson(r.Context(), who, p.In, r.PostFormValue("password"))
	}
	if fields, refused := s.fieldErrors(r, err); refused {
		p.Errors, p.Notice = fields, s.printer(r).Error(err)
		return s.refuse(w, r, "people/people", p)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/people", "people.saved", p.In.Name)
}

// checkPerson refuses what would shut the administrator out of their own house.
func (s *Server) checkPerson(who staff.Actor, p staff.Person) error {
	var bad fault.Problems
	if p.ID == who.ID && (!p.Active || !slices.Contains(p.Roles, staff.Administrator)) {
		bad.Add("roles", "people.not_yourself")
	}
	return bad.Err()
}

// rightsPage is the matrix of rights, as the code has it.
type rightsPage struct {
	Page
	Roles []staff.Role
	Rows  []rightRow
}

type rightRow struct {
	Right staff.Right
	Has   []bool
}

// rights is open to everybody: who may do what is no secret in a workshop.
func (s *Server) rights(w http.ResponseWriter, r *http.Request) error {
	p := &rightsPage{Page: Page{Title: "people.rights"}, Roles: staff.Roles()}
	for _, right := range staff.Rights() {
		row := rightRow{Right: right}
		for _, role := range p.Roles {
			row.Has = append(row.Has, staff.MayRole(role, right))
		}
		p.Rows = append(p.Rows, row)
	}
	return s.page(w, r, "people/rights", p)
}
