package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"etabli.example/fault"
)

// page writes a whole page, or its content alone where htmx asked for a part.
// name is folder and file below web/page, without extension: "quote/edit".
func (s *Server) page(w http.ResponseWriter, r *http.Request, name string, data paged) error {
	return s.pageStatus(w, r, http.StatusOK, name, data)
}

// refuse writes the page a form came from, with its fields' errors and what was
// typed, under the status for a form that is wrong.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, name string, data paged) error {
	return s.pageStatus(w, r, http.StatusUnprocessableEntity, name, data)
}

func (s *Server) pageStatus(w http.ResponseWriter, r *http.Request, code int, name string, data paged) error {
	s.fill(data.shell(), r)
	block := "page"
	if partial(r) {
		block = "content"
	}
	return s.render(w, r, code, name, block, data)
}

// fragment writes one named block of a page, for htmx.
func (s *Server) fragment(w http.ResponseWriter, r *http.Request, name, block string, data paged) error {
	s.fill(data.shell(), r)
	return s.render(w, r, http.StatusOK, name, block, data)
}

// render executes into memory first, so that a failing template gives an error
// page and not half a page.
func (s *Server) render(w http.ResponseWriter, r *http.Request, code int, name, block string, data paged) error {
	set, ok := s.pages[visitOf(r).lang][name]
	if !ok {
		return &fault.Error{Kind: fault.Internal, Op: "web.render", Key: "fault.internal", Args: []any{name}}
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, block, data); err != nil {
		return fault.Wrap("web.render "+name, err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "HX-Request-Type")
	w.WriteHeader(code)
	_, err := b.WriteTo(w)
	return err
}

// partial reports whether htmx will put the answer into a part of the page.
func partial(r *http.Request) bool { return r.Header.Get("HX-Request-Type") == "partial" }

// seeOther sends the browser on after a form was accepted.
func (s *Server) seeOther(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, local(to), http.StatusSeeOther)
	return nil
}

// local returns path if it stays on this server, otherwise "/". Addresses that
// come back from a form are not to be trusted.
func local(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
