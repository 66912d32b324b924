package web

import (
	"bytes"
	"encoding/base64"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"etabli.example/fault"
)

// scenario is one request and what must come of it.
type scenario struct {
	name    string
	method  string
	url     string
	body    string
	headers map[string]string

	status  int
	has     []string          // in the body
	hasNot  []string          // not in the body
	answers map[string]string // header → part of its value
}

func (sc scenario) run(t *testing.T, h http.Handler) {
	t.Helper()
	r := httptest.NewRequest(sc.method, sc.url, strings.NewReader(sc.body))
	if sc.body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for k, v := range sc.headers {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != sc.status {
		t.Errorf("status %d, want %d\n%s", w.Code, sc.status, w.Body)
	}
	for _, s := range sc.has {
		if !strings.Contains(w.Body.String(), s) {
			t.Errorf("body lacks %q:\n%.1500s", s, w.Body)
		}
	}
	for _, s := range sc.hasNot {
		if strings.Contains(w.Body.String(), s) {
			t.Errorf("body has %q", s)
		}
	}
	for k, v := range sc.answers {
		if got := strings.Join(w.Header().Values(k), " "); !strings.Contains(got, v) || (v == "" && got != "") {
			t.Errorf("%s: %q, want %q in it", k, got, v)
		}
	}
}

// quietServer returns a server that logs into b.
func quietServer(t *testing.T, b io.Writer) *Server {
	t.Helper()
	s, err := New(Config{Log: slog.New(slog.NewTextHandler(b, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// testRoutes adds handlers that fail in every way a handler can.
func testRoutes(s *Server) {
	s.handle("GET /t/panic", func(http.ResponseWriter, *http.Request) error { panic("kaboom-secret") })
	s.handle("GET /t/fault/{kind}", func(w http.ResponseWriter, r *http.Request) error {
		for k := fault.Internal; k <= fault.Unavailable; k++ {
			if k.String() == r.PathValue("kind") {
				return &fault.Error{Kind: k, Op: "op", Key: "fault." + k.String(), Err: io.ErrUnexpectedEOF}
			}
		}
		return io.ErrUnexpectedEOF
	})
	s.handle("GET /t/late", func(w http.ResponseWriter, r *http.Request) error {
		_, _ = io.WriteString(w, "half")
		return fault.New(fault.Conflict, "fault.conflict")
	})
}

func TestShell(t *testing.T) {
	s := quietServer(t, io.Discard)
	testRoutes(s)
	toast := base64.RawURLEncoding.EncodeToString([]byte(`{"t":"<b>kept</b>","u":"//evil.example/x","w":"Redo"}`))
	for _, sc := range []scenario{
		{name: "an unknown address is a page in French", method: "GET", url: "/nowhere", status: 404,
			has: []string{`<html lang="fr"`, "Introuvable", "Aucune page à cette adresse."}, hasNot: []string{"⟦"}},
		{name: "the browser's language is answered", method: "GET", url: "/nowhere", status: 404,
			headers: map[string]string{"Accept-Language": "en-GB,en;q=0.9"}, has: []string{`<html lang="en"`, "Not found"}},
		{name: "the cookie wins over the browser", method: "GET", url: "/nowhere", status: 404,
			headers: map[string]string{"Accept-Language": "en", "Cookie": "lang=fr"}, has: []string{`<html lang="fr"`}},
		{name: "an unknown language cookie is ignored", method: "GET", url: "/nowhere", status: 404,
			headers: map[string]string{"Cookie": "lang=xx"}, has: []string{`<html lang="fr"`}},
		{name: "the theme cookie marks the page", method: "GET", url: "/nowhere", status: 404,
			headers: map[string]string{"Cookie": "theme=dark"}, has: []string{`data-theme="dark"`}},
		{name: "a forged theme does not", method: "GET", url: "/nowhere", status: 404,
			headers: map[string]string{"Cookie": "theme=evil"}, hasNot: []string{"data-theme"}},
		{name: "htmx gets the part alone", method: "GET", url: "/nowhere", status: 404,
			headers: map[string]string{"HX-Request-Type": "partial"}, has: []string{"Introuvable"}, hasNot: []string{"<html"}},
		{name: "every page is guarded", method: "GET", url: "/nowhere", status: 404, answers: map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'", "X-Content-Type-Options": "nosniff",
			"X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cache-Control": "no-store", "Permissions-Policy": "microphone=(self)"}},
		{name: "the language is set and the way back kept", method: "POST", url: "/lang", body: "lang=en&back=/gallery%3Fq%3D1", status: 303,
			answers: map[string]string{"Set-Cookie": "lang=en; Path=/", "Location": "/gallery?q=1"}},
		{name: "the way back stays on this server", method: "POST", url: "/lang", body: "lang=en&back=//evil.example", status: 303, answers: map[string]string{"Location": "/"}},
		{name: "an unknown language is refused", method: "POST", url: "/lang", body: "lang=xx", status: 422, has: []string{"Langue inconnue"}, answers: map[string]string{"Set-Cookie": ""}},
		{name: "the theme is set", method: "POST", url: "/theme", body: "theme=dark&back=/", status: 303, answers: map[string]string{"Set-Cookie": "theme=dark"}},
		{name: "the theme is left to the system", method: "POST", url: "/theme", body: "theme=system&back=/", status: 303, answers: map[string]string{"Set-Cookie": "Max-Age=0"}},
		{name: "the theme is set behind the page", method: "POST", url: "/theme", body: "theme=light", headers: map[string]string{"HX-Request-Type": "partial"}, status: 204},
		{name: "an unknown theme is refused", method: "POST", url: "/theme", body: "theme=pink", status: 422, has: []string{"Thème inconnu"}},
		{name: "another site's form is refused", method: "POST", url: "/lang", body: "lang=en", status: 403,
			headers: map[string]string{"Sec-Fetch-Site": "cross-site"}, has: []string{"Venu d’un autre site", "propre onglet"}, answers: map[string]string{"Set-Cookie": ""}},
		{name: "a panic is a page without its cause", method: "GET", url: "/t/panic", status: 500, has: []string{"Un problème de notre côté", "Référence"}, hasNot: []string{"kaboom"}},
		{name: "an unclassified error too", method: "GET", url: "/t/fault/other", status: 500, hasNot: []string{"EOF"}},
		{name: "invalid", method: "GET", url: "/t/fault/invalid", status: 422, has: []string{"Demande à revoir"}},
		{name: "not found", method: "GET", url: "/t/fault/not_found", status: 404},
		{name: "conflict", method: "GET", url: "/t/fault/conflict", status: 409},
		{name: "denied", method: "GET", url: "/t/fault/denied", status: 403, has: []string{"Votre rôle ne permet pas"}},
		{name: "unauthenticated", method: "GET", url: "/t/fault/unauthenticated", status: 401},
		{name: "stale", method: "GET", url: "/t/fault/stale", status: 409, has: []string{"Écrit entre-temps"}},
		{name: "too large", method: "GET", url: "/t/fault/too_large", status: 413},
		{name: "unavailable", method: "GET", url: "/t/fault/unavailable", status: 503},
		{name: "an error after the answer began adds nothing", method: "GET", url: "/t/late", status: 200, has: []string{"half"}, hasNot: []string{"<html"}},
		{name: "a toast is shown once, as text, with a local way back only", method: "GET", url: "/nowhere", status: 404,
			headers: map[string]string{"Cookie": "toast=" + toast}, has: []string{"&lt;b&gt;kept"}, hasNot: []string{"<b>kept", "evil.example"}, answers: map[string]string{"Set-Cookie": "toast=; Path=/; Max-Age=0"}},
		{name: "a broken toast is dropped", method: "GET", url: "/nowhere", status: 404, headers: map[string]string{"Cookie": "toast=%%%"}, hasNot: []string{"<toast-note"}},
		{name: "a file is kept for ever under its hash", method: "GET", url: s.assets.url("tokens.css"), status: 200,
			headers: map[string]string{"Accept-Encoding": "identity"}, has: []string{"--blued"}, answers: map[string]string{"Cache-Control": "immutable", "Content-Type": "text/css"}},
		{name: "and packed where asked", method: "GET", url: s.assets.url("tokens.css"), status: 200,
			headers: map[string]string{"Accept-Encoding": "gzip, br"}, hasNot: []string{"--blued"}, answers: map[string]string{"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}},
		{name: "an old hash is not kept", method: "GET", url: "/static/0/tokens.css", status: 200, has: []string{"--blued"}, answers: map[string]string{"Cache-Control": "no-cache"}},
		{name: "a module has a module's type", method: "GET", url: s.assets.url("element/shell.js"), status: 200, answers: map[string]string{"Content-Type": "text/javascript"}},
		{name: "no file beyond the folder", method: "GET", url: "/static/0/..%2fserver.go", status: 404},
		{name: "the bar shows no entry without a handler", method: "GET", url: "/nowhere", status: 404, hasNot: []string{`<nav`}},
	} {
		t.Run(sc.name, func(t *testing.T) { sc.run(t, s) })
	}
}

// An entry of the bar comes with its handler, and is current below its address.
func TestBarFollowsRoutes(t *testing.T) {
	s := quietServer(t, io.Discard)
	s.Handle("GET /board", http.NotFoundHandler())
	sc := scenario{method: "GET", url: "/board/nowhere", status: 404, has: []string{`<a href="/board" aria-current="page">Tableau</a>`, `type="search"`}, hasNot: []string{`href="/stock"`}}
	sc.run(t, s)
}

// One line per request; a failure carries its cause and the number the page shows.
func TestOneLogLine(t *testing.T) {
	var b bytes.Buffer
	s := quietServer(t, &b)
	testRoutes(s)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/t/panic", nil))
	id := w.Header().Get("X-Request-Id")
	line := b.String()
	if strings.Count(line, "\n") != 1 {
		t.Errorf("%d lines:\n%s", strings.Count(line, "\n"), line)
	}
	for _, want := range []string{"level=ERROR", "status=500", "kaboom-secret", "request=" + id} {
		if !strings.Contains(line, want) {
			t.Errorf("log lacks %q: %.300s", want, line)
		}
	}
	if id == "" || !strings.Contains(w.Body.String(), id) {
		t.Errorf("the page does not show the request's number %q", id)
	}
}
