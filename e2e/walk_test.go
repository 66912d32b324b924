package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"etabli.example/cli"
	"etabli.example/journal"
	"etabli.example/locale"
	"etabli.example/store"
	"etabli.example/timing/synth"
	"etabli.example/timing/wave"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// heard is the watch that the fake microphone hears: its true figures.
var heard = synth.Watch{BPH: 28800, RateSD: 4, AmplitudeDeg: 282, BeatErrorMS: 0.3, LiftDeg: 50}

// soundOf writes a minute of the watch as a WAV file.
func soundOf(t testing.TB, w synth.Watch, seconds float64) string {
	t.Helper()
	clip, _ := synth.Make(w, synth.Options{Rate: 48000, Seconds: seconds, SNR: 35, Seed: 7})
	path := filepath.Join(t.TempDir(), "watch.wav")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := wave.EncodeWAV(f, clip, 16); err != nil {
		t.Fatal(err)
	}
	return path
}

func photoOf(t testing.TB) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for x := range 640 {
		for y := range 480 {
			img.Set(x, y, color.RGBA{uint8(x / 3), uint8(y / 2), 90, 255})
		}
	}
	path := filepath.Join(t.TempDir(), "dial.png")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	return path
}

// typed writes into a field as a person does, key by key.
func (b *browser) typed(name, text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(fmt.Sprintf(`[name=%q]:not([type=hidden])`, name), text, chromedp.NodeVisible))
}

// put replaces what stands in a field.
func (b *browser) put(name, text string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`(() => { const e = document.querySelector('[name="%s"]:not([type=hidden])'); e.focus(); e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})); return true; })()`, name, text))
}

// tick ticks a box or a radio by name and value.
func (b *browser) tick(name, value string) {
	b.t.Helper()
	if !eval[bool](b, fmt.Sprintf(`(() => { const e = [...document.querySelectorAll('input[name="%s"]')].find(x => %q === "" || x.value === %q); if (!e) return false; for (let d = e.closest("details"); d; d = d.parentElement.closest("details")) d.open = true; if (!e.checked) e.click(); return e.checked; })()`, name, value, value)) {
		b.failed(fmt.Errorf("nothing to tick at %s=%s", name, value))
	}
}

// await waits until an expression is true.
func (b *browser) await(js string) {
	b.t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		if eval[bool](b, `Boolean(`+js+`)`) {
			return
		}
		time.Sleep(150 * time.Millisecond)
	}
	b.failed(fmt.Errorf("waited in vain for %s", js))
}

// upload gives a file to a file input and leaves the form to be sent.
func (b *browser) upload(name, path string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(fmt.Sprintf(`input[type=file][name=%q]`, name), []string{path}))
}

// pressed presses and waits for the page that comes of it.
func (b *browser) pressed(words string) {
	b.t.Helper()
	eval[bool](b, `(window.__old = true)`)
	b.press(words)
	b.await(`window.__old !== true && document.readyState === "complete"`)
}

// pdf fetches a document with the browser's own session and returns its text.
func (b *browser) pdf(path string) string {
	b.t.Helper()
	got := eval[string](b, fmt.Sprintf(`fetch(%q).then(async r => r.status + " " + r.headers.get("content-type") + " " + btoa(String.fromCharCode(...new Uint8Array(await r.arrayBuffer()))))`, path))
	status, rest, _ := strings.Cut(got, " ")
	media, data, _ := strings.Cut(rest, " ")
	raw, err := base64.StdEncoding.DecodeString(data)
	if status != "200" || !strings.HasPrefix(media, "application/pdf") || err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) {
		b.t.Fatalf("%s: %s %s %v", path, status, media, err)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("CI") == "true" {
			b.t.Fatal("no pdftotext: .ci/install should have installed poppler-utils")
		}
		return ""
	}
	cmd := exec.Command(tool, "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(raw)
	out, err := cmd.Output()
	if err != nil {
		b.t.Fatal(err)
	}
	return string(out)
}

// TestWalk takes one watch through the whole workshop, in French and in English:
// received, pre-diagnosed, measured from sound, diagnosed, quoted, accepted on
// the customer's page, prepared, repaired, controlled and handed back.
func TestWalk(t *testing.T) {
	sound := soundOf(t, heard, 60)
	for _, lang := range []string{"fr", "en"} {
		t.Run(lang, func(t *testing.T) {
			h := openHouse(t)
			w := &walk{t: t, h: h, b: h.open(t, sound), lang: lang, p: locale.For(locale.Lang(lang)), sound: sound}
			for _, step := range []struct {
				name string
				do   func()
			}{
				{"receive", w.receive}, {"examine", w.examine}, {"measure", w.measure}, {"check", w.check}, {"diagnose", w.diagnose}, {"quote", w.quote},
				{"accept", w.accept}, {"prepare", w.prepare}, {"work", w.work}, {"control", w.control}, {"return", w.handBack}, {"read", w.read},
			} {
				began := time.Now()
				step.do()
				w.b.shot("walk-" + lang + "-" + step.name)
				t.Logf("%s: %v", step.name, time.Since(began).Round(time.Millisecond))
			}
		})
	}
}

// The same with scripts off: every page is forms and links, the live microphone
// apart.
func TestPlainForms(t *testing.T) {
	h := openHouse(t)
	b := h.open(t, "", chromedp.Flag("blink-settings", "scriptEnabled=false"))
	w := &walk{t: t, h: h, b: b, lang: "fr", p: locale.For(locale.FR), sound: soundOf(t, heard, 40), plain: true}
	b.to("/gallery")
	if eval[bool](b, `customElements.get("palette-search") !== undefined`) {
		t.Fatal("scripts run all the same")
	}
	for _, step := range []func(){w.receive, w.examine, w.measure, w.check, w.diagnose, w.quote, w.accept, w.prepare, w.work, w.control, w.handBack} {
		step()
	}
}

type walk struct {
	t      *testing.T
	h      *house
	b      *browser
	lang   string
	p      *locale.Printer
	sound  string
	number string
	link   string
	plain  bool // scripts are off: pages are forms and links
}

// word is a sentence of the page in the walk's language.
func (w *walk) word(key string, args ...any) string { return w.p.T(key, args...) }

func (w *walk) at(page string) { w.b.to("/orders/" + w.number + page) }

// stands checks where the order stands, by the book and not by the page.
func (w *walk) stands(want order.Stage) {
	w.t.Helper()
	row, err := w.h.shop.OpenOne(w.t.Context(), w.number)
	if err != nil {
		w.t.Fatal(err)
	}
	if row.Stage != want {
		w.b.failed(fmt.Errorf("the order is at %q, not at %q", row.Stage, want))
	}
}

var numberIn = regexp.MustCompile(`/orders/([A-Z]{3}-\d\d-\d{6}-[A-Z0-9])`)

func (w *walk) receive() {
	b := w.b
	b.as("nadia", w.lang)
	b.to("/reception")
	b.typed("customer.given", "Solène")
	b.typed("customer.name", "Kerguelen")
	b.typed("customer.phone", "06 39 98 71 35")
	b.typed("customer.email", "solene@mail.example")
	b.typed("watch.brand", "Hamilton")
	b.typed("watch.model", "Jazzmaster")
	b.put("watch.calibre", "ETA 2824-2")
	if !w.plain {
		b.await(`document.querySelector('[name="watch.bph"]').value !== ""`)
	}
	b.put("watch.water", "5")
	b.put("request", "Elle retarde de cinq minutes par semaine et elle s'arrête la nuit quand je la pose.")
	if !w.plain {
		b.await(`document.querySelectorAll('#understood input[name=symptom]').length > 0`)
	}
	b.tick("read_back", "")
	b.tick("wish", "return_parts")
	b.upload("photos", photoOf(w.t))
	b.pressed(w.word("reception.open"))
	m := numberIn.FindStringSubmatch(b.path())
	if m == nil {
		b.failed(fmt.Errorf("no order was opened"))
	}
	w.number = m[1]
	if text := b.pdf("/orders/" + w.number + "/receipt.pdf"); text != "" && (!strings.Contains(text, w.number) || !strings.Contains(text, "Kerguelen")) {
		w.t.Errorf("the receipt says:\n%s", text)
	}
	if text := b.pdf("/orders/" + w.number + "/label.pdf"); strings.Contains(text, "Kerguelen") {
		w.t.Error("the label names the customer")
	}
	w.stands(order.Received)
}

// examine: the number typed anywhere opens the order; the bench takes it.
func (w *walk) examine() {
	b := w.b
	b.as("samir", w.lang)
	b.do(chromedp.SendKeys(`input[type=search][name=q]`, w.number+"\r", chromedp.NodeVisible))
	b.await(fmt.Sprintf(`location.pathname === "/orders/%s"`, w.number))
	if text := b.text(); strings.Contains(text, "Kerguelen") || strings.Contains(text, "71 35") {
		w.t.Error("the bench sees who the customer is")
	}
	w.at("/diagnosis")
	b.pressed(w.word("diagnosis.examine"))
	w.stands(order.InDiagnosis)
}

// measure keeps CH from the microphone, CB from a file and 3H from another instrument.
func (w *walk) measure() {
	w.listen("before")
	b := w.b
	w.keepFile("before", "CB")
	w.at("/measure?phase=before&position=3H")
	b.press(w.word("live.setup"))
	b.put("rate", "-41")
	b.put("amplitude", "208")
	b.put("beat_error", "0,7")
	b.pressed(w.word("live.keep_manual"))
	readings := w.state().ReadingsOf(order.Before)
	if len(readings) != 3 {
		b.failed(fmt.Errorf("%d readings are kept, not 3", len(readings)))
	}
	for _, r := range readings {
		if r.How == "typed" {
			continue
		}
		if r.Rate == nil || *r.Rate < heard.RateSD-3 || *r.Rate > heard.RateSD+3 || r.BPH == nil || *r.BPH != heard.BPH || r.Sound == "" || r.Beats == "" || len(r.Verdicts) == 0 {
			w.t.Errorf("%s by %s: %+v", r.Position, r.How, r)
		}
	}
}

// keepFile measures a position from a file and keeps it.
func (w *walk) keepFile(phase, position string) {
	b := w.b
	w.at("/measure?phase=" + phase + "&position=" + position)
	b.press(w.word("live.setup"))
	b.upload("sound", w.sound)
	b.pressed(w.word("live.measure_file"))
	b.await(`document.querySelector('[data-part=keep]:not([hidden])')`)
	eval[bool](b, `(window.__old = true, document.querySelector("[data-part=keep]").click(), true)`)
	b.await(`window.__old !== true`)
}

// listen measures CH with the browser's microphone and keeps it; where scripts
// are off the page says that it cannot, and a file does.
func (w *walk) listen(phase string) {
	b := w.b
	if w.plain {
		w.at("/measure?phase=" + phase + "&position=CH")
		text := plain(b.text())
		if !strings.Contains(text, plain(w.word("live.noscript"))) {
			w.t.Errorf("without scripts the page does not say what to do instead of listening")
		}
		if strings.Contains(text, plain(w.word("live.listen"))) {
			w.t.Errorf("without scripts the page still offers to listen")
		}
		w.keepFile(phase, "CH")
		return
	}
	w.at("/measure?phase=" + phase + "&position=CH&source=microphone")
	eval[bool](b, `(document.querySelector("[data-part=listen]").click(), true)`)
	time.Sleep(3 * time.Second) // a person waits until the figure is steady
	before := len(w.state().Readings)
	const free = `document.querySelector('[data-part=keep]:not([hidden])[aria-disabled=false]')`
	deadline := time.Now().Add(2 * patience)
	var pressed time.Time
	for ; len(w.state().Readings) == before; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.failed(fmt.Errorf("the reading is not kept"))
		}
		// The key is shown but locked until there is a reading to trust, and may
		// be locked again by a later one: a person presses when it is free.
		if time.Since(pressed) > 10*time.Second && eval[bool](b, `(() => { const k = `+free+`; k?.click(); return k !== null })()`) {
			pressed = time.Now()
		}
	}
}

// state reads the sheet as the book has it.
func (w *walk) state() order.State {
	w.t.Helper()
	v, err := w.h.shop.Sheet(w.t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, w.sheet())
	if err != nil {
		w.t.Fatal(err)
	}
	return v.State
}

func (w *walk) sheet() string {
	row, err := w.h.shop.OpenOne(w.t.Context(), w.number)
	if err != nil {
		w.t.Fatal(err)
	}
	return row.Sheet
}

func (w *walk) check() {
	b := w.b
	w.at("/checks?phase=before")
	b.tick("result.winding", "ok")
	b.pressed(w.word("check.rest"))
	if s := w.state(); len(s.Checks) != 1 || len(s.Checks[0].Items) < 5 {
		b.failed(fmt.Errorf("the checks are not kept: %+v", s.Checks))
	}
	w.at("/checks?phase=before")
	b.put("method", "dry_vacuum") // the vacuum before any pressure
	b.put("bar", "-0.7")
	b.put("seconds", "60")
	b.tick("passed", "")
	b.pressed(w.word("water.keep"))
	if len(w.state().Waters) != 1 {
		b.failed(fmt.Errorf("the water test is not kept"))
	}
}

func (w *walk) diagnose() {
	b := w.b
	w.at("/diagnosis")
	if n := eval[int](b, `document.querySelectorAll("details.cause").length`); n == 0 {
		b.failed(fmt.Errorf("no cause is ranked"))
	}
	eval[bool](b, `(document.querySelectorAll("details.cause").forEach(d => d.open = true), true)`)
	b.pressed(w.word("diagnosis.keep"))
	if eval[bool](b, `document.querySelector('[name=why]') !== null`) {
		b.put("why", "Huiles sèches vues au binoculaire.")
	}
	b.tick("operation", "REV-AUTO")
	b.pressed(w.word("diagnosis.establish"))
	if w.state().Diagnosis == nil {
		b.failed(fmt.Errorf("no diagnosis is established"))
	}
}

func (w *walk) quote() {
	b := w.b
	b.as("nadia", w.lang)
	w.at("/quote")
	eval[bool](b, `(document.querySelectorAll("[name=line_price]").forEach(e => { if (!e.value.trim() || /^0([,.]0+)?$/.test(e.value.trim())) { e.value = "45"; } }), true)`)
	b.pressed(w.word("quote.save"))
	b.tick("channel", "counter")
	b.pressed(w.word("quote.send_act"))
	w.stands(order.QuoteSent)
	w.link = eval[string](b, `[...document.querySelectorAll("a")].map(a => a.href).find(h => h.includes("/c/")) || ""`)
	if w.link == "" {
		b.failed(fmt.Errorf("no link to the customer's page is shown"))
	}
}

// accept: the customer, on another device, without an account.
func (w *walk) accept() {
	b := w.b
	call(b, network.ClearBrowserCookies, cdp.Empty{})
	b.setCookie("lang", w.lang)
	b.viewport(390, 844, true)
	b.do(chromedp.Navigate(w.link), chromedp.WaitReady("body"))
	b.typed("proof", "000")
	b.pressed(w.word("link.open"))
	if !w.plain {
		b.axe("the customer's page, refused")
	}
	b.put("proof", "135")
	b.pressed(w.word("link.open"))
	if !w.plain {
		b.axe("the customer's page")
	}
	b.tick("start_now", "") // the customer asks not to wait for the withdrawal period
	b.pressed(w.word("link.accept"))
	w.stands(order.Accepted)
	b.viewport(1280, 800, false)
}

func (w *walk) prepare() {
	b := w.b
	b.as("samir", w.lang)
	w.at("/prepare")
	b.tick("acknowledged", "")
	b.pressed(w.word("plan.do"))
	w.stands(order.Preparing)
	w.at("/prepare")
	for _, it := range order.WorkstationItems() {
		b.tick("item", it)
	}
	b.pressed(w.word("plan.start"))
	w.stands(order.InWork)
}

func (w *walk) work() {
	b := w.b
	w.at("/work")
	for n := w.state().CardsLeft(); n > 0; n-- { // no step begins before its safety card is read
		eval[bool](b, `(window.__old = true, document.querySelector('form[action$="/safety"] button[name=card]').click(), true)`)
		b.await(`window.__old !== true && document.readyState === "complete"`)
	}
	_, all := w.state().StepsLeft()
	const ready = `document.querySelectorAll('li.step button[name=do][value=done]').length`
	for left := all; left > 0; left-- {
		b.await(fmt.Sprintf("%s === %d", ready, left)) // the row before has been put in its place
		if w.plain {
			b.pressed(w.word("step.do"))
			continue
		}
		eval[bool](b, `(document.querySelector('li.step button[name=do][value=done]').click(), true)`)
	}
	b.await(ready + " === 0")
	w.at("/work")
	b.tick("dust_free", "")
	b.tick("hands_clear", "")
	b.tick("closed_to_torque", "")
	b.tick("gasket", "new")
	b.pressed(w.word("work.casing_act"))
	w.listen("after")
	w.at("/work")
	b.pressed(w.word("work.finish"))
	w.stands(order.InControl)
}

func (w *walk) control() {
	b := w.b
	b.as("jeanne", w.lang)
	w.listen("control")
	w.at("/control")
	for _, it := range order.ControlItems() {
		b.tick("item", it)
	}
	if eval[bool](b, `document.querySelector('[name=out]') !== null`) {
		b.put("out", "Relu : conforme à l'usage.")
	}
	b.pressed(w.word("control.pass"))
	w.stands(order.Ready)
}

func (w *walk) handBack() {
	b := w.b
	b.as("nadia", w.lang)
	w.at("/return")
	b.tick("shown", "")
	b.tick("advice", "water")
	b.pressed(w.word("return.hand_act"))
	w.stands(order.Returned)
	if w.plain {
		return // the document is fetched by a script of the test
	}
	text := b.pdf("/orders/" + w.number + "/report.pdf")
	if text != "" && (!strings.Contains(text, w.number) || !strings.Contains(text, map[string]string{"fr": "CH", "en": "DU"}[w.lang])) {
		w.t.Errorf("the report says:\n%s", text)
	}
}

// read: the whole story is on the sheet, in order, and the book holds.
func (w *walk) read() {
	b := w.b
	w.at("")
	b.axe("the sheet")
	v, err := w.h.shop.Sheet(w.t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, w.sheet())
	if err != nil || v.Broken != nil {
		w.t.Fatal(err, v.Broken)
	}
	told := map[journal.Kind]bool{}
	for _, e := range v.Entries {
		told[e.Kind] = true
	}
	for _, k := range []journal.Kind{order.KindReceived, order.KindPhoto, order.KindPrediagnosed, order.KindExamined, order.KindReading, order.KindChecks, order.KindWater,
		order.KindDiagnosed, order.KindQuoted, order.KindQuoteSent, order.KindQuoteAccepted, order.KindPlanned, order.KindWorkstation, order.KindWorkStarted,
		order.KindStep, order.KindCased, order.KindWorkDone, order.KindControlPassed, order.KindReturned} {
		if !told[k] {
			w.t.Errorf("the sheet does not tell %s", k)
		}
	}
	for _, name := range []string{"Nadia", "Samir", "Jeanne"} {
		if !strings.Contains(b.text(), name) {
			w.t.Errorf("the sheet does not say that %s wrote on it", name)
		}
	}
	report, err := w.h.shop.Store.Verify(w.t.Context(), store.VerifyOptions{Blobs: store.BlobsAll, Source: cli.BlobSource(w.h.shop)})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range report.Flaws {
		w.t.Error(f)
	}
}
