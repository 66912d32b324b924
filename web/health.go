package web

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"etabli.example/fault"
)

// Checked is one thing that must hold for the house to be of use: the book
// answers, the disk has room. Name is a word of a machine; Err says why not.
type Checked struct {
	Name string
	Err  error
}

// readyWithin bounds the checks: whoever asks gives up soon.
const readyWithin = 3 * time.Second

func (s *Server) healthRoutes() {
	s.handle("GET /healthz", s.healthy)
	s.handle("GET /readyz", s.isReady)
	s.handle("GET /metrics", s.measured)
}

// healthy says that the process answers, and nothing of what it rests on: one
// whose disk is full must not be started again and again.
func (s *Server) healthy(w http.ResponseWriter, r *http.Request) error {
	return plain(w, http.StatusOK, map[string]string{"process": "ok"})
}

// isReady says whether people can work here. It names what fails, never why:
// it is open to whoever reaches the port; the reason is in the log.
func (s *Server) isReady(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
	defer cancel()
	said, code := map[string]string{}, http.StatusOK
	var checks []Checked
	if s.ready != nil {
		checks = s.ready(ctx)
	}
	for _, c := range checks {
		said[c.Name] = "ok"
		if c.Err != nil {
			said[c.Name], code = "failing", http.StatusServiceUnavailable
			s.log.WarnContext(ctx, "not ready", "check", c.Name, "error", logError(c.Err))
		}
	}
	return plain(w, code, said)
}

func plain(w http.ResponseWriter, code int, said map[string]string) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	return json.NewEncoder(w).Encode(said)
}

// measured answers a Prometheus server: one on this machine, or one that knows
// the token. What came through a proxy is never of this machine.
func (s *Server) measured(w http.ResponseWriter, r *http.Request) error {
	given, isToken := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case isToken && s.metricsToken != "" && subtle.ConstantTimeCompare([]byte(given), []byte(s.metricsToken)) == 1:
	case s.metricsToken == "" && directly(r) && s.address(r).IsLoopback():
	default:
		return fault.New(fault.NotFound, "web.fault.no_page") // strangers need not know that it is here
	}
	s.metrics.handler.ServeHTTP(w, r)
	return nil
}

// directly reports whether no proxy says that it passed the request on.
func directly(r *http.Request) bool {
	return r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == "" && r.Header.Get("X-Real-Ip") == ""
}

// address is who a request comes from. A proxy's word for it is taken only from
// the proxies that were named: the last address in the list that is none of theirs.
func (s *Server) address(r *http.Request) netip.Addr {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	at := from.Addr().Unmap()
	list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(list) - 1; i >= 0 && s.isProxy(at); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(list[i]))
		if err != nil {
			break // what no proxy of ours would write
		}
		at = before.Unmap()
	}
	return at
}

func (s *Server) isProxy(a netip.Addr) bool {
	for _, p := range s.proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// overHTTPS reports whether the person's browser speaks HTTPS, here or with a
// proxy that was named.
func (s *Server) overHTTPS(r *http.Request) bool {
	if s.secure || r.TLS != nil {
		return true
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && s.isProxy(from.Addr().Unmap()) && r.Header.Get("X-Forwarded-Proto") == "https"
}

// Failing is the check's name where it fails, otherwise "".
func (c Checked) Failing() string {
	if c.Err == nil {
		return ""
	}
	return c.Name
}
