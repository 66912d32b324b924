package web

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"

	"etabli.example/locale"
	"etabli.example/web/component"
)

// visit is what the middleware found out about a request.
type visit struct {
	id    string
	lang  locale.Lang
	theme string
	toast *component.Toast
	form  *formSent // what act read, to be remembered once it is done
}

type visitKey struct{}

// visitOf returns the request's visit; for a request that did not pass the
// middleware, a French one.
func visitOf(r *http.Request) visit {
	if v, ok := r.Context().Value(visitKey{}).(visit); ok {
		return v
	}
	return visit{lang: locale.FR}
}

// Language returns the language the request is answered in.
func Language(r *http.Request) locale.Lang { return visitOf(r).lang }

// policy is the content security policy: nothing from elsewhere, nothing inline.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; " +
	"media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// middleware puts security headers, the visit and the refusal of forms posted
// from other sites before next, outermost first.
func (s *Server) middleware(next http.Handler) http.Handler {
	return secure(s.visiting(s.signing(s.limiting(s.sameOrigin(next)))))
}

func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "microphone=(self), camera=(self), geolocation=(), payment=(), usb=()")
		next.ServeHTTP(w, r)
	})
}

// visiting finds out number, language, theme and toast.
func (s *Server) visiting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visit{id: strings.ToLower(rand.Text()[:10]), lang: chooseLanguage(r), theme: chosenTheme(r), form: new(formSent)}
		if r.Method == http.MethodGet && !partial(r) && !strings.HasPrefix(r.URL.Path, "/static/") {
			v.toast = s.takeToast(w, r)
		}
		w.Header().Set("X-Request-Id", v.id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), visitKey{}, v)))
	})
}

// sameOrigin refuses what another site's page posts here. It stands in for
// tokens in forms: browsers say where a request comes from.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(s.wrap(func(w http.ResponseWriter, r *http.Request) error { return errCrossOrigin }))
	return p.Handler(next)
}

// chooseLanguage asks the cookie, then the browser; French otherwise.
func chooseLanguage(r *http.Request) locale.Lang {
	if c, err := r.Cookie("lang"); err == nil {
		if lang, ok := locale.Known(c.Value); ok {
			return lang
		}
	}
	return locale.Match(r.Header.Get("Accept-Language"))
}

func chosenTheme(r *http.Request) string {
	if c, err := r.Cookie("theme"); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return ""
}
