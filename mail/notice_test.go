package mail_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"etabli.example/locale"
	"etabli.example/mail"
	"etabli.example/money"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

var workshop = mail.Workshop{Name: "Atelier Kerjean", Address: "8, rue de la Monnaie, 35000 Rennes", Phone: "02 99 00 00 00"}

const (
	to    = "maelle.guivarch@example.org"
	order = "004217-K"
	link  = "https://atelier.example/suivi/9f2k?lang=fr&x=1"
)

func day(d int) time.Time { return time.Date(2026, time.December, d, 9, 0, 0, 0, time.UTC) }

// notices are the messages of every kind, full and with all that may be left out.
var notices = map[string]func(lang string) mail.Message{
	"quote": func(lang string) mail.Message {
		return mail.QuoteReady(mail.Quote{To: to, Name: "Mme Guivarc’h", Order: order, Link: link, Until: day(24), Workshop: workshop}, lang)
	},
	"quote-bare": func(lang string) mail.Message {
		return mail.QuoteReady(mail.Quote{To: to, Order: order, Link: link, Workshop: mail.Workshop{Name: "Atelier"}}, lang)
	},
	"watch": func(lang string) mail.Message {
		return mail.WatchReady(mail.Watch{To: to, Name: "Mme Guivarc’h", Order: order, Link: link,
			Hours: "du mardi au samedi, 10 h – 18 h", Due: money.Cents(123450), Workshop: workshop}, lang)
	},
	"watch-bare": func(lang string) mail.Message {
		return mail.WatchReady(mail.Watch{To: to, Order: order, Workshop: workshop}, lang)
	},
	"receipt": func(lang string) mail.Message {
		return mail.Receipt(mail.Deposit{To: to, Name: "Mme Guivarc’h", Order: order, Received: day(1), Link: link, Answer: day(15), Workshop: workshop}, lang)
	},
	"receipt-bare": func(lang string) mail.Message {
		return mail.Receipt(mail.Deposit{To: to, Order: order, Received: day(1), Workshop: workshop}, lang)
	},
}

func TestNotices_Golden(t *testing.T) {
	t.Parallel()
	for kind, write := range notices {
		for _, lang := range locale.Languages() {
			m := write(string(lang))
			golden(t, kind+"."+string(lang)+".txt", "To: "+m.To+"\nSubject: "+m.Subject+"\nOrder: "+m.Order+"\n\n"+m.Text)
			golden(t, kind+"."+string(lang)+".html", m.HTML)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// What every message must hold, whatever its words.
func TestNotices(t *testing.T) {
	t.Parallel()
	for kind, write := range notices {
		for _, lang := range locale.Languages() {
			m := write(string(lang))
			if err := m.Check(); err != nil {
				t.Errorf("%s %s: %v", kind, lang, err)
			}
			if m.Lang != string(lang) || !strings.Contains(m.HTML, `<html lang="`+string(lang)+`">`) {
				t.Errorf("%s %s: the language is not said", kind, lang)
			}
			for part, s := range map[string]string{"subject": m.Subject, "text": m.Text, "HTML": m.HTML} {
				if strings.ContainsAny(s, "⟦{") || strings.Contains(s, "ZgotmplZ") {
					t.Errorf("%s %s: the %s has a hole: %s", kind, lang, part, s)
				}
			}
			if strings.Contains(m.Text, link) == (kind == "watch-bare" || kind == "receipt-bare") {
				t.Errorf("%s %s: the link is wrong in the text", kind, lang)
			}
			if strings.ContainsAny(m.Subject, "€$£") || strings.Contains(m.Subject, "Guivarc") {
				t.Errorf("%s %s: the subject says too much: %s", kind, lang, m.Subject)
			}
		}
	}
}

// An unknown language is French, as everywhere.
func TestNotices_UnknownLanguage(t *testing.T) {
	t.Parallel()
	for kind, write := range notices {
		if diff := cmp.Diff(write("fr"), write("xx")); diff != "" {
			t.Errorf("%s (-fr +xx):\n%s", kind, diff)
		}
	}
}

// What a customer types as a name cannot write the message.
func TestNotices_HostileName(t *testing.T) {
	t.Parallel()
	m := mail.QuoteReady(mail.Quote{To: to, Order: order, Link: "javascript:alert(1)", Workshop: workshop,
		Name: "<script>alert(1)</script>\r\n-- \r\nBcc: x@example.org"}, "en")
	if strings.Contains(m.HTML, "<script") || strings.Contains(m.HTML, "javascript:") {
		t.Errorf("the page runs a script:\n%s", m.HTML)
	}
	if strings.Contains(m.Text, "\nBcc:") || strings.Contains(m.Text, "\r") {
		t.Errorf("the name adds lines:\n%s", m.Text)
	}
}
