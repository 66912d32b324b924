package cli

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/prometheus/client_golang/prometheus"

	"etabli.example/api"
	"etabli.example/authority"
	"etabli.example/fault"
	"etabli.example/live"
	"etabli.example/mail"
	"etabli.example/trade/staff"
	"etabli.example/web"
)

// Serving is what stands around a shop's pages.
type Serving struct {
	Outbox       *mail.Outbox // what was not really sent; nil where it is really sent
	Log          *slog.Logger
	MetricsToken string               // nobody but this machine where it is empty
	Proxies      []netip.Prefix       // whose word is taken for where a request comes from
	Authority    *authority.Authority // the house's own; nil where another vouches for the pages
}

// Handler is everything the process answers over HTTP: pages, JSON and sound.
// The live connections end with ctx, and the shop waits for them before it closes.
func Handler(ctx context.Context, shop *Shop, outbox *mail.Outbox, log *slog.Logger) (http.Handler, error) {
	return HandlerWith(ctx, shop, Serving{Outbox: outbox, Log: log})
}

// HandlerWith is Handler with all that stands around the pages.
func HandlerWith(ctx context.Context, shop *Shop, o Serving) (http.Handler, error) {
	c := web.Config{Log: o.Log, Workshop: shop.Workshop, Ready: ready(ctx, shop), Collectors: []prometheus.Collector{newGauges(shop)},
		MetricsToken: o.MetricsToken, Proxies: o.Proxies}
	if o.Authority != nil {
		c.Trust = o.Authority
	}
	if o.Outbox != nil {
		c.Outbox = o.Outbox
	}
	s, err := web.New(c)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	api.Register(mux, shop.Workshop, shop.who)
	s.Handle("/api/", mux)
	sound := live.New(shop.Workshop, shop.who, o.Log)
	context.AfterFunc(ctx, sound.Close)
	shop.before = append(shop.before, sound.Close)
	s.Handle("GET /live/{number}", sound)
	return s, nil
}

// who finds the person of a request's session.
func (s *Shop) who(r *http.Request) (staff.Actor, error) {
	c, err := r.Cookie("session")
	if err != nil {
		return staff.Actor{}, fault.New(fault.Unauthenticated, "fault.unauthenticated")
	}
	p, session, err := s.Whose(r.Context(), c.Value)
	return p.Actor(session.Bench), err
}
