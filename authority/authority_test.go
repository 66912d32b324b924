package authority

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"etabli.example/fault"
)

var began = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func open(t *testing.T, dir string, hosts ...string) *Authority {
	t.Helper()
	a, err := Open(dir, hosts, began)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func trusting(a *Authority, host string, at time.Time) x509.VerifyOptions {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return x509.VerifyOptions{Roots: pool, DNSName: host, CurrentTime: at}
}

func TestOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tls")
	a := open(t, dir, "etabli.example.org")
	if again := open(t, dir); again.Fingerprint() != a.Fingerprint() {
		t.Error("another authority at the second start: every tablet would have to install it again")
	}
	info, err := os.Stat(filepath.Join(dir, keyFile))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the key is readable by others: %v %v", info.Mode(), err)
	}
	if n := strings.Count(a.Fingerprint(), ":"); n != 31 {
		t.Errorf("fingerprint of %d pairs: %s", n+1, a.Fingerprint())
	}
}

// Half an authority is said so, and never made anew unasked.
func TestOpen_spoilt(t *testing.T) {
	for name, spoil := range map[string]func(dir string) error{
		"no key":         func(dir string) error { return os.Remove(filepath.Join(dir, keyFile)) },
		"no certificate": func(dir string) error { return os.Remove(filepath.Join(dir, certificateFile)) },
		"empty key":      func(dir string) error { return os.WriteFile(filepath.Join(dir, keyFile), nil, 0o600) },
		"garbage":        func(dir string) error { return os.WriteFile(filepath.Join(dir, certificateFile), []byte("x"), 0o600) },
		"another's key": func(dir string) error {
			other := filepath.Join(dir, "other")
			open(t, other)
			return os.Rename(filepath.Join(other, keyFile), filepath.Join(dir, keyFile))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			open(t, dir)
			if err := spoil(dir); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(dir, nil, began); !fault.Is(err, fault.Invalid) {
				t.Errorf("opened: %v", err)
			}
		})
	}
}

// What the authority was made for is trusted by whoever installed it, and
// nothing else is, even if its key were stolen.
func TestConstraints(t *testing.T) {
	a := open(t, t.TempDir(), "etabli.maison.fr", "203.0.113.7")
	for _, host := range []string{"etabli.maison.fr", "etabli.local", "localhost", "192.168.1.20", "10.2.3.4", "127.0.0.1", "::1", "fe80::1", "203.0.113.7"} {
		if !a.MayVouch(host) {
			t.Errorf("%s refused", host)
		}
		leaf, err := a.sign([]string{host}, began)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := leaf.Leaf.Verify(trusting(a, host, began)); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, host := range []string{"bank.example", "maison.fr", "evillocal", "8.8.8.8", "203.0.113.8", "2001:db8::1"} {
		if a.MayVouch(host) {
			t.Errorf("%s vouched for", host)
		}
		if _, err := a.Server([]string{host}, time.Now); !fault.Is(err, fault.Invalid) {
			t.Errorf("serves %s: %v", host, err)
		}
		leaf, err := a.sign([]string{host}, began)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := leaf.Leaf.Verify(trusting(a, host, began)); err == nil {
			t.Errorf("a forged certificate of %s is believed", host)
		}
	}
}

type localConn struct {
	net.Conn
	at net.Addr
}

func (c localConn) LocalAddr() net.Addr { return c.at }

func TestServer(t *testing.T) {
	a := open(t, t.TempDir())
	now := began
	s, err := a.Server([]string{"etabli.local", "192.168.1.20"}, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.certificate(&tls.ClientHelloInfo{ServerName: "etabli.local"})
	if err != nil {
		t.Fatal(err)
	}
	if life := first.Leaf.NotAfter.Sub(first.Leaf.NotBefore); life > 398*24*time.Hour {
		t.Errorf("lasts %v: some devices refuse that", life)
	}
	if second, _ := s.certificate(&tls.ClientHelloInfo{ServerName: "etabli.local"}); second != first {
		t.Error("a certificate a client")
	}
	// The machine was given another address since.
	moved, err := s.certificate(&tls.ClientHelloInfo{Conn: localConn{at: &net.TCPAddr{IP: net.ParseIP("192.168.1.77"), Port: 443}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"192.168.1.77", "192.168.1.20", "etabli.local"} {
		if _, err := moved.Leaf.Verify(trusting(a, host, now)); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	public, _ := s.certificate(&tls.ClientHelloInfo{Conn: localConn{at: &net.TCPAddr{IP: net.ParseIP("198.51.100.1"), Port: 443}}})
	if public != moved {
		t.Error("an address that it may not vouch for made a new certificate")
	}
	now = moved.Leaf.NotAfter.Add(-renewBefore + time.Minute)
	later, err := s.certificate(&tls.ClientHelloInfo{ServerName: "etabli.local"})
	if err != nil || later == moved || !later.Leaf.NotAfter.After(moved.Leaf.NotAfter) {
		t.Errorf("not renewed before its end: %v", err)
	}
}
