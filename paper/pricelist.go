package paper

import (
	"time"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/money"
	"etabli.example/timing/strip"
)

// PriceListInput is the public display of what services cost (C. conso. L112-1,
// arrêté du 3 décembre 1987): dated, all taxes included.
type PriceListInput struct {
	Firm Firm
	At   time.Time
	Rows []PriceRow
}

// PriceRow is one service, with one price or several by watch.
type PriceRow struct {
	Label  string
	Prices []PricedFor
}

// PricedFor is what the service costs for some watches; For is empty for any.
type PricedFor struct {
	For   string
	Gross money.Cents
}

// PriceList returns the display as PDF, A4.
func PriceList(in PriceListInput, lang locale.Lang) ([]byte, error) {
	var bad fault.Problems
	if in.Firm.Name == "" {
		bad.Add("firm", "paper.needed")
	}
	if len(in.Rows) == 0 {
		bad.Add("lines", "paper.needed")
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	p := locale.For(lang)
	return produce(func(total int) *sheet {
		s := newSheet(about{p.T("paper.prices.title"), in.Firm.Name, in.At, a4Width, a4Height}, p, total)
		next := func() (float64, float64) {
			s.addPage()
			top := s.top(a4Head{firm: in.Firm, title: p.T("paper.prices.title"), said: p.T("paper.prices.at", p.Date(in.At)), at: in.At})
			s.rule(a4Side, a4Height-64, a4Right, a4Height-64, 1.5, strip.Main)
			y := a4Height - 46
			for _, line := range s.wrap(style{text, 10.8, strip.Second}, p.T("paper.prices.foot"), a4Inner) {
				s.put(a4Side, y, style{text, 10.8, strip.Second}, line)
				y += 14
			}
			return top, a4Height - 76
		}
		top, bottom := next()
		s.pour([]column{{a4Side, s.priceRows(in)}}, top, bottom, next)
		return s
	})
}

func (s *sheet) priceRows(in PriceListInput) []block {
	out := []block{gap(16)}
	for _, r := range in.Rows {
		for i, x := range r.Prices {
			out = append(out, s.priceRow(r, x, i))
		}
	}
	return out
}

// priceRow draws one price on a ruled line; the service is named with its first.
func (s *sheet) priceRow(r PriceRow, x PricedFor, i int) block {
	const nameWide, forWide = 380.0, 190.0
	name, what := "", s.wrap(style{text, 12.5, strip.Second}, x.For, forWide)
	var names []string
	if i == 0 {
		name = r.Label
		names = s.wrap(style{text, 14, strip.Main}, name, nameWide)
	}
	lines := max(1, len(names), len(what))
	h := 10 + 17*float64(lines)
	return block{h: h, keep: i+1 < len(r.Prices), draw: func(left, y float64) {
		if i == 0 {
			s.rule(left, y, left+a4Inner, y, 0.8, strip.Hairline)
		}
		for n, l := range names {
			s.put(left, y+19+17*float64(n), style{text, 14, strip.Main}, l)
		}
		for n, l := range what {
			s.put(left+nameWide+10, y+19+17*float64(n), style{text, 12.5, strip.Second}, l)
		}
		s.right(left+a4Inner, y+19, style{head, 15, strip.Main}, s.p.Money(x.Gross))
	}}
}
