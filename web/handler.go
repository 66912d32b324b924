package web

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/trade/staff"
)

// handler answers a request or returns why it could not. It never writes an
// error page and never logs.
type handler func(w http.ResponseWriter, r *http.Request) error

// status maps what went wrong to what a browser is told.
var status = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Denied:          http.StatusForbidden,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Stale:           http.StatusConflict,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// wrap is the one place where an error or a panic becomes a status, a page and
// a log line.
func (s *Server) wrap(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		s.metrics.now.Inc()
		defer s.metrics.now.Dec()
		rec := &recorder{ResponseWriter: w, secure: s.overHTTPS(r)}
		body, _ := r.Body.(*bounded) // before a handler bounds it further
		err := s.guard(h, rec, r)
		if err != nil && body != nil {
			body.finish()
		}
		if r.MultipartForm != nil {
			// The server clears only the request it made, and the middleware passes copies on.
			err = errors.Join(err, r.MultipartForm.RemoveAll())
		}
		if err != nil && !rec.written {
			err = errors.Join(err, s.showError(rec, r, err))
		}
		s.noteSent(r, rec.status())
		if rec.status() == http.StatusForbidden {
			s.noteAttempt(r, staff.AttemptDenied, method(r.Method)+" "+routeOf(r))
		}
		s.logLine(r, rec, err, time.Since(began))
	})
}

// guard runs h and turns a panic into an error that keeps its stack.
func (s *Server) guard(h handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			err = &fault.Error{Kind: fault.Internal, Op: "web.panic", Key: "fault.internal", Err: fmt.Errorf("%v\n%s", p, debug.Stack())}
		}
	}()
	return h(w, r)
}

// errorPage says what happened, what to do, and the number to quote.
type errorPage struct {
	Page
	Kind     string // names the title and the next step: web.fault.<kind>
	Sentence string
	Fields   []string // what is wrong, where no form was there to show it
	Status   int
}

// showError writes the page for err, or its fragment where htmx asked.
func (s *Server) showError(w http.ResponseWriter, r *http.Request, err error) error {
	kind := fault.KindOf(err)
	p := &errorPage{Kind: kind.String(), Status: status[kind]}
	s.fill(&p.Page, r)
	if errors.Is(err, errCrossOrigin) { // refused whoever asks: no other role would help
		p.Kind = "another_site"
	}
	p.Title = "web.fault." + p.Kind
	if f := new(fault.Error); errors.As(err, &f) && f.Key == tooMany {
		p.Status = http.StatusTooManyRequests
	}
	p.Sentence = p.P.Error(err)
	p.Fields = slices.Compact(slices.Sorted(maps.Values(p.P.Fields(err)))) // several fields may want the same
	name := "page"
	if partial(r) {
		name = "content"
	}
	return s.render(w, r, p.Status, "fault/fault", name, p)
}

// unknown answers addresses nobody has.
func (s *Server) unknown(w http.ResponseWriter, r *http.Request) error {
	return fault.New(fault.NotFound, "web.fault.no_page")
}

// recorder remembers what was sent, for the log and so that a late error does
// not write a second answer.
type recorder struct {
	http.ResponseWriter
	code    int
	written bool
	secure  bool // cookies are for HTTPS alone
}

func (w *recorder) WriteHeader(code int) {
	if !w.written {
		w.code, w.written = code, true
		w.sealCookies()
	}
	w.ResponseWriter.WriteHeader(code)
}

// sealCookies keeps what is set over HTTPS from ever going out in the clear.
func (w *recorder) sealCookies() {
	set := w.Header()["Set-Cookie"]
	for i, c := range set {
		if w.secure && !strings.HasSuffix(c, "; Secure") {
			set[i] = c + "; Secure"
		}
	}
}

func (w *recorder) Write(b []byte) (int, error) {
	if !w.written {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) status() int {
	if w.code == 0 {
		return http.StatusOK
	}
	return w.code
}
