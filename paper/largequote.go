package paper

import (
	"github.com/boombuler/barcode"

	"etabli.example/locale"
	"etabli.example/timing/strip"
)

func largeQuote(in QuoteInput, p *locale.Printer, code barcode.Barcode) ([]byte, error) {
	title := p.T("paper.quote.title")
	if in.Version > 1 {
		title = p.T("paper.quote.title_version", in.Version)
	}
	return large(about{title: title + " " + in.Number, author: in.Firm.Name, at: in.At}, in.Number, p, func(s *sheet) []block {
		q := &quote{sheet: s, in: in}
		out := s.opening(in.Firm, title, p.T("paper.quote.at", p.Date(in.At)))
		out = append(out, s.titled(p.T("paper.quote.customer"), largeInner, s.para(bodyBold, or(in.Customer.Name, p.T("paper.deposit.unnamed")), largeInner),
			s.para(body, joined(", ", in.Customer.Address...), largeInner))...)
		out = append(out, s.titled(p.T("paper.watch"), largeInner, s.para(bodyBold, in.Watch.name(), largeInner),
			s.para(body, joined(", ", q.fact("reference", in.Watch.Reference), q.fact("case", in.Watch.Serial), in.Watch.Calibre), largeInner))...)
		out = append(out, s.titled(p.T("paper.quote.intro"), largeInner, s.para(body, in.Found, largeInner))...)
		out = append(out, q.largeLines()...)
		out = append(out, q.largeSums()...)
		out = append(out, q.terms(largeInner)...)
		out = append(out, q.largeAccept()...)
		if code != nil {
			out = append(out, gap(10), s.coded(code, p.T("paper.quote.accept_online")))
		}
		m := in.Firm.Mediator
		out = append(out, s.para(body, p.T("paper.mediator", joined(", ", m.Name, m.Site, m.Address)), largeInner)...)
		return append(append(out, gap(6)), s.para(body, s.identity(in.Firm), largeInner)...)
	})
}

// largeLines is the table told line by line: the work, then what it costs.
func (q *quote) largeLines() []block {
	var out []block
	for _, kind := range []string{obligatory, recommended, cosmetic} {
		lines := q.of(kind)
		if len(lines) == 0 {
			continue
		}
		out = append(out, q.heading(style{head, 15, strip.Main}, q.p.T("paper.quote.kind."+kind), largeInner)...)
		out = append(out, q.heading(quiet, q.p.T("paper.quote.kind."+kind+"_why"), largeInner)...)
		for _, l := range lines {
			out = append(out, q.largeLine(l, kind != obligatory)...)
		}
		out = append(out, gap(8))
	}
	return out
}

func (q *quote) largeLine(l QuoteLine, optional bool) []block {
	indent := 0.0
	if optional {
		indent = boxRoom
	}
	total, unit := l.totals()
	cost := q.p.T("paper.quote.large_line", q.p.Int(int64(l.Quantity)), q.word("quote.unit", or(l.Unit, "flat")), q.p.Money(unit.Net), q.p.VAT(l.VAT), q.p.Money(total.Net))
	out := []block{{h: 4, keep: true, draw: func(x, y float64) { q.rule(x, y+2, x+largeInner, y+2, 1, strip.Hairline) }}}
	words := q.heading(body, l.Label, largeInner-indent)
	for i, b := range words {
		draw, first := b.draw, i == 0
		words[i].draw = func(x, y float64) {
			if optional && first {
				q.frame(x+1, y+4, 11, 11, 0, 1.2, strip.Main)
			}
			draw(x+indent, y)
		}
	}
	out = append(out, words...)
	out = append(out, q.heading(quiet, cost, largeInner)...)
	return append(out, block{h: body.lead() + 4, draw: func(x, y float64) {
		q.right(x+largeInner, y+14, bodyBold, q.p.T("paper.quote.large_gross", q.p.Money(total.Gross)))
	}})
}

func (q *quote) largeSums() []block {
	p := q.p
	due, rates := q.in.totals(func(kind string) bool { return kind != recommended && kind != cosmetic })
	all, _ := q.in.totals(func(string) bool { return true })
	pairs := [][2]string{{p.T("paper.quote.sum_net"), p.Money(due.Net)}}
	for _, r := range rates {
		pairs = append(pairs, [2]string{p.T("paper.quote.sum_vat", p.VAT(r.Rate), p.Money(r.Net)), p.Money(r.VAT)})
	}
	pairs = append(pairs, [2]string{p.T("paper.quote.sum_gross"), p.Money(due.Gross)})
	if all.Gross != due.Gross {
		pairs = append(pairs, [2]string{p.T("paper.quote.sum_options"), p.Money(all.Gross)})
	}
	out := q.facts(pairs...)
	if q.in.NoVAT {
		out = append(out, q.para(body, p.T("paper.quote.no_vat"), largeInner)...)
	}
	return out
}

// largeAccept is the room to sign.
func (q *quote) largeAccept() []block {
	out := q.heading(style{head, 15, strip.Main}, q.p.T("paper.quote.accept"), largeInner)
	for _, key := range q.ticks() {
		lines := q.heading(body, q.p.T(key), largeInner-boxRoom)
		for i, b := range lines {
			draw, first := b.draw, i == 0
			lines[i].draw = func(x, y float64) {
				if first {
					q.frame(x+1, y+4, 11, 11, 0, 1.2, strip.Main)
				}
				draw(x+boxRoom, y)
			}
		}
		out = append(out, lines...)
	}
	return append(out, block{h: 74, draw: func(x, y float64) {
		q.frame4(x, y+4, largeInner, 66)
		q.put(x+8, y+20, style{text, 12.5, strip.Third}, q.p.T("paper.quote.accept_date"))
	}})
}
