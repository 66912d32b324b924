package paper

import (
	"github.com/boombuler/barcode"

	"etabli.example/locale"
	"etabli.example/timing/strip"
)

func largeReport(in ServiceReportInput, p *locale.Printer, code barcode.Barcode) ([]byte, error) {
	title := p.T("paper.report.title")
	return large(about{title: title + " " + in.Number, author: in.Firm.Name, at: in.At}, in.Number, p, func(s *sheet) []block {
		r := report{sheet: s, in: in, code: code}
		out := s.opening(in.Firm, title, p.T("paper.report.at", p.Date(in.At)))
		out = append(out, s.facts(r.watchFacts()...)...)
		out = append(out, s.para(style{head, 15, strip.Main}, or(in.Summary, r.composed()), largeInner)...)
		out = append(out, gap(10))
		for _, h := range in.Headlines {
			out = append(out, block{h: 92, draw: func(x, y float64) { r.headline(x, y, largeInner, h) }})
		}
		out = append(out, r.largePositions()...)
		for _, pl := range r.plots() {
			sc := pl.scene(largeInner)
			out = append(out, r.heading(style{head, 13.5, strip.Main}, joined(", ", pl.title, pl.unit), largeInner)...)
			out = append(out, block{h: sc.H + 14, draw: func(x, y float64) { r.chart(sc, x, y+4, largeInner) }})
		}
		out = append(out, r.largeFigures()...)
		works, water, care := r.works(largeInner), r.water(largeInner), r.care(largeInner)
		for _, blocks := range [][]block{works, water, care} {
			out = append(append(out, blocks...), gap(10))
		}
		words := ""
		if in.VerifyURL != "" {
			words = p.T("paper.report.signed")
		}
		out = append(out, s.coded(code, words))
		for _, line := range r.closing() {
			out = append(out, s.para(body, line, largeInner)...)
		}
		return append(append(out, gap(6)), s.para(body, s.identity(in.Firm), largeInner)...)
	})
}

// largePositions is the position table, one quantity below the other, each
// followed by its drawing.
func (r report) largePositions() []block {
	if len(r.in.Positions) == 0 {
		return nil
	}
	p := r.p
	quantities := []struct {
		name  string
		value func(Reading) string
	}{
		{p.T("paper.report.rate_unit"), func(g Reading) string { return r.signed(g.Rate, 1) }},
		{p.T("paper.report.amplitude"), func(g Reading) string { return r.degrees(g.Amplitude) }},
		{p.T("paper.report.beat"), func(g Reading) string { return r.plain(g.BeatError, 1) }},
	}
	out := []block{{h: 26, keep: true, draw: func(x, y float64) { r.legend(x+largeInner, y+16) }}}
	for i, q := range quantities {
		out = append(out, r.largeTable(q.name, q.value, i == 0)...)
		if i < 2 {
			sc := r.rowsScene(i, largeInner)
			out = append(out, r.heading(quiet, r.toleranceWords(i), largeInner)...)
			out = append(out, block{h: sc.H + 12, draw: func(x, y float64) { r.chart(sc, x, y+4, largeInner) }})
		}
	}
	polar := r.polar(func(v float64) string { return p.Signed(v, 0) }, 240)
	polar.Text = body.px
	out = append(out, r.heading(style{head, 13.5, strip.Main}, joined(", ", p.T("paper.report.hanging"), p.T("paper.report.hanging_unit")), largeInner)...)
	return append(out, block{h: 248, draw: func(x, y float64) { r.chart(strip.Polar(polar), x+(largeInner-240)/2, y, 240) }})
}

func (r report) largeTable(name string, value func(Reading) string, delta bool) []block {
	p := r.p
	ends := [3]float64{largeInner * 0.5, largeInner * 0.75, largeInner}
	line := func(label string, words [3]string, keep bool) block {
		return block{h: 21, keep: keep, draw: func(x, y float64) {
			r.rule(x, y, x+largeInner, y, 1, strip.Hairline)
			r.put(x, y+15, style{condHead, 13, strip.Main}, label)
			for i, w := range words {
				r.right(x+ends[i], y+15, style{condText, 13, strip.Main}, w)
			}
		}}
	}
	out := r.heading(style{head, 13.5, strip.Main}, name, largeInner)
	out = append(out, line("", [3]string{p.T("paper.report.received"), p.T("paper.report.h0"), p.T("paper.report.h24")}, true))
	for _, pr := range append(append([]PositionReadings{}, r.in.Positions...), r.in.Mean) {
		label := r.word("position", pr.Position)
		if pr.Position == r.in.Mean.Position {
			label = "X"
		}
		out = append(out, line(label, [3]string{value(pr.Before), value(pr.After), value(pr.After24)}, false))
	}
	if delta {
		plain := func(g Reading) string { return r.plain(g.Rate, 1) }
		out = append(out, line("D", [3]string{plain(r.in.Delta.Before), plain(r.in.Delta.After), plain(r.in.Delta.After24)}, false))
	}
	return append(out, gap(8))
}

// largeFigures tells the readings that have no position one by one.
func (r report) largeFigures() []block {
	var out []block
	for _, f := range r.in.Figures {
		out = append(out, r.heading(bodyBold, f.Label, largeInner)...)
		out = append(out, r.heading(body, r.p.T("paper.report.large_figure", r.figure(f, f.Before), r.figure(f, f.After)), largeInner)...)
		out = append(out, block{h: 30, draw: func(x, y float64) { r.verdict(x, y+2, f.Verdict, r.verdictWord(f.Verdict)) }})
	}
	return out
}
