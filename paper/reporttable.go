package paper

import (
	"etabli.example/timing/strip"
)

// Columns of the position table, from the left margin: three groups of three
// figures, as wide as the mock-up's.
var tableGroups = [3]struct{ from, to float64 }{{58, 268}, {284, 496}, {512, a4Inner}}

const rowHeight = 18.8

// positionTable is six rows in protocol order with X and D below; what was not
// read is a dash, never a blank.
func (r report) positionTable() []block {
	p := r.p
	out := []block{{h: 34, keep: true, draw: func(x, y float64) {
		r.put(x, y+26, style{head, 13.5, strip.Main}, p.T("paper.report.positions"))
		r.legend(x+a4Inner, y+26)
	}}, {h: 2 * rowHeight, keep: true, draw: func(x, y float64) {
		names := [3]string{p.T("paper.report.rate_unit"), p.T("paper.report.amplitude"), p.T("paper.report.beat")}
		for i, g := range tableGroups {
			r.centre(x+(g.from+g.to)/2, y+13.5, style{condStrong, 12.5, strip.Main}, names[i])
			r.rule(x+g.from, y+rowHeight, x+g.to, y+rowHeight, 1, strip.Second)
			for j, key := range []string{"received", "h0", "h24"} {
				r.right(r.cell(x, i, j), y+rowHeight+13, style{condText, 11.5, strip.Second}, p.T("paper.report."+key))
			}
		}
	}}}
	row := func(name string, pr PositionReadings, rule strip.Ink, width float64, groups int, rate func(*float64) string) block {
		return block{h: rowHeight, keep: true, draw: func(x, y float64) {
			r.rule(x, y, x+tableGroups[0].to, y, width, rule)
			r.put(x, y+13.6, style{condHead, 13, strip.Main}, name)
			for i := range groups {
				if i > 0 {
					r.rule(x+tableGroups[i].from, y, x+tableGroups[i].to, y, width, rule)
				}
				for j, reading := range []Reading{pr.Before, pr.After, pr.After24} {
					value := [3]string{rate(reading.Rate), r.degrees(reading.Amplitude), r.plain(reading.BeatError, 1)}[i]
					st := [3]style{{condText, 13, strip.Third}, {condHead, 13, strip.Main}, {condText, 13, strip.Main}}[j]
					r.right(r.cell(x, i, j), y+13.6, st, value)
				}
			}
		}}
	}
	signed := func(v *float64) string { return r.signed(v, 1) }
	for _, pr := range r.in.Positions {
		out = append(out, row(r.word("position", pr.Position), pr, strip.Hairline, 1, 3, signed))
	}
	return append(out, row("X", r.in.Mean, strip.Second, 1.2, 3, signed),
		row("D", r.in.Delta, strip.Hairline, 1, 1, func(v *float64) string { return r.plain(v, 1) }))
}

// cell returns the right edge of figure j of group i.
func (r report) cell(x float64, i, j int) float64 {
	g := tableGroups[i]
	return x + g.from + (g.to-g.from)*float64(j+1)/3 - 5
}

// legend names the three marks and the band once for every chart, ending at x.
func (r report) legend(x, y float64) {
	st := style{condText, 12, strip.Second}
	entry := func(words string, wide float64, draw func(x, y float64)) {
		x -= r.width(st, words)
		r.put(x, y, st, words)
		x -= wide + 5
		draw(x, y-4.5)
		x -= 14
	}
	entry(r.p.T("paper.report.tolerance"), 18, func(x, y float64) {
		r.box(x, y-4.5, 18, 9, strip.BaizeSoft)
		r.rule(x+0.5, y-4.5, x+0.5, y+4.5, 1, strip.Baize)
		r.rule(x+17.5, y-4.5, x+17.5, y+4.5, 1, strip.Baize)
	})
	entry(r.p.T("paper.report.after24"), 10, func(x, y float64) {
		r.shape(strip.Lozenge{X: 5, R: 4.5, Ink: strip.Tic, Width: 1.4}, x, y, 1)
	})
	entry(r.p.T("paper.report.after0"), 8, func(x, y float64) { r.shape(strip.Circle{X: 4, R: 4, Ink: strip.Tic}, x, y, 1) })
	entry(r.p.T("paper.report.received0"), 9, func(x, y float64) {
		r.shape(strip.Square{X: 4.5, Side: 7, Ink: strip.Tac, Width: 1.6}, x, y, 1)
	})
}

// chartTitle is a chart's name at the left and its unit at the right.
func (r report) chartTitle(x, y, w float64, title, unit string) {
	small := style{condText, 11.5, strip.Third}
	st := style{head, 13.5, strip.Main}
	uw := r.width(small, unit)
	r.put(x, y, r.fit(st, title, w-uw-8, 8), title)
	r.put(x+w-uw, y, small, unit)
}

// figures is the table of readings without position.
func (r report) figures() []block {
	p := r.p
	ends := [2]float64{420, 540}
	out := []block{{h: 34, keep: true, draw: func(x, y float64) {
		r.put(x, y+26, style{head, 13.5, strip.Main}, p.T("paper.report.figures"))
	}}, {h: rowHeight, keep: true, draw: func(x, y float64) {
		st := style{condText, 11.5, strip.Second}
		r.put(x, y+13, st, p.T("paper.report.figure"))
		r.right(x+ends[0], y+13, st, p.T("paper.report.before"))
		r.right(x+ends[1], y+13, st, p.T("paper.report.after"))
		r.put(x+ends[1]+24, y+13, st, p.T("paper.report.verdict"))
	}}}
	for _, f := range r.in.Figures {
		value := func(v *float64) string { return r.figure(f, v) }
		out = append(out, block{h: 24, draw: func(x, y float64) {
			r.rule(x, y, x+a4Inner, y, 1, strip.Hairline)
			r.put(x, y+16, r.fit(style{condText, 13, strip.Main}, f.Label, ends[0]-90, 7), f.Label)
			r.right(x+ends[0], y+16, style{condText, 13, strip.Third}, value(f.Before))
			r.right(x+ends[1], y+16, style{condHead, 13, strip.Main}, value(f.After))
			r.verdict(x+ends[1]+24, y+2, f.Verdict, r.verdictWord(f.Verdict))
		}})
	}
	return append(out, gap(8))
}

// figure writes one value of f with its unit.
func (r report) figure(f Figure, v *float64) string {
	if s := r.plain(v, f.Decimals); f.Unit != "" && s != none {
		return r.p.Unit(s, f.Unit)
	}
	return r.plain(v, f.Decimals)
}
