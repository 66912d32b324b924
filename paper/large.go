package paper

import (
	"github.com/boombuler/barcode"

	"etabli.example/locale"
	"etabli.example/timing/strip"
)

// A large print is the document drawn larger on A4, in one column and in the
// same order, its smallest words at 16 pt.
const largeText = 16.0 / point

var largeZoom = largeText / body.px

// Room of a large page, before it is enlarged.
var (
	largeWidth, largeHeight = a4Width / largeZoom, a4Height / largeZoom
	largeSide               = a4Side / largeZoom
	largeInner              = largeWidth - 2*largeSide
)

// large draws blocks one below the other on as many large pages as they need.
// Each page bears the number and says which it is.
func large(a about, number string, p *locale.Printer, blocks func(s *sheet) []block) ([]byte, error) {
	a.w, a.h = a4Width, a4Height
	return produce(func(total int) *sheet {
		s := newSheet(a, p, total)
		s.zoom = largeZoom
		next := func() (float64, float64) {
			s.addPage()
			s.put(largeSide, 38, style{condHead, 14, strip.Main}, number)
			if total > 1 {
				s.right(largeSide+largeInner, 38, quiet, p.T("paper.page", s.page, total))
			}
			s.rule(largeSide, 46, largeSide+largeInner, 46, 1, strip.Main)
			return 58, largeHeight - largeSide
		}
		top, bottom := next()
		s.pour([]column{{largeSide, blocks(s)}}, top, bottom, next)
		return s
	})
}

// opening is firm, title and date at the head of a large print.
func (s *sheet) opening(f Firm, title, said string) []block {
	out := s.para(bodyBold, f.Name, largeInner)
	for _, line := range append(append([]string{}, f.Address...), f.Phone) {
		out = append(out, s.para(quiet, line, largeInner)...)
	}
	out = append(out, gap(6))
	out = append(out, s.para(style{head, 20, strip.Main}, title, largeInner)...)
	return append(append(out, s.para(quiet, said, largeInner)...), gap(10))
}

// coded is a QR code and the words beside it.
func (s *sheet) coded(code barcode.Barcode, words string) block {
	const side = 84
	lines := s.wrap(body, words, largeInner-side-16)
	return block{h: max(side+12, float64(len(lines))*body.lead()), draw: func(x, y float64) {
		s.drawCode(code, x, y+4, side, side)
		for i, line := range lines {
			s.put(x+side+16, y+16+float64(i)*body.lead(), body, line)
		}
	}}
}

// facts is a list of labels and values, one below the other.
func (s *sheet) facts(pairs ...[2]string) []block {
	var out []block
	for _, f := range pairs {
		if f[1] == "" {
			continue
		}
		if s.width(body, f[0])+s.width(bodyBold, f[1])+8 <= largeInner {
			out = append(out, s.pair(f[0], f[1], largeInner))
			continue
		}
		out = append(out, s.heading(style{text, 12.5, strip.Second}, f[0], largeInner)...)
		out = append(out, s.para(bodyBold, f[1], largeInner)...)
	}
	return append(out, gap(10))
}

func largeDeposit(in DepositReceiptInput, p *locale.Printer, code barcode.Barcode) ([]byte, error) {
	title := p.T("paper.deposit.title")
	return large(about{title: title + " " + in.Number, author: in.Firm.Name, at: in.At}, in.Number, p, func(s *sheet) []block {
		d := deposit{sheet: s, in: in}
		note := map[Copy]string{BenchCopy: p.T("paper.deposit.bench"), EnvelopeCopy: p.T("paper.deposit.envelope")}[in.Copy]
		out := s.opening(in.Firm, title, joined(", ", p.T("paper.deposit.at", p.DateLong(in.At), p.Time(in.At)), note))
		out = append(out, d.who(largeInner)...)
		out = append(out, d.condition(largeInner)...)
		out = append(out, gap(12))
		out = append(out, d.agreed(largeInner)...)
		if in.Copy != CustomerCopy {
			return append(append(out, gap(8), s.coded(code, in.Number)), s.para(body, p.T("paper.deposit.no_identity"), largeInner)...)
		}
		m := in.Firm.Mediator
		out = append(out, gap(8), s.coded(code, in.Number))
		out = append(out, s.para(body, p.T("paper.deposit.terms"), largeInner)...)
		return append(out, s.para(body, p.T("paper.deposit.law")+" "+p.T("paper.mediator", joined(", ", m.Name, m.Site, m.Address)), largeInner)...)
	})
}
