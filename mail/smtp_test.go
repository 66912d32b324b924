package mail_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/mail"

	"github.com/google/go-cmp/cmp"
)

// sender returns an SMTP sender to s, with what change does to its settings.
func sender(t *testing.T, s *server, change func(*mail.Server)) *mail.SMTP {
	t.Helper()
	s.start(t)
	settings := mail.Server{Host: "127.0.0.1", Port: s.port, From: "Atelier Kerjean <atelier@example.org>", Roots: s.roots}
	if change != nil {
		change(&settings)
	}
	smtp, err := mail.NewSMTP(settings)
	if err != nil {
		t.Fatal(err)
	}
	return smtp
}

func unencrypted(s *mail.Server) { s.Unencrypted = true }

func secured(t *testing.T) *server {
	config, roots := certificate(t)
	return &server{tls: config, roots: roots}
}

func TestSMTP_Delivers(t *testing.T) {
	t.Parallel()
	s := &server{}
	smtp := sender(t, s, unencrypted)
	m := notices["watch"]("fr")
	m.Text += "\n.a line that begins with a dot\n" + strings.Repeat("é", 500) + "\n"
	if err := smtp.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got := s.delivered()
	if len(got) != 1 {
		t.Fatalf("%d messages came in, want 1", len(got))
	}
	if !strings.HasPrefix(got[0].from, "FROM:<atelier@example.org>") || got[0].to != "TO:<"+m.To+">" {
		t.Errorf("envelope is %s, %s", got[0].from, got[0].to)
	}
	head, parts := parse(t, got[0].data)
	subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("subject is %q, %v, want %q", subject, err, m.Subject)
	}
	for name, want := range map[string]string{
		"From": `"Atelier Kerjean" <atelier@example.org>`, "To": "<" + m.To + ">",
		"Content-Language": "fr", "Auto-Submitted": "auto-generated", "Bcc": "", "User-Agent": "", "X-Mailer": "",
	} {
		if got := head.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if head.Get("Message-Id") == "" || head.Get("Date") == "" {
		t.Error("Message-ID or Date is missing")
	}
	want := []string{"text/plain: " + m.Text, "text/html: " + m.HTML}
	if diff := cmp.Diff(want, parts); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
}

// parse returns the header and the parts, "type: content", of a message.
func parse(t *testing.T, data string) (netmail.Header, []string) {
	t.Helper()
	msg, err := netmail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("message is %s, %v", kind, err)
	}
	var parts []string
	for r := multipart.NewReader(msg.Body, params["boundary"]); ; {
		part, err := r.NextRawPart()
		if err == io.EOF {
			return msg.Header, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		parts = append(parts, kind+": "+strings.ReplaceAll(string(body), "\r\n", "\n"))
	}
}

func TestSMTP_Encrypted(t *testing.T) {
	t.Parallel()
	signIn := func(s *mail.Server) { s.User, s.Password = "atelier", "balancier" }
	for name, c := range map[string]struct {
		implicit bool
		change   func(*mail.Server)
	}{
		"STARTTLS":          {false, signIn},
		"implicit TLS":      {true, func(s *mail.Server) { signIn(s); s.ImplicitTLS = true }},
		"where it need not": {false, func(s *mail.Server) { signIn(s); s.Unencrypted = true }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := secured(t)
			s.login, s.implicit = "atelier balancier", c.implicit
			if err := sender(t, s, c.change).Send(t.Context(), sound()); err != nil {
				t.Fatal(err)
			}
			if got := s.delivered(); len(got) != 1 || !got[0].encrypted || got[0].login != s.login {
				t.Errorf("came in: %+v", got)
			}
		})
	}
}

// Nothing of a message leaves where it could be read on the way.
func TestSMTP_NeverInClear(t *testing.T) {
	t.Parallel()
	stranger, _ := certificate(t)
	for name, s := range map[string]*server{
		"a server without TLS":               {},
		"a server without TLS, signing in":   {login: "atelier balancier"},
		"a server nobody vouches for":        {tls: stranger},
		"a server that is too old (TLS 1.1)": {tls: &tls.Config{Certificates: stranger.Certificates, MaxVersion: tls.VersionTLS11}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			smtp := sender(t, s, func(settings *mail.Server) {
				if s.login != "" {
					settings.User, settings.Password = "atelier", "balancier"
				}
			})
			wantFault(t, smtp.Send(t.Context(), sound()), fault.Unavailable, "mail.unavailable")
			if s.heard("AUTH") || s.heard("MAIL") || len(s.delivered()) > 0 {
				t.Error("the server was told something in clear")
			}
		})
	}
}

func wantFault(t *testing.T, err error, kind fault.Kind, key string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != kind || f.Key != key {
		t.Errorf("error is %v, want %v %s", err, kind, key)
		return
	}
	for _, l := range locale.Languages() {
		if s := locale.For(l).Error(err); strings.ContainsAny(s, "⟦{") {
			t.Errorf("a person reads %q", s)
		}
	}
}

func TestSMTP_Refusals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		command, answer string
		kind            fault.Kind
		key             string
	}{
		"unknown mailbox":       {"RCPT", "550 5.1.1 no such user", fault.Invalid, "mail.refused"},
		"mailbox busy":          {"RCPT", "450 4.2.1 try later", fault.Unavailable, "mail.unavailable"},
		"mailbox full for now":  {"RCPT", "452 4.2.2 mailbox full", fault.Unavailable, "mail.unavailable"},
		"sender not allowed":    {"MAIL", "553 5.7.1 not yours", fault.Invalid, "mail.refused"},
		"content refused":       {"DATA", "554 5.7.1 looks like spam", fault.Invalid, "mail.refused"},
		"content not taken now": {"DATA", "451 4.3.0 try later", fault.Unavailable, "mail.unavailable"},
		"server closing":        {"greeting", "421 4.3.2 going down", fault.Unavailable, "mail.unavailable"},
		"sign-in wanted":        {"MAIL", "530 5.7.0 authentication required", fault.Unavailable, "mail.sign_in_refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			smtp := sender(t, &server{answer: map[string]string{c.command: c.answer}}, unencrypted)
			wantFault(t, smtp.Send(t.Context(), sound()), c.kind, c.key)
		})
	}
}

func TestSMTP_WrongPassword(t *testing.T) {
	t.Parallel()
	s := secured(t)
	s.login = "atelier balancier"
	smtp := sender(t, s, func(s *mail.Server) { s.User, s.Password = "atelier", "spiral" })
	wantFault(t, smtp.Send(t.Context(), sound()), fault.Unavailable, "mail.sign_in_refused")
	if len(s.delivered()) > 0 {
		t.Error("a message came in without sign-in")
	}
}

func TestSMTP_NobodyThere(t *testing.T) {
	t.Parallel()
	smtp, err := mail.NewSMTP(mail.Server{Host: "127.0.0.1", Port: 1, From: "atelier@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	wantFault(t, smtp.Send(t.Context(), sound()), fault.Unavailable, "mail.unavailable")
}

func TestSMTP_EndedContext(t *testing.T) {
	t.Parallel()
	s := &server{}
	smtp := sender(t, s, unencrypted)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantFault(t, smtp.Send(ctx, sound()), fault.Unavailable, "mail.unavailable")
	if len(s.delivered()) > 0 {
		t.Error("a message came in all the same")
	}
}

func TestSMTP_Concurrent(t *testing.T) {
	t.Parallel()
	s := &server{}
	smtp := sender(t, s, unencrypted)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if err := smtp.Send(t.Context(), sound()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := s.delivered(); len(got) != 8 {
		t.Errorf("%d messages came in, want 8", len(got))
	}
}

func TestSMTP_Injection(t *testing.T) {
	t.Parallel()
	s := &server{}
	smtp := sender(t, s, unencrypted)
	for name, c := range refused {
		m := sound()
		c.change(&m)
		wantRefused(t, name, smtp.Send(t.Context(), m), c.field)
	}
	if s.heard("EHLO") {
		t.Error("the server was called for a message that must not leave")
	}
}

func TestNewSMTP_Refuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		settings mail.Server
		fields   []string
	}{
		"everything missing":   {mail.Server{}, []string{"from", "host", "port"}},
		"a header in the name": {mail.Server{Host: "h", Port: 25, From: "Atelier\r\nBcc: b@example.org <a@example.org>"}, []string{"from"}},
		"a port too high":      {mail.Server{Host: "h", Port: 65536, From: "a@example.org"}, []string{"port"}},
	} {
		_, err := mail.NewSMTP(c.settings)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || len(f.Fields) != len(c.fields) {
			t.Errorf("%s: error is %v", name, err)
			continue
		}
		for _, field := range c.fields {
			if s := locale.For(locale.FR).Fields(err)[field]; s == "" || strings.ContainsAny(s, "⟦{") {
				t.Errorf("%s: beside %s a person reads %q", name, field, s)
			}
		}
	}
}
