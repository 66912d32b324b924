package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/mail"
	"net/textproto"
	"time"

	"etabli.example/fault"

	gomail "github.com/wneessen/go-mail"
)

// Server says how to reach the mail server that takes the workshop's messages.
type Server struct {
	Host           string
	Port           int
	User, Password string // no sign-in where User is empty
	From           string // address of the workshop, with or without a name
	// ImplicitTLS speaks TLS from the first byte, as always on port 465; all
	// other servers must offer STARTTLS.
	ImplicitTLS bool
	// Unencrypted allows a server that offers no TLS: one on this very machine.
	Unencrypted bool
	// Roots are the authorities to trust, nil for those of the system.
	Roots *x509.CertPool
}

// SMTP is a Sender that hands messages to a mail server, on one connection per
// message: a workshop sends a few a day, and a connection kept open is one more
// thing that breaks. It is safe for concurrent use.
type SMTP struct {
	from   *mail.Address
	client *gomail.Client
}

var _ Sender = (*SMTP)(nil)

const (
	portTLS = 465 // RFC 8314
	timeout = 30 * time.Second
)

// NewSMTP returns a sender through s, and fault.Invalid with all that is wrong
// in s. It does not try to connect.
func NewSMTP(s Server) (*SMTP, error) {
	var p fault.Problems
	from, err := mail.ParseAddress(s.From)
	if err != nil || !CheckAddress(from.Address) {
		p.Add("from", "mail.bad_address")
	}
	if s.Host == "" {
		p.Add("host", "mail.no_host")
	}
	if s.Port < 1 || s.Port > 65535 {
		p.Add("port", "mail.bad_port")
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	client, err := gomail.NewClient(s.Host, s.options()...)
	if err != nil {
		return nil, fault.Wrap("mail.NewSMTP", err)
	}
	return &SMTP{from: from, client: client}, nil
}

func (s Server) options() []gomail.Option {
	opts := []gomail.Option{
		gomail.WithPort(s.Port),
		gomail.WithTimeout(timeout),
		gomail.WithoutNoop(),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}),
	}
	switch {
	case s.Port == portTLS || s.ImplicitTLS:
		opts = append(opts, gomail.WithSSL())
	case s.Unencrypted:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	default:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	return opts
}

// Send implements Sender. It returns once the server has taken the message.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	if err := m.Check(); err != nil {
		return err
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(s.from)
	if err := msg.To(m.To); err != nil {
		return &fault.Error{Kind: fault.Invalid, Op: "mail.Send", Key: "mail.refused", Err: err}
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageID()
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday replies
	if m.Lang != "" {
		msg.SetGenHeader(gomail.HeaderContentLang, m.Lang)
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return sendFault(s.client.DialAndSendWithContext(ctx, msg))
}

// sendFault tells a refusal for good (5yz, RFC 5321 section 4.2.1) from what a
// later attempt may mend.
func sendFault(err error) error {
	if err == nil {
		return nil
	}
	code := 0
	var reply *textproto.Error
	var sent *gomail.SendError
	switch {
	case errors.As(err, &sent):
		code = sent.ErrorCode()
	case errors.As(err, &reply):
		code = reply.Code
	}
	switch {
	case code == 530 || code == 534 || code == 535: // RFC 4954 section 6: our sign-in, not the message
		return &fault.Error{Kind: fault.Unavailable, Op: "mail.Send", Key: "mail.sign_in_refused", Err: err}
	case code >= 500:
		return &fault.Error{Kind: fault.Invalid, Op: "mail.Send", Key: "mail.refused", Err: err}
	}
	return unavailable(err)
}

func unavailable(err error) error {
	return &fault.Error{Kind: fault.Unavailable, Op: "mail.Send", Key: "mail.unavailable", Err: err}
}
