package web

import (
	"html/template"
	"net/http"

	"etabli.example/trade/order"
	"etabli.example/workshop"
)

func (s *Server) passportRoutes() {
	s.handle("GET /passport/{sheet}", s.passport)
}

// passportPage is the watch's passport as anybody reads it who scanned its code:
// without an account, and without an owner's name.
type passportPage struct {
	Page
	workshop.PassportView
}

// passport is GET /passport/{sheet}. The address is as long as a key and leads to
// nothing else.
func (s *Server) passport(w http.ResponseWriter, r *http.Request) error {
	v, err := s.shop.Passport(r.Context(), r.PathValue("sheet"))
	if err != nil {
		return err
	}
	w.Header().Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	return s.page(w, r, "passport/passport", &passportPage{Page: Page{Title: "passport.title", Bare: true}, PassportView: v})
}

// Work is a line of the work in the reader's language.
func (p *passportPage) Work(t order.Text) string { return t.In(p.Lang) }

// Rate, Turn and Beat write the three figures, "–" where one was not measured.
func (p *passportPage) Rate(r workshop.PassportReading) string {
	return optional(r.Rate, func(v float64) string { return p.P.Rate(v) })
}

// Turn is the amplitude.
func (p *passportPage) Turn(r workshop.PassportReading) string {
	return optional(r.Amplitude, func(v float64) string { return p.P.Degrees(v) })
}

// Beat is the beat error.
func (p *passportPage) Beat(r workshop.PassportReading) string {
	return optional(r.BeatError, func(v float64) string { return p.P.MS(v) })
}

// PassportCode draws the address of the passport on the return page; "" where
// there is none yet.
func (p *restitutionPage) PassportCode() template.HTML {
	if p.View.Passport == nil {
		return ""
	}
	svg, err := qrCode(p.Base+p.PassportHref(), p.P.T("passport.title"))
	if err != nil {
		return ""
	}
	return svg
}

// PassportHref is the address of the passport.
func (p *restitutionPage) PassportHref() string { return "/passport/" + p.View.Sheet }
