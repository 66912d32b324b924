package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"etabli.example/authority"
	"etabli.example/cli"
	"etabli.example/cli/shoptest"
	"etabli.example/mail"
	"etabli.example/workshop/demo"
)

// chromium returns the path of a browser; where there is none the test is
// skipped, and says so, except in CI.
func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no Chromium: .ci/install should have installed it")
	}
	t.Skip("no Chromium on this machine: pages are not tried in a browser")
	return ""
}

// house is a workshop with its demonstration, answering on a loopback address.
type house struct {
	shop   *cli.Shop
	outbox *mail.Outbox
	url    string
	routes []string // every pattern that is answered

	mu    sync.Mutex
	given map[string]bool // paths the browser itself went to and got
}

// noting remembers what a browser went to and was given.
func (h *house) noting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		if r.Header.Get("Sec-Fetch-Mode") == "navigate" && w.Header().Get("Content-Type") != "" {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.given[r.URL.Path] = w.Header().Get("Content-Type") == "application/pdf"
		}
	})
}

// got reports whether the browser went to a document and got it.
func (h *house) got(path string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.given[path]
}

func openHouse(t testing.TB) *house {
	t.Helper()
	log := slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelError}))
	shop := shoptest.Open(t, log)
	shop.Demo = true
	if err := demo.Fill(t.Context(), shop.Workshop); err != nil {
		t.Fatal(err)
	}
	outbox := mail.NewOutbox(50, time.Now)
	trust, err := authority.Open(t.TempDir(), nil, shop.Now())
	if err != nil {
		t.Fatal(err)
	}
	handler, err := cli.HandlerWith(t.Context(), shop, cli.Serving{Outbox: outbox, Log: log, Authority: trust})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{shop: shop, outbox: outbox, routes: handler.(interface{ Routes() []string }).Routes(), given: map[string]bool{}}
	srv := httptest.NewServer(h.noting(handler))
	t.Cleanup(srv.Close)
	shop.Base, h.url = srv.URL, srv.URL
	return h
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// browser is one Chromium with one window.
type browser struct {
	t   testing.TB
	ctx context.Context
	url string
}

// open starts Chromium; microphone is a WAV file it hears, or empty.
func (h *house) open(t testing.TB, microphone string, flags ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("no-first-run", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("autoplay-policy", "no-user-gesture-required"),
	)
	if microphone != "" {
		opts = append(opts, chromedp.Flag("use-fake-ui-for-media-stream", true), chromedp.Flag("use-fake-device-for-media-stream", true),
			chromedp.Flag("use-file-for-fake-audio-capture", microphone))
	}
	alloc, cancelAlloc := chromedp.NewExecAllocator(context.Background(), append(opts, flags...)...)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(func() { cancel(); cancelAlloc() })
	b := &browser{t, ctx, h.url}
	if err := chromedp.Do(ctx); err != nil { // starts the browser, in the context that lives as long as the test
		t.Fatal(err)
	}
	b.viewport(1280, 800, false)
	return b
}

// patience is how long one act in the browser may take before it has failed.
const patience = 40 * time.Second

// do runs steps, one after another, or fails with what the page shows.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.failed(err)
	}
}

func (b *browser) failed(err error) {
	b.t.Helper()
	b.shot("failed")
	late, done := context.WithTimeout(b.ctx, 5*time.Second)
	defer done()
	where, _ := chromedp.Run(late, chromedp.Location())
	text, _ := chromedp.Run(late, chromedp.Evaluate[string](`document.body ? document.body.innerText.slice(0, 1500) : ""`))
	b.t.Fatalf("%v\nat %s\n%s", err, where, text)
}

// eval runs an expression and returns what it gives; a promise is waited for.
func eval[T any](b *browser, js string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		b.failed(err)
	}
	return v
}

// shot keeps a picture of the page where ETABLI_SHOTS names a folder.
func (b *browser) shot(name string) {
	dir := os.Getenv("ETABLI_SHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
	defer cancel()
	if png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot()); err == nil {
		_ = os.MkdirAll(dir, 0o755)
		_ = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
}

// to opens an address of the house.
func (b *browser) to(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url+path), chromedp.WaitReady("body"))
}

// as signs in as one of the demonstration's people.
func (b *browser) as(login, lang string) {
	b.t.Helper()
	call(b, network.ClearBrowserCookies, cdp.Empty{})
	b.setCookie("lang", lang)
	b.to("/signin")
	b.press(names[login])
	b.do(chromedp.WaitVisible("nav"))
}

var names = map[string]string{"nadia": "Nadia Kaci", "samir": "Samir Benali", "aude": "Aude Lemaire", "jeanne": "Jeanne Morel", "paul": "Paul Morel", "ines": "Inès Roche"}

// press clicks the first button or link that holds the words.
func (b *browser) press(words string) {
	b.t.Helper()
	found := eval[bool](b, fmt.Sprintf(`(() => {
		const fold = s => s.replace(/[\u00a0\u202f\s]+/g, " ").trim();
		const all = [...document.querySelectorAll("button, a, summary, label")].filter(e => e.offsetParent !== null && !e.disabled);
		const e = all.find(e => fold(e.innerText) === fold(%[1]q)) || all.find(e => fold(e.innerText).includes(fold(%[1]q)));
		if (!e) return false;
		e.scrollIntoView({block: "center"});
		e.click();
		return true;
	})()`, words))
	if !found {
		b.failed(fmt.Errorf("nothing to press says %q", words))
	}
}

// call sends one command of the protocol.
func call[P, R any](b *browser, cmd cdp.Command[P, R], params P) R {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, cmd, params)
	if err != nil {
		b.failed(err)
	}
	return r
}

func (b *browser) setCookie(name, value string) {
	b.t.Helper()
	call(b, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: b.url})
}

// text reads what the page shows.
func (b *browser) text() string {
	b.t.Helper()
	return eval[string](b, `document.body.innerText`)
}

// path is the address the browser stands at, without the host.
func (b *browser) path() string {
	b.t.Helper()
	return eval[string](b, `location.pathname + location.search`)
}

// viewport sets the size of the window.
func (b *browser) viewport(w, h int64, phone bool) {
	b.t.Helper()
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: w, Height: h, DeviceScaleFactor: 1, Mobile: phone})
}

type axeViolation struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML           string
		FailureSummary string
	}
}

// axe runs axe-core on the page and fails for every violation.
func (b *browser) axe(what string) {
	b.t.Helper()
	src, err := os.ReadFile("axe/axe.min.js")
	if err != nil {
		b.t.Fatal(err)
	}
	eval[int](b, "if (!window.axe) {"+string(src)+"};0") // once a page: it is large
	out := eval[string](b, `axe.run(document, {runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"], resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => ({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.slice(0,3).map(n => ({HTML: n.html.slice(0,200), FailureSummary: n.failureSummary}))}))))`)
	var found []axeViolation
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		b.t.Fatal(err)
	}
	for _, v := range found {
		b.t.Errorf("%s: axe %s (%s): %s", what, v.ID, v.Impact, v.Help)
		for _, n := range v.Nodes {
			b.t.Logf("    %s\n    %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", " "))
		}
	}
}

// kill ends the browser as a power cut does.
func (b *browser) kill() {
	b.t.Helper()
	if err := chromedp.FromContext(b.ctx).Browser.Process().Kill(); err != nil {
		b.t.Fatal(err)
	}
}
