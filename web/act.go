package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func queryEscape(s string) string { return url.QueryEscape(s) }

// printer speaks the request's language.
func (s *Server) printer(r *http.Request) *locale.Printer {
	return locale.For(visitOf(r).lang).WithLocation(s.shop.Zone)
}

// newAct is what a form carries so that it is written once, and only onto the
// sheet its reader saw. Template "act" writes the hidden fields.
func newAct(seen int64) component.Act { return component.Act{Seen: seen, Entry: ident.New()} }

// act reads what the form carried. The sheet is that of the number in the path.
func (s *Server) act(r *http.Request, sheet string) (workshop.Act, error) {
	who, err := s.actor(r)
	if err != nil {
		return workshop.Act{}, err
	}
	a := workshop.Act{Who: who, Sheet: sheet, Seen: -1}
	if v := r.PostFormValue("seen"); v != "" {
		if a.Seen, err = strconv.ParseInt(v, 10, 64); err != nil {
			return a, fault.New(fault.Invalid, "web.fault.form")
		}
	}
	if v := r.PostFormValue("entry"); ident.ValidID(v) {
		a.Entry = v
		if err := s.once(r, v); err != nil {
			return a, err
		}
	}
	err = offlineAct(r, &a)
	return a, err
}

// mostOwn bounds how many of its own entries a device may name.
const mostOwn = 2000

// offlineAct reads what a device adds that had no network: when it happened, which
// entries it sent before this one, and whose it is, since somebody else may be
// signed in by now.
func offlineAct(r *http.Request, a *workshop.Act) error {
	if as := r.PostFormValue("as"); as != "" && as != a.Who.ID {
		return fault.New(fault.Unauthenticated, "offline.other_person")
	}
	if v := r.PostFormValue("happened"); v != "" {
		at, err := time.Parse(time.RFC3339, v)
		if err != nil {
			return fault.New(fault.Invalid, "web.fault.form")
		}
		a.Happened = at
	}
	for _, id := range strings.Fields(r.PostFormValue("own")) {
		if ident.ValidID(id) && len(a.Own) < mostOwn {
			a.Own = append(a.Own, id)
		}
	}
	return nil
}

// named finds the order whose number is in the path.
func (s *Server) named(r *http.Request) (order.Row, error) {
	return s.shop.OpenOne(r.Context(), r.PathValue("number"))
}

// fieldErrors returns the sentence beside each field where err is a refused
// form, and whether it is one: a page shows those with what was typed.
func (s *Server) fieldErrors(r *http.Request, err error) (map[string]string, bool) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid && f.Kind != fault.TooLarge && f.Kind != fault.Conflict || len(f.Fields) == 0 {
		return nil, false
	}
	return s.printer(r).Fields(err), true
}
