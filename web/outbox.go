package web

import (
	"html/template"
	"net/http"
	"regexp"
	"strings"

	"etabli.example/mail"
	"etabli.example/trade/staff"
)

func (s *Server) outboxRoutes() {
	if s.outbox != nil {
		s.handle("GET /outbox", s.needs(s.showOutbox))
	}
}

// outboxPage shows the messages as their readers get them, so that a newcomer
// can follow a customer's link.
type outboxPage struct {
	Page
	Messages []mail.Kept
}

// showOutbox is for those who may see customers: the messages name them.
func (s *Server) showOutbox(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	if err := who.Must(staff.SeeCustomer); err != nil {
		return err
	}
	return s.page(w, r, "outbox/outbox", &outboxPage{Page: Page{Title: "outbox.title"}, Messages: s.outbox.List()})
}

var addressForm = regexp.MustCompile(`https?://[^\s<>"]+`)

// Linked writes a message's text with its addresses as links.
func (p *outboxPage) Linked(text string) template.HTML {
	var b strings.Builder
	at := 0
	for _, m := range addressForm.FindAllStringIndex(text, -1) {
		link := template.HTMLEscapeString(text[m[0]:m[1]])
		b.WriteString(template.HTMLEscapeString(text[at:m[0]]) + `<a href="` + link + `">` + link + `</a>`)
		at = m[1]
	}
	b.WriteString(template.HTMLEscapeString(text[at:]))
	return template.HTML(b.String())
}
