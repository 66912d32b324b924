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
	Large              bool // large print: A4, 16 pt at least, one column, same order
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
	if in.Large {
		return largeReport(in, p, code)
	}
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
