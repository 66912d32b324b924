package mail

import (
	_ "embed"
	"html/template"
	"strings"

	"etabli.example/locale"
)

// Workshop signs a message. Empty lines are left out.
type Workshop struct {
	Name    string
	Address string // on one line
	Phone   string
}

// letter is what a message says, before it is text or HTML: written once, so
// that both say the same.
type letter struct {
	Lang, Subject string
	Greeting      string
	Before        []string // paragraphs before the action
	Action, URL   string   // what to do, where; no action where URL is empty
	After         []string
	Signature     []string
}

//go:embed letter.html
var letterHTML string

var letterPage = template.Must(template.New("letter").Parse(letterHTML))

// begin returns the letter of one kind: greeting, subject and signature.
func begin(p *locale.Printer, kind, name, order string, w Workshop) letter {
	l := letter{
		Lang:     string(p.Lang()),
		Subject:  p.T("mail."+kind+".subject", order),
		Greeting: p.T("mail.greeting"),
	}
	if name = oneLine(name); name != "" {
		l.Greeting = p.T("mail.greeting_name", name)
	}
	for _, s := range []string{w.Name, w.Address, w.Phone} {
		if s = oneLine(s); s != "" {
			l.Signature = append(l.Signature, s)
		}
	}
	return l
}

// message writes the letter both ways.
func (l letter) message(to, order string) Message {
	var page strings.Builder
	if err := letterPage.Execute(&page, l); err != nil {
		panic("mail: " + err.Error()) // the template is ours and the fields are strings
	}
	return Message{To: to, Lang: l.Lang, Subject: l.Subject, Text: l.text(), HTML: page.String(), Order: order}
}

func (l letter) text() string {
	parts := append([]string{l.Greeting}, l.Before...)
	if l.URL != "" {
		parts = append(parts, l.Action+"\n"+l.URL)
	}
	parts = append(parts, l.After...)
	// "-- " on its own line is what mail programs know as the signature (RFC 3676).
	parts = append(parts, "-- \n"+strings.Join(l.Signature, "\n"))
	return strings.Join(parts, "\n\n") + "\n"
}

// oneLine keeps a name from adding lines of its own to a message.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
