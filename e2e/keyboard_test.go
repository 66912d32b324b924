package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"etabli.example/locale"
	"etabli.example/trade/order"
)

// TestKeyboardAlone takes a watch through the story with Tab, Enter, Space, the
// arrows and the shortcuts the pages name: nothing is clicked, no value is put
// into a field behind the keyboard's back. Every stop of Tab can be seen.
func TestKeyboardAlone(t *testing.T) {
	h := openHouse(t)
	b := h.open(t, "")
	k := &keyboard{walk: walk{t: t, h: h, b: b, lang: "fr", p: locale.For(locale.FR)}, hand: &hand{b: b}, b: b}
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"receive", k.receive}, {"examine", k.examine}, {"measure", k.measureBefore}, {"check", k.check}, {"diagnose", k.diagnose}, {"quote", k.quote},
		{"accept", k.accept}, {"prepare", k.prepare}, {"work", k.work}, {"control", k.control}, {"return", k.handBack},
	} {
		began := time.Now()
		step.do()
		b.shot("keyboard-" + step.name)
		t.Logf("%s: %v, %d keys so far", step.name, time.Since(began).Round(time.Millisecond), k.keys)
	}
}

// keyboard is the walk by hand.
type keyboard struct {
	walk
	*hand
	b *browser
}

// signsIn chooses a person at the sign-in.
func (k *keyboard) signsIn(login string) {
	k.b.t.Helper()
	call(k.b, network.ClearBrowserCookies, cdp.Empty{})
	k.b.setCookie("lang", k.lang)
	k.b.to("/signin")
	k.pressedKey(names[login])
}

func (k *keyboard) receive() {
	k.signsIn("nadia")
	k.leaving(func() { k.chord("n", chromedp.ModifierAlt) })
	k.to("customer.given", "")
	for _, x := range [][2]string{{"customer.given", "Solène"}, {"customer.name", "Kerguelen"}, {"customer.phone", "06 39 98 71 35"}, {"customer.email", "solene@mail.example"},
		{"watch.brand", "Hamilton"}, {"watch.model", "Jazzmaster"}, {"watch.calibre", "ETA 2824-2"}} {
		k.enterTo(x[0])
		k.types(x[1])
	}
	k.chord("3", chromedp.ModifierAlt)
	k.said()
	k.number = k.opened()
	k.stands(order.Received)
	k.pressedKey(k.word("order.opened.sheet"))
}

// examine: the number typed into the search opens the order.
func (k *keyboard) examine() {
	k.signsIn("samir")
	k.chord("k", chromedp.ModifierCtrl)
	k.types(k.number)
	k.leaving(k.enter)
	k.at("/diagnosis")
	k.pressedKey(k.word("diagnosis.examine"))
	k.stands(order.InDiagnosis)
}

func (k *keyboard) measureBefore() { k.simulate("before", "low_amplitude") }

// simulate measures CH from a simulated watch: Space begins, Space keeps.
func (k *keyboard) simulate(phase, preset string) {
	k.at("/measure?phase=" + phase + "&position=CH&source=simulated&preset=" + preset)
	before := len(k.state().Readings)
	k.b.await(`customElements.get("bench-meter") && document.querySelector("[data-part=listen]:not([hidden])")`)
	k.space()
	deadline := time.Now().Add(3 * patience)
	for len(k.state().Readings) == before {
		if time.Now().After(deadline) {
			k.b.failed(fmt.Errorf("Space does not keep the reading"))
		}
		if eval[bool](k.b, `document.querySelector('[data-part=keep]:not([hidden])[aria-disabled=false]') !== null`) {
			k.space()
		}
		time.Sleep(300 * time.Millisecond)
	}
}

func (k *keyboard) check() {
	k.at("/checks?phase=before")
	k.pick("result.winding", "ok")
	k.pressedKey(k.word("check.rest"))
	if s := k.state(); len(s.Checks) != 1 {
		k.b.failed(fmt.Errorf("the checks are not kept"))
	}
}

func (k *keyboard) diagnose() {
	k.at("/diagnosis")
	if !eval[bool](k.b, `document.querySelector("details.cause[open]") !== null`) {
		k.until("a cause", func(focused) bool {
			return eval[bool](k.b, `document.activeElement.matches("details.cause > summary")`)
		})
		k.enter()
	}
	k.pressedKey(k.word("diagnosis.keep"))
	if eval[bool](k.b, `document.querySelector('[name=why]') !== null`) {
		k.to("why", "")
		k.types("Huiles sèches.")
	}
	k.b.await(`document.querySelector('[name=operation]')`)
	k.hand.tick("operation", "REV-AUTO")
	k.pressedKey(k.word("diagnosis.establish"))
	if k.state().Diagnosis == nil {
		k.b.failed(fmt.Errorf("no diagnosis is established"))
	}
}

func (k *keyboard) quote() {
	k.signsIn("nadia")
	k.at("/quote")
	n := eval[int](k.b, `document.querySelectorAll("[name=line_price]").length`)
	for i := range n {
		k.until("a price", func(focused) bool {
			return eval[bool](k.b, fmt.Sprintf(`document.activeElement === document.querySelectorAll("[name=line_price]")[%d]`, i))
		})
		if v := k.focus().Value; v == "" || v == "0" || v == "0,00" {
			k.instead("45")
		}
	}
	k.leaving(func() { k.chord("s", chromedp.ModifierAlt) })
	k.pick("channel", "counter")
	k.pressedKey(k.word("quote.send_act"))
	k.stands(order.QuoteSent)
	k.link = eval[string](k.b, `[...document.querySelectorAll("a")].map(a => a.href).find(h => h.includes("/c/")) || ""`)
}

func (k *keyboard) accept() {
	call(k.b, network.ClearBrowserCookies, cdp.Empty{})
	k.b.setCookie("lang", k.lang)
	k.b.do(chromedp.Navigate(k.link), chromedp.WaitReady("body"))
	k.to("proof", "")
	k.types("135")
	k.leaving(k.enter)
	k.hand.tick("start_now", "")
	k.pressedKey(k.word("link.accept"))
	k.stands(order.Accepted)
}

func (k *keyboard) prepare() {
	k.signsIn("samir")
	k.at("/prepare")
	k.hand.tick("acknowledged", "")
	k.pressedKey(k.word("plan.do"))
	k.stands(order.Preparing)
	k.at("/prepare")
	for _, it := range order.WorkstationItems() {
		k.hand.tick("item", it)
	}
	k.pressedKey(k.word("plan.start"))
	k.stands(order.InWork)
}

// work: one Enter a step; the focus goes on by itself.
func (k *keyboard) work() {
	k.at("/work")
	for n := k.state().CardsLeft(); n > 0; n-- { // no step begins before its safety card is read
		k.until("the safety card", func(focused) bool {
			return eval[bool](k.b, `document.activeElement.matches("form[action$='/safety'] button[name=card]")`)
		})
		eval[bool](k.b, `(window.__old = true)`)
		k.chord(kb.Enter)
		k.b.await(`window.__old !== true && document.readyState === "complete"`)
	}
	_, all := k.state().StepsLeft()
	k.until("the first step", func(focused) bool {
		return eval[bool](k.b, `document.activeElement.matches("li.step button[value=done]")`)
	})
	for left := all; left > 0; left-- {
		k.chord(kb.Enter)
		k.b.await(fmt.Sprintf(`document.querySelectorAll('li.step button[name=do][value=done]').length === %d && document.activeElement !== document.body`, left-1))
	}
	k.at("/work")
	k.key(k.word("work.casing_open"))
	for _, name := range []string{"dust_free", "hands_clear", "closed_to_torque"} {
		k.hand.tick(name, "")
	}
	k.pick("gasket", "new")
	k.pressedKey(k.word("work.casing_act"))
	k.simulate("after", "healthy")
	k.at("/work")
	k.pressedKey(k.word("work.finish"))
	k.stands(order.InControl)
}

func (k *keyboard) control() {
	k.signsIn("jeanne")
	k.simulate("control", "healthy")
	k.at("/control")
	for _, it := range order.ControlItems() {
		k.hand.tick("item", it)
	}
	if eval[bool](k.b, `document.querySelector('[name=out]') !== null`) {
		k.to("out", "")
		k.types("Relu, conforme.")
	}
	k.pressedKey(k.word("control.pass"))
	k.stands(order.Ready)
}

func (k *keyboard) handBack() {
	k.signsIn("nadia")
	k.at("/return")
	k.hand.tick("shown", "")
	k.hand.tick("advice", "water")
	k.pressedKey(k.word("return.hand_act"))
	k.stands(order.Returned)
}
