package mail_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// server is a mail server on loopback, with as much of RFC 5321 as a sender
// needs and faults on request.
type server struct {
	answer   map[string]string // reply to the command that begins so, for the usual one
	tls      *tls.Config       // offered by STARTTLS where not nil
	implicit bool
	login    string // "user password" wanted, none where empty

	port  int
	roots *x509.CertPool

	mu   sync.Mutex
	got  []delivery
	seen []string // commands, in order
}

type delivery struct {
	from, to  string
	data      string
	encrypted bool
	login     string
}

// certificate returns a TLS configuration for 127.0.0.1 and the roots to trust.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	web := httptest.NewTLSServer(nil) // has such a certificate
	defer web.Close()
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	return &tls.Config{Certificates: web.TLS.Certificates}, roots
}

func (s *server) start(t *testing.T) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = listener.Addr().(*net.TCPAddr).Port
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() { listener.Close(); wg.Wait() })
}

func (s *server) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	d := delivery{}
	if s.implicit {
		conn, d.encrypted = tls.Server(conn, s.tls), true
	}
	in := bufio.NewReader(conn)
	say := func(line string) { conn.Write([]byte(line + "\r\n")) }
	say(s.reply("greeting", "220 loopback ESMTP"))
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.note(line)
		verb, rest, _ := strings.Cut(line, " ")
		switch verb {
		case "EHLO":
			say(s.greet(d.encrypted))
		case "STARTTLS":
			say("220 go ahead")
			conn = tls.Server(conn, s.tls)
			in, d.encrypted = bufio.NewReader(conn), true
		case "AUTH":
			d.login = plain(rest)
			if d.login != s.login {
				say("535 5.7.8 authentication failed")
				continue
			}
			say("235 2.7.0 welcome")
		case "MAIL":
			d.from = rest
			say(s.reply("MAIL", "250 ok"))
		case "RCPT":
			d.to = rest
			say(s.reply("RCPT", "250 ok"))
		case "DATA":
			say("354 go on")
			d.data = readData(in)
			say(s.reply("DATA", "250 queued"))
			s.keep(d)
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *server) greet(encrypted bool) string {
	lines := []string{"250-loopback", "250-8BITMIME"}
	if s.tls != nil && !encrypted {
		lines = append(lines, "250-STARTTLS")
	}
	if s.login != "" {
		lines = append(lines, "250-AUTH PLAIN")
	}
	return strings.Join(append(lines, "250 SIZE 1000000"), "\r\n")
}

func (s *server) reply(to, usual string) string {
	if r, ok := s.answer[to]; ok {
		return r
	}
	return usual
}

// plain decodes the argument of AUTH PLAIN (RFC 4616) to "user password".
func plain(rest string) string {
	raw, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
	parts := strings.Split(string(raw), "\x00")
	return strings.Join(parts[1:], " ")
}

// readData reads to the lonely dot and undoes the doubling of leading dots.
func readData(in *bufio.Reader) string {
	var b strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			return b.String()
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
}

func (s *server) note(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, line)
}

func (s *server) keep(d delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = append(s.got, d)
}

// delivered returns what came in.
func (s *server) delivered() []delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]delivery(nil), s.got...)
}

// heard reports whether a command was ever given.
func (s *server) heard(verb string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, line := range s.seen {
		if strings.HasPrefix(line, verb) {
			return true
		}
	}
	return false
}
