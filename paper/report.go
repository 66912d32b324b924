package paper

import (
	"time"

	"github.com/boombuler/barcode"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/timing/strip"
)

// Reading is one position read once; nil was not measured or refused.
type Reading struct {
	Rate      *float64 // s/d
	Amplitude *float64 // degrees
	BeatError *float64 // ms
}

// PositionReadings is one position as received, after at full wind, and after
// at 24 h.
type PositionReadings struct {
	Position               string // "12H", "3H", "6H", "9H", "CH", "CB"
	Before, After, After24 Reading
}

// Band is a tolerance; nil where there is no limit on that side.
type Band struct{ Low, High *float64 }

// Quantity says what a headline figure is.
type Quantity uint8

// The quantities of a headline.
const (
	RateMean  Quantity = iota // mean rate X, s/d
	RateDelta                 // greatest difference D between positions, s/d
	AmplitudeFlat
)

// Headline is one of the figures beside the sentence, with its verdict.
type Headline struct {
	Quantity      Quantity
	Position      string // of AmplitudeFlat
	Before, After *float64
	Verdict       strip.Verdict
}

// TraceOf is the beats of one recording.
type TraceOf struct {
	Position string
	Points   []strip.TracePoint
	Gaps     []strip.Gap
	Seconds  float64 // length of the recording
}

// Figure is a reading that has no position: those of a quartz watch, or any
// other quantity. Unit is a key of locale ("unit.ua"), empty for none.
type Figure struct {
	Label         string
	Before, After *float64
	Decimals      int
	Unit          string
	Verdict       strip.Verdict
}

// WaterTest is one test of water resistance, by the method's code:
// "dry_vacuum", "dry_pressure", "wet", "condensation".
type WaterTest struct {
	Method  string
	Bar     float64
	Seconds float64
	Passed  bool
}

// ServiceReportInput is what a service report says.
type ServiceReportInput struct {
	Firm               Firm
	Number             string
	At                 time.Time
	Watch              Watch
	Received, Returned time.Time
	// Summary is the first thing the customer reads; empty, it is made from the
	// mean rates before and after.
	Summary                                 string
	Stopped                                 bool // the watch did not run when received; for the sentence
	Headlines                               []Headline
	Positions                               []PositionReadings
	Mean                                    PositionReadings // row X; its Position is not read
	Delta                                   PositionReadings // row D; only the rates are shown
	Figures                                 []Figure
	RateBand, AmplitudeBand                 Band
	TraceBefore, TraceAfter                 *TraceOf
	AmplitudePosition                       string
	AmplitudeBefore, AmplitudeAfter         []strip.TimePoint
	Works                                   []string // done, in words
	Refused                                 []string // recommended, not chosen
	Water                                   []WaterTest
	WaterConforms                           *bool // nil where nothing is concluded
	ReserveHours, ReserveSpec               *float64
	GuaranteeUntil                          time.Time
	Advice                                  []string
	RateHalf95, AmplitudeHalf95, BeatHalf95 *float64 // half widths of the 95 % intervals
	WorkedBy, ControlledBy                  string
	VerifyURL                               string // in the QR code
}

// ServiceReport returns the report as PDF, A4. The error is a fault.Invalid
// that names what is missing.
func ServiceReport(in ServiceReportInput, lang locale.Lang) ([]byte, error) {
	var bad fault.Problems
	for field, ok := range map[string]bool{"firm": in.Firm.Name != "", "number": in.Number != "", "at": !in.At.IsZero(), "works": len(in.Works) > 0} {
		if !ok {
			bad.Add(field, "paper.needed")
		}
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	code, err := qrCode(or(in.VerifyURL, in.Number))
	if err != nil {
		return nil, err
	}
	p := locale.For(lang)
	return produce(func(total int) *sheet {
		s := newSheet(about{p.T("paper.report.title") + " " + in.Number, in.Firm.Name, in.At, a4Width, a4Height}, p, total)
		r := report{sheet: s, in: in, code: code}
		next := func() (float64, float64) {
			s.addPage()
			top := s.top(a4Head{firm: in.Firm, title: p.T("paper.report.title"), number: in.Number, said: p.T("paper.report.at", p.Date(in.At)), at: in.At, watch: true})
			r.foot()
			return top, reportBottom
		}
		top, bottom := next()
		y := s.pour([]column{{a4Side, r.upper()}}, top, bottom, next)
		if y > bottom-80 { // less than a few lines would be left under the charts
			y, bottom = next()
		}
		s.rule(a4Side, y+4, a4Right, y+4, 1, strip.Hairline)
		s.pour(r.lower(), y+14, bottom, next)
		return s
	})
}

const reportBottom = a4Height - 118

type report struct {
	*sheet
	in   ServiceReportInput
	code barcode.Barcode
}

// upper is everything above the three columns of words, whole or not at all
// where nothing was measured.
func (r report) upper() []block {
	out := append(r.identityRow(), r.summary())
	if len(r.in.Positions) > 0 {
		out = append(out, r.positionTable()...)
		out = append(out, r.positionCharts())
	}
	if len(r.in.Figures) > 0 {
		out = append(out, r.figures()...)
	}
	if b, any := r.traces(); any {
		out = append(out, b)
	}
	return out
}

// identityRow names the watch: as many labelled facts as are known, spread
// over the width.
func (r report) identityRow() []block {
	in, p := r.in, r.p
	type fact struct{ label, value string }
	var facts []fact
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, fact{p.T(label), value})
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
	label, value := style{text, 11.5, strip.Third}, style{strong, 13, strip.Main}
	const least, most = 12.0, 260.0 // space between facts, width of the widest
	room := a4Inner - least*float64(max(0, len(facts)-1))
	widths, lines, rows := make([]float64, len(facts)), make([][]string, len(facts)), 1
	for {
		need := 0.0
		rows = 1
		for i, f := range facts {
			lines[i], widths[i] = r.wrap(value, f.value, most), r.width(label, f.label)
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
			r.put(at, y+22, label, f.label)
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
