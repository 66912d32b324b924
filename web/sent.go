package web

import (
	"crypto/sha256"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"etabli.example/fault"
)

// mostSent is how many forms are remembered: at a form a second, five hours.
const mostSent = 20_000

// sentAlready is the refusal of a form that was sent before and says something
// else now: the way back in a browser leads to it, and what it says now would
// otherwise pass for written.
const sentAlready = "web.fault.sent_already"

// formSent is a form by the id it writes under, and what it said.
type formSent struct {
	entry string
	said  [sha256.Size]byte
}

// sentForms remembers what forms said that were done, the latest mostSent of this
// process. The book knows which were written, not what they said: after a restart
// a changed form that was sent before is taken for the one that was.
type sentForms struct {
	mu   sync.Mutex
	said map[string][sha256.Size]byte
	ring []string
	next int
}

// changed reports whether f was sent before and said something else.
func (s *sentForms) changed(f formSent) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	said, known := s.said[f.entry]
	return known && said != f.said
}

// done remembers a form that was answered for.
func (s *sentForms) done(f formSent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.said == nil {
		s.said, s.ring = map[string][sha256.Size]byte{}, make([]string, mostSent)
	}
	if _, known := s.said[f.entry]; known {
		return
	}
	delete(s.said, s.ring[s.next])
	s.said[f.entry], s.ring[s.next] = f.said, f.entry
	s.next = (s.next + 1) % mostSent
}

// asideFields say how a form travelled, not what it says.
var asideFields = []string{"entry", "seen", "own", "happened", "as"}

// formOf is what the request's form says, files by name and size.
func formOf(r *http.Request, entry string) formSent {
	said := url.Values{}
	for name, values := range r.PostForm {
		if !slices.Contains(asideFields, name) {
			said[name] = values
		}
	}
	if r.MultipartForm != nil {
		for name, files := range r.MultipartForm.File {
			for _, f := range files {
				said.Add(name, f.Filename+"/"+strconv.FormatInt(f.Size, 10))
			}
		}
	}
	return formSent{entry, sha256.Sum256([]byte(said.Encode()))}
}

// once refuses a form that was done and says something else now, and notes it to
// be remembered once it is done.
func (s *Server) once(r *http.Request, entry string) error {
	f := formOf(r, entry)
	if s.sent.changed(f) {
		return fault.New(fault.Conflict, sentAlready)
	}
	if v := visitOf(r); v.form != nil {
		*v.form = f
	}
	return nil
}

// noteSent remembers the request's form where it led on: a page shown again with
// what was typed is no answer yet.
func (s *Server) noteSent(r *http.Request, answer int) {
	if f := visitOf(r).form; f != nil && f.entry != "" && answer == http.StatusSeeOther {
		s.sent.done(*f)
	}
}
