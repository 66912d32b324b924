package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/web/component"
)

var errCrossOrigin = fault.New(fault.Denied, "web.fault.cross_origin")

const yearSeconds = 365 * 24 * 3600

// setCookie writes a cookie for this server alone; recorder marks it where the
// request came over HTTPS. age 0 ends with the browser,
// a negative one removes it.
func (s *Server) setCookie(w http.ResponseWriter, name, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// setLanguage is POST /lang: lang, back.
func (s *Server) setLanguage(w http.ResponseWriter, r *http.Request) error {
	lang, ok := locale.Known(r.PostFormValue("lang"))
	if !ok {
		return fault.New(fault.Invalid, "web.fault.lang")
	}
	s.setCookie(w, "lang", string(lang), yearSeconds)
	return s.seeOther(w, r, r.PostFormValue("back"))
}

// setTheme is POST /theme: theme (light, dark, system), back.
func (s *Server) setTheme(w http.ResponseWriter, r *http.Request) error {
	switch theme := r.PostFormValue("theme"); theme {
	case "light", "dark":
		s.setCookie(w, "theme", theme, yearSeconds)
	case "system":
		s.setCookie(w, "theme", "", -1)
	default:
		return fault.New(fault.Invalid, "web.fault.theme")
	}
	if partial(r) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return s.seeOther(w, r, r.PostFormValue("back"))
}

// toast leaves a note that the next whole page shows once.
func (s *Server) toast(w http.ResponseWriter, t component.Toast) {
	b, _ := json.Marshal(t) // three strings do not fail
	s.setCookie(w, "toast", base64.RawURLEncoding.EncodeToString(b), 60)
}

// takeToast returns the note left by the request before, and removes it. The
// cookie is the browser's word: the text is shown as text and the way back has
// to be local.
func (s *Server) takeToast(w http.ResponseWriter, r *http.Request) *component.Toast {
	c, err := r.Cookie("toast")
	if err != nil {
		return nil
	}
	s.setCookie(w, "toast", "", -1)
	b, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return nil
	}
	var t component.Toast
	if json.Unmarshal(b, &t) != nil || t.Text == "" {
		return nil
	}
	if t.Undo != "" && local(t.Undo) != t.Undo {
		t.Undo = ""
	}
	return &t
}
