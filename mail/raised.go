package mail

import (
	"time"

	"etabli.example/locale"
)

// Reader is somebody of the house who is written to.
type Reader struct{ Email, Lang string }

// Raised is an alert as those it is for are told of it.
type Raised struct {
	To       []Reader
	Order    string
	About    string // word below "alert.about."
	Note     string
	Since    time.Time // in the house's zone
	Link     string    // address of the page of alerts
	Workshop Workshop
}

// AlertRaised writes one message to each reader, in their language.
func AlertRaised(a Raised) []Message {
	var out []Message
	for _, to := range a.To {
		lang, ok := locale.Known(to.Lang)
		if !ok {
			lang = locale.FR
		}
		p := locale.For(lang)
		l := begin(p, "raised", "", a.Order, a.Workshop)
		l.Before = []string{p.T("mail.raised.what", p.T("alert.about."+a.About), p.DateTime(a.Since))}
		if note := oneLine(a.Note); note != "" {
			l.Before = append(l.Before, p.T("mail.raised.note", note))
		}
		l.Before = append(l.Before, p.T("mail.raised.stays"))
		l.Action, l.URL = p.T("mail.raised.action"), a.Link
		out = append(out, l.message(to.Email, a.Order))
	}
	return out
}
