package web

import (
	"net/http"

	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

func (s *Server) followRoutes() {
	s.handle("GET /follow", s.needs(s.showFollow))
	s.handle("POST /follow/again", s.needs(s.tryAgain))
	s.handle("POST /follow/drop", s.needs(s.dropFollow))
}

// followPage is what should have followed an entry and has not.
type followPage struct {
	Page
	Dead, Waiting []workshop.Undone
	Errors        map[string]string // of the row Refused
	Refused       string            // id of the row whose reason was refused
	Notice        string
}

// Why is the last failure in words: a sentence of ours, or what the other side said.
func (p *followPage) Why(u workshop.Undone) string { return named(p.P, u.Last, u.Last) }

// What names what should have happened.
func (p *followPage) What(u workshop.Undone) string { return named(p.P, "follow.kind."+u.Kind, u.Kind) }

func (s *Server) followPage(r *http.Request) (*followPage, staff.Actor, error) {
	who, err := s.actor(r)
	if err != nil {
		return nil, who, err
	}
	all, err := s.shop.Undone(r.Context(), who)
	p := &followPage{Page: Page{Title: "follow.title"}}
	for _, u := range all {
		if u.Dead {
			p.Dead = append(p.Dead, u)
		} else {
			p.Waiting = append(p.Waiting, u)
		}
	}
	return p, who, err
}

func (s *Server) showFollow(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.followPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "follow/follow", p)
}

func (s *Server) tryAgain(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	if err := s.shop.TryAgain(r.Context(), who, entered(r, "id")); err != nil {
		return err
	}
	return s.done(w, r, "/follow", "follow.tried")
}

func (s *Server) dropFollow(w http.ResponseWriter, r *http.Request) error {
	p, who, err := s.followPage(r)
	if err != nil {
		return err
	}
	err = s.shop.Drop(r.Context(), who, entered(r, "id"), entered(r, "why"))
	if fields, refused := s.fieldErrors(r, err); refused {
		p.Refused, p.Errors, p.Notice = entered(r, "id"), fields, s.printer(r).Error(err)
		return s.refuse(w, r, "follow/follow", p)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/follow", "follow.dropped")
}
