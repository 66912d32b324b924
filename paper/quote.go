package paper

import (
	"time"

	"github.com/boombuler/barcode"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/money"
	"etabli.example/timing/strip"
)

// Kinds of quote lines, in the order they are shown. Only obligatory lines
// count in the total; the others stand unticked.
const (
	obligatory  = "obligatory"
	recommended = "recommended"
	cosmetic    = "cosmetic"
)

// QuoteLine is one line of a quote, priced all-in.
type QuoteLine struct {
	Kind      string // "obligatory", "recommended", "cosmetic"
	Label     string // in the document's language
	Quantity  int
	Unit      string // "piece", "flat", "hour"; empty is a flat rate
	UnitGross money.Cents
	VAT       money.VATRate
}

// QuoteInput is what a quote says: the content of arrêté du 24 janvier 2017,
// kept to for watches too.
type QuoteInput struct {
	Firm            Firm
	Number          string // of the quote
	Version         int    // 0 and 1 are not shown
	Order           string // number of the order
	At              time.Time
	Customer        Person
	Watch           Watch
	Found           string // what was found, in the customer's words; may be empty
	Lines           []QuoteLine
	Until           time.Time
	Ready           time.Time   // zero where no date is promised
	Fee             money.Cents // of the quote itself, all-in; 0: free
	FeeDeducted     bool        // the fee is deducted on acceptance
	GuaranteeMonths int         // 0: nothing is said
	Conclusion      string      // "shop", "distance", "off_premises"
	AcceptURL       string      // in the QR code; empty: on paper only
	NoVAT           bool        // firm not subject to VAT (CGI 293 B)
}

// check refuses a quote that would lack what a quote must state.
func (in QuoteInput) check() error {
	var bad fault.Problems
	need := func(field string, ok bool) {
		if !ok {
			bad.Add(field, "paper.needed")
		}
	}
	need("firm", in.Firm.Name != "")
	need("firm_address", len(in.Firm.Address) > 0)
	need("mediator", in.Firm.Mediator.Name != "")
	need("number", in.Number != "")
	need("at", !in.At.IsZero())
	need("until", !in.Until.IsZero())
	need("lines", len(in.Lines) > 0)
	for _, l := range in.Lines {
		need("lines", l.Label != "" && l.Quantity > 0)
	}
	return bad.Err()
}

// totals sums the lines whose kind pick accepts.
func (in QuoteInput) totals(pick func(kind string) bool) (money.Totals, []money.RateTotals) {
	var lines []money.Line
	for _, l := range in.Lines {
		if pick(l.Kind) {
			lines = append(lines, money.Line{Gross: l.UnitGross.Times(l.Quantity), Rate: l.VAT})
		}
	}
	return money.Sum(lines, money.PerTotal), money.Breakdown(lines, money.PerTotal)
}

// Quote returns the quote as PDF, A4. The error is a fault.Invalid that names
// what is missing.
func Quote(in QuoteInput, lang locale.Lang) ([]byte, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	var code barcode.Barcode
	if in.AcceptURL != "" {
		var err error
		if code, err = qrCode(in.AcceptURL); err != nil {
			return nil, err
		}
	}
	p := locale.For(lang)
	return produce(func(total int) *sheet {
		s := newSheet(about{p.T("paper.quote.title") + " " + in.Number, in.Firm.Name, in.At, a4Width, a4Height}, p, total)
		q := &quote{sheet: s, in: in, code: code}
		next := func() (float64, float64) {
			s.addPage()
			top := s.top(q.head())
			q.foot()
			if q.inTable {
				top += q.tableHead().h
				q.tableHead().draw(a4Side, top-q.tableHead().h)
			}
			return top, a4Height - 108
		}
		top, bottom := next()
		s.pour([]column{{a4Side, q.blocks()}}, top, bottom, next)
		return s
	})
}

type quote struct {
	*sheet
	in      QuoteInput
	code    barcode.Barcode
	inTable bool // the last block drawn was a row: the next page repeats the heads
}

func (q *quote) head() a4Head {
	title := q.p.T("paper.quote.title")
	if q.in.Version > 1 {
		title = q.p.T("paper.quote.title_version", q.in.Version)
	}
	return a4Head{firm: q.in.Firm, title: title, number: q.in.Number, said: q.p.T("paper.quote.at", q.p.Date(q.in.At)), at: q.in.At}
}

func (q *quote) foot() {
	y := a4Height - 94
	q.rule(a4Side, y, a4Right, y, 1.5, strip.Main)
	m := q.in.Firm.Mediator
	y += 6
	st := style{text, 10.8, strip.Second}
	for _, words := range []string{q.identity(q.in.Firm), q.p.T("paper.mediator", joined(", ", m.Name, m.Site, m.Address))} {
		for _, line := range q.wrap(st, words, a4Inner) {
			q.put(a4Side, y+st.px, st, line)
			y += st.px * 1.3
		}
	}
}

func (q *quote) blocks() []block {
	out := append([]block{gap(14)}, q.parties()...)
	if q.in.Found != "" {
		out = append(out, q.heading(smallHead, q.p.T("paper.quote.intro"), a4Inner)...)
		out = append(out, q.para(body, q.in.Found, a4Inner)...)
		out = append(out, gap(12))
	}
	out = append(out, q.table()...)
	out = append(out, q.sums()...)
	out = append(out, q.terms()...)
	return append(out, q.accept())
}

// parties is who, for which watch, under which order, side by side.
func (q *quote) parties() []block {
	in, p := q.in, q.p
	w := (a4Inner - 24) / 2
	who := q.heading(smallHead, p.T("paper.quote.customer"), w)
	who = append(who, q.para(bodyBold, or(in.Customer.Name, p.T("paper.deposit.unnamed")), w)...)
	for _, line := range append(append([]string{}, in.Customer.Address...), in.Customer.Phone, in.Customer.Email) {
		who = append(who, q.para(body, line, w)...)
	}
	watch := q.heading(smallHead, p.T("paper.watch"), w)
	watch = append(watch, q.para(bodyBold, in.Watch.name(), w)...)
	watch = append(watch, q.para(body, joined(", ", q.fact("reference", in.Watch.Reference), q.fact("case", in.Watch.Serial), in.Watch.Calibre), w)...)
	if in.Order != "" {
		watch = append(watch, q.para(body, p.T("paper.quote.order")+" "+in.Order, w)...)
	}
	watch = append(watch, q.para(style{text, 11.5, strip.Second}, p.T("paper.quote.place", joined(", ", in.Firm.Address...)), w)...)
	return append(q.beside(who, watch, w+24), gap(12))
}

func (q *quote) fact(key, value string) string {
	if value == "" {
		return ""
	}
	return q.p.T("paper.fact."+key, value)
}

// beside pairs two short columns row by row, the second dx further right.
func (s *sheet) beside(left, right []block, dx float64) []block {
	var out []block
	for i := range max(len(left), len(right)) {
		b := gap(0)
		var l, r block
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		b.h, b.keep = max(l.h, r.h), true
		b.draw = func(x, y float64) {
			if l.draw != nil {
				l.draw(x, y)
			}
			if r.draw != nil {
				r.draw(x+dx, y)
			}
		}
		out = append(out, b)
	}
	return out
}

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
		first := true
		for _, l := range q.in.Lines {
			if l.Kind != kind && (kind != obligatory || l.Kind == recommended || l.Kind == cosmetic) {
				continue
			}
			if first {
				out = append(out, q.group(kind))
				first = false
			}
			out = append(out, q.row(l, kind != obligatory))
		}
	}
	return append(out, block{h: 12, draw: func(_, _ float64) { q.inTable = false }})
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
	totals := money.VATFromGross(l.UnitGross.Times(l.Quantity), l.VAT)
	unit := money.VATFromGross(l.UnitGross, l.VAT)
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

func (q *quote) terms() []block {
	in, p := q.in, q.p
	fee := p.T("paper.quote.free")
	switch {
	case in.Fee > 0 && in.FeeDeducted:
		fee = p.T("paper.quote.fee_deducted", p.Money(in.Fee))
	case in.Fee > 0:
		fee = p.T("paper.quote.fee", p.Money(in.Fee))
	}
	out := q.para(bodyBold, fee+" "+p.T("paper.quote.until", p.Date(in.Until)), a4Inner)
	if !in.Ready.IsZero() {
		out = append(out, q.para(body, p.T("paper.quote.ready", p.Date(in.Ready), p.Date(in.Until)), a4Inner)...)
	}
	if in.GuaranteeMonths > 0 {
		out = append(out, q.para(body, p.T("paper.quote.guarantee", in.GuaranteeMonths), a4Inner)...)
	}
	out = append(out, q.para(body, p.T("paper.quote.refuse"), a4Inner)...)
	if right := map[string]string{"distance": "paper.quote.withdrawal", "off_premises": "paper.quote.off_premises"}[in.Conclusion]; right != "" {
		out = append(out, gap(6))
		out = append(out, q.heading(style{head, 12.5, strip.Main}, p.T("paper.quote.withdrawal_title"), a4Inner)...)
		// kept together with the room to sign: nobody signs a page that does
		// not show what is given up
		out = append(out, q.heading(style{text, 11.5, strip.Main}, p.T(right), a4Inner)...)
	}
	return append(out, block{h: 12, keep: true, draw: gap(0).draw})
}

// accept is the room to sign, and the code that leads to the page where one
// accepts. The boxes are empty: what is ticked is ticked by the customer.
func (q *quote) accept() block {
	ticks := []string{}
	if q.in.Conclusion == "distance" || q.in.Conclusion == "off_premises" {
		ticks = []string{"paper.quote.start_now", "paper.quote.know_loss"}
	}
	h := 92.0 + 17*float64(len(ticks))
	return block{h: h + 2, draw: func(x, y float64) {
		w := a4Inner
		if q.code != nil {
			w -= 96
			q.drawCode(q.code, x+a4Inner-72, y, 72, 72)
			for i, line := range q.wrap(style{text, 10.8, strip.Second}, q.p.T("paper.quote.accept_online"), 84) {
				q.put(x+a4Inner-84, y+86+13*float64(i), style{text, 10.8, strip.Second}, line)
			}
		}
		q.frame4(x, y, w, h)
		q.put(x+10, y+20, style{head, 13, strip.Main}, q.p.T("paper.quote.accept"))
		for i, key := range ticks {
			at := y + 38 + 17*float64(i)
			q.frame(x+11, at-9, 9, 9, 0, 1.2, strip.Main)
			q.put(x+28, at, q.fit(style{text, 11.5, strip.Main}, q.p.T(key), w-38, 8), q.p.T(key))
		}
		q.put(x+10, y+38+17*float64(len(ticks)), style{text, 11.5, strip.Third}, q.p.T("paper.quote.accept_date"))
	}}
}
