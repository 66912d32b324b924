package horology

import (
	"math"
	"slices"
	"strings"
	"sync"
	"time"
)

// Category is the size class of ISO 3159.
type Category int

// The categories: movements above 20 mm, and of 20 mm or less.
const (
	Category1 Category = 1
	Category2 Category = 2
)

// CategoryOf returns the category for a movement diameter in mm, false when it is not
// positive.
func CategoryOf(diameterMM float64) (Category, bool) {
	switch {
	case diameterMM > 20:
		return Category1, true
	case diameterMM > 0:
		return Category2, true
	}
	return 0, false
}

// ProgrammeDay is one day of the 15-day programme.
type ProgrammeDay struct {
	Day      int
	Position Position
	TempC    float64
}

// ChronometerLine is one line of the standard's table: a category, criterion, programme
// step, condition or warning, as collected.
type ChronometerLine struct {
	Kind, Code           string
	FR, EN               string
	Category1, Category2 string // as printed
	Unit, Note, Source   string
}

// ChronometerLines returns every line collected about ISO 3159.
func ChronometerLines() []ChronometerLine { return slices.Clone(chronometerLines()) }

var chronometerLines = sync.OnceValue(func() []ChronometerLine {
	var out []ChronometerLine
	for _, r := range table("iso3159") {
		out = append(out, ChronometerLine{
			Kind: r.text("kind"), Code: r.text("code"), FR: r.text("fr"), EN: r.text("en"),
			Category1: r.text("category1"), Category2: r.text("category2"), Unit: r.text("unit"),
			Note: r.text("definition_or_note"), Source: r.text("source"),
		})
	}
	return out
})

// Programme returns the 15 days in order: two each in 6H, 3H, 9H, CB and CH at 23 °C, CH
// at 8, 23 and 38 °C, then two in 6H at 23 °C.
func Programme() []ProgrammeDay { return slices.Clone(programme()) }

var programme = sync.OnceValue(func() []ProgrammeDay {
	var out []ProgrammeDay
	for _, l := range chronometerLines() {
		if l.Kind != "programme" { // "J1-2", "6H", "23 C"
			continue
		}
		first, last, many := strings.Cut(strings.TrimPrefix(l.Code, "J"), "-")
		if !many {
			last = first
		}
		p, _ := ParsePosition(l.Category1)
		temp := mustNumber(strings.TrimSuffix(l.Unit, " C"))
		for day := int(mustNumber(first)); day <= int(mustNumber(last)); day++ {
			out = append(out, ProgrammeDay{day, p, temp})
		}
	}
	return out
})

// HandState is what the hands showed at an instant: how far they are ahead (+) of the true
// time, in seconds.
type HandState struct {
	At     time.Time
	AheadS float64
	U95    float64 // s, of reading the hands
}

// DailyRate is the rate of one day of the programme.
type DailyRate struct {
	Day      int
	Rate     float64 // s/d
	U95      float64 // s/d, 0 = taken as exact
	Observed bool    // from the states of the hands a day apart; false = from an acoustic session
}

// DailyRates turns the states of the hands, one at the start and one at the end of each day
// in order, into the rates of days 1, 2, …: the change of state over the time passed,
// brought to 24 h. States out of order in time give no rate for that day.
func DailyRates(states []HandState) []DailyRate {
	var out []DailyRate
	for i := 1; i < len(states); i++ {
		a, b := states[i-1], states[i]
		days := b.At.Sub(a.At).Hours() / 24
		if days <= 0 {
			continue
		}
		out = append(out, DailyRate{
			Day: i, Rate: (b.AheadS - a.AheadS) / days, U95: math.Hypot(a.U95, b.U95) / days, Observed: true,
		})
	}
	return out
}

// Criterion is one of the seven criteria with its result. A nil value was not computable.
type Criterion struct {
	Code    string // M, V, Vmax, D, P, C, R
	FR, EN  string
	Value   *float64
	U95     *float64 // an upper bound, from the daily rates' own
	Limit   Tolerance
	Verdict Verdict
}

// ChronometerResult is the outcome of a programme. It is never a chronometer certificate:
// only a testing body issues one.
type ChronometerResult struct {
	Category Category
	Criteria []Criterion
	Missing  []int // days without a rate
	Observed bool  // every rate used came from states of the hands; false must be labelled "acoustic"
	Verdict  Verdict
}

// ISO3159 applies the seven criteria to the daily rates of the 15-day programme. A day
// given twice counts once, the last. Criteria that need a missing day are not computed
// and make the verdict CannotTell. With r the rate of day i:
//
//	M    = mean(r1…r10)
//	V    = mean of |r2−r1|, |r4−r3|, … |r10−r9|;  Vmax = the largest of them
//	D    = mean(r1, r2) − mean(r9, r10)           (6H − CH)
//	P    = largest |ri − M|, i = 1…10
//	C    = (r13 − r11) / 30                       (38 °C − 8 °C)
//	R    = r15 − mean(r1, r2)
func ISO3159(days []DailyRate, cat Category) ChronometerResult {
	out := ChronometerResult{Category: cat, Observed: len(days) > 0, Verdict: InTolerance}
	var rate, u [16]float64
	var have [16]bool
	for _, d := range days {
		if d.Day >= 1 && d.Day <= 15 {
			rate[d.Day], u[d.Day], have[d.Day] = d.Rate, d.U95, true
			out.Observed = out.Observed && d.Observed
		}
	}
	worst := 0.0
	for day := 1; day <= 15; day++ {
		worst = math.Max(worst, u[day])
		if !have[day] {
			out.Missing = append(out.Missing, day)
		}
	}
	for _, f := range criteria {
		c := Criterion{Code: f.code, Verdict: CannotTell}
		c.FR, c.EN, c.Limit = criterionLimit(f.code, cat)
		if !slices.ContainsFunc(f.days, func(d int) bool { return !have[d] }) {
			c.Value, c.U95 = ptr(f.of(rate)), ptr(f.gain*worst)
			c.Verdict = Judge(*c.Value, *c.U95, &c.Limit)
		}
		out.Criteria = append(out.Criteria, c)
		out.Verdict = worse(out.Verdict, c.Verdict)
	}
	return out
}

// worse keeps the graver of two verdicts: out, then cannot tell, then in.
func worse(a, b Verdict) Verdict {
	switch {
	case a == OutOfTolerance || b == OutOfTolerance:
		return OutOfTolerance
	case a == CannotTell || b == CannotTell:
		return CannotTell
	}
	return InTolerance
}
