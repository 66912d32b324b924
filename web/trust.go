package web

import (
	"html/template"
	"net/http"

	"etabli.example/workshop"
)

// Trust is the authority that a device installs once to trust these pages.
type Trust interface {
	Name() string        // what the device lists it under
	Fingerprint() string // SHA-256, pairs between colons
	Certificate() []byte // DER
}

// TrustPath begins the addresses that a device needs before it trusts these
// pages, and that are answered without HTTPS therefore.
const TrustPath = "/trust"

func (s *Server) trustRoutes() {
	if s.trust == nil {
		return // another vouches for these pages, or nobody need
	}
	s.handle("GET "+TrustPath, s.trustPage)
	s.handle("GET "+TrustPath+"/etabli.crt", s.trustCertificate)
}

// trustPage tells a person how a device is made to trust the workshop's server.
type trustPage struct {
	Page
	Firm  workshop.Firm
	Trust Trust
	Base  string
	QR    template.HTML
}

// Devices are the kinds of device with a way of their own.
func (p *trustPage) Devices() []string {
	return []string{"ios", "android", "windows", "macos", "firefox", "linux"}
}

// trustPage is GET /trust: for anybody, since nobody can sign in before it.
func (s *Server) trustPage(w http.ResponseWriter, r *http.Request) error {
	p := &trustPage{Page: Page{Title: "trust.title", Bare: true}, Trust: s.trust, Base: s.shop.Base}
	var err error
	if p.Firm, err = s.shop.Firm(r.Context()); err != nil {
		return err
	}
	if p.QR, err = qrCode(p.Base+"/", s.printer(r).T("trust.qr")); err != nil {
		return err
	}
	return s.page(w, r, "trust/trust", p)
}

// trustCertificate is GET /trust/etabli.crt: under the type that makes a device
// offer to install it.
func (s *Server) trustCertificate(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "application/x-x509-ca-cert")
	w.Header().Set("Content-Disposition", `attachment; filename="etabli.crt"`)
	_, err := w.Write(s.trust.Certificate())
	return err
}
