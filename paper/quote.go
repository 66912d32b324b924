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
	Large           bool // large print: A4, 16 pt at least, one column, same order
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
	Rounding        money.Rounding
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
	return money.Sum(lines, in.Rounding), money.Breakdown(lines, in.Rounding)
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
	if in.Large {
		return largeQuote(in, p, code)
	}
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
	out = append(out, q.terms(a4Inner)...)
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

func (q *quote) terms(w float64) []block {
	in, p := q.in, q.p
	fee := p.T("paper.quote.free")
	switch {
	case in.Fee > 0 && in.FeeDeducted:
		fee = p.T("paper.quote.fee_deducted", p.Money(in.Fee))
	case in.Fee > 0:
		fee = p.T("paper.quote.fee", p.Money(in.Fee))
	}
	out := q.para(bodyBold, fee+" "+p.T("paper.quote.until", p.Date(in.Until)), w)
	if !in.Ready.IsZero() {
		out = append(out, q.para(body, p.T("paper.quote.ready", p.Date(in.Ready), p.Date(in.Until)), w)...)
	}
	if in.GuaranteeMonths > 0 {
		out = append(out, q.para(body, p.T("paper.quote.guarantee", in.GuaranteeMonths), w)...)
	}
	out = append(out, q.para(body, p.T("paper.quote.refuse"), w)...)
	if right := map[string]string{"distance": "paper.quote.withdrawal", "off_premises": "paper.quote.off_premises"}[in.Conclusion]; right != "" {
		out = append(out, gap(6))
		out = append(out, q.heading(style{head, 12.5, strip.Main}, p.T("paper.quote.withdrawal_title"), w)...)
		// kept together with the room to sign: nobody signs a page that does
		// not show what is given up
		out = append(out, q.heading(style{text, 11.5, strip.Main}, p.T(right), w)...)
	}
	return append(out, block{h: 12, keep: true, draw: gap(0).draw})
}

// ticks are the two declarations without which work may not start before the
// end of the withdrawal period (C. conso. L221-25).
func (q *quote) ticks() []string {
	if q.in.Conclusion == "distance" || q.in.Conclusion == "off_premises" {
		return []string{"paper.quote.start_now", "paper.quote.know_loss"}
	}
	return nil
}

// accept is the room to sign, and the code that leads to the page where one
// accepts. The boxes are empty: what is ticked is ticked by the customer.
func (q *quote) accept() block {
	ticks := q.ticks()
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
