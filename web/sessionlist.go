package web

import (
	"net/http"
	"strings"

	"etabli.example/ident"
	"etabli.example/trade/staff"
)

// sessionList is where somebody is signed in, as their page and the
// administrator's show it.
type sessionList struct {
	Sessions   []shownSession
	SessionsOf string // id of the person
}

type shownSession struct {
	staff.Session
	Here bool // the session that looks
}

// Device is the browser in a few words: what it calls itself, without versions.
func (s shownSession) Device() string {
	for _, name := range []string{"iPad", "iPhone", "Android", "Windows", "Macintosh", "Linux"} {
		if strings.Contains(s.Agent, name) {
			return name
		}
	}
	return ""
}

func (s *Server) sessionsOf(r *http.Request, who staff.Actor, person string) (l sessionList, err error) {
	all, err := s.shop.Sessions(r.Context(), who, person)
	l.SessionsOf = person
	here := ""
	if c, err := r.Cookie(sessionCookie); err == nil {
		here = ident.HashToken(c.Value)
	}
	for _, x := range all {
		l.Sessions = append(l.Sessions, shownSession{x, x.Hash == here})
	}
	return l, err
}

// endSession is POST /sessions/end: person, session.
func (s *Server) endSession(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	person := entered(r, "person")
	if err := s.shop.EndSession(r.Context(), who, person, entered(r, "session")); err != nil {
		return err
	}
	if person == who.ID {
		return s.done(w, r, "/account", "account.session_ended")
	}
	return s.done(w, r, "/people?person="+queryEscape(person), "account.session_ended")
}
