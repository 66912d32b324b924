package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"net"
	"slices"
	"sync"
	"time"

	"etabli.example/fault"
)

// Devices of one maker take no server certificate of more than 825 days, even
// under an authority installed by hand; others may follow the 398 days asked of
// public ones, so we keep below both.
const (
	leafLifetime = 390 * 24 * time.Hour
	renewBefore  = 30 * 24 * time.Hour
)

// Server hands out the server's certificate: one for all its hosts, made anew in
// memory at every start and thirty days before it ends.
type Server struct {
	of    *Authority
	now   func() time.Time
	mu    sync.Mutex
	hosts []string
	leaf  *tls.Certificate
}

// Server returns the server of hosts, names or addresses. A host that the
// authority was not made for is a fault that names it.
func (a *Authority) Server(hosts []string, now func() time.Time) (*Server, error) {
	for _, h := range hosts {
		if !a.MayVouch(h) {
			return nil, fault.New(fault.Invalid, "authority.beyond", h)
		}
	}
	return &Server{of: a, now: now, hosts: slices.Compact(slices.Sorted(slices.Values(hosts)))}, nil
}

// TLS is the configuration to listen with.
func (s *Server) TLS() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: s.certificate}
}

// certificate answers a client. One who came by an address that the machine got
// since the start finds it in the certificate too.
func (s *Server) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if hello.ServerName == "" && hello.Conn != nil {
		if host, _, err := net.SplitHostPort(hello.Conn.LocalAddr().String()); err == nil && !slices.Contains(s.hosts, host) && s.of.MayVouch(host) {
			s.hosts, s.leaf = append(s.hosts, host), nil
		}
	}
	if s.leaf != nil && s.now().Before(s.leaf.Leaf.NotAfter.Add(-renewBefore)) {
		return s.leaf, nil
	}
	leaf, err := s.of.sign(s.hosts, s.now())
	if err != nil {
		return nil, err
	}
	s.leaf = leaf
	return leaf, nil
}

// sign makes a certificate for hosts, with a key of its own that is never kept.
func (a *Authority) sign(hosts []string, now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fault.Wrap("authority.sign", err)
	}
	serial, err := newSerial()
	if err != nil {
		return nil, fault.Wrap("authority.sign", err)
	}
	end := now.Add(leafLifetime)
	if end.After(a.cert.NotAfter) {
		end = a.cert.NotAfter
	}
	t := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{Organization: []string{"Établi"}},
		NotBefore: now.Add(-time.Hour), NotAfter: end,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			t.IPAddresses = append(t.IPAddresses, ip)
		} else {
			t.DNSNames = append(t.DNSNames, h)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, a.cert, &key.PublicKey, a.key)
	if err != nil {
		return nil, fault.Wrap("authority.sign", err)
	}
	leaf, err := x509.ParseCertificate(der)
	return &tls.Certificate{Certificate: [][]byte{der, a.cert.Raw}, PrivateKey: key, Leaf: leaf}, fault.Wrap("authority.sign", err)
}
