package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/prometheus/client_golang/prometheus"

	"etabli.example/mail"
	"etabli.example/workshop"
)

// Config is what the server is made of. Only what is used is asked for; the
// zero value serves the gallery.
type Config struct {
	Log *slog.Logger // slog.Default() where nil

	// Workshop is what the pages act on; without it only the gallery is served.
	Workshop *workshop.Workshop

	// Outbox is what the demonstration would have sent; nil where it is really sent.
	Outbox Outbox

	// SignedIn returns who the request's session belongs to, or nil. Where the
	// function itself is nil there is no sign-in and the bar is always shown.
	SignedIn func(*http.Request) *Person

	// Ready says whether what the house rests on holds: GET /readyz.
	Ready func(context.Context) []Checked

	// Collectors are counted beside the requests: GET /metrics, on this machine
	// alone, or from anywhere with the MetricsToken where there is one.
	Collectors   []prometheus.Collector
	MetricsToken string

	// Trust is what a device installs to trust these pages; nil where another
	// authority vouches for them.
	Trust Trust

	// Proxies are whose word is taken for where a request comes from.
	Proxies []netip.Prefix

	// Secure marks cookies Secure; set it wherever the pages come over HTTPS.
	Secure bool
}

// Outbox lists messages that were not really sent, the latest first.
type Outbox interface{ List() []mail.Kept }

// Server is the pages as one http.Handler. It is safe for concurrent use.
type Server struct {
	shop     *workshop.Workshop
	outbox   Outbox
	log      *slog.Logger
	signedIn func(*http.Request) *Person
	secure   bool

	ready        func(context.Context) []Checked
	metrics      *metrics
	metricsToken string
	proxies      []netip.Prefix
	trust        Trust
	limits       limiter
	sent         sentForms

	assets *assets
	pages  pageSets
	mux    *http.ServeMux
	routed []string // every pattern, as registered
	nav    []NavItem
	chain  http.Handler
}

// New parses every template in both languages and returns the server. Its
// errors are defects of the embedded files.
func New(c Config) (*Server, error) {
	s := &Server{shop: c.Workshop, outbox: c.Outbox, log: c.Log, signedIn: c.SignedIn, secure: c.Secure, mux: http.NewServeMux(),
		ready: c.Ready, metrics: newMetrics(), metricsToken: c.MetricsToken, proxies: c.Proxies, trust: c.Trust}
	for _, x := range c.Collectors {
		if err := s.metrics.registry.Register(x); err != nil {
			return nil, err
		}
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.shop != nil && s.signedIn == nil {
		s.signedIn = s.chip
	}
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return nil, err
	}
	if s.assets, err = loadAssets(files); err != nil {
		return nil, err
	}
	if s.pages, err = parsePages(s.assets); err != nil {
		return nil, err
	}
	s.routes()
	s.nav = served(s.mux, navigation)
	s.chain = s.middleware(s.mux)
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.chain.ServeHTTP(w, r) }
