package horology

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// QuartzData is what an electronic calibre's sheet says. Nil is unknown.
type QuartzData struct {
	MotorStepS        *float64 // seconds between steps of the motor
	InhibitionPeriodS *float64 // seconds between corrections of the divider
	RateMin, RateMax  *float64 // limits of the rate, in RateUnit
	RateUnit          string   // "s/month" or "s/year"
	ConsumptionMaxUA  *float64 // µA, train running
	ConsumptionTypUA  *float64 // µA
	ConsumptionNote   string   // other figures of the same cell, such as chronograph running
	CoilMinKOhm       *float64 // kΩ
	CoilMaxKOhm       *float64 // kΩ
	CoilNote          string   // coils that one range cannot describe
	MinVoltageV       *float64 // V, lowest working voltage must not be above it
	EndOfLife         string   // how it shows an empty cell
	PulseWidthMS      *float64 // ms
	Note, Source      string
	Origin            string // whether the source page was read
	Confidence        Confidence
}

// QuartzClass is a class of electronic movements with common figures.
type QuartzClass struct {
	Name string
	Data QuartzData
}

const generic = "GENERIC"

// quartzRow is one line of quartz.csv.
type quartzRow struct {
	Maker, Name       string
	Battery           string
	BatteryLifeMonths *float64
	Jewels            *float64
	Functions         []string
	Simple            Simplicity
	Data              QuartzData
}

// QuartzClasses returns the rows of the catalogue that stand for a class, not a calibre.
func QuartzClasses() []QuartzClass {
	var out []QuartzClass
	for _, q := range quartzRows() {
		if q.Maker == generic {
			out = append(out, QuartzClass{Name: q.Name, Data: q.Data})
		}
	}
	return out
}

var quartzRows = sync.OnceValue(func() []quartzRow {
	var out []quartzRow
	for _, r := range table("quartz") {
		q := quartzRow{
			Maker: r.text("maker"), Name: r.text("calibre"), Battery: r.text("battery"),
			BatteryLifeMonths: r.number("battery_life_months"), Jewels: r.number("jewels"),
			Functions: r.list("functions", ";"), Simple: Simplicity(r.text("simple")),
			Data: QuartzData{
				MotorStepS: r.number("motor_step_s"), InhibitionPeriodS: r.number("inhibition_period_s"),
				ConsumptionMaxUA: r.number("consumption_uA_max"), ConsumptionTypUA: r.number("consumption_typ_uA"),
				CoilMinKOhm: r.number("coil_resistance_kohm_min"), CoilMaxKOhm: r.number("coil_resistance_kohm_max"),
				MinVoltageV: r.number("min_working_voltage_V"), EndOfLife: r.text("end_of_life_indicator"),
				PulseWidthMS: r.number("pulse_width_ms"), Note: r.text("note"), Source: r.text("source"),
				Origin: r.text("origin"), Confidence: r.confidence(),
			},
		}
		q.Data.RateMin, q.Data.RateMax, q.Data.RateUnit = quartzRate(r.text("rate_tolerance_s_month"))
		out = append(out, q)
	}
	return out
})

// quartzFromCatalogue reads the electronic columns of calibres.csv.
func quartzFromCatalogue(r row) *QuartzData {
	q := &QuartzData{
		MotorStepS: r.number("motor_step_s"), InhibitionPeriodS: r.number("inhibition_period_s"),
		Source: r.text("source"), Confidence: r.confidence(), Origin: "calibres.csv",
	}
	if t := r.text("rate_tolerance_s_month"); t != "" {
		q.RateMin, q.RateMax, q.RateUnit = quartzRate(t)
	}
	q.ConsumptionMaxUA, q.ConsumptionNote = leading(r.text("consumption_uA_max"))
	if coil := r.text("coil_resistance_kohm"); coil != "" {
		if low, high, ok := plainRange(coil); ok {
			q.CoilMinKOhm, q.CoilMaxKOhm = &low, &high
		} else {
			q.CoilNote = coil
		}
	}
	return q
}

// takeQuartz lays a row of quartz.csv over a calibre: where both know a figure quartz.csv
// prevails and the other is kept in Disagreement; what it does not know stays.
func (c *Calibre) takeQuartz(q quartzRow) {
	if c.Quartz == nil {
		c.Quartz = &QuartzData{}
	}
	d, n := c.Quartz, q.Data
	c.takeRate(n)
	for _, f := range []struct {
		name string
		old  **float64
		new  *float64
	}{
		{"battery life months", &c.BatteryLifeMonths, q.BatteryLifeMonths},
		{"jewels", &c.Jewels, q.Jewels},
		{"motor step s", &d.MotorStepS, n.MotorStepS},
		{"inhibition s", &d.InhibitionPeriodS, n.InhibitionPeriodS},
		{"rate min " + n.RateUnit, &d.RateMin, n.RateMin},
		{"rate max " + n.RateUnit, &d.RateMax, n.RateMax},
		{"consumption max uA", &d.ConsumptionMaxUA, n.ConsumptionMaxUA},
		{"consumption typ uA", &d.ConsumptionTypUA, n.ConsumptionTypUA},
		{"coil min kohm", &d.CoilMinKOhm, n.CoilMinKOhm},
		{"coil max kohm", &d.CoilMaxKOhm, n.CoilMaxKOhm},
		{"min voltage V", &d.MinVoltageV, n.MinVoltageV},
		{"pulse width ms", &d.PulseWidthMS, n.PulseWidthMS},
	} {
		if f.new == nil {
			continue
		}
		if *f.old != nil && **f.old != *f.new {
			c.disagree(f.name, decimal(**f.old), decimal(*f.new))
		}
		*f.old = f.new
	}
	c.Battery = c.takeText("battery", c.Battery, q.Battery)
	c.Simple = Simplicity(c.takeText("simple", string(c.Simple), string(q.Simple)))
	if functions := c.takeText("functions", strings.Join(c.Functions, ";"), strings.Join(q.Functions, ";")); functions != "" {
		c.Functions = strings.Split(functions, ";")
	}
	d.EndOfLife, d.Note, d.Source, d.Origin, d.Confidence = n.EndOfLife, n.Note, n.Source, n.Origin, n.Confidence
}

// takeRate makes way for a rate in another unit: the two cannot be compared figure by
// figure.
func (c *Calibre) takeRate(n QuartzData) {
	d := c.Quartz
	if n.RateUnit == "" || n.RateUnit == d.RateUnit {
		return
	}
	if d.RateUnit != "" {
		c.disagree("rate", decimal(*d.RateMax)+" "+d.RateUnit, decimal(*n.RateMax)+" "+n.RateUnit)
	}
	d.RateMin, d.RateMax, d.RateUnit = nil, nil, n.RateUnit
}

// takeText returns the new text, or the old one where there is no new one.
func (c *Calibre) takeText(name, old, new string) string {
	if new == "" {
		return old
	}
	if old != "" && fold(old) != fold(new) {
		c.disagree(name, old, new)
	}
	return new
}

func (c *Calibre) disagree(what, catalogue, sheet string) {
	if c.Disagreement != "" {
		c.Disagreement += " | "
	}
	c.Disagreement += fmt.Sprintf("%s: %s=quartz.csv; %s=calibres.csv", what, sheet, catalogue)
}

// quartzRate reads "±15", "-10/+20" or "15" as seconds per month, and "±10/year" or
// "10 s/year" as seconds per year.
func quartzRate(s string) (low, high *float64, unit string) {
	if s == "" {
		return nil, nil, ""
	}
	unit = "s/month"
	for _, suffix := range []string{" s/year", "/year"} {
		if rest, ok := strings.CutSuffix(s, suffix); ok {
			s, unit = rest, "s/year"
			break
		}
	}
	l, h, ok := signedPair(s)
	if !ok {
		panic("horology: quartz rate " + strconv.Quote(s))
	}
	return &l, &h, unit
}

var signedPairForm = regexp.MustCompile(`^([-+]?\d+(?:\.\d+)?) ?/ ?([-+]?\d+(?:\.\d+)?)$`)

// signedPair reads "-4 / +6", "-10/+20", "0/+5", "±12" and "2" (read as ±2).
func signedPair(s string) (low, high float64, ok bool) {
	s = strings.TrimSpace(s)
	if m := signedPairForm.FindStringSubmatch(s); m != nil {
		low, _ = strconv.ParseFloat(m[1], 64)
		high, _ = strconv.ParseFloat(m[2], 64)
		return low, high, true
	}
	v, err := strconv.ParseFloat(strings.TrimPrefix(s, "±"), 64)
	if err != nil {
		return 0, 0, false
	}
	return -v, v, true
}

var plainRangeForm = regexp.MustCompile(`^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$`)

// plainRange reads "1.3-1.8".
func plainRange(s string) (low, high float64, ok bool) {
	m := plainRangeForm.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	low, _ = strconv.ParseFloat(m[1], 64)
	high, _ = strconv.ParseFloat(m[2], 64)
	return low, high, true
}

// leading reads the number a cell begins with and returns the rest as a note.
func leading(s string) (*float64, string) {
	if s == "" {
		return nil, ""
	}
	first, rest, _ := strings.Cut(s, " ")
	v, err := strconv.ParseFloat(first, 64)
	if err != nil {
		return nil, s
	}
	return &v, strings.TrimSpace(rest)
}
