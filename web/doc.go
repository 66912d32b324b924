// Package web is the pages: it reads a form, calls one function of the
// workshop, and shows what came of it. It decides nothing of the trade, opens
// no store and holds no sentence; sentences live in locale/<lang>/<noun>.json.
//
// # How to add a page
//
// A noun has one file here and one folder below page, of the same name:
//
//	web/quote.go                    handlers, page structs
//	web/page/quote/edit.html        {{define "content"}}…{{end}}, maybe "head", "foot", "tabs"
//	web/page/quote/_line.html       a part shared by the folder's pages, {{define "quote-line"}}
//	web/static/page/quote.css       its own rules, asked for in "head"
//	locale/fr/quote.json, en/…      its words, quote.*
//
// A page struct embeds Page and is handed over as a pointer:
//
//	type quotePage struct {
//		Page
//		Total component.Field
//	}
//
//	func (s *Server) quote(w http.ResponseWriter, r *http.Request) error {
//		q, err := s.workshop.Quote(r.Context(), …)
//		if err != nil {
//			return err // the wrapper makes status, page and log line of it
//		}
//		return s.page(w, r, "quote/edit", &quotePage{Page: Page{Title: "quote.edit.title"}, …})
//	}
//
// and is named in routes.go. page fills in everything else of Page: language,
// printer, theme, who is signed in, the navigation. An entry of the navigation
// appears by itself once its address has a handler.
//
// A page is made of components ({{template "tile" .Rate}}, see package
// component) and of the functions t, money, rate, deg, ms, date, datetime, icon
// and asset. There is no inline script and no style attribute: the content
// security policy refuses both. Behaviour is a custom element in
// static/element, one file each, and every form works without it.
//
// A form that is refused comes back through the same page with
// component.Field.Error set and what was typed kept; s.refuse writes it with
// the right status. After a form that is accepted, answer with s.seeOther and,
// where there is something to say, a toast.
package web
