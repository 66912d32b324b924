package e2e

import (
	"fmt"

	"github.com/chromedp/chromedp"
)

// complaint is what the customer says; the model counts every letter of it.
const complaint = "Elle retarde de cinq minutes par semaine."

// opened reads the number of the order that was just opened.
func (h *hand) opened() string {
	h.b.t.Helper()
	m := numberIn.FindStringSubmatch(h.b.path())
	if m == nil {
		h.b.failed(fmt.Errorf("no order was opened"))
	}
	return m[1]
}

// said confirms the words and opens the order: Enter goes on, Space ticks,
// Ctrl Enter sends.
func (h *hand) said() {
	h.b.t.Helper()
	h.types(complaint)
	h.b.await(`document.querySelectorAll('#understood input[name=symptom]').length > 0`)
	h.enterTo("read_back")
	h.space()
	h.leaving(func() { h.chord("\r", chromedp.ModifierCtrl) })
}
