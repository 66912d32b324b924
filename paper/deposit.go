package paper

import (
	"strconv"
	"strings"
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

func (d deposit) who(w float64) []block {
	in, p := d.in, d.p
	var out []block
	if in.Copy == CustomerCopy {
		name := or(in.Depositor.Name, p.T("paper.deposit.unnamed"))
		reach := joined(", ", in.Depositor.Phone, d.word("channel", in.Depositor.Channel))
		out = append(out, d.titled(p.T("paper.deposit.by"), w, d.para(bodyBold, name, w),
			d.para(body, strings.Join(in.Depositor.Address, "\n"), w), d.para(body, reach, w))...)
	}
	out = append(out, d.titled(p.T("paper.watch"), w, d.watchLines(w))...)
	request, title := in.Request, "paper.deposit.request"
	if in.Copy != CustomerCopy {
		request, title = in.RequestMasked, "paper.deposit.request_bench"
	}
	if request != "" {
		out = append(out, d.titled(p.T(title), w, d.para(body, p.T("paper.quoted", strings.TrimSpace(request)), w))...)
	}
	if len(in.Wishes) > 0 {
		out = append(out, d.titled(p.T("paper.deposit.wishes"), w, d.para(body, wishSentences(d.words("wish", in.Wishes)), w))...)
	}
	return out
}

func wishSentences(wishes []string) string {
	for i, w := range wishes {
		wishes[i] = sentence(w)
	}
	return strings.Join(wishes, " ")
}

// watchLines describes the watch as far as it is known, one fact a line.
func (d deposit) watchLines(w float64) []block {
	p, o := d.p, d.in.Watch
	out := d.para(bodyBold, o.name(), w)
	fact := func(key string, known bool, args ...any) {
		if known {
			out = append(out, d.para(body, p.T(key, args...), w)...)
		}
	}
	if kind := d.word("kind", o.Kind); o.Reference != "" {
		out = append(out, d.para(body, joined(", ", kind, p.T("paper.fact.reference", o.Reference)), w)...)
	} else {
		out = append(out, d.para(body, kind, w)...)
	}
	switch {
	case o.Serial != "" && o.Material != "":
		fact("paper.fact.case_of", true, o.Serial, d.word("material", o.Material))
	case o.Serial != "":
		fact("paper.fact.case", true, o.Serial)
	case o.Material != "":
		fact("paper.fact.material", true, d.word("material", o.Material))
	}
	fact("paper.fact.metal", o.precious() && o.WeightGrams > 0, p.Unit(p.Number(o.WeightGrams, 1), "unit.g"), strconv.Itoa(o.Fineness))
	fact("paper.fact.with", len(d.in.Accessories) > 0, d.enumerate(d.words("accessory", d.in.Accessories)))
	return out
}

// enumerate joins items as the language does: "a, b et c".
func (s *sheet) enumerate(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " " + s.p.T("word.and") + " " + items[last]
}

func (d deposit) condition(w float64) []block {
	in, p := d.in, d.p
	title := p.T("paper.deposit.condition")
	if in.Photos > 0 {
		title = p.T("paper.deposit.condition_photos", in.Photos)
	}
	out := d.heading(smallHead, title, w)
	sc := conditionScene(in.Marks)
	out = append(out, block{h: sc.H*w/sc.W + 6, draw: func(x, y float64) { d.chart(sc, x, y+2, w) }})
	if len(in.Marks) == 0 {
		return append(out, d.para(body, p.T("paper.deposit.no_mark"), w)...)
	}
	for i, m := range in.Marks {
		out = append(out, d.markRow(i+1, m, w))
	}
	return out
}

func (d deposit) markRow(n int, m ConditionMark, w float64) block {
	st := style{text, 12, strip.Main}
	grade := d.p.T("paper.deposit.grade", m.Grade)
	words := d.p.T("paper.deposit.mark", d.word("zone", m.Zone), d.word("defect", m.Defect))
	room := w - 22 - d.width(st, grade) - 8
	lines := d.wrap(st, joined(", ", words, m.Note), room)
	return block{h: float64(len(lines))*st.lead() + 5, draw: func(x, y float64) {
		d.rule(x, y, x+w, y, 1, strip.Hairline)
		d.put(x, y+15, style{condHead, 11, strip.Main}, strconv.Itoa(n))
		for i, line := range lines {
			d.put(x+22, y+15.5+float64(i)*st.lead(), st, line)
		}
		d.right(x+w, y+15.5, st, grade)
	}}
}

func (d deposit) agreed(w float64) []block {
	in, p := d.in, d.p
	out := d.heading(smallHead, p.T("paper.deposit.agreed"), w)
	pair := func(key string, known bool, value string, args ...any) {
		if known {
			out = append(out, d.pair(p.T(key, args...), value, w))
		}
	}
	customer := in.Copy == CustomerCopy
	pair("paper.deposit.value", customer && in.DeclaredValue > 0, p.Money(in.DeclaredValue))
	if customer {
		if in.Ceiling > 0 {
			pair("paper.deposit.ceiling", true, p.Money(in.Ceiling))
		} else {
			out = append(out, d.para(body, p.T("paper.deposit.no_ceiling"), w)...)
		}
		fee := p.T("paper.free")
		if in.QuoteFee > 0 {
			fee = p.Money(in.QuoteFee)
		}
		pair("paper.deposit.quote_fee", true, fee)
	}
	pair("paper.deposit.quote_by", !in.QuoteBy.IsZero(), p.DateShort(in.QuoteBy))
	if in.PromiseKept > 0 {
		pair("paper.deposit.ready_kept", !in.Promised.IsZero(), p.DateShort(in.Promised), int(in.PromiseKept*10+0.5))
	} else {
		pair("paper.deposit.ready", !in.Promised.IsZero(), p.DateShort(in.Promised))
	}
	if customer {
		out = append(out, d.signatures(w)...)
	}
	out = append(out, gap(8))
	if customer {
		out = append(out, d.para(style{text, 11.5, strip.Second}, p.T("paper.deposit.follow"), w)...)
	}
	return out
}

// pair is a label and its value on one line, or on two where they do not fit.
func (s *sheet) pair(label, value string, w float64) block {
	two := s.width(body, label)+s.width(bodyBold, value)+8 > w
	h := body.lead() + 6
	if two {
		h += body.lead()
	}
	return block{h: h, draw: func(x, y float64) {
		s.rule(x, y, x+w, y, 1, strip.Hairline)
		s.put(x, y+16, s.fit(body, label, w, 9), label)
		if two {
			y += body.lead()
		}
		s.right(x+w, y+16, bodyBold, value)
	}}
}

func (d deposit) signatures(w float64) []block {
	label := style{text, 11.5, strip.Third}
	var out []block
	if !d.in.SignatureWaived {
		out = append(out, gap(10), block{h: 62, draw: func(x, y float64) {
			d.frame4(x, y, w, 62)
			d.put(x+8, y+17, label, d.p.T("paper.deposit.signature"))
			for _, stroke := range d.in.Signature {
				pts := make([]strip.Point, len(stroke))
				for i, q := range stroke {
					pts[i] = strip.Point{X: 8 + q.X*(w-16), Y: 20 + q.Y*38}
				}
				d.polyline(strip.Polyline{Points: pts, Ink: strip.Main, Width: 1.5}, x, y, 1)
			}
		}})
	}
	return append(out, gap(8), block{h: 42, draw: func(x, y float64) {
		d.frame4(x, y, w, 42)
		d.put(x+8, y+17, label, d.p.T("paper.deposit.for_firm"))
		d.right(x+w-8, y+28, d.fit(body, d.in.ReceivedBy, w*0.6, 9), d.in.ReceivedBy)
	}})
}

func (s *sheet) frame4(x, y, w, h float64) { s.frame(x, y, w, h, 3, 1, strip.Edge) }
