package web

import (
	"net/http"

	"etabli.example/locale"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
)

// Page is what every page has; page structs embed it by value. A handler sets
// Title, and Bare or Bench where it wants them; the rest is filled in by
// Server.page from the request.
type Page struct {
	Title string // locale key, or a text that is none (the number of an order)
	Bare  bool   // no bar: sign-in, the customer's page
	Bench bool   // bench mode: 64 px targets, 17 px text, its own bar
	Back  string // where the mark leads on a bench page; "/" by default

	Lang      locale.Lang
	P         *locale.Printer
	Theme     string // "light", "dark" or "" where the system decides
	Path      string // of this request, with its query; local
	RequestID string
	Query     string // in the search field
	Person    *Person
	Nav       []NavItem
	Toast     *component.Toast
}

// Person is who is signed in, as the bar shows them.
type Person struct {
	Name     string
	Initials string
	Role     string // locale key of the role
	Home     string // "/account" or whatever their chip leads to; "" for none
}

// NavItem is an entry of the bar.
type NavItem struct {
	Word    string // locale key
	Href    string
	Section string // path prefix under which the entry is current; Href by default
	Current bool
	Right   staff.Right // without which it is left out; "" where everybody may open it
}

// paged is any page struct.
type paged interface{ shell() *Page }

func (p *Page) shell() *Page { return p }

// fill completes p from the request and its visit.
func (s *Server) fill(p *Page, r *http.Request) {
	v := visitOf(r)
	p.Lang, p.P, p.Theme, p.RequestID = v.lang, locale.For(v.lang), v.theme, v.id
	p.Path = r.URL.RequestURI()
	if p.Query == "" {
		p.Query = r.URL.Query().Get("q")
	}
	if p.Toast == nil {
		p.Toast = v.toast
	}
	if p.Back == "" {
		p.Back = "/"
	}
	if p.Person == nil && s.signedIn != nil {
		p.Person = s.signedIn(r)
	}
	if p.Nav == nil && (p.Person != nil || s.signedIn == nil) {
		p.Nav = s.navFor(r)
	}
}
