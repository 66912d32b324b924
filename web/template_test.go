package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"etabli.example/locale"
)

// Both languages have the same pages, and each parses.
func TestPagesParse(t *testing.T) {
	s := quietServer(t, io.Discard)
	if len(s.pages[locale.FR]) == 0 {
		t.Fatal("no page")
	}
	for name, set := range s.pages[locale.FR] {
		if s.pages[locale.EN][name] == nil {
			t.Errorf("%s has no English set", name)
		}
		if set.Lookup("content") == nil {
			t.Errorf("%s defines no content", name)
		}
	}
}

// Every page of the shell is whole in both languages: no missing word, no
// failed escape, no icon that is not drawn.
func TestPagesSpeak(t *testing.T) {
	s := quietServer(t, io.Discard)
	symbols := string(s.assets.files["icons.svg"].plain)
	used := regexp.MustCompile(`icons\.svg#([a-z]+)`)
	for _, url := range []string{"/gallery", "/gallery/live", "/gallery/live?state=refused&source=microphone", "/gallery/live?position=CB", "/nowhere"} {
		for _, lang := range locale.Languages() {
			r := httptest.NewRequest("GET", url, nil)
			r.AddCookie(&http.Cookie{Name: "lang", Value: string(lang)})
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			body := w.Body.String()
			for _, bad := range []string{"⟦", "ZgotmplZ", "%!", "NaN", "<nil>"} {
				if i := strings.Index(body, bad); i >= 0 {
					t.Errorf("%s in %s has %q: …%s…", url, lang, bad, body[max(0, i-80):min(len(body), i+80)])
				}
			}
			if !strings.HasSuffix(strings.TrimSpace(body), "</html>") {
				t.Errorf("%s in %s is cut short", url, lang)
			}
			for _, m := range used.FindAllStringSubmatch(body, -1) {
				if !strings.Contains(symbols, `id="`+m[1]+`"`) {
					t.Errorf("%s uses the icon %q, which is not drawn", url, m[1])
				}
			}
		}
	}
}

// The words bench-meter asks for by name are on its page.
func TestLiveWordsAreThere(t *testing.T) {
	s := quietServer(t, io.Discard)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/gallery/live", nil))
	meter := string(s.assets.files["element/bench-meter.js"].plain)
	names := regexp.MustCompile(`word\("([a-z_]+)"`).FindAllStringSubmatch(meter, -1)
	if len(names) < 3 {
		t.Fatalf("found %d words in bench-meter.js", len(names))
	}
	for _, n := range names {
		if !strings.Contains(w.Body.String(), `data-word="`+n[1]+`"`) {
			t.Errorf("bench-meter asks for %q, which the page does not hold", n[1])
		}
	}
}

func TestLocal(t *testing.T) {
	for in, want := range map[string]string{
		"/order/1?x=1": "/order/1?x=1", "": "/", "order": "/", "//evil.example": "/", `/\evil.example`: "/",
		"https://evil.example/": "/", "/a\r\nSet-Cookie: x=y": "/", "javascript:alert(1)": "/", "/é": "/é",
	} {
		if got := local(in); got != want {
			t.Errorf("local(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLooksLikeKey(t *testing.T) {
	for in, want := range map[string]bool{
		"quote.edit.title": true, "web.fault.not_found": true, "PAR-26-004217-K": false, "ETA 2824-2": false, "board": false, "": false, ".x": false, "x.": false, "M. Morel": false,
	} {
		if got := looksLikeKey(in); got != want {
			t.Errorf("looksLikeKey(%q) = %v", in, got)
		}
	}
}
