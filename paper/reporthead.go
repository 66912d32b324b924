package paper

import (
	"etabli.example/timing/strip"
)

// watchFacts names the watch: as many labelled facts as are known.
func (r report) watchFacts() [][2]string {
	in, p := r.in, r.p
	var facts [][2]string
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, [2]string{p.T(label), value})
		}
	}
	add("paper.watch", in.Watch.name())
	add("paper.report.reference", in.Watch.Reference)
	add("paper.report.case", in.Watch.Serial)
	calibre := in.Watch.Calibre
	if calibre != "" && in.Watch.BPH > 0 && in.Watch.LiftDeg > 0 {
		calibre = p.T("paper.fact.calibre", calibre, p.BPH(int(in.Watch.BPH+0.5)), p.LiftAngle(in.Watch.LiftDeg))
	}
	add("paper.report.calibre", calibre)
	if !in.Received.IsZero() && !in.Returned.IsZero() {
		add("paper.report.stay", p.T("paper.report.stay_span", p.Date(in.Received), p.Date(in.Returned)))
	}
	return facts
}

// identityRow spreads the facts of the watch over the width.
func (r report) identityRow() []block {
	facts := r.watchFacts()
	label, value := style{text, 11.5, strip.Third}, style{strong, 13, strip.Main}
	const least, most = 12.0, 260.0 // space between facts, width of the widest
	room := a4Inner - least*float64(max(0, len(facts)-1))
	widths, lines, rows := make([]float64, len(facts)), make([][]string, len(facts)), 1
	for {
		need := 0.0
		rows = 1
		for i, f := range facts {
			lines[i], widths[i] = r.wrap(value, f[1], most), r.width(label, f[0])
			for _, line := range lines[i] {
				widths[i] = max(widths[i], r.width(value, line))
			}
			need += widths[i]
			rows = max(rows, len(lines[i]))
		}
		if need <= room || value.px <= 8 {
			room -= need
			break
		}
		value.px, label.px = value.px-0.5, min(label.px, value.px)
	}
	space := least
	if len(facts) > 1 {
		space = max(least, least+room/float64(len(facts)-1))
	}
	h := 43 + 17*float64(rows)
	return []block{{h: h, keep: true, draw: func(x, y float64) {
		at := x
		for i, f := range facts {
			r.put(at, y+22, label, f[0])
			for j, line := range lines[i] {
				r.put(at, y+41+17*float64(j), value, line)
			}
			at += widths[i] + space
		}
		r.rule(x, y+h-1, x+a4Inner, y+h-1, 1, strip.Hairline)
	}}}
}

// summary is the sentence a customer understands, with the figures beside it.
func (r report) summary() block {
	words := or(r.in.Summary, r.composed())
	heads := r.in.Headlines
	if len(heads) > 3 {
		heads = heads[:3]
	}
	const tile = 155.0
	w := a4Inner - tile*float64(len(heads)) - 14
	if len(heads) == 0 {
		w = a4Inner
	}
	st := style{head, 14, strip.Main}
	lines := r.wrap(st, words, w)
	h := max(92, float64(len(lines))*18.9+30)
	if len(heads) == 0 {
		h = float64(len(lines))*18.9 + 26
	}
	return block{h: h, draw: func(x, y float64) {
		for i, line := range lines {
			r.put(x, y+26+18.9*float64(i), st, line)
		}
		for i, hl := range heads {
			left := x + a4Inner - tile*float64(len(heads)-i)
			r.rule(left, y-1, left, y+h-1, 1, strip.Hairline)
			r.headline(left+14, y, tile-18, hl)
		}
		r.rule(x, y+h-1, x+a4Inner, y+h-1, 1, strip.Hairline)
	}}
}

func (r report) headline(x, y, w float64, hl Headline) {
	label, value := "", func(v *float64) string { return r.signed(v, 1) }
	switch hl.Quantity {
	case RateMean:
		label = r.p.T("paper.report.rate_mean")
	case RateDelta:
		label, value = r.p.T("paper.report.delta"), func(v *float64) string { return r.plain(v, 1) }
	case AmplitudeFlat:
		label, value = r.p.T("paper.report.amplitude_flat", r.word("position", or(hl.Position, "CH"))), r.degrees
	}
	st := style{text, 11.5, strip.Third}
	r.put(x, y+23, r.fit(st, label, w, 8), label)
	at := x
	if hl.Before != nil {
		at = r.put(at, y+53, style{text, 14, strip.Third}, value(hl.Before)) + 5
		r.arrow(at, y+48)
		at += 20
	}
	r.put(at, y+53, style{text, 25, strip.Main}, value(hl.After))
	r.verdict(x, y+62, hl.Verdict, r.verdictWord(hl.Verdict))
}

func (r report) verdictWord(v strip.Verdict) string {
	return r.p.T(map[strip.Verdict]string{strip.InTolerance: "paper.report.in", strip.OutOfTolerance: "paper.report.out", strip.Inconclusive: "paper.report.inconclusive"}[v])
}

func (s *sheet) arrow(x, y float64) {
	line := strip.Polyline{Points: []strip.Point{{X: 0, Y: 0}, {X: 13, Y: 0}}, Ink: strip.Third, Width: 1.2}
	s.polyline(line, x, y, 1)
	line.Points = []strip.Point{{X: 9.5, Y: -3.3}, {X: 13, Y: 0}, {X: 9.5, Y: 3.3}}
	s.polyline(line, x, y, 1)
}

// composed is the sentence made from the mean rates, to the second: what
// matters on a wrist.
func (r report) composed() string {
	p := r.p
	said := func(v *float64, loses, gains, right string) string {
		if !finite(v) {
			return ""
		}
		whole := p.Number(abs(*v), 0)
		switch {
		case abs(*v) < 1:
			return p.T(right)
		case *v < 0:
			return p.T(loses, whole)
		}
		return p.T(gains, whole)
	}
	before := said(r.in.Mean.Before.Rate, "paper.report.lost", "paper.report.gained", "paper.report.right")
	if r.in.Stopped {
		before = p.T("paper.report.stopped")
	}
	after := said(r.in.Mean.After.Rate, "paper.report.now_loses", "paper.report.now_gains", "paper.report.now_right")
	if after == "" && len(r.in.Figures) > 0 {
		after = p.T("paper.report.now_figures")
	}
	return joined(" ", before, or(after, p.T("paper.report.now_unmeasured")))
}

func abs(v float64) float64 {
	if v < 0 {
		return -v
	}
	return v
}

// none stands where there is no figure.
const none = "–"

func (r report) signed(v *float64, decimals int) string {
	if !finite(v) {
		return none
	}
	return r.p.Signed(*v, decimals)
}

func (r report) plain(v *float64, decimals int) string {
	if !finite(v) {
		return none
	}
	return r.p.Number(*v, decimals)
}

func (r report) degrees(v *float64) string {
	if !finite(v) {
		return none
	}
	return r.p.Degrees(*v)
}
