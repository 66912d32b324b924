package paper

import (
	"strconv"
	"strings"

	"etabli.example/timing/strip"
)

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
		for _, term := range in.Firm.Conditions {
			out = append(out, d.para(style{text, 11.5, strip.Second}, term, w)...)
		}
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
