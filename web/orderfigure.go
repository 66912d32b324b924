package web

import (
	"html/template"

	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/timing/strip"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

// figuresOf compares the watch as received with the watch after the work; nil
// where nothing was measured.
func figuresOf(t *locale.Printer, s order.State) *orderFigures {
	before, after := valuesOf(s, order.Before), valuesOf(s, order.AtControl)
	if len(after) == 0 {
		after = valuesOf(s, order.After)
	}
	if len(before) == 0 && len(after) == 0 {
		return nil
	}
	b, a := horology.Derive(before), horology.Derive(after)
	f := &orderFigures{Before: t.T("order.figures_before"), After: t.T("order.figures_after")}
	rate := func(v *float64) string { return signedOr(t, v) }
	plain := func(v *float64) string { return numberOr(t, v) }
	deg := func(v *float64) string {
		if v == nil {
			return "–"
		}
		return t.Degrees(*v)
	}
	// A figure that is not there has no verdict, whatever single readings had.
	verdict := func(q string, v *float64) *component.Verdict {
		if v == nil {
			return nil
		}
		sign := component.Verdict{Judgement: worstOf(s, q)}.Sign()
		return &sign
	}
	f.Rows = []figureRow{
		{t.T("order.figure.x"), rate(b.X), rate(a.X), verdict("rate", a.X)},
		{t.T("order.figure.d"), plain(b.D), plain(a.D), nil},
		{t.T("order.figure.amplitude_ch"), deg(before[horology.CH].Amplitude), deg(after[horology.CH].Amplitude), verdict("amplitude", after[horology.CH].Amplitude)},
		{t.T("order.figure.beat_error"), plain(b.XBeatError), plain(a.XBeatError), verdict("beat_error", a.XBeatError)},
	}
	f.Polar = sheetPolar(t, s, before, after)
	f.Drawn = t.T("order.polar")
	return f
}

func signedOr(t *locale.Printer, v *float64) string {
	if v == nil {
		return "–"
	}
	return t.Signed(*v, 1)
}

func numberOr(t *locale.Printer, v *float64) string {
	if v == nil {
		return "–"
	}
	return t.Number(*v, 1)
}

// valuesOf gathers the readings of a phase that count, fully wound first.
func valuesOf(s order.State, phase string) map[horology.Position]horology.Values {
	out := map[horology.Position]horology.Values{}
	for _, r := range s.ReadingsOf(phase) {
		p, ok := horology.ParsePosition(r.Position)
		if _, taken := out[p]; !ok || taken && r.Winding != "0h" {
			continue
		}
		out[p] = horology.Values{Rate: r.Rate, Amplitude: r.Amplitude, BeatError: r.BeatError}
	}
	return out
}

// worstOf is the worst verdict of a quantity after the work.
func worstOf(s order.State, quantity string) component.Judgement {
	var all []order.Judged
	for _, r := range s.Readings {
		if r.Phase == order.Before || !r.Counts {
			continue
		}
		for _, v := range r.Verdicts {
			if v.Quantity == quantity {
				all = append(all, v)
			}
		}
	}
	return worstJudged(all)
}

// hangingPositions is the order of the polar plot.
var hangingPositions = [strip.Hanging]horology.Position{horology.H12, horology.H3, horology.H6, horology.H9}

// sheetPolar draws the rate in the hanging positions where at least three were measured.
func sheetPolar(t *locale.Printer, s order.State, before, after map[horology.Position]horology.Values) template.HTML {
	in := strip.PolarInput{Label: func(v float64) string { return t.Signed(v, 0) }}
	n := 0
	for i, p := range hangingPositions {
		in.Names[i] = string(p)
		in.Before[i], in.After[i] = before[p].Rate, after[p].Rate
		if in.Before[i] != nil || in.After[i] != nil {
			n++
		}
	}
	if n < 3 {
		return ""
	}
	for _, r := range s.Readings {
		for _, v := range r.Verdicts {
			if v.Quantity == "rate" && v.Min != nil && v.Max != nil {
				in.Low, in.High = v.Min, v.Max
			}
		}
	}
	return template.HTML(strip.Polar(in).SVG(t.T("order.polar_label"))) // figures and our own words only, escaped by SVG
}
