package web_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"etabli.example/web"
)

func TestHealth(t *testing.T) {
	full := errors.New("12 MB left")
	failing := error(nil)
	s, err := web.New(web.Config{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		Ready: func(context.Context) []web.Checked {
			return []web.Checked{{Name: "book"}, {Name: "disk", Err: failing}}
		}})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path, from string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.RemoteAddr = from
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	const here, there = "127.0.0.1:4000", "192.0.2.7:4000"
	if w := ask("/readyz", there); w.Code != 200 || !strings.Contains(w.Body.String(), `"disk":"ok"`) {
		t.Error(w.Code, w.Body)
	}
	failing = full
	if w := ask("/readyz", there); w.Code != 503 || !strings.Contains(w.Body.String(), `"book":"ok","disk":"failing"`) || strings.Contains(w.Body.String(), "12 MB") {
		t.Error(w.Code, w.Body)
	}
	if w := ask("/healthz", there); w.Code != 200 {
		t.Error("a full disk is no reason to be started again:", w.Code)
	}
	if w := ask("/metrics", here); w.Code != 200 || !strings.Contains(w.Body.String(), `etabli_requests_total{route="/readyz",status="503"} 1`) {
		t.Error(w.Code, w.Body)
	}
	for _, w := range []*httptest.ResponseRecorder{ask("/metrics", there), ask("/metrics", here, "X-Forwarded-For", "127.0.0.1"),
		ask("/metrics", "10.1.1.1:5", "X-Forwarded-For", "127.0.0.1")} {
		if w.Code != 404 {
			t.Error("metrics given away:", w.Code)
		}
	}
}

func TestMetricsToken(t *testing.T) {
	s, err := web.New(web.Config{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), MetricsToken: "a-long-token"})
	if err != nil {
		t.Fatal(err)
	}
	for given, want := range map[string]int{"Bearer a-long-token": 200, "Bearer other": 404, "": 404, "a-long-token": 404} {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.RemoteAddr = "127.0.0.1:1"
		r.Header.Set("Authorization", given)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%q: %d, want %d", given, w.Code, want)
		}
	}
}
