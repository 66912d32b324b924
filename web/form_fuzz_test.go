package web_test

import (
	"bytes"
	"database/sql"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"etabli.example/cli"
	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web"
	"etabli.example/workshop"
	"etabli.example/workshop/demo"
)

// fuzzed is a house with its demonstration, its addresses and what they name.
type fuzzed struct {
	shop     *cli.Shop
	pages    *web.Server
	handler  http.Handler // what TestLogKnowsNobody asks, with all that stands around the pages
	db       *sql.DB      // reads only
	routes   []string
	people   []string // logins; "" is a stranger
	ids      map[string]string
	tokens   map[string]string
	orders   []order.Row
	lot      string
	tool     string
	document string
	link     string
}

func openFuzzed(f testing.TB) *fuzzed {
	f.Helper()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	dir := f.TempDir()
	shop, err := cli.OpenShop(f.Context(), dir, quiet)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = shop.Close() })
	shop.Demo = true
	if err := demo.Fill(f.Context(), shop.Workshop); err != nil {
		f.Fatal(err)
	}
	z := &fuzzed{shop: shop, people: []string{"nadia", "samir", "paul", "ines", ""}, ids: map[string]string{}, tokens: map[string]string{}}
	if z.pages, err = web.New(web.Config{Workshop: shop.Workshop, Log: quiet}); err != nil {
		f.Fatal(err)
	}
	if z.db, err = sql.Open("sqlite", "file:"+filepath.Join(dir, "etabli.db")+"?mode=ro"); err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = z.db.Close() })
	for _, p := range z.pages.Routes() {
		if !strings.HasPrefix(p, "GET /static/") && strings.Contains(p, " ") {
			z.routes = append(z.routes, p)
		}
	}
	z.know(f)
	return z
}

// know finds who and what the addresses can name.
func (z *fuzzed) know(f testing.TB) {
	f.Helper()
	must := func(err error) {
		f.Helper()
		if err != nil {
			f.Fatal(err)
		}
	}
	people, err := z.shop.People(f.Context())
	must(err)
	for _, p := range people {
		z.ids[p.Login] = p.ID
	}
	boss := staff.Actor{ID: z.ids["paul"], Roles: []staff.Role{staff.Manager}}
	rows, err := z.shop.Orders(f.Context(), boss, order.Query{Limit: 200})
	must(err)
	stages := map[order.Stage]bool{}
	for _, r := range rows {
		if !stages[r.Stage] {
			stages[r.Stage] = true
			z.orders = append(z.orders, r)
		}
		if r.Stage == order.QuoteSent && z.link == "" {
			at, err := z.shop.LinkFor(f.Context(), workshop.Act{Who: boss, Sheet: r.Sheet, Seen: -1})
			must(err)
			z.link = at[strings.LastIndex(at, "/")+1:]
		}
	}
	must(z.db.QueryRow("select sheet from lot_row limit 1").Scan(&z.lot))
	must(z.db.QueryRow("select sheet from tool_row limit 1").Scan(&z.tool))
	must(z.db.QueryRow("select id from shelf_document where hash <> '' limit 1").Scan(&z.document))
}

// session returns somebody's token, opened again where it was signed out.
func (z *fuzzed) session(t testing.TB, login string) string {
	if login == "" {
		return ""
	}
	if token := z.tokens[login]; token != "" {
		if _, _, err := z.shop.Whose(t.Context(), token); err == nil {
			return token
		}
	}
	token, err := z.shop.Choose(t.Context(), z.ids[login], "fuzz")
	if err != nil {
		t.Fatal(err)
	}
	z.tokens[login] = token
	return token
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

// address fills the parameters of a pattern. One that is new must be taught here.
func (z *fuzzed) address(t testing.TB, pattern string, about order.Row, other string) string {
	return strings.ReplaceAll(pathParameter.ReplaceAllStringFunc(pattern, func(name string) string {
		switch strings.Trim(name, "{}") {
		case "number":
			return about.Number
		case "token":
			return z.link
		case "sheet":
			return about.Sheet
		case "lot":
			return z.lot
		case "tool":
			return z.tool
		case "person":
			return z.ids["samir"]
		case "maker":
			return "ETA"
		case "name":
			return "2824-2"
		case "id":
			return about.Customer
		case "seq":
			return "3"
		case "document":
			return z.document
		case "kind", "form", "hash", "step":
			return url.PathEscape(other)
		}
		t.Fatalf("%s: what may %s be? teach address", pattern, name)
		return ""
	}), "{$}", "")
}

// held counts everything the book and its people hold, in one statement.
const held = `select (select count(*) from entry) || ' entries ' || (select count(*) from sheet) || ' sheets ' || (select coalesce(sum(last), 0) from number) || ' numbers ' ||
	(select count(*) from order_row) || ' orders ' || (select count(*) from customer) || ' customers ' || (select count(*) from watch) || ' watches ' ||
	(select count(*) from person) || ' people ' || (select count(*) from saying) || ' sayings ' || (select count(*) from link) || ' links ' ||
	(select count(*) from price) || ' prices ' || (select coalesce(sum(length(value)), 0) from setting) || ' of settings ' || (select count(*) from after_row) || ' to follow ' ||
	(select count(*) from lot_row) || ' lots ' || (select count(*) from part_minimum) || ' minimums ' || (select count(*) from tool_row) || ' tools ' || (select count(*) from shelf_document) || ' documents'`

// written says what is held: a refusal changes nothing of it.
func (z *fuzzed) written(t testing.TB) (out string) {
	if err := z.db.QueryRow(held).Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

// others are what the last part of an address may be.
var others = []string{"note", "reception", "parts_awaited", "complaint_opened", "quote/x", "<zq>", strings.Repeat("f", 64)}

// kinds are how a browser, or something else, may send a form.
var kinds = []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=zz", "text/plain", "application/json", ""}

// strange is text no page holds of itself: where it comes back, it comes back escaped.
const strange = `<zq onload='x' "&`

// seedBodies are forms people might send, one by one absurd.
func seedBodies() []string {
	word := url.QueryEscape(strange)
	multipart := "--zz\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nnot a png\r\n--zz\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n" + strange + "\r\n--zz--\r\n"
	return []string{"", "%zz=%", "seen=99999999999999999999&entry=x", "seen=-5&entry=" + ident.New() + "&text=" + word, multipart, "--zz\r\nbroken",
		"do=" + word + "&lines=" + word + "&line_price=1e999&line_qty=-3&line_fr=" + word + "&line_id=&line_operation=&line_vat=7&line_kind=x",
		"customer.name=" + word + "&customer.phone=" + word + "&watch.brand=" + word + "&watch.bph=-1&watch.lift=NaN&request=" + word + "&mark_zone=x&mark_zone=y&promised=2026-02-31&declared_value=9999999999999999999",
		"rate=1e308&amplitude=%00&beat_error=Inf&phase=" + word + "&position=ZZ&winding=" + word + "&lift=0&beat=-9",
		"result.winding=" + word + "&value.winding=NaN&note.winding=" + word, "bar=-1&seconds=1e99&method=" + word + "&passed=x",
		"name=" + word + "&login=" + word + "&role=king&password=" + word + "&id=" + word, "q=" + word + "&page=-1&after=" + word + "&stage=" + word + "&sort=x",
		"do=take&quantity=-99999999999999999999&part=" + word + "&lot=" + word + "&site=" + word + "&price=-1", "login=" + word + "&password=x&back=//evil.example/" + word,
		"text=" + strings.Repeat("%F0%9F%95%B0", 3000), "repair=%3D&repair=a%3D" + word, "item=" + word + "&out=" + word + "&do=pass", "proof=" + word + "&do=prove", "do=hand&to=" + word + "&till_receipt=" + word}
}

// FuzzForms sends arbitrary bodies and queries to every address there is, as
// everybody, at every stage: nothing fails on our side, a refusal leaves nothing
// half-written, the answer is in the reader's language and what was typed comes
// back as text.
func FuzzForms(f *testing.F) {
	z := openFuzzed(f)
	bodies := seedBodies()
	for i := range z.routes {
		for j := range 3 { // every route meets some of the bodies; the mutator brings the others
			f.Add(uint16(i), uint8(i+j), uint8(2*i+j), uint8(j/2), i%2 == 0, bodies[(i*3+j)%len(bodies)], "")
		}
	}
	for j, b := range bodies {
		f.Add(uint16(7*j), uint8(j), uint8(2), uint8(0), true, "", b)
	}
	f.Fuzz(func(t *testing.T, route uint16, about, who, kind uint8, french bool, body, query string) {
		z.try(t, z.routes[int(route)%len(z.routes)], z.orders[int(about)%len(z.orders)], z.people[int(who)%len(z.people)], kinds[int(kind)%len(kinds)], french, body, query)
	})
}

func (z *fuzzed) try(t *testing.T, pattern string, about order.Row, login, kind string, french bool, body, query string) {
	method, path, _ := strings.Cut(z.address(t, pattern, about, others[len(body)%len(others)]), " ")
	r := httptest.NewRequest(method, "http://etabli.test/", strings.NewReader(body))
	r.URL.Path, r.URL.RawQuery = path, query
	lang := map[bool]string{true: "fr", false: "en"}[french]
	r.Header.Set("Accept-Language", lang)
	if method != http.MethodGet {
		r.Header.Set("Content-Type", kind)
	}
	if token := z.session(t, login); token != "" {
		r.AddCookie(&http.Cookie{Name: "session", Value: token})
	}
	before := z.written(t)
	w := httptest.NewRecorder()
	z.pages.ServeHTTP(w, r)
	say := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s as %q: "+format+"\n%.1500s", append(append([]any{pattern, login}, args...), mainOf(w.Body.String()))...)
	}
	if w.Code >= 500 {
		say("status %d", w.Code)
	}
	if after := z.written(t); after != before && (w.Code >= 400 || method == http.MethodGet) {
		say("status %d and yet written:\n%s\n%s", w.Code, before, after)
	}
	if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || w.Code < 400 && w.Code >= 300 {
		return
	}
	page := w.Body.String()
	if strings.Contains(page, "<html") && !strings.Contains(page, `<html lang="`+lang+`"`) {
		say("not in %s", lang)
	}
	if i := strings.Index(page, "⟦"); i >= 0 {
		say("a word is missing: %.80s", page[i:])
	}
	if bytes.Contains(bytes.ToLower(w.Body.Bytes()), []byte("<zq")) {
		say("typed text comes back as markup")
	}
}
