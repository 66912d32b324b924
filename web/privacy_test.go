package web_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"etabli.example/cli"
	"etabli.example/mail"
	"etabli.example/trade/customer"
)

// marked is what somebody types everywhere in TestLogKnowsNobody.
const marked = "Zqmarquedeposee"

// kept is a log that may be written by several at once.
type kept struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (k *kept) Write(p []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.b.Write(p)
}

// everyField is every name a form of the house knows, each with the mark.
func everyField(t *testing.T, z *fuzzed) string {
	t.Helper()
	fields := url.Values{}
	for _, name := range []string{"login", "password", "proof", "q", "text", "why", "name", "phone", "email", "customer.name", "customer.phone", "customer.email", "request", "back", "note", "to", "lot", "words"} {
		fields.Set(name, marked)
	}
	input := regexp.MustCompile(`name="([\w.-]+)"`)
	for _, p := range z.routes {
		if !strings.HasPrefix(p, "GET ") {
			continue
		}
		w := z.send(t, p, "paul", "", "")
		for _, m := range input.FindAllStringSubmatch(w.Body.String(), -1) {
			fields.Set(m[1], marked)
		}
	}
	return fields.Encode()
}

func (z *fuzzed) send(t *testing.T, pattern, login, query, body string) *httptest.ResponseRecorder {
	t.Helper()
	method, path, _ := strings.Cut(z.address(t, pattern, z.orders[len(pattern)%len(z.orders)], marked), " ")
	r := httptest.NewRequest(method, "http://etabli.test/", strings.NewReader(body))
	r.URL.Path, r.URL.RawQuery = path, query
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", marked)
	r.Header.Set("X-Forwarded-For", "203.0.113.77")
	if token := z.session(t, login); token != "" {
		r.AddCookie(&http.Cookie{Name: "session", Value: token})
	}
	w := httptest.NewRecorder()
	z.handler.ServeHTTP(w, r)
	return w
}

// Whatever is typed, wherever, by whomever, and whoever is shown: the log names
// nobody and holds no secret. It has a line for every request, with the
// reference that the person was shown.
func TestLogKnowsNobody(t *testing.T) {
	z := openFuzzed(t)
	log := &kept{}
	logger := slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	z.shop.Log = logger
	var err error
	if z.handler, err = cli.HandlerWith(t.Context(), z.shop, cli.Serving{Log: logger, Outbox: mail.NewOutbox(1, z.shop.Now)}); err != nil {
		t.Fatal(err)
	}
	z.routes = nil
	for _, p := range z.handler.(interface{ Routes() []string }).Routes() {
		if method, _, ok := strings.Cut(p, " "); ok && method != "" && !strings.HasPrefix(p, "GET /static/") {
			z.routes = append(z.routes, p)
		}
	}
	everything := everyField(t, z)
	requests := map[string]string{}
	for _, p := range append(z.routes, "GET /"+marked, "POST /"+marked, "GET /api/v1/orders/"+marked, "GET /api/v1/orders", "GET /signin/"+marked) {
		for _, login := range []string{"nadia", "samir", "ines", ""} {
			for _, body := range []string{everything, "%zz=" + marked} {
				if body != everything && login != "nadia" {
					continue
				}
				w := z.send(t, p, login, everything, body)
				id := w.Header().Get("X-Request-Id")
				requests[id] = p
				if w.Code >= 400 && strings.Contains(w.Body.String(), "<html") && strings.Contains(w.Body.String(), `class="ref"`) && !strings.Contains(w.Body.String(), id) {
					t.Errorf("%s: the error page does not show %s", p, id)
				}
			}
		}
	}
	text := log.b.String()
	for who, words := range secrets(t, z) {
		for _, word := range words {
			if i := strings.Index(text, word); word != "" && i >= 0 {
				t.Errorf("the log holds %s %q: …%s…", who, word, text[max(0, i-200):min(len(text), i+100)])
			}
		}
	}
	for dec := json.NewDecoder(strings.NewReader(text)); ; {
		var line struct{ Msg, Request, Route, Level, Error string }
		if err := dec.Decode(&line); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if line.Msg == "request" {
			delete(requests, line.Request)
		}
		if line.Level == "ERROR" {
			t.Errorf("%s failed on our side: %s", line.Route, line.Error)
		}
	}
	for id, p := range requests {
		t.Errorf("%s: no line about request %s", p, id)
	}
}

// secrets are what the log must not hold, by what it is.
func secrets(t *testing.T, z *fuzzed) map[string][]string {
	t.Helper()
	out := map[string][]string{"what was typed": {marked, strings.ToLower(marked)}, "a link": {z.link}, "where somebody is": {"203.0.113.77"}}
	for _, token := range z.tokens {
		out["a session"] = append(out["a session"], token)
	}
	people, err := z.shop.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		out["a colleague"] = append(out["a colleague"], p.Name, p.Email)
	}
	rows, err := z.db.Query("select name, given, phone, email, address from customer")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var c customer.Customer
		if err := rows.Scan(&c.Name, &c.Given, &c.Phone, &c.Email, &c.Address); err != nil {
			t.Fatal(err)
		}
		out["a customer"] = append(out["a customer"], c.Name, c.Given, c.Phone, c.Email, c.Address)
	}
	if err := rows.Err(); err != nil || len(out["a customer"]) < 20 {
		t.Fatal("too few customers to prove anything", err)
	}
	return out
}
