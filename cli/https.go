package cli

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"etabli.example/authority"
	"etabli.example/fault"
	"etabli.example/web"
)

const (
	tlsFolder   = "tls" // of the data folder: the authority of the house's own
	ownTLS      = "own"
	reloadEvery = time.Minute
)

// secured is how the pages come over HTTPS; without a config they do not.
type secured struct {
	config    *tls.Config
	authority *authority.Authority // nil where another vouches
}

// secure reads --tls: nothing, own, or the files of a certificate and its key.
// The pages are reached at the asked hosts, and at more where the authority may
// vouch for them.
func secure(setting, data string, asked, more []string, now func() time.Time) (s secured, err error) {
	switch {
	case setting == "":
		return s, nil
	case setting == ownTLS:
		if s.authority, err = authority.Open(filepath.Join(data, tlsFolder), slices.Concat(asked, more), now()); err != nil {
			return s, err
		}
		more = slices.DeleteFunc(more, func(h string) bool { return !s.authority.MayVouch(h) }) // the machine was renamed or moved since
		server, err := s.authority.Server(slices.Concat(asked, more), now)
		if err != nil {
			return s, err
		}
		s.config = server.TLS()
		return s, nil
	}
	cert, key, ok := strings.Cut(setting, ",")
	if !ok {
		return s, unsuitable("--tls", setting)
	}
	f := &pairFiles{cert: cert, key: key, now: now}
	if _, err := f.certificate(nil); err != nil {
		return s, &fault.Error{Kind: fault.Invalid, Key: "cli.tls_pair", Args: []any{setting}, Err: err}
	}
	s.config = &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: f.certificate}
	return s, nil
}

// pairFiles is a certificate and its key in files that another program renews:
// they are read again once a minute at most, where they changed.
type pairFiles struct {
	cert, key string
	now       func() time.Time

	mu      sync.Mutex
	pair    *tls.Certificate
	changed time.Time
	looked  time.Time
}

func (f *pairFiles) certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.pair != nil && f.now().Sub(f.looked) < reloadEvery {
		return f.pair, nil
	}
	f.looked = f.now()
	info, err := os.Stat(f.cert)
	if err == nil && f.pair != nil && info.ModTime().Equal(f.changed) {
		return f.pair, nil
	}
	pair, err := tls.LoadX509KeyPair(f.cert, f.key)
	switch {
	case err == nil:
		f.pair, f.changed = &pair, info.ModTime()
	case f.pair == nil:
		return nil, err
	} // half renewed: the former one until the next look
	return f.pair, nil
}

// askedHosts are those that the flags name.
func askedHosts(base, addr string) (out []string) {
	if u, err := url.Parse(base); err == nil && u.Hostname() != "" {
		out = append(out, strings.ToLower(u.Hostname()))
	}
	if host, _, err := net.SplitHostPort(addr); err == nil && host != "" {
		if ip := net.ParseIP(host); ip == nil || !ip.IsUnspecified() {
			out = append(out, strings.ToLower(host))
		}
	}
	return out
}

// machineHosts are the machine's names and addresses.
func machineHosts() []string {
	out := []string{"localhost", "127.0.0.1", "::1"}
	if name, err := os.Hostname(); err == nil {
		first, _, _ := strings.Cut(strings.ToLower(name), ".")
		out = append(out, strings.ToLower(name), first+".local")
	}
	for _, ip := range ownAddresses() {
		out = append(out, ip.String())
	}
	return out
}

// ownAddresses are the machine's, without those of a zone: no certificate can name one.
func ownAddresses() (out []net.IP) {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && !n.IP.IsLinkLocalUnicast() {
			out = append(out, n.IP)
		}
	}
	return out
}

// baseOf is the address that people reach a listener at: on a listener of every
// address, by the first that the tablets of a local network can use.
func baseOf(scheme string, l net.Addr) string {
	at, ok := l.(*net.TCPAddr)
	if !ok || !at.IP.IsUnspecified() {
		return scheme + "://" + l.String()
	}
	host := "localhost"
	for _, ip := range ownAddresses() {
		if ip.To4() != nil && ip.IsPrivate() {
			host = ip.String()
			break
		}
	}
	_, port, _ := net.SplitHostPort(l.String())
	return scheme + "://" + net.JoinHostPort(host, port)
}

// plain is what is answered without HTTPS: how a device comes to trust the
// pages, and for everything else where they are.
func plain(pages http.Handler, base string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p := r.URL.Path; p == web.TrustPath || strings.HasPrefix(p, web.TrustPath+"/") || strings.HasPrefix(p, "/static/") {
			pages.ServeHTTP(w, r)
			return
		}
		to := base + "/" + strings.TrimLeft(r.URL.EscapedPath(), "/")
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, to, http.StatusTemporaryRedirect) // for now: a browser would keep a permanent one
	})
}
