package e2e

import (
	"fmt"
	"strings"
	"testing"

	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// page is an address to be looked at, and who looks.
type page struct{ who, path string }

// pages lists every page; {stage} is replaced by an order that stands there.
var pages = []page{
	{"", "/signin"},
	{"nadia", "/board"}, {"nadia", "/orders"}, {"nadia", "/counter"}, {"nadia", "/reception"}, {"nadia", "/search?q=Tissot"}, {"nadia", "/search?q=zzzz"},
	{"nadia", "/account"}, {"nadia", "/nowhere"},
	{"nadia", "/orders/{received}"}, {"paul", "/orders/{control}"}, {"nadia", "/orders/{returned}"}, {"nadia", "/orders/{announced}"},
	{"samir", "/bench"}, {"samir", "/orders/{diagnosis}/measure"}, {"samir", "/orders/{diagnosis}/checks"}, {"samir", "/orders/{diagnosis}/diagnosis"},
	{"samir", "/orders/{control}/readings"},
	{"paul", "/orders/{diagnosis}/quote"}, {"nadia", "/orders/{quote_sent}/quote"}, {"samir", "/orders/{accepted}/prepare"}, {"samir", "/orders/{preparing}/prepare"},
	{"samir", "/orders/{in_work}/work"}, {"jeanne", "/orders/{control}/control"}, {"nadia", "/orders/{ready}/return"},
	{"paul", "/prices"}, {"ines", "/people"}, {"ines", "/house"}, {"ines", "/follow"}, {"nadia", "/outbox"}, {"samir", "/stock"}, {"samir", "/tools"}, {"paul", "/figures"},
	{"samir", "/orders/{returned}/competences"},
}

// at returns an order that stands at each stage.
func (h *house) at(t testing.TB) map[string]string {
	t.Helper()
	rows, err := h.shop.Orders(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, order.Query{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range rows {
		if out[string(r.Stage)] == "" {
			out[string(r.Stage)] = r.Number
		}
	}
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
	signed := ""
	for _, lang := range []string{"fr", "en"} {
		for _, p := range pages {
			if who := p.who + lang; who != signed {
				if p.who != "" {
					b.as(p.who, lang)
				}
				signed = who
			}
			path := fill(p.path, at)
			for i, theme := range []string{"light", "dark"} {
				b.setCookie("theme", theme)
				b.setCookie("lang", lang)
				b.viewport(sizes[0].w, sizes[0].h, false)
				b.to(path)
				b.look(fmt.Sprintf("%s %s %s", p.path, lang, theme), lang)
				b.axe(fmt.Sprintf("%s %s %s", p.path, lang, theme))
				b.shot(shotName(p.path, lang, theme, 1280))
				if i == 1 && lang == "en" {
					continue // the sizes are looked at once in English
				}
				for _, size := range sizes[1:] {
					b.viewport(size.w, size.h, size.phone)
					b.narrow(fmt.Sprintf("%s %s at %d", p.path, lang, size.w), size.w)
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
