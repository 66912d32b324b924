package cli

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"etabli.example/fault"
)

func flagsOf(t *testing.T, args ...string) *served {
	t.Helper()
	f := newFlags("serve")
	how := serveFlags(f)
	if err := parseFlags(f, args, 0); err != nil {
		t.Fatal(err)
	}
	return how
}

// A device takes the authority's certificate over plain HTTP, trusts it, and
// reaches the pages over HTTPS; everything else of the plain door leads there.
func TestOwnAuthority(t *testing.T) {
	quiet := slog.New(slog.DiscardHandler)
	dir := t.TempDir()
	shop, err := OpenShop(t.Context(), dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	d, err := openDoors(flagsOf(t, "--tls", "own", "--addr", "127.0.0.1:0", "--http", "127.0.0.1:0"), dir)
	if err != nil {
		t.Fatal(err)
	}
	shop.Base = d.base()
	ctx, stop := context.WithCancel(t.Context())
	pages, err := HandlerWith(ctx, shop, Serving{Log: quiet, Authority: d.tls.authority})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- d.serve(ctx, pages, shop.Base) }()

	at := "http://" + d.plain.Addr().String()
	if want := at + "/trust"; d.trustAt(shop.Base) != want {
		t.Errorf("told to go to %s, not %s", d.trustAt(shop.Base), want)
	}
	page := fetch(t, http.DefaultClient, at+"/trust")
	for _, s := range []string{d.tls.authority.Fingerprint(), d.tls.authority.Name(), shop.Base, "/trust/etabli.crt"} {
		if !strings.Contains(page, s) {
			t.Errorf("the page lacks %q", s)
		}
	}
	cert, err := x509.ParseCertificate([]byte(fetch(t, http.DefaultClient, at+"/trust/etabli.crt")))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	tablet := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
	defer tablet.CloseIdleConnections()
	if body := fetch(t, tablet, at+"/signin?to=%2Fboard"); !strings.Contains(body, "<html") { // by way of the plain door
		t.Errorf("no page: %.80s", body)
	}
	if _, err := http.Get(shop.Base + "/signin"); err == nil {
		t.Error("trusted without the certificate")
	}
	there := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for path, to := range map[string]string{"/orders?q=a%20b": "/orders?q=a%20b", "//evil.example/x": "/evil.example/x", "/": "/"} {
		r, err := there.Get(at + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if got := r.Header.Get("Location"); r.StatusCode != http.StatusTemporaryRedirect || got != shop.Base+to {
			t.Errorf("%s leads to %d %s", path, r.StatusCode, got)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func fetch(t *testing.T, c *http.Client, url string) string {
	t.Helper()
	r, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v", url, r.StatusCode, err)
	}
	return string(body)
}

// A pair of files is read again where another program renewed it, and the former
// one stays while the new one is half there.
func TestPairFiles(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	if _, err := secure(cert+","+key, dir, nil, nil, func() time.Time { return now }); !fault.Is(err, fault.Invalid) {
		t.Errorf("files that are not there: %v", err)
	}
	if _, err := secure("alone.pem", dir, nil, nil, time.Now); !fault.Is(err, fault.Invalid) {
		t.Errorf("one file: %v", err)
	}
	renew := func(serial int64) {
		writePair(t, cert, key, serial)
		if err := os.Chtimes(cert, now, now); err != nil {
			t.Fatal(err)
		}
	}
	renew(1)
	s, err := secure(cert+","+key, dir, nil, nil, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	serial := func() int64 {
		pair, err := s.config.GetCertificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := x509.ParseCertificate(pair.Certificate[0])
		if err != nil {
			t.Fatal(err)
		}
		return leaf.SerialNumber.Int64()
	}
	if n := serial(); n != 1 {
		t.Errorf("serial %d", n)
	}
	now = now.Add(time.Hour)
	if err := os.WriteFile(cert, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := serial(); n != 1 {
		t.Errorf("half renewed: serial %d", n)
	}
	now = now.Add(time.Hour)
	renew(2)
	if n := serial(); n != 2 {
		t.Errorf("renewed: serial %d", n)
	}
}

func writePair(t *testing.T, cert, key string, serial int64) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	x := &x509.Certificate{SerialNumber: big.NewInt(serial), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, x, x, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	for path, b := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "EC PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// What cannot be served is said before anything is opened.
func TestDoors_refused(t *testing.T) {
	for name, args := range map[string][]string{
		"no port":        {"--addr", "foo"},
		"no plain port":  {"--tls", "own", "--http", "foo"},
		"plain alone":    {"--http", ":8080"},
		"an absurd port": {"--addr", "localhost:http-ish"},
		"an empty addr":  {"--addr", ""},
	} {
		if err := flagsOf(t, args...).check(t.Context()); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := flagsOf(t).check(t.Context()); err != nil {
		t.Error(err)
	}
}
