package e2e

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"etabli.example/cli"
)

// TestMain lets the test binary stand in for the command: see served.
func TestMain(m *testing.M) {
	if os.Getenv("ETABLI_AS_COMMAND") != "" {
		os.Exit(cli.Main(os.Args[1:]))
	}
	os.Exit(m.Run())
}

var (
	answersAt = regexp.MustCompile(`http://\S+`)
	startsAt  = regexp.MustCompile(`http://\S+/start/\S+`)
)

// served runs etabli serve on a folder and returns its address and what it
// printed of a set-up; it is stopped with the test, or by stop.
func served(t *testing.T, data string) (base, setup string, stop func()) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, self, "serve", "--addr", "127.0.0.1:0", "--data", data)
	cmd.Env = append(os.Environ(), "ETABLI_AS_COMMAND=1", "LANG=fr_FR.UTF-8", "LC_ALL=")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 20 * time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop = func() { cancel(); _ = cmd.Wait() } // it was interrupted: that is no failure
	t.Cleanup(stop)
	lines := make(chan string)
	go func() {
		defer close(lines)
		for in := bufio.NewScanner(out); in.Scan(); {
			lines <- in.Text()
		}
	}()
	quiet := time.After(2 * patience)
	for base == "" || setup == "" {
		select {
		case line, more := <-lines:
			if !more {
				t.Fatalf("etabli serve ended; it had said %q and %q", base, setup)
			}
			if at := startsAt.FindString(line); at != "" {
				setup = at
			} else if at := answersAt.FindString(line); at != "" && base == "" {
				base = at
			}
			if base != "" && strings.Contains(line, "Ctrl") {
				return base, setup, stop
			}
		case <-time.After(3 * time.Second):
			if base != "" {
				return base, setup, stop // a house that has an administrator says no more
			}
		case <-quiet:
			t.Fatal("etabli serve says nothing")
		}
	}
	return base, setup, stop
}

// TestFirstStart: an empty folder, the address of the console, every step, an
// interruption, and the first order's receipt: under ten minutes by the
// keystroke model, by the keyboard alone.
func TestFirstStart(t *testing.T) {
	data := t.TempDir()
	base, setup, stop := served(t, data)
	h := &house{url: base}
	b := h.open(t, "")
	b.setCookie("lang", "fr")
	k := &hand{b: b}
	b.do(chromedp.Navigate(setup), chromedp.WaitReady("body"))
	b.axe("the first start")
	b.shot("start")
	k.fill("name", "Ada Perrin", "login", "ada", "password", "dix caractères")
	k.leaving(k.enter)
	for _, step := range []struct {
		name   string
		fields []string
	}{
		{"firm", []string{"name", "Perrin", "address", "1 rue Neuve, 69001 Lyon", "siren", "73282932000074", "vat", "FR44732829320", "mediator_name", "Médiation", "mediator_site", "mediation.example", "conditions", "Un an pour reprendre la montre."}},
		{"sites", []string{"code.0", "LYO", "name.0", "Lyon"}},
		{"days", nil},
		{"benches", []string{"benches.LYO", "comptoir"}},
		{"people", []string{"name", "Nadia Kaci", "login", "nadia", "password", "dix caractères", "bench", "comptoir"}},
		{"numbers", nil},
		{"printers", []string{"receipt.LYO", "Laser du comptoir"}},
	} {
		if at := b.path(); at != "/setup/"+step.name {
			t.Fatalf("at %s, not at /setup/%s", at, step.name)
		}
		b.axe("/setup/" + step.name)
		b.shot("setup-" + step.name)
		k.fill(step.fields...)
		if step.name == "people" {
			k.tick("role", "counter")
			k.pressedKey("Ajouter cette personne")
		}
		if step.name == "benches" { // the machine is switched off in the middle
			k.pressedKey("Enregistrer et continuer")
			stop()
			var again string
			if base, again, stop = served(t, data); again != "" {
				t.Error("the set-up is open to the network again")
			}
			b.url = base
			b.to("/signin")
			k.last = ""
			k.fill("login", "ada", "password", "dix caractères")
			k.leaving(k.enter)
			continue
		}
		k.pressedKey("Enregistrer et continuer")
	}
	b.axe("the end of the set-up")
	k.pressedKey("Recevoir la première montre")
	k.to("customer.given", "")
	for _, x := range [][2]string{{"customer.given", "Solène"}, {"customer.name", "Kerguelen"}, {"customer.phone", "06 39 98 71 35"}, {"watch.brand", "Hamilton"}, {"watch.model", "Jazzmaster"}} {
		k.enterTo(x[0])
		k.types(x[1])
	}
	k.chord("3", chromedp.ModifierAlt)
	k.said()
	number := k.opened()
	if !strings.HasPrefix(number, "LYO-") || !strings.Contains(number, "-000001-") {
		t.Errorf("the first order is %s", number)
	}
	if text := b.pdf("/orders/" + number + "/receipt.pdf"); text != "" {
		for _, part := range []string{number, "Perrin", "Kerguelen", "reprendre la montre"} {
			if !strings.Contains(text, part) {
				t.Errorf("the receipt lacks %q:\n%s", part, text)
			}
		}
	}
	k.counted(t, "from an empty folder to the first receipt", 600)
}

// fill types values into the fields named, by Tab.
func (h *hand) fill(pairs ...string) {
	h.b.t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		h.to(pairs[i], "")
		if h.focus().Value != "" {
			h.chord("a", chromedp.ModifierCtrl)
		}
		h.types(pairs[i+1])
	}
}
