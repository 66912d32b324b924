package mail_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/mail"

	"github.com/google/go-cmp/cmp"
)

func sound() mail.Message {
	return mail.Message{To: to, Lang: "fr", Subject: "Dossier 004217-K : prête", Text: "Bonjour", HTML: "<p>Bonjour</p>", Order: order}
}

// refused are messages that no sender may take, and the field that is wrong.
var refused = map[string]struct {
	field  string
	change func(*mail.Message)
}{
	"no address":                 {"to", func(m *mail.Message) { m.To = "" }},
	"no domain":                  {"to", func(m *mail.Message) { m.To = "marie" }},
	"two addresses":              {"to", func(m *mail.Message) { m.To = "a@example.org, b@example.org" }},
	"an address with a name":     {"to", func(m *mail.Message) { m.To = "Marie <a@example.org>" }},
	"a header after the address": {"to", func(m *mail.Message) { m.To = "a@example.org\r\nBcc: b@example.org" }},
	"a line feed in the address": {"to", func(m *mail.Message) { m.To = "\"a\nb\"@example.org" }},
	"a command in the address":   {"to", func(m *mail.Message) { m.To = "a@example.org> SIZE=1\r\nDATA" }},
	"an endless address":         {"to", func(m *mail.Message) { m.To = strings.Repeat("a", 250) + "@example.org" }},
	"no subject":                 {"subject", func(m *mail.Message) { m.Subject = " " }},
	"a header after the subject": {"subject", func(m *mail.Message) { m.Subject = "x\r\nBcc: b@example.org" }},
	"a bare line feed":           {"subject", func(m *mail.Message) { m.Subject = "x\nBcc: b@example.org" }},
	"a bare carriage return":     {"subject", func(m *mail.Message) { m.Subject = "x\ry" }},
	"a null":                     {"subject", func(m *mail.Message) { m.Subject = "x\x00" }},
	"a header after the number":  {"order", func(m *mail.Message) { m.Order = "1\r\nBcc: b@example.org" }},
	"a header in the language":   {"lang", func(m *mail.Message) { m.Lang = "fr\r\nBcc: b@example.org" }},
	"no text":                    {"text", func(m *mail.Message) { m.Text = "\n" }},
}

func TestMessage_Check(t *testing.T) {
	t.Parallel()
	if err := sound().Check(); err != nil {
		t.Errorf("a sound message: %v", err)
	}
	for name, c := range refused {
		m := sound()
		c.change(&m)
		wantRefused(t, name, m.Check(), c.field)
	}
}

func wantRefused(t *testing.T, name string, err error, field string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[field].Key == "" {
		t.Errorf("%s: error is %v, want invalid beside %s", name, err, field)
		return
	}
	for _, l := range locale.Languages() {
		if s := locale.For(l).Fields(err)[field]; s == "" || strings.ContainsAny(s, "⟦{") {
			t.Errorf("%s: a person reads %q", name, s)
		}
	}
}

func TestCheckAddress(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"a@b", "marie.le-goff+montre@example.org", "o'neil@example.co.uk", "élodie@exemple.fr"} {
		if !mail.CheckAddress(good) {
			t.Errorf("%s is refused", good)
		}
	}
	for _, bad := range []string{"", "@", "a@", "@b", "a b@c", "<a@b>", "a@b ", " a@b", "a@b;c@d", "a@b(note)"} {
		if mail.CheckAddress(bad) {
			t.Errorf("%q passes", bad)
		}
	}
}

func FuzzCheckAddress(f *testing.F) {
	f.Add("a@example.org")
	f.Add("a@example.org\r\nBcc: b@example.org")
	f.Add(`"a b"@example.org`)
	f.Fuzz(func(t *testing.T, s string) {
		if mail.CheckAddress(s) && strings.ContainsAny(s, "\r\n\x00 ") {
			t.Errorf("%q passes", s)
		}
	})
}

func TestOutbox(t *testing.T) {
	t.Parallel()
	at := day(1)
	box := mail.NewOutbox(3, func() time.Time { at = at.Add(time.Minute); return at })
	for i := range 5 {
		m := sound()
		m.Text = fmt.Sprint("message ", i+1)
		if err := box.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, k := range box.List() {
		got = append(got, fmt.Sprint(k.ID, " ", k.At.Format("15:04"), " ", k.Text))
	}
	if diff := cmp.Diff([]string{"5 09:05 message 5", "4 09:04 message 4", "3 09:03 message 3"}, got); diff != "" {
		t.Errorf("List (-want +got):\n%s", diff)
	}
	if k, ok := box.Get(4); !ok || k.Text != "message 4" {
		t.Errorf("Get(4) gives %v, %v", k, ok)
	}
	if _, ok := box.Get(2); ok {
		t.Error("a message that was dropped is still there")
	}
}

func TestOutbox_Refuses(t *testing.T) {
	t.Parallel()
	box := mail.NewOutbox(0, time.Now)
	for name, c := range refused {
		m := sound()
		c.change(&m)
		wantRefused(t, name, box.Send(t.Context(), m), c.field)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := box.Send(ctx, sound()); !errors.Is(err, context.Canceled) {
		t.Errorf("Send gives %v, want %v", err, context.Canceled)
	}
	if got := box.List(); len(got) != 0 {
		t.Errorf("kept %v", got)
	}
}

func TestOutbox_Concurrent(t *testing.T) {
	t.Parallel()
	box := mail.NewOutbox(10, time.Now)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if err := box.Send(t.Context(), sound()); err != nil {
					t.Error(err)
				}
				box.List()
			}
		})
	}
	wg.Wait()
	list := box.List()
	if len(list) != 10 || list[0].ID != 160 || list[9].ID != 151 {
		t.Errorf("kept %d messages, from %d to %d", len(list), list[0].ID, list[len(list)-1].ID)
	}
}
