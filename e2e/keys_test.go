package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// hand is a person at the keyboard: nothing but real key events goes to the
// page, and every one is counted.
type hand struct {
	b      *browser
	keys   int    // pressed, Shift, Alt and Ctrl included
	fields int    // entered and typed into or changed
	last   string // the field typed into last
}

// The keystroke model: seconds a key, and a field entered (finding it, looking
// at what is to be copied).
const (
	secondsAKey   = 0.3
	secondsAField = 1.2
)

// seconds is how long the keys pressed so far take.
func (h *hand) seconds() float64 {
	return secondsAKey*float64(h.keys) + secondsAField*float64(h.fields)
}

// chord presses one key with others held down.
func (h *hand) chord(key string, held ...chromedp.Modifier) {
	h.b.t.Helper()
	h.keys += 1 + len(held)
	h.b.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(held...)))
}

func (h *hand) tab()   { h.b.t.Helper(); h.chord(kb.Tab) }
func (h *hand) enter() { h.b.t.Helper(); h.entered(); h.chord(kb.Enter) }
func (h *hand) space() { h.b.t.Helper(); h.entered(); h.chord(" ") }

// entered counts the field that has the focus, once until another has it.
func (h *hand) entered() {
	if f := h.focus(); f.Field && f.Key != h.last {
		h.fields++
		h.last = f.Key
	}
}

// types writes text into whatever has the focus.
func (h *hand) types(text string) {
	h.b.t.Helper()
	if f := h.focus(); !f.Field {
		h.b.failed(fmt.Errorf("%q is typed and no field has the focus, but %s", text, f.What))
	}
	h.entered()
	for _, r := range text {
		h.keys++
		if unicode.IsUpper(r) {
			h.keys++ // Shift
		}
	}
	h.b.do(chromedp.KeyEvent(text))
}

// instead writes text in place of what stands in the field.
func (h *hand) instead(text string) {
	h.b.t.Helper()
	h.chord("a", chromedp.ModifierCtrl)
	h.types(text)
}

// focused is what has the focus.
type focused struct {
	What, Key, Name, Value, Text string
	Field, Visible, Body         bool
}

// focus reads what has the focus and whether a person can see it.
func (h *hand) focus() focused {
	h.b.t.Helper()
	return eval[focused](h.b, `(() => {
		const e = document.activeElement, fold = s => (s || "").replace(/[\u00a0\u202f\s]+/g, " ").trim();
		const ring = x => { const c = getComputedStyle(x); return c.outlineStyle !== "none" && parseFloat(c.outlineWidth) >= 1 || c.boxShadow !== "none"; };
		const box = e.getBoundingClientRect();
		let seen = ring(e);
		for (let p = e.parentElement, n = 0; p && n < 3 && !seen; p = p.parentElement, n++) seen = p.matches("label, .i, .f, form, li, .sg") && ring(p);
		if (!seen && e.nextElementSibling) seen = ring(e.nextElementSibling);
		return {What: e.outerHTML.slice(0, 160), Key: (e.form ? e.form.action : "") + "#" + (e.id || e.name) + "=" + (e.type === "radio" || e.type === "checkbox" ? e.value : ""),
			Name: e.name || "", Value: e.value || "", Text: fold(e.innerText || e.getAttribute("aria-label") || (e.labels && e.labels[0] ? e.labels[0].innerText : "")),
			Field: e.matches("input:not([type=submit]):not([type=button]), select, textarea"), Body: e === document.body,
			Visible: seen && (box.width > 0 || e.matches("input"))};
	})()`)
}

// mostTabs is how far a person looks for something before it cannot be reached.
const mostTabs = 160

// until presses Tab until what has the focus is what is wanted; on the way every
// stop must be seen, and the focus must not go round in a trap.
func (h *hand) until(what string, wanted func(focused) bool) focused {
	h.b.t.Helper()
	if f := h.focus(); !f.Body && wanted(f) {
		return f
	}
	for range mostTabs {
		h.tab()
		f := h.focus()
		if f.Body {
			continue // once round, past the window's own controls
		}
		if !f.Visible {
			h.b.t.Errorf("%s: the focus cannot be seen on %s", h.b.path(), f.What)
		}
		if wanted(f) {
			return f
		}
	}
	h.b.failed(fmt.Errorf("%s cannot be reached with Tab; the focus is on %s", what, h.focus().What))
	return focused{}
}

// to goes to the field of a name (and value, where one is given).
func (h *hand) to(name, value string) {
	h.b.t.Helper()
	h.until(name+"="+value, func(f focused) bool { return f.Name == name && (value == "" || f.Value == value) && f.Field })
}

// key goes to the button or link that says words, and presses it.
func (h *hand) key(words string) {
	h.b.t.Helper()
	words = plain(words)
	h.until(words, func(f focused) bool { return !f.Field && strings.Contains(plain(f.Text), words) })
	h.enter()
}

// pressedKey does so and waits for the page that comes of it.
func (h *hand) pressedKey(words string) {
	h.b.t.Helper()
	h.leaving(func() { h.key(words) })
}

// leaving waits for the page that comes of what is pressed.
func (h *hand) leaving(press func()) {
	h.b.t.Helper()
	eval[bool](h.b, `(window.__old = true)`)
	press()
	h.b.await(`window.__old !== true && document.readyState === "complete"`)
	h.last = ""
}

// tick puts a tick where there is none.
func (h *hand) tick(name, value string) {
	h.b.t.Helper()
	h.to(name, value)
	if !eval[bool](h.b, `document.activeElement.checked`) {
		h.space()
	}
	if !eval[bool](h.b, `document.activeElement.checked`) {
		h.b.failed(fmt.Errorf("Space does not tick %s=%s", name, value))
	}
}

// pick chooses a radio: Tab reaches the group, the arrows go through it.
func (h *hand) pick(name, value string) {
	h.b.t.Helper()
	h.to(name, "")
	for range 12 {
		if f := h.focus(); f.Value == value && eval[bool](h.b, `document.activeElement.checked`) {
			h.entered()
			return
		} else if f.Value == value {
			h.space()
			continue
		}
		h.chord(kb.ArrowRight)
	}
	h.b.failed(fmt.Errorf("the arrows do not reach %s=%s", name, value))
}

// enterTo presses Enter from field to field, as at the counter.
func (h *hand) enterTo(name string) {
	h.b.t.Helper()
	for range 20 {
		if h.focus().Name == name {
			return
		}
		h.chord(kb.Enter)
	}
	h.b.failed(fmt.Errorf("Enter does not lead to %s but to %s", name, h.focus().What))
}

func plain(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)), " ")
}

// counted tells what was pressed and holds it to a limit in seconds.
func (h *hand) counted(t *testing.T, what string, limit float64) {
	t.Helper()
	t.Logf("%s: %d keys, %d fields: %.1f s of %.0f", what, h.keys, h.fields, h.seconds(), limit)
	if h.seconds() >= limit {
		t.Errorf("%s takes %.1f s by the keystroke model, not under %.0f", what, h.seconds(), limit)
	}
	if h.keys < 20 {
		t.Errorf("%s: only %d keys: nothing was really typed", what, h.keys)
	}
}

// printed waits until the browser itself has asked for a document and got it.
func (h *house) printed(t *testing.T, path string) {
	t.Helper()
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		if h.got(path) {
			return
		}
	}
	t.Fatalf("the browser was never given %s", path)
}
