package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
)

// logLine writes what was asked and what came of it, once a request, and counts
// it. It names the route and the order, never the address itself nor anything
// that was typed: a log is read by people who may not see customers.
func (s *Server) logLine(r *http.Request, rec *recorder, err error, took time.Duration) {
	route := routeOf(r)
	s.metrics.note(route, rec.status(), took)
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("request", visitOf(r).id), slog.String("method", method(r.Method)), slog.String("route", route),
		slog.Int("status", rec.status()), slog.Duration("took", took.Round(time.Microsecond)),
	}
	if n, err := ident.ParseNumber(r.PathValue("number")); err == nil {
		attrs = append(attrs, slog.String("order", n.String()))
	}
	if who, unknown := s.who(r); unknown == nil {
		attrs = append(attrs, slog.String("person", who.ID))
	}
	if err != nil {
		attrs = append(attrs, slog.String("error", logError(err)))
		if level = slog.LevelWarn; fault.KindOf(err) == fault.Internal {
			level = slog.LevelError
		}
	}
	s.log.LogAttrs(context.WithoutCancel(r.Context()), level, "request", attrs...)
}

// routeOf is the pattern that answers, without its method: as many as there are
// pages, whatever somebody types into the address.
func routeOf(r *http.Request) string {
	_, path, ok := strings.Cut(r.Pattern, " ")
	if !ok {
		path = r.Pattern
	}
	return path
}

// method is the request's, or a word for what no browser sends.
func method(m string) string {
	if slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, http.MethodPatch}, m) {
		return m
	}
	return "other"
}

// logError says what went wrong without what was typed. A refusal is named by
// its keys. What failed on our side is told whole: somebody must mend it, and no
// statement of ours repeats its values.
func logError(err error) string {
	if fault.KindOf(err) == fault.Internal {
		return err.Error()
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		return fmt.Sprintf("%T", err)
	}
	bare := *f
	if f.Kind != fault.Unavailable {
		bare.Err = nil // a parser quotes what it could not read
	}
	return bare.Error()
}
