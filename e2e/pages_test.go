package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"

	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
	"etabli.example/workshop"
)

// page is an address to be looked at, and who looks.
type page struct{ who, path string }

// pages lists every page; {stage} is replaced by an order that stands there,
// the other words by what h.at finds.
var pages = []page{
	{"", "/signin"}, {"", "/c/{link}"}, {"", "/camera/{camera}"}, {"", "/accessibility"}, {"", "/trust"}, {"paul", "/accessibility/edit"}, {"nadia", "/write"}, {"", "/gallery"}, {"", "/gallery/live"},
	{"nadia", "/board"}, {"nadia", "/orders"}, {"nadia", "/counter"}, {"nadia", "/reception"}, {"nadia", "/questionnaire?watch.kind=automatic&request=s%27arr%C3%AAte"}, {"nadia", "/search?q=Tissot"}, {"nadia", "/search?q=zzzz"}, {"nadia", "/search?q=Vasseur"},
	{"nadia", "/account"}, {"paul", "/alerts"}, {"samir", "/offline"}, {"nadia", "/nowhere"}, {"nadia", "/customers/{customer}"}, {"nadia", "/orders/{received}/opened"},
	{"nadia", "/orders/{received}"}, {"paul", "/orders/{control}"}, {"nadia", "/orders/{returned}"}, {"nadia", "/orders/{announced}"},
	{"samir", "/bench"}, {"samir", "/orders/{diagnosis}/measure"}, {"samir", "/orders/{diagnosis}/checks"},
	{"samir", "/orders/{electronic}/measure"},
	{"samir", "/orders/{diagnosis}/protocol"}, {"samir", "/orders/{in_work}/protocol"}, {"samir", "/orders/{in_work}/regulation"}, {"samir", "/orders/{control}/chronometer"}, {"paul", "/bench/rules"}, {"samir", "/calibres?q=2824"}, {"samir", "/calibres/ETA/2824-2"}, {"paul", "/calibres/ETA/2824-2/own"}, {"paul", "/shelf?maker=ETA&calibre=2824-2"}, {"samir", "/orders/{in_work}/shelf"},
	{"samir", "/orders/{diagnosis}/diagnosis"},
	{"samir", "/orders/{control}/readings"}, {"samir", "/orders/{diagnosis}/import"}, {"samir", "/orders/{control}/readings/{reading}"},
	{"paul", "/orders/{diagnosis}/quote"}, {"nadia", "/orders/{quote_sent}/quote"}, {"samir", "/orders/{accepted}/prepare"}, {"samir", "/orders/{preparing}/prepare"},
	{"samir", "/orders/{in_work}/work"}, {"samir", "/orders/{in_work}/pieces"}, {"jeanne", "/orders/{control}/control"}, {"nadia", "/orders/{ready}/return"},
	{"nadia", "/orders/{received}/advice"}, {"paul", "/orders/{diagnosis}/advice"}, {"paul", "/approvals"}, {"paul", "/prices/import"}, {"paul", "/prices/terms"},
	{"paul", "/prices"}, {"ines", "/people"}, {"ines", "/people/rights"}, {"ines", "/house"}, {"ines", "/follow"}, {"ines", "/security"}, {"ines", "/setup/firm"}, {"ines", "/setup/sites"}, {"ines", "/setup/people"}, {"nadia", "/outbox"},
	{"samir", "/stock"}, {"samir", "/stock/{lot}"}, {"samir", "/tools"}, {"paul", "/register"}, {"samir", "/tools/{tool}"}, {"samir", "/tools/{tool}/clock"}, {"paul", "/figures"}, {"paul", "/figures/orders?of=late"}, {"paul", "/figures/diagnosis"},
	{"samir", "/orders/{returned}/competences"}, {"jeanne", "/orders/{returned}/competences"}, {"paul", "/people/{person}/competences"},
}

// unseen are the addresses that answer GET and are no page, with the reason.
var unseen = map[string]string{
	"GET /setup":                             "leads on to the first step that is left",
	"GET /start/{token}":                     "there only until there is an administrator: TestFirstStart looks at it",
	"GET /{$}":                               "leads on to the board or the sign-in",
	"GET /passport/{sheet}":                  "there once a watch was given back and what follows was done: web's TestPassportPage",
	"GET /trust/etabli.crt":                  "a file: cli's TestOwnAuthority",
	"GET /worker.js":                         "the service worker: TestOffline",
	"GET /static/{hash}/{name...}":           "files",
	"GET /customers/{id}/export.json":        "a file: web's tests",
	"GET /customers/{id}/export.pdf":         "a document: paper's tests",
	"GET /healthz":                           "for a machine: web's tests",
	"GET /readyz":                            "for a machine: web's tests",
	"GET /metrics":                           "for a machine: web's tests",
	"GET /shelf/{document}/file":             "a maker's document: web's TestShelf",
	"GET /blob/{hash}":                       "photos and sounds",
	"GET /live/{number}":                     "a WebSocket: live's tests",
	"/api/":                                  "JSON: api's tests",
	"GET /camera/pictures":                   "a part of the reception, swapped in by htmx",
	"GET /reception/customers":               "a part of the reception, swapped in by htmx",
	"GET /reception/understood":              "a part of the reception, swapped in by htmx",
	"GET /reception/calibre":                 "a part of the reception, swapped in by htmx",
	"GET /reception/movement":                "a part of the reception, swapped in by htmx",
	"GET /reception/mark":                    "a part of the reception, swapped in by htmx",
	"GET /reception/drawing":                 "a part of the reception, swapped in by htmx",
	"GET /orders/{number}/receipt.pdf":       "a document: paper's tests",
	"GET /orders/{number}/label.pdf":         "a document: paper's tests",
	"GET /orders/{number}/piece.pdf":         "a document: paper's tests",
	"GET /orders/{number}/quote.pdf":         "a document: paper's tests",
	"GET /orders/{number}/report.pdf":        "a document: paper's tests",
	"GET /prices/display.pdf":                "a document: paper's tests",
	"GET /prices.csv":                        "a file: web's tests",
	"GET /orders/{number}/diagnosis/ranking": "a part of the diagnosis, swapped in by htmx",
	"GET /questionnaire.pdf":                 "a document: paper's tests",
	"GET /c/{token}/report.pdf":              "a document: paper's tests",
	"GET /register.csv":                      "a table: web's TestRegisterOfWaste",
	"GET /orders/{number}/session.json":      "a file of readings: web's tests",
	"GET /orders/{number}/session.csv":       "a file of readings: web's tests",
	"GET /schema/session.json":               "a schema: horology/exchange's tests",
}

// Every address that answers GET is a page of the table, or is said to be none.
func TestEveryPageIsLookedAt(t *testing.T) {
	h := openHouse(t)
	mux, seen := http.NewServeMux(), map[string]bool{}
	for _, p := range h.routes {
		mux.HandleFunc(p, func(http.ResponseWriter, *http.Request) {})
	}
	at := h.at(t)
	for _, p := range pages {
		path := fill(p.path, at)
		if strings.ContainsAny(path, "{}") {
			t.Errorf("%s: nothing in the house is called so", p.path)
			continue
		}
		_, pattern := mux.Handler(httptest.NewRequest(http.MethodGet, path, nil))
		seen[pattern] = true
	}
	for _, p := range h.routes {
		method, _, ok := strings.Cut(p, " ")
		if why, none := unseen[p]; none {
			if seen[p] || why == "" {
				t.Errorf("%s is looked at: it is no exception", p)
			}
			continue
		}
		if (!ok || method == http.MethodGet) && !seen[p] {
			t.Errorf("%s answers GET and is neither in the table of pages nor said to be no page", p)
		}
	}
	for p := range unseen {
		if !slices.Contains(h.routes, p) {
			t.Errorf("%s is said to be no page and does not exist", p)
		}
	}
}

// at returns an order that stands at each stage, and one of everything else
// that pages name.
func (h *house) at(t testing.TB) map[string]string {
	t.Helper()
	boss := staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}
	rows, err := h.shop.Orders(t.Context(), boss, order.Query{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range rows {
		if s, err := h.shop.State(t.Context(), boss, r.Sheet); err != nil {
			t.Fatal(err)
		} else if s.Watch.Kind == watch.Quartz && !r.Stage.Closed() {
			out["electronic"] = r.Number
		}
		if out[string(r.Stage)] != "" {
			continue
		}
		out[string(r.Stage)] = r.Number
		switch r.Stage {
		case order.QuoteSent:
			link, err := h.shop.LinkFor(t.Context(), workshop.Act{Who: boss, Sheet: r.Sheet, Seen: -1})
			if err != nil {
				t.Fatal(err)
			}
			camera, _, err := h.shop.OpenCamera(t.Context(), boss, r.Sheet)
			if err != nil {
				t.Fatal(err)
			}
			out["camera"] = camera[strings.LastIndex(camera, "/")+1:]
			out["link"], out["customer"] = link[strings.LastIndex(link, "/")+1:], r.Customer
		case order.InControl:
			s, err := h.shop.State(t.Context(), boss, r.Sheet)
			if err != nil || len(s.Readings) == 0 {
				t.Fatal("an order in control without a reading", err)
			}
			out["reading"] = strconv.FormatInt(s.Readings[0].Seq, 10)
		}
	}
	people, err := h.shop.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if p.Login == "samir" {
			out["person"] = p.ID
		}
	}
	lots, err := h.shop.FittingLots(t.Context())
	if err != nil || len(lots) == 0 {
		t.Fatal("no lot", err)
	}
	tools, err := h.shop.Tools(t.Context(), boss)
	if err != nil || len(tools) == 0 {
		t.Fatal("no tool", err)
	}
	out["lot"], out["tool"] = lots[0].Sheet, tools[0].Sheet
	return out
}

func fill(path string, at map[string]string) string {
	for stage, number := range at {
		path = strings.ReplaceAll(path, "{"+stage+"}", number)
	}
	return path
}

var sizes = []struct {
	w, h  int64
	phone bool
}{{1280, 800, false}, {1024, 768, false}, {390, 844, true}}

// Every page, in both languages and both themes, at the three sizes: axe finds
// nothing, nothing is wider than the window, no word is missing.
func TestPages(t *testing.T) {
	h := openHouse(t)
	b := h.open(t, "")
	at := h.at(t)
	signed := "nobody"
	only := os.Getenv("ETABLI_PAGES") // while one page is built: a piece of its address
	for _, lang := range []string{"fr", "en"} {
		for _, p := range pages {
			if !strings.Contains(p.path, only) {
				continue
			}
			if who := p.who + lang; who != signed {
				if p.who != "" {
					b.as(p.who, lang)
				} else {
					call(b, network.ClearBrowserCookies, cdp.Empty{})
				}
				signed = who
			}
			for _, theme := range []string{"light", "dark"} {
				b.setCookie("theme", theme)
				b.setCookie("lang", lang)
				b.viewport(sizes[0].w, sizes[0].h, false)
				b.to(fill(p.path, at))
				b.look(fmt.Sprintf("%s %s %s", p.path, lang, theme), lang)
				for _, size := range sizes {
					what := fmt.Sprintf("%s %s %s at %d", p.path, lang, theme, size.w)
					b.viewport(size.w, size.h, size.phone)
					b.narrow(what, size.w)
					if size == sizes[0] || (lang == "fr") == (theme == "light") { // each size in both languages and themes
						b.axe(what)
					}
					b.shot(shotName(p.path, lang, theme, size.w))
				}
			}
		}
	}
}

func shotName(path, lang, theme string, w int64) string {
	return strings.Trim(strings.NewReplacer("/", "-", "{", "", "}", "", "?", "-", "=", "-").Replace(path), "-") + "." + lang + "." + theme + "." + fmt.Sprint(w)
}

// look checks what axe does not: no key without words, the right language, one h1.
func (b *browser) look(what, lang string) {
	b.t.Helper()
	got := eval[struct {
		Lang, Text string
		H1         int
	}](b, `({Lang: document.documentElement.lang, Text: document.documentElement.outerHTML, H1: document.querySelectorAll("h1").length})`)
	if got.Lang != lang {
		b.t.Errorf("%s: lang is %q", what, got.Lang)
	}
	if i := strings.Index(got.Text, "⟦"); i >= 0 {
		b.t.Errorf("%s: a word is missing: %.60s", what, got.Text[i:])
	}
	if got.H1 != 1 {
		b.t.Errorf("%s: %d h1", what, got.H1)
	}
}

// narrow checks that nothing sticks out of the window.
func (b *browser) narrow(what string, w int64) {
	b.t.Helper()
	// A phone's window grows with what sticks out, so its own width is no measure.
	wide := eval[struct {
		Width int64
		Who   string
	}](b, fmt.Sprintf(`(() => {
		const w = document.documentElement.scrollWidth; let who = "";
		const inside = e => { for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return true; return false; };
		if (w > %[1]d + 1) for (const e of document.querySelectorAll("body *")) {
			const r = e.getBoundingClientRect();
			if (r.right > %[1]d + 1 && r.width > 0 && !inside(e)) { who = e.outerHTML.slice(0, 160); break; }
		}
		return {Width: w, Who: who};
	})()`, w))
	if wide.Width > w+1 {
		b.t.Errorf("%s: %d px wide: %s", what, wide.Width, wide.Who)
	}
}
