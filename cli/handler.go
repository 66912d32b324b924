package cli

import (
	"context"
	"log/slog"
	"net/http"

	"etabli.example/api"
	"etabli.example/fault"
	"etabli.example/live"
	"etabli.example/mail"
	"etabli.example/trade/staff"
	"etabli.example/web"
)

// Handler is everything the process answers over HTTP: pages, JSON and sound.
// The live connections end with ctx.
func Handler(ctx context.Context, shop *Shop, outbox *mail.Outbox, log *slog.Logger) (http.Handler, error) {
	s, err := web.New(web.Config{Log: log, Workshop: shop.Workshop, Outbox: outbox})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	api.Register(mux, shop.Workshop, shop.who)
	s.Handle("/api/", mux)
	sound := live.New(shop.Workshop, shop.who, log)
	context.AfterFunc(ctx, sound.Close)
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
