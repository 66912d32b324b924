package web

import (
	"net/http"
	"net/url"
	"time"

	"etabli.example/fault"
)

func (s *Server) draftRoutes() {
	s.handle("PUT /draft/{form}", s.needs(s.keepDraft))
	s.handle("DELETE /draft/{form}", s.needs(s.dropDraft))
	s.handle("POST /draft/{form}/drop", s.needs(s.dropDraft)) // for those without JavaScript
}

// mostDraft bounds a draft as it is sent.
const mostDraft = 64 << 10

// notKept are the fields of a form that are made anew with each page.
// The sheet is kept: pictures a telephone took wait under its id.
var notKept = []string{"seen", "entry", "back", "repair"}

// keepDraft is PUT /draft/{form}: the form's values, form-encoded.
func (s *Server) keepDraft(w http.ResponseWriter, r *http.Request) error {
	who, err := s.who(r)
	if err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostDraft)
	if err := r.ParseForm(); err != nil {
		return &fault.Error{Kind: fault.TooLarge, Op: "web.keepDraft", Key: "order.draft_large", Err: err}
	}
	for _, name := range notKept {
		r.PostForm.Del(name)
	}
	if r.PostForm.Get("asked_consent") == "" {
		r.PostForm.Del("asked") // nothing of it is noted without consent, not in a draft either
	}
	if err := s.shop.KeepDraft(r.Context(), who.ID, r.PathValue("form"), r.PostForm.Encode()); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// dropDraft forgets a draft.
func (s *Server) dropDraft(w http.ResponseWriter, r *http.Request) error {
	who, err := s.who(r)
	if err != nil {
		return err
	}
	if err := s.shop.DropDraft(r.Context(), who.ID, r.PathValue("form")); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if r.Method == http.MethodPost {
		return s.seeOther(w, r, r.PostFormValue("back"))
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// draft reads what a person had typed into a form; nil where there is nothing.
func (s *Server) draft(r *http.Request, form string) (url.Values, time.Time, error) {
	who, err := s.who(r)
	if err != nil {
		return nil, time.Time{}, err
	}
	text, saved, err := s.shop.Draft(r.Context(), who.ID, form)
	if err != nil || text == "" {
		return nil, saved, err
	}
	v, err := url.ParseQuery(text)
	if err != nil {
		return nil, saved, nil // a draft that cannot be read is no draft
	}
	return v, saved, nil
}
