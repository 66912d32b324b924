package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"etabli.example/ident"
	"etabli.example/trade/staff"
	"etabli.example/web"
	"etabli.example/workshop"
)

// boss gives the desk an administrator.
func (d *desk) boss() staff.Person {
	d.t.Helper()
	p, err := d.shop.SavePerson(d.t.Context(), staff.System(), staff.Person{Login: "ines", Name: "Inès Roy", Roles: []staff.Role{staff.Administrator}, Active: true}, "")
	if err == nil {
		d.tokens["ines"], err = d.shop.Choose(d.t.Context(), p.ID, "Mozilla/5.0 (iPad)")
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return p
}

// What is refused for the role, and a failed sign-in, stand on the administrator's page.
func TestRefusalsAreShown(t *testing.T) {
	d := newDesk(t)
	d.boss()
	if w := d.get("samir", "/people"); w.Code != http.StatusForbidden {
		t.Fatal(w.Code)
	}
	d.do("", http.MethodPost, "/signin", "application/x-www-form-urlencoded", strings.NewReader("login=paul&password=wrong-password"))
	page := d.get("ines", "/security").Body.String()
	for _, want := range []string{"Samir Benali", "GET /people", "Son rôle ne le permet pas", "POST /signin", "Connexion manquée"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if w := d.get("paul", "/security"); w.Code != http.StatusForbidden {
		t.Error("a manager sees it:", w.Code)
	}
}

// A session ends when its owner or the administrator ends it, and by nobody else.
func TestSessionsAreEnded(t *testing.T) {
	d := newDesk(t)
	d.boss()
	other, err := d.shop.Choose(t.Context(), d.people["samir"].ID, "Mozilla/5.0 (Linux; Android 14)")
	if err != nil {
		t.Fatal(err)
	}
	end := func(login, session string) int {
		form := url.Values{"person": {d.people["samir"].ID}, "session": {ident.HashToken(session)}}
		return d.do(login, http.MethodPost, "/sessions/end", "application/x-www-form-urlencoded", strings.NewReader(form.Encode())).Code
	}
	lives := func(token string) bool { _, _, err := d.shop.Whose(t.Context(), token); return err == nil }
	if page := d.get("samir", "/account").Body.String(); !strings.Contains(page, "Android") || !strings.Contains(page, "celle-ci") {
		t.Error("the owner does not see both")
	}
	if code := end("paul", other); code != http.StatusForbidden || !lives(other) {
		t.Error("a manager ended somebody's session:", code)
	}
	if code := end("samir", d.tokens["paul"]); code != http.StatusNotFound || !lives(d.tokens["paul"]) {
		t.Error("another's session ended as one's own:", code)
	}
	if code := end("samir", other); code != http.StatusSeeOther || lives(other) {
		t.Error("the owner cannot:", code)
	}
	if page := d.get("ines", "/people?person="+d.people["samir"].ID).Body.String(); !strings.Contains(page, "/sessions/end") {
		t.Error("the administrator does not see it")
	}
	if code := end("ines", d.tokens["samir"]); code != http.StatusSeeOther || lives(d.tokens["samir"]) {
		t.Error("the administrator cannot:", code)
	}
	if w := d.get("samir", "/board"); w.Code != http.StatusSeeOther {
		t.Error("an ended session still works:", w.Code)
	}
}

// An address that tries too often waits; a proxy's word is taken only from the
// proxies that were named; the limits are the house's.
func TestTryLimits(t *testing.T) {
	d := newDesk(t)
	d.boss()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	d.shop.Now = func() time.Time { return now }
	var err error
	if d.pages, err = web.New(web.Config{Workshop: d.shop, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}); err != nil {
		t.Fatal(err)
	}
	if err := d.shop.SaveTryLimits(t.Context(), staff.Actor{Roles: []staff.Role{staff.Administrator}}, limitsOf(5, 4)); err != nil {
		t.Fatal(err)
	}
	try := func(method, path, from, forwarded string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, strings.NewReader("login="+ident.New()+"&password=x"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = from
		if forwarded != "" {
			r.Header.Set("X-Forwarded-For", forwarded)
		}
		w := httptest.NewRecorder()
		d.pages.ServeHTTP(w, r)
		return w
	}
	until := func(method, path, from, forwarded string) int { // tries before one is refused
		for i := range 20 {
			if w := try(method, path, from, forwarded); w.Code == http.StatusTooManyRequests {
				if w.Header().Get("Retry-After") == "" {
					t.Error("nobody says when to come back")
				}
				return i
			}
		}
		return 20
	}
	if n := until("POST", "/signin", "192.0.2.1:1", ""); n != 5 {
		t.Error("sign-ins of one address:", n)
	}
	if n := until("POST", "/signin", "192.0.2.1:9", "198.51.100.1"); n != 0 {
		t.Error("a stranger's own word for their address was taken:", n)
	}
	if n := until("GET", "/c/unknown", "192.0.2.1:1", ""); n != 4 {
		t.Error("customers' pages of one address:", n)
	}
	if n := until("POST", "/signin", "10.0.0.1:1", "203.0.113.9, 198.51.100.1"); n != 5 {
		t.Error("behind the proxy:", n)
	}
	if n := until("POST", "/signin", "10.0.0.1:1", "203.0.113.8, 198.51.100.1"); n != 0 {
		t.Error("what stands before the proxy's own word was believed:", n)
	}
	if n := until("POST", "/signin", "10.0.0.1:1", "198.51.100.2"); n != 5 {
		t.Error("another behind the proxy:", n)
	}
	if w := try("GET", "/signin", "192.0.2.1:1", ""); w.Code != http.StatusOK {
		t.Error("looking at the sign-in is no try:", w.Code)
	}
	now = now.Add(time.Minute)
	if n := until("POST", "/signin", "192.0.2.1:1", ""); n != 5 {
		t.Error("a minute later:", n)
	}
	if page := d.get("ines", "/security").Body.String(); !strings.Contains(page, "192.0.2.1") || !strings.Contains(page, "Trop d’essais") {
		t.Error("the administrator is not told")
	}
}

func limitsOf(signIn, link int) workshop.TryLimits {
	return workshop.TryLimits{SignIn: signIn, Link: link}
}
