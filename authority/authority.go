// Package authority lets the tablets of one house trust its server: a
// certificate authority of the house's own, installed once on each device, and
// the server's certificate under it, renewed by itself. It is no public
// authority: it revokes nothing, has no intermediates, and by its own
// constraints (RFC 5280 §4.2.1.10) can vouch only for the house's names and for
// addresses that no one reaches from outside.
package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
)

const (
	certificateFile = "authority.pem"
	keyFile         = "authority.key"

	lifetime = 10 * 365 * 24 * time.Hour // as long as the tablets it is installed on, and more
)

// Authority is the house's own. It is safe for concurrent use.
type Authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// Open reads the authority of the folder dir, or makes it there, to vouch for
// hosts (names or addresses) beside what is private by itself. A folder that
// holds half of one, or another's key, is an error: a new one would have to be
// installed on every tablet again, which is for a person to decide.
func Open(dir string, hosts []string, now time.Time) (*Authority, error) {
	cert, err := os.ReadFile(filepath.Join(dir, certificateFile))
	key, errKey := os.ReadFile(filepath.Join(dir, keyFile))
	switch {
	case errors.Is(err, fs.ErrNotExist) && errors.Is(errKey, fs.ErrNotExist):
		return create(dir, hosts, now)
	case err != nil || errKey != nil:
		return nil, spoilt(dir, errors.Join(err, errKey))
	}
	a, err := parse(cert, key)
	if err != nil {
		return nil, spoilt(dir, err)
	}
	return a, nil
}

func spoilt(dir string, cause error) error {
	return &fault.Error{Kind: fault.Invalid, Op: "authority.Open", Key: "authority.spoilt", Args: []any{dir}, Err: cause}
}

func parse(cert, key []byte) (*Authority, error) {
	c, k := &pem.Block{}, &pem.Block{}
	if c, _ = pem.Decode(cert); c == nil || c.Type != "CERTIFICATE" {
		return nil, errors.New("no certificate")
	}
	if k, _ = pem.Decode(key); k == nil || k.Type != "EC PRIVATE KEY" {
		return nil, errors.New("no key")
	}
	a := &Authority{}
	var err error
	if a.cert, err = x509.ParseCertificate(c.Bytes); err != nil {
		return nil, err
	}
	if a.key, err = x509.ParseECPrivateKey(k.Bytes); err != nil {
		return nil, err
	}
	if public, ok := a.cert.PublicKey.(*ecdsa.PublicKey); !ok || !public.Equal(&a.key.PublicKey) || !a.cert.IsCA {
		return nil, errors.New("the key is another certificate's")
	}
	return a, nil
}

// create makes an authority and writes it, the key first and for its owner
// alone: a certificate without its key is seen as spoilt, and never replaced.
func create(dir string, hosts []string, now time.Time) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fault.Wrap("authority.Open", err)
	}
	serial, err := newSerial()
	if err != nil {
		return nil, fault.Wrap("authority.Open", err)
	}
	names, nets := constraints(hosts)
	t := &x509.Certificate{SerialNumber: serial,
		Subject:   pkix.Name{Organization: []string{"Établi"}, CommonName: "Établi " + hex.EncodeToString(serial.Bytes()[:3])},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(lifetime),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: names, PermittedIPRanges: nets}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		return nil, fault.Wrap("authority.Open", err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, fault.Wrap("authority.Open", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.Wrap("authority.Open", err)
	}
	if err := write(filepath.Join(dir, keyFile), "EC PRIVATE KEY", private); err != nil {
		return nil, fault.Wrap("authority.Open", err)
	}
	if err := write(filepath.Join(dir, certificateFile), "CERTIFICATE", der); err != nil {
		return nil, fault.Wrap("authority.Open", err)
	}
	cert, err := x509.ParseCertificate(der)
	return &Authority{cert, key}, fault.Wrap("authority.Open", err)
}

func write(path, kind string, der []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(pem.Encode(f, &pem.Block{Type: kind, Bytes: der}), f.Sync(), f.Close())
}

func newSerial() (*big.Int, error) {
	b := make([]byte, 16)
	_, err := rand.Read(b)
	b[0] = b[0]&0x7f | 0x40 // positive, and 16 bytes long: RFC 5280 §4.1.2.2
	return new(big.Int).SetBytes(b), err
}

// privateNames end the names of machines that the public name system does not
// have: RFC 6761, 6762, 8375, and ICANN's "internal".
var privateNames = []string{"localhost", "local", "home.arpa", "internal", "lan"}

// privateNets are the addresses of RFC 1918, 3927, 4193, 4291 and 5735.
var privateNets = []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7", "fe80::/10"}

// constraints is what an authority may vouch for.
func constraints(hosts []string) (names []string, nets []*net.IPNet) {
	names = slices.Clone(privateNames)
	for _, text := range privateNets {
		_, n, _ := net.ParseCIDR(text)
		nets = append(nets, n)
	}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			if !within(ip, nets) {
				nets = append(nets, single(ip))
			}
		} else if !under(h, names) {
			names = append(names, h)
		}
	}
	return names, nets
}

func single(ip net.IP) *net.IPNet {
	if four := ip.To4(); four != nil {
		ip = four
	}
	return &net.IPNet{IP: ip, Mask: net.CIDRMask(8*len(ip), 8*len(ip))}
}

func within(ip net.IP, nets []*net.IPNet) bool {
	return slices.ContainsFunc(nets, func(n *net.IPNet) bool { return n.Contains(ip) })
}

func under(host string, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return host == n || strings.HasSuffix(host, "."+n) })
}

// MayVouch reports whether host, a name or an address, lies within what the
// authority was made for.
func (a *Authority) MayVouch(host string) bool {
	if ip := net.ParseIP(host); ip != nil {
		return within(ip, a.cert.PermittedIPRanges)
	}
	return under(host, a.cert.PermittedDNSDomains)
}

// Certificate is the authority's certificate as devices install it, in DER.
func (a *Authority) Certificate() []byte { return slices.Clone(a.cert.Raw) }

// Name is what a device lists the authority under.
func (a *Authority) Name() string { return a.cert.Subject.CommonName }

// Fingerprint is the SHA-256 of the certificate as devices show it, pairs of
// hexadecimal digits between colons, for comparing by eye.
func (a *Authority) Fingerprint() string {
	sum := sha256.Sum256(a.cert.Raw)
	pairs := make([]string, len(sum))
	for i, b := range sum {
		pairs[i] = strings.ToUpper(hex.EncodeToString([]byte{b}))
	}
	return strings.Join(pairs, ":")
}
