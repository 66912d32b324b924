package paper

import (
	"etabli.example/money"
	"etabli.example/timing/strip"
)

// Columns of the table: right edges of the figures, from the left margin.
const (
	qtyEnd, unitStart  = 352.0, 364.0
	unitNetEnd, vatEnd = 500.0, 552.0
	netEnd             = 626.0
	labelRoom          = 312.0
	boxRoom            = 20.0 // for the box to tick
)

func (q *quote) tableHead() block {
	return block{h: 22, keep: true, draw: func(x, y float64) {
		q.inTable = true
		st := style{condText, 11.5, strip.Second}
		q.put(x, y+14, st, q.p.T("paper.quote.work"))
		q.right(x+qtyEnd, y+14, st, q.p.T("paper.quote.qty"))
		q.put(x+unitStart, y+14, st, q.p.T("paper.quote.unit"))
		q.right(x+unitNetEnd, y+14, st, q.p.T("paper.quote.unit_net"))
		q.right(x+vatEnd, y+14, st, q.p.T("paper.quote.vat"))
		q.right(x+netEnd, y+14, st, q.p.T("paper.quote.net"))
		q.right(x+a4Inner, y+14, st, q.p.T("paper.quote.gross"))
		q.rule(x, y+21, x+a4Inner, y+21, 1, strip.Second)
	}}
}

func (q *quote) table() []block {
	out := []block{q.tableHead()}
	for _, kind := range []string{obligatory, recommended, cosmetic} {
		lines := q.of(kind)
		if len(lines) > 0 {
			out = append(out, q.group(kind))
		}
		for _, l := range lines {
			out = append(out, q.row(l, kind != obligatory))
		}
	}
	return append(out, block{h: 12, draw: func(_, _ float64) { q.inTable = false }})
}

// of returns the lines of a kind; a kind that is none of ours must be done.
func (q *quote) of(kind string) []QuoteLine {
	var out []QuoteLine
	for _, l := range q.in.Lines {
		if l.Kind == kind || kind == obligatory && l.Kind != recommended && l.Kind != cosmetic {
			out = append(out, l)
		}
	}
	return out
}

// totals takes the price of the whole line, and of one piece, apart.
func (l QuoteLine) totals() (line, unit money.Totals) {
	return money.VATFromGross(l.UnitGross.Times(l.Quantity), l.VAT), money.VATFromGross(l.UnitGross, l.VAT)
}

func (q *quote) group(kind string) block {
	return block{h: 28, keep: true, draw: func(x, y float64) {
		q.inTable = true
		end := q.put(x, y+20, style{head, 13.5, strip.Main}, q.p.T("paper.quote.kind."+kind))
		q.put(end+10, y+20, style{condText, 12, strip.Third}, q.p.T("paper.quote.kind."+kind+"_why"))
	}}
}

func (q *quote) row(l QuoteLine, optional bool) block {
	st := style{condText, 13, strip.Main}
	indent := 0.0
	if optional {
		indent = boxRoom
	}
	lines := q.wrap(st, l.Label, labelRoom-indent)
	totals, unit := l.totals()
	const lead = 16.5
	return block{h: float64(len(lines))*lead + 7, draw: func(x, y float64) {
		q.inTable = true
		q.rule(x, y, x+a4Inner, y, 1, strip.Hairline)
		if optional {
			q.frame(x+1, y+6, 10, 10, 0, 1.2, strip.Main)
		}
		base := y + 15.5
		for i, line := range lines {
			q.put(x+indent, base+float64(i)*lead, st, line)
		}
		q.right(x+qtyEnd, base, st, q.p.Int(int64(l.Quantity)))
		q.put(x+unitStart, base, st, q.word("quote.unit", or(l.Unit, "flat")))
		q.right(x+unitNetEnd, base, st, q.p.Money(unit.Net))
		q.right(x+vatEnd, base, st, q.p.VAT(l.VAT))
		q.right(x+netEnd, base, st, q.p.Money(totals.Net))
		q.right(x+a4Inner, base, style{condHead, 13, strip.Main}, q.p.Money(totals.Gross))
	}}
}

// sums states net, tax by rate and gross of what must be done, and what
// everything ticked would come to.
func (q *quote) sums() []block {
	p := q.p
	due, rates := q.in.totals(func(kind string) bool { return kind != recommended && kind != cosmetic })
	all, _ := q.in.totals(func(string) bool { return true })
	const w = 330
	line := func(label, value string, st style, rule strip.Ink) block {
		return block{h: st.px + 9, keep: true, draw: func(x, y float64) {
			q.rule(x+a4Inner-w, y, x+a4Inner, y, 1, rule)
			q.put(x+a4Inner-w, y+st.px+3, st, label)
			q.right(x+a4Inner, y+st.px+3, st, value)
		}}
	}
	out := []block{line(p.T("paper.quote.sum_net"), p.Money(due.Net), body, strip.Second)}
	for _, r := range rates {
		if q.in.NoVAT && r.Rate == 0 {
			continue // said in words below
		}
		out = append(out, line(p.T("paper.quote.sum_vat", p.VAT(r.Rate), p.Money(r.Net)), p.Money(r.VAT), body, strip.Hairline))
	}
	out = append(out, line(p.T("paper.quote.sum_gross"), p.Money(due.Gross), style{head, 17, strip.Main}, strip.Main))
	if all.Gross != due.Gross {
		out = append(out, line(p.T("paper.quote.sum_options"), p.Money(all.Gross), quiet, strip.Hairline))
	}
	if q.in.NoVAT {
		out = append(out, line(p.T("paper.quote.no_vat"), "", quiet, strip.Hairline))
	}
	return append(out, gap(10))
}
