package e2e

import (
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"etabli.example/cli"
	"etabli.example/workshop/demo"
)

// kills is how often whoever types is cut off: ETABLI_KILLS, or so many.
func kills(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("ETABLI_KILLS")); err == nil {
		return n
	}
	return usual
}

// mayBeLost is how old what is lost can be at most.
const mayBeLost = time.Second

// stroke is a letter and when it was typed.
type stroke struct {
	letter string
	at     time.Time
}

// typing writes letters at a counter's speed into the request, without a pause,
// until it is told to stop, and returns what was typed and when.
func (b *browser) typing(long time.Duration) (all []stroke) {
	b.t.Helper()
	for began := time.Now(); time.Since(began) < long; {
		letter := string(rune('a' + rand.N(26)))
		b.do(chromedp.KeyEvent(letter))
		all = append(all, stroke{letter, time.Now()})
		time.Sleep(60 * time.Millisecond)
	}
	return all
}

// text is what was typed before the instant.
func textOf(all []stroke, before time.Time) string {
	var b strings.Builder
	for _, s := range all {
		if s.at.Before(before) {
			b.WriteString(s.letter)
		}
	}
	return b.String()
}

// kept is the request in the draft of whoever is signed in, read over HTTP.
func keptRequest(t *testing.T, data string) string {
	t.Helper()
	shop, err := cli.OpenShop(t.Context(), data, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	people, err := shop.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if p.Login == "nadia" {
			text, _, err := shop.Draft(t.Context(), p.ID, "reception")
			if err != nil {
				t.Fatal(err)
			}
			v, err := url.ParseQuery(text)
			if err != nil {
				t.Fatal(err)
			}
			return v.Get("request")
		}
	}
	t.Fatal("nobody at the counter")
	return ""
}

// Whoever types without a pause and is cut off loses nothing that is older than a
// second: the browser is killed, the server is killed and comes back, or the
// network is away for a while.
func TestNothingTypedIsLost(t *testing.T) {
	data := t.TempDir()
	shop, err := cli.OpenShop(t.Context(), data, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Fill(t.Context(), shop.Workshop); err != nil {
		t.Fatal(err)
	}
	people, err := shop.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	token := ""
	for _, p := range people {
		if p.Login == "nadia" {
			shop.Demo = true
			if token, err = shop.Choose(t.Context(), p.ID, "test"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := shop.Close(); err != nil {
		t.Fatal(err)
	}
	s := serveFor(t, data)
	for i := range kills(6) {
		h := &house{url: s.url}
		b := h.open(t, "")
		b.setCookie("session", token)
		b.setCookie("lang", "fr")
		b.to("/reception")
		eval[bool](b, `(document.querySelector("[name=request]").value = "", document.querySelector("[name=request]").focus(), true)`)
		all := b.typing(1500*time.Millisecond + time.Duration(rand.N(1500))*time.Millisecond)
		var must string
		switch i % 3 {
		case 0: // the browser dies
			killed := time.Now()
			b.kill()
			must = textOf(all, killed.Add(-mayBeLost))
		case 1: // the server dies and comes back while the typing goes on
			s.kill()
			all = append(all, b.typing(400*time.Millisecond)...)
			s.start()
			all = append(all, b.typing(300*time.Millisecond)...)
			time.Sleep(2*mayBeLost + 500*time.Millisecond) // for the next try
			must = textOf(all, time.Now())
			b.kill()
		case 2: // the server dies, and with it everything that was not kept
			killed := time.Now()
			s.kill()
			b.kill()
			s.start()
			must = textOf(all, killed.Add(-mayBeLost))
		}
		s.kill()
		if got := keptRequest(t, data); !strings.HasPrefix(got, must) {
			t.Errorf("kill %d: kept %q, typed a second before %q", i, got, must)
		}
		s.start()
	}
}

// mortal is etabli serve on one address, which dies and comes back.
type mortal struct {
	t    *testing.T
	url  string
	args []string
	cmd  *exec.Cmd
}

func serveFor(t *testing.T, data string) *mortal {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	m := &mortal{t: t, url: "http://" + addr, args: []string{"serve", "--addr", addr, "--data", data}}
	t.Cleanup(m.kill)
	m.start()
	return m
}

// start returns once the server answers.
func (m *mortal) start() {
	m.t.Helper()
	self, err := os.Executable()
	if err != nil {
		m.t.Fatal(err)
	}
	m.cmd = exec.Command(self, m.args...)
	m.cmd.Env = append(os.Environ(), "ETABLI_AS_COMMAND=1")
	if err := m.cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if r, err := http.Get(m.url + "/signin"); err == nil {
			r.Body.Close()
			return
		}
	}
	m.t.Fatal("etabli serve does not answer")
}

// kill is kill -9: nothing is flushed, nobody is told.
func (m *mortal) kill() {
	if m.cmd != nil && m.cmd.Process != nil {
		_ = m.cmd.Process.Kill() // it may be dead
		_ = m.cmd.Wait()
		m.cmd = nil
	}
}
