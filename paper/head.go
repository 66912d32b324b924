package paper

import (
	"strings"
	"time"

	"etabli.example/timing/strip"
)

// The frame of an A4 document, in pixels.
const (
	a4Side   = 48.0
	a4Right  = a4Width - a4Side
	a4Inner  = a4Right - a4Side
	headRule = 152.0
	// A page after the first has a single line for head.
	nextRule = 70.0
)

// a4Head is what the head of an A4 document says.
type a4Head struct {
	firm          Firm
	title, number string
	said          string    // under the number, "établi le"
	at            time.Time // for said
	watch         bool      // draw the watch at the right
}

// top draws the head of the page that was just added and returns the y below it.
func (s *sheet) top(h a4Head) float64 {
	said := h.said
	if s.total > 1 {
		said = joined(", ", said, s.p.T("paper.page", s.page, s.total))
	}
	if s.page > 1 {
		s.put(a4Side, 60, style{head, 14, strip.Main}, h.title)
		x := a4Right - s.width(quiet, said)
		s.put(x, 60, quiet, said)
		s.right(x-12, 60, style{condHead, 14, strip.Main}, h.number)
		s.rule(a4Side, nextRule, a4Right, nextRule, 1.5, strip.Main)
		return nextRule + 16
	}
	s.mark(a4Side, 45, 24)
	name := style{head, 14, strip.Main}
	end := s.put(a4Side+33, 59, name, h.firm.Name)
	if h.firm.Trade != "" {
		s.put(end, 59, quiet, ", "+h.firm.Trade)
	}
	address := joined(", ", h.firm.Address...)
	s.put(a4Side+33, 77, s.fit(quiet, address, a4Inner*0.6, 8), address)
	s.put(a4Side, 118, style{head, 25, strip.Main}, h.title)
	right := a4Right
	if h.watch {
		s.chart(watchScene(), a4Right-66, 46, 66)
		right -= 84
	}
	s.right(right, 115, style{condHead, 19, strip.Main}, h.number)
	s.right(right, 134, quiet, said)
	s.rule(a4Side, headRule, a4Right, headRule, 1.5, strip.Main)
	return headRule
}

// identity is the line by which the law wants a firm known on every document.
func (s *sheet) identity(f Firm) string {
	parts := []string{f.Name, f.Legal}
	if f.SIREN != "" && !strings.Contains(f.Legal, f.SIREN) {
		parts = append(parts, s.p.T("paper.identity", f.SIREN))
	}
	if f.VAT != "" {
		parts = append(parts, s.p.T("paper.identity_vat", f.VAT))
	}
	parts = append(parts, f.Address...)
	parts = append(parts, f.Phone, f.Email, f.Site)
	if f.Seal != "" {
		parts = append(parts, s.p.T("seal.paper", s.p.Date(f.SealedOn), f.Seal))
	}
	return joined(", ", parts...)
}
