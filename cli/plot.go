package cli

import (
	"math"
	"strconv"
	"strings"

	"etabli.example/locale"
	"etabli.example/timing"
	"etabli.example/timing/strip"
)

// sheetInks are the look's colours in daylight (web/static/tokens.css): a file
// on its own has no page to take them from.
var sheetInks = strings.NewReplacer(
	"var(--ink)", "#14191A", "var(--ink2)", "#3F4846", "var(--ink3)", "#59625F",
	"var(--edge)", "#7D8581", "var(--line)", "#D3D7D3", "var(--grid)", "#DFE3DF",
	"var(--tic)", "#1F3C96", "var(--tac)", "#A84A12", "var(--baize)", "#0E6145",
	"var(--baize-soft)", "#D9EDE2", "var(--ruby)", "#A80F3C", "var(--brass)", "#6F4E00",
	"var(--surface)", "#FCFDFC",
)

// plotReading draws the two-line trace and the mean beat with its marks, one
// below the other, as an SVG file.
func plotReading(p *locale.Printer, m *timing.Meter) string {
	label := func(v float64) string { return p.Float(v) }
	var points []strip.TracePoint
	beats := m.Trace(nil)
	for _, b := range beats {
		if b.Used {
			points = append(points, strip.TracePoint{Seconds: b.Seconds, OffsetMS: b.OffsetMS, Tock: b.Tock})
		}
	}
	scenes := []strip.Scene{strip.Trace(strip.TraceInput{Points: points, XLabel: label, YLabel: label})}
	titles := []string{p.T("timing.plot.trace")}
	if b, ok := m.MeanBeat(); ok {
		in := strip.FoldedBeatInput{Samples: b.Level, StartMS: b.StartMS, StepMS: b.StepMS, XLabel: label}
		for name, at := range map[string]*float64{"A": b.UnlockMS, "B": b.ImpulseMS, "C": b.DropMS} {
			if at != nil {
				in.Marks = append(in.Marks, strip.Mark{At: *at, Label: name})
			}
		}
		scenes, titles = append(scenes, strip.FoldedBeat(in)), append(titles, p.T("timing.plot.beat"))
	}
	var swing []strip.TimePoint
	for _, b := range beats {
		if b.AmplitudeDeg == b.AmplitudeDeg {
			swing = append(swing, strip.TimePoint{Hours: b.Seconds / 3600, Degrees: b.AmplitudeDeg})
		}
	}
	if len(swing) > 1 {
		in := strip.AmplitudeInput{Frame: strip.Frame{W: 636, H: 170, Text: 12}, After: swing, Hours: swing[len(swing)-1].Hours,
			XLabel: func(v float64) string { return p.Float(math.Round(v * 3600)) }, YLabel: label}
		scenes, titles = append(scenes, strip.AmplitudeOverTime(in)), append(titles, p.T("timing.plot.amplitude"))
	}
	if s, ok := m.Spectrum(); ok {
		in := strip.SpectrumInput{LevelsDB: s.LevelsDB, StepHz: s.StepHz, MaxDB: 60, XLabel: label, YLabel: label}
		for _, f := range m.Reading().Periodic {
			in.Marks = append(in.Marks, strip.Mark{At: 1 / f.PeriodS, Label: p.Unit(p.Number(f.PeriodS, 2), "unit.s")})
		}
		scenes, titles = append(scenes, strip.Spectrum(in)), append(titles, p.T("timing.plot.spectrum"))
	}
	return sheet(scenes, titles)
}

// sheet stacks scenes into one file.
func sheet(scenes []strip.Scene, titles []string) string {
	const head = 20
	w, h := 0.0, 0.0
	for _, s := range scenes {
		w, h = max(w, s.W), h+s.H+head
	}
	num := func(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + num(w) + " " + num(h) + `" font-family="sans-serif">`)
	b.WriteString(`<rect width="100%" height="100%" fill="#FCFDFC"/>`)
	y := 0.0
	for i, s := range scenes {
		b.WriteString(`<text x="8" y="` + num(y+14) + `" font-size="12" fill="#14191A">` + titles[i] + `</text>`)
		b.WriteString(`<svg x="0" y="` + num(y+head) + `" width="` + num(s.W) + `" height="` + num(s.H) + `">`)
		b.WriteString(sheetInks.Replace(s.SVG(titles[i])) + `</svg>`)
		y += s.H + head
	}
	b.WriteString("</svg>\n")
	return b.String()
}
