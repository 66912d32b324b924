package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"etabli.example/cli"
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
}

func openHouse(t testing.TB) *house {
	t.Helper()
	log := slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelError}))
	shop, err := cli.OpenShop(t.Context(), t.TempDir(), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shop.Close() })
	shop.Demo = true
	if err := demo.Fill(t.Context(), shop.Workshop); err != nil {
		t.Fatal(err)
	}
	outbox := mail.NewOutbox(50, time.Now)
	handler, err := cli.Handler(shop, outbox, log)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	shop.Base = srv.URL
	return &house{shop, outbox, srv.URL}
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
func (h *house) open(t testing.TB, microphone string) *browser {
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
	alloc, cancelAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(func() {
		stopped := make(chan struct{})
		go func() { defer close(stopped); _ = chromedp.Cancel(ctx) }()
		select {
		case <-stopped:
		case <-time.After(10 * time.Second):
		}
		cancel()
		cancelAlloc()
	})
	b := &browser{t, ctx, h.url}
	b.run(chromedp.EmulateViewport(1280, 800))
	return b
}

// patience is how long one act in the browser may take before it has failed.
const patience = 40 * time.Second

func (b *browser) run(actions ...chromedp.Action) {
	b.t.Helper()
	// The first Run starts the browser and must use the long-lived context.
	if chromedp.FromContext(b.ctx).Target == nil {
		if err := chromedp.Run(b.ctx); err != nil {
			b.t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		b.shot("failed")
		var where, text string
		late, done := context.WithTimeout(b.ctx, 5*time.Second)
		defer done()
		_ = chromedp.Run(late, chromedp.Location(&where), chromedp.Evaluate(`document.body ? document.body.innerText.slice(0, 1500) : ""`, &text))
		b.t.Fatalf("%v\nat %s\n%s", err, where, text)
	}
}

// shot keeps a picture of the page where ETABLI_SHOTS names a folder.
func (b *browser) shot(name string) {
	dir := os.Getenv("ETABLI_SHOTS")
	if dir == "" {
		return
	}
	var png []byte
	ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
	defer cancel()
	if chromedp.Run(ctx, chromedp.CaptureScreenshot(&png)) == nil {
		_ = os.MkdirAll(dir, 0o755)
		_ = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
}

// to opens an address of the house.
func (b *browser) to(path string) {
	b.t.Helper()
	b.run(chromedp.Navigate(b.url+path), chromedp.WaitReady("body"))
}

// as signs in as one of the demonstration's people.
func (b *browser) as(login, lang string) {
	b.t.Helper()
	b.run(network.ClearBrowserCookies(), network.SetCookie("lang", lang).WithURL(b.url))
	b.to("/signin")
	b.run(chromedp.Click(fmt.Sprintf(`//button[contains(., %q)]`, names[login]), chromedp.BySearch), chromedp.WaitVisible("nav", chromedp.ByQuery))
}

var names = map[string]string{"nadia": "Nadia Kaci", "samir": "Samir Benali", "aude": "Aude Lemaire", "jeanne": "Jeanne Morel", "paul": "Paul Morel", "ines": "Inès Roche"}

// text reads what the page shows.
func (b *browser) text() string {
	b.t.Helper()
	var s string
	b.run(chromedp.Evaluate(`document.body.innerText`, &s))
	return s
}

// eval runs an expression and decodes what it gives.
func (b *browser) eval(js string, v any) {
	b.t.Helper()
	b.run(chromedp.Evaluate(js, v))
}

// viewport sets the size of the window.
func (b *browser) viewport(w, h int64, phone bool) {
	b.t.Helper()
	b.run(emulation.SetDeviceMetricsOverride(w, h, 1, phone))
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
	var out string
	b.run(chromedp.Evaluate(string(src)+";0", nil), chromedp.Evaluate(
		`axe.run(document, {runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"], resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => ({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.slice(0,3).map(n => ({HTML: n.html.slice(0,200), FailureSummary: n.failureSummary}))}))))`,
		&out, chromedp.EvalAsValue, awaitPromise))
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

func awaitPromise(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

func setCookie(name, value, url string) chromedp.Action {
	return network.SetCookie(name, value).WithURL(url)
}
