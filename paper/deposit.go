package paper

import (
	"time"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/money"
	"etabli.example/timing/strip"
)

// Copy says for whom a deposit receipt is printed.
type Copy uint8

// The copies. A bench or envelope copy carries no name, no address, no phone,
// no value and no signature: it travels beside the watch.
const (
	CustomerCopy Copy = iota
	BenchCopy
	EnvelopeCopy
)

// DepositReceiptInput is what a deposit receipt says.
type DepositReceiptInput struct {
	Large     bool // large print: A4, 16 pt at least, one column, same order
	Copy      Copy
	Firm      Firm
	Number    string
	At        time.Time // of the deposit; also the document's date
	Depositor Person
	Watch     Watch
	// Request is the customer's own words; RequestMasked the same with names,
	// phones and addresses masked, the only one that a bench or envelope copy shows.
	Request, RequestMasked string
	Wishes                 []string // "no_polish", "return_parts", "call_first", "keep_patina"
	Accessories            []string // "leather_strap", "bracelet", "box", "papers", "links"
	Marks                  []ConditionMark
	Photos                 int
	DeclaredValue          money.Cents // 0 where none was declared
	Ceiling                money.Cents // work may start below this without a new quote; 0: never
	QuoteFee               money.Cents // 0: the quote is free
	QuoteBy, Promised      time.Time   // zero where nothing was promised
	PromiseKept            float64     // share of such promises kept, 0.9; 0 where unknown
	TrackURL               string      // in the QR code
	ReceivedBy             string
	Signature              [][]strip.Point // strokes in a box of 1 × 1; nil leaves the room
	SignatureWaived        bool            // signed elsewhere or refused: no box
}

// check refuses a receipt that would lack what the law or proof requires.
func (in DepositReceiptInput) check() error {
	var bad fault.Problems
	need := func(field string, ok bool) {
		if !ok {
			bad.Add(field, "paper.needed")
		}
	}
	need("number", in.Number != "")
	need("at", !in.At.IsZero())
	need("firm", in.Firm.Name != "")
	if in.Copy == CustomerCopy {
		need("firm_address", len(in.Firm.Address) > 0)
		need("mediator", in.Firm.Mediator.Name != "")
		need("track_url", in.TrackURL != "")
		if in.Watch.precious() { // the receipt is then the register
			need("depositor", in.Depositor.Name != "")
			need("depositor_address", len(in.Depositor.Address) > 0)
			need("weight", in.Watch.WeightGrams > 0)
			need("fineness", in.Watch.Fineness > 0)
		}
	}
	return bad.Err()
}

// Sizes of the receipt's text.
var (
	smallHead = style{condStrong, 11.5, strip.Third}
	body      = style{text, 12.5, strip.Main}
	bodyBold  = style{strong, 12.5, strip.Main}
	quiet     = style{text, 12, strip.Second}
	fine      = style{text, 10.8, strip.Second}
)

const (
	depositSide   = 36.0
	depositTop    = 128.0
	depositBottom = a5Height - 84
	depositGutter = 22.0
)

// DepositReceipt returns the receipt as PDF, A5 landscape in three columns: who
// and what, condition, agreed and signed. What does not fit goes on, on a
// second page. The error is a fault.Invalid that names what is missing.
func DepositReceipt(in DepositReceiptInput, lang locale.Lang) ([]byte, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	p := locale.For(lang)
	code, err := qrCode(or(in.TrackURL, in.Number))
	if err != nil {
		return nil, err
	}
	if in.Large {
		return largeDeposit(in, p, code)
	}
	return produce(func(total int) *sheet {
		s := newSheet(about{p.T("paper.deposit.title") + " " + in.Number, in.Firm.Name, in.At, a5Width, a5Height}, p, total)
		d := deposit{sheet: s, in: in}
		next := func() (float64, float64) {
			s.addPage()
			d.furnish()
			s.drawCode(code, a5Width-depositSide-72, 32, 72, 72)
			return depositTop, depositBottom
		}
		top, bottom := next()
		w := a5Width - 2*depositSide - 2*depositGutter
		side, middle := w/3.22, w*1.22/3.22
		x2, x3 := depositSide+side+depositGutter, depositSide+side+middle+2*depositGutter
		s.pour([]column{{depositSide, d.who(side)}, {x2, d.condition(middle)}, {x3, d.agreed(side)}}, top, bottom, next)
		return s
	})
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

type deposit struct {
	*sheet
	in DepositReceiptInput
}

// furnish draws what every page bears: firm, number, rule and foot.
func (d deposit) furnish() {
	in, p := d.in, d.p
	x, edge := depositSide, a5Width-depositSide
	d.mark(x, 44, 22)
	name := style{strong, 12, strip.Main}
	end := d.put(x+30, 56, name, in.Firm.Name)
	st := d.fit(quiet, firmLine(in.Firm), edge-340-end, 9)
	d.put(end, 56, st, firmLine(in.Firm))
	d.put(x, 90, style{head, 22, strip.Main}, p.T("paper.deposit.title"))
	right := edge - 72 - 18
	d.right(right, 68, style{condHead, 24, strip.Main}, in.Number)
	d.right(right, 86, quiet, p.T("paper.deposit.at", p.DateLong(in.At), p.Time(in.At)))
	note := map[Copy]string{BenchCopy: p.T("paper.deposit.bench"), EnvelopeCopy: p.T("paper.deposit.envelope")}[in.Copy]
	if d.total > 1 {
		note = joined(", ", note, p.T("paper.page", d.sheet.page, d.total))
	}
	d.right(right, 102, style{condStrong, 12, strip.Third}, note)
	d.rule(x, 116, edge, 116, 1.5, strip.Main)
	d.foot()
}

func firmLine(f Firm) string {
	line := joined(", ", append(append([]string{}, f.Address...), f.Phone)...)
	if line == "" {
		return ""
	}
	return ", " + line
}

func (d deposit) foot() {
	x, y := depositSide, a5Height-76
	d.rule(x, y, a5Width-depositSide, y, 1, strip.Hairline)
	if d.in.Copy != CustomerCopy {
		d.put(x, y+20, fine, d.p.T("paper.deposit.no_identity"))
		return
	}
	w := (a5Width - 2*depositSide - depositGutter) / 2
	m := d.in.Firm.Mediator
	left := d.p.T("paper.deposit.terms")
	right := d.p.T("paper.deposit.law") + " " + d.p.T("paper.mediator", joined(", ", m.Name, m.Site, m.Address))
	for i, words := range []string{left, right} {
		st, at := fine, y+8
		lines := d.wrap(st, words, w)
		for len(lines) > 4 && st.px > 8 { // a long mediator's address is set smaller, never cut
			st.px -= 0.4
			lines = d.wrap(st, words, w)
		}
		for _, line := range lines {
			d.put(x+float64(i)*(w+depositGutter), at+st.px, st, line)
			at += st.lead()
		}
	}
}

// titled is a small heading and what stands under it.
func (s *sheet) titled(title string, w float64, blocks ...[]block) []block {
	out := s.heading(smallHead, title, w)
	n := 0
	for _, b := range blocks {
		out = append(out, b...)
		n += len(b)
	}
	if n == 0 {
		return nil
	}
	return append(out, gap(10))
}
