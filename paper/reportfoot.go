package paper

import (
	"strings"
	"time"

	"etabli.example/timing/strip"
)

// lower is the three columns of words: works, water resistance, guarantee and
// advice.
func (r report) lower() []column {
	// the works are the longest words, the advice the shortest
	const w, waterAt, waterWide, careAt = 244.0, 262.0, 228.0, 508.0
	const careWide = a4Inner - careAt
	return []column{{a4Side, r.works(w)}, {a4Side + waterAt, r.water(waterWide)}, {a4Side + careAt, r.care(careWide)}}
}

// works is what was done, and what was recommended and not chosen.
func (r report) works(w float64) []block {
	p, in := r.p, r.in
	out := append(r.heading(style{head, 13.5, strip.Main}, p.T("paper.report.works"), w), r.listed(body, in.Works, w)...)
	if len(in.Refused) > 0 {
		out = append(out, gap(4))
		out = append(out, r.heading(style{head, 12.5, strip.Main}, p.T("paper.report.refused"), w)...)
		out = append(out, r.listed(body, in.Refused, w)...)
	}
	return out
}

// care is the guarantee and advice; nothing where there is neither.
func (r report) care(w float64) []block {
	advice := r.in.Advice
	if !r.in.GuaranteeUntil.IsZero() {
		advice = append([]string{r.p.T("paper.report.guarantee", r.p.Date(r.in.GuaranteeUntil))}, advice...)
	}
	if len(advice) == 0 {
		return nil
	}
	return append(r.heading(style{head, 13.5, strip.Main}, r.p.T("paper.report.care"), w), r.listed(body, advice, w)...)
}

// water says what was tried and what it showed. Nothing tried is said, never
// left to be guessed.
func (r report) water(w float64) []block {
	p, in := r.p, r.in
	title := p.T("paper.report.water_plain")
	if in.Watch.WaterBar > 0 {
		title = p.T("paper.report.water", p.Bar(in.Watch.WaterBar))
	}
	out := r.heading(style{head, 13.5, strip.Main}, title, w)
	var items []string
	for _, t := range in.Water {
		items = append(items, r.waterTest(t))
	}
	if len(items) == 0 {
		key := "paper.report.water_untested"
		if in.Watch.WaterBar == 0 {
			key = "paper.report.not_resistant"
		}
		items = append(items, p.T(key))
	}
	switch {
	case finite(in.ReserveHours) && finite(in.ReserveSpec):
		items = append(items, p.T("paper.report.reserve_of", p.Hours(*in.ReserveHours), p.Hours(*in.ReserveSpec)))
	case finite(in.ReserveHours):
		items = append(items, p.T("paper.report.reserve_only", p.Hours(*in.ReserveHours)))
	}
	out = append(out, r.listed(body, items, w)...)
	if in.WaterConforms != nil {
		v, key := strip.InTolerance, "paper.report.conform"
		if !*in.WaterConforms {
			v, key = strip.OutOfTolerance, "paper.report.not_conform"
		}
		out = append(out, block{h: 26, draw: func(x, y float64) { r.verdict(x, y+2, v, p.T(key)) }})
	}
	return out
}

func (r report) waterTest(t WaterTest) string {
	p := r.p
	name := strings.TrimSpace(p.T("paper.report.water."+t.Method, p.Bar(t.Bar)))
	if t.Seconds > 0 {
		name = p.T("paper.report.for", name, p.Duration(time.Duration(t.Seconds*float64(time.Second))))
	}
	if t.Passed {
		return p.T("paper.report.held", name)
	}
	return p.T("paper.report.not_held", name)
}

// foot says how to verify the report, how sure its figures are, what it is
// not, and who answers for it.
func (r report) foot() {
	p, in := r.p, r.in
	y := a4Height - 106
	r.rule(a4Side, y, a4Right, y, 1.5, strip.Main)
	r.drawCode(r.code, a4Side, y+10, 66, 66)
	st := style{text, 11.5, strip.Second}
	var names []string
	const namesRoom = 210
	if in.WorkedBy != "" {
		names = append(names, r.wrap(st, p.T("paper.report.worked", in.WorkedBy), namesRoom)...)
	}
	if in.ControlledBy != "" {
		names = append(names, r.wrap(st, p.T("paper.report.controlled", in.ControlledBy), namesRoom)...)
	}
	wide := 0.0
	for _, n := range names {
		wide = max(wide, r.width(st, n))
	}
	words := ""
	if in.VerifyURL != "" {
		words = p.T("paper.report.signed")
	}
	words = joined(" ", words, r.uncertainties())
	if len(in.Positions) > 0 {
		words = joined(" ", words, p.T("paper.report.acoustic"))
	}
	small := st
	room := a4Inner - 80 - wide - 14
	lines := r.wrap(small, words, room)
	for len(lines) > 4 && small.px > 8 {
		small.px -= 0.5
		lines = r.wrap(small, words, room)
	}
	at := y + 10 + (66-float64(len(lines))*small.px*1.4)/2
	for _, line := range lines {
		r.put(a4Side+80, at+small.px, small, line)
		at += small.px * 1.4
	}
	at = y + 10 + (66-float64(len(names))*16.1)/2
	for _, n := range names {
		r.right(a4Right, at+11.5, st, n)
		at += 16.1
	}
	id := r.identity(in.Firm)
	r.put(a4Side, y+92, r.fit(style{condText, 10, strip.Third}, id, a4Inner, 5), id)
}

// closing is what the foot says, as sentences of their own.
func (r report) closing() []string {
	p, in := r.p, r.in
	out := []string{r.uncertainties()}
	if len(in.Positions) > 0 {
		out = append(out, p.T("paper.report.acoustic"))
	}
	if in.WorkedBy != "" {
		out = append(out, p.T("paper.report.worked", in.WorkedBy))
	}
	if in.ControlledBy != "" {
		out = append(out, p.T("paper.report.controlled", in.ControlledBy))
	}
	return out
}

func (r report) uncertainties() string {
	p := r.p
	var parts []string
	add := func(key string, v *float64, decimals int) {
		if finite(v) {
			parts = append(parts, p.T(key, p.PlusMinus(*v, decimals)))
		}
	}
	add("paper.report.u_rate", r.in.RateHalf95, 1)
	add("paper.report.u_amplitude", r.in.AmplitudeHalf95, 1)
	add("paper.report.u_beat", r.in.BeatHalf95, 2)
	if len(parts) == 0 {
		return ""
	}
	return p.T("paper.report.uncertainty", strings.Join(parts, ", "))
}
