// Package mail writes the workshop's messages to customers and sends them. It
// decides neither when a message is due nor whether its reader wants it, keeps
// no address, and reads no mail.
package mail

import (
	"context"
	"net/mail"
	"strings"
	"unicode"

	"etabli.example/fault"
)

// Message is one message to one person, in one language.
type Message struct {
	To      string // a bare address, such as marie@example.org
	Lang    string // of the words: "fr" or "en"
	Subject string // never holds a brand or a value: it shows on locked screens
	Text    string // the whole message for readers without HTML
	HTML    string // the same message
	Order   string // number of the order it is about, may be empty
}

// Sender sends messages. A failure that may pass is fault.Unavailable, one that
// will not fault.Invalid; sending twice is harmless but shows twice.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

const maxAddress = 254 // octets, RFC 5321 section 4.5.3.1.3 less the angle brackets

// Check returns fault.Invalid with all that is wrong: what could not be
// delivered, and every header value that would smuggle in a second header.
func (m Message) Check() error {
	var p fault.Problems
	if !CheckAddress(m.To) {
		p.Add("to", "mail.bad_address")
	}
	if strings.TrimSpace(m.Subject) == "" || strings.ContainsFunc(m.Subject, unicode.IsControl) {
		p.Add("subject", "mail.bad_subject")
	}
	if strings.TrimSpace(m.Text) == "" {
		p.Add("text", "mail.no_text")
	}
	if strings.ContainsFunc(m.Lang, notTag) {
		p.Add("lang", "mail.bad_header")
	}
	if strings.ContainsFunc(m.Order, unicode.IsControl) {
		p.Add("order", "mail.bad_header")
	}
	return p.Err()
}

// CheckAddress reports whether s is one bare address that a message can go to.
// Whether somebody reads it there, only a reply can tell.
func CheckAddress(s string) bool {
	if len(s) > maxAddress || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) {
		return false
	}
	a, err := mail.ParseAddress(s)
	return err == nil && a.Name == "" && a.Address == s
}

// notTag reports what cannot stand in a language tag.
func notTag(r rune) bool {
	return r != '-' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
}
