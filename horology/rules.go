package horology

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// rules holds every line of tolerances.csv, then what amplitude.csv adds.
var rules = sync.OnceValue(func() []Tolerance {
	var out []Tolerance
	for _, r := range table("tolerances") {
		out = append(out, readTolerance(r))
	}
	for _, r := range table("amplitude") {
		out = append(out, readAmplitude(r)...)
	}
	return append(out, leakRules()...)
})

// grades are the qualities of adjustment ETA and Sellita sell a calibre in.
var grades = map[string]bool{
	"Standard": true, "Elabore": true, "Top": true, "Chronometer": true,
	"Special (Elabore)": true, "Premium (Top)": true,
}

// quantityOf says what each parameter of tolerances.csv measures.
var quantityOf = map[string]Quantity{
	"mean daily rate":    MeanRate,
	"daily rate at 23 C": Rate,
	"daily rate":         MeanRate,
	"rate":               Rate,
	"rate CH T0":         Rate,
	"rate 6H and 9H T0":  Rate,
	"instantaneous rate": Rate,
	"rate by motor pulses after inhibition period": Rate,
	"worn daily rate":                          WornRate,
	"worn daily rate target":                   WornRate,
	"monthly rate":                             MonthlyRate,
	"annual rate":                              AnnualRate,
	"max difference between positions":         RateSpread,
	"positional delta good":                    RateSpread,
	"isochronism 0h-24h":                       Isochronism,
	"isochronism T24-T0 (CH)":                  Isochronism,
	"amplitude":                                Amplitude,
	"amplitude horizontal":                     Amplitude,
	"amplitude vertical":                       Amplitude,
	"minimum amplitude service limit CH":       Amplitude,
	"amplitude drop after 24 h":                AmplitudeDrop24h,
	"amplitude drop 0 h to 24 h":               AmplitudeDrop24h,
	"amplitude drop horizontal to vertical":    AmplitudeDropHV,
	"amplitude drop chrono engaged":            ChronographDrop,
	"amplitude error per degree of lift angle": LiftSensitivity,
	"beat error":                               BeatError,
	"beat error acceptable":                    BeatError,
	"power reserve min":                        PowerReserve,
	"coil resistance":                          CoilResistance,
	"coil / movement insulation":               CoilInsulation,
	"motor starts with pulse generator below":  StartVoltage,
	"lower working voltage":                    MinVoltage,
	"ohmmeter test voltage":                    TestVoltage,
	"inhibition period usual":                  Inhibition,
	"open / low-drain voltage good":            BatteryVoltage,
	"voltage good":                             BatteryVoltage,
	"high-drain voltage good":                  BatteryLoaded,
	"minute hand index at 12":                  HandIndex,
	"date jump around midnight":                DateJump,
	"clearance seconds hand to crystal":        HandClearance,
	"axial shake (endshake)":                   AxialShake,
	"stabilisation time per position":          Settling,
	"running time before test":                 RunningTime,
	"measurement condition":                    Method,
	"number of positions":                      Method,
	"X":                                        MeanRate,
	"D":                                        RateSpread,
	"DVH":                                      Method,
	"Di":                                       Method,
	"DVm":                                      Method,
}

func readTolerance(r row) Tolerance {
	q, ok := quantityOf[r.text("parameter")]
	if !ok {
		panic(fmt.Sprintf("horology: tolerances line %d: unknown parameter %q", r.line, r.text("parameter")))
	}
	t := Tolerance{
		Quantity: q, Min: r.number("min"), Max: r.number("max"), Unit: r.text("unit"),
		Of: r.text("scope"), Positions: r.text("positions"),
		Winding: r.text("wind_state"), Condition: r.text("condition"), Note: r.text("note"),
		Source: r.text("source"), Confidence: r.confidence(), key: r.text("scope"),
	}
	detail := r.text("grade_or_calibre")
	switch {
	case t.Of == "Witschi general guidance" || t.Of == "Bench rule of thumb" || t.Of == "COSC / ISO 3159":
		t.Of += ": " + detail
		t.key = t.Of
	case grades[detail]:
		t.Grade = detail
	case detail != "all" && detail != "any":
		t.Of += ", " + detail
	}
	if q == Rate && t.Unit == "s/month" {
		t.Quantity = MonthlyRate
	}
	if strings.HasPrefix(detail, "knocking") {
		// "330" stands in the min column: knocking is heard above it, so a sound watch stays below.
		t.Quantity, t.Min, t.Max = Knocking, nil, t.Min
	}
	t.winding = windings(t.Winding)
	if t.Winding == "" && (strings.HasPrefix(detail, "good movement") || strings.Contains(detail, "unofficial")) {
		t.winding = []Winding{Full} // the same lines in amplitude.csv say 0h
	}
	switch q {
	case Rate, Amplitude, BeatError, Isochronism:
		t.plane, t.only = planes(t.Positions)
	}
	return t
}

// windings reads a wind state; nil means any, an empty non-nil list means none of ours.
func windings(s string) []Winding {
	switch {
	case s == "":
		return nil
	case s == "0 h to 24 h", s == "0 h and 24 h":
		return []Winding{Full, H24}
	case s == "0 h vs 24 h", s == "ISO 3159", strings.HasPrefix(s, "100 %"):
		return nil // the figure spans several states
	case s == "24 h", s == "24h":
		return []Winding{H24}
	case s == "worn":
		return []Winding{}
	}
	return []Winding{Full} // 0 h, fully wound, 1 to 3 h after full winding, so many turns
}

// planes reads the positions a rule names. The usual four verticals or two horizontals
// stand for their plane; a count of positions is no restriction.
func planes(s string) (plane string, only []Position) {
	s = strings.TrimSpace(s)
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == ',' }) {
		if p, ok := ParsePosition(f); ok {
			only = append(only, p)
		} else {
			return "", nil
		}
	}
	horizontal, vertical := 0, 0
	for _, p := range only {
		if p.Horizontal() {
			horizontal++
		} else {
			vertical++
		}
	}
	switch {
	case horizontal == 2 && vertical == 0:
		return "H", nil
	case vertical == 4 && horizontal == 0:
		return "V", nil
	}
	return "", only
}

// readAmplitude makes a rule for each thing a line of amplitude.csv limits, and a line
// without any figure becomes one rule without limits, so that no line is lost.
func readAmplitude(r row) []Tolerance {
	base := Tolerance{
		Of: strings.TrimSpace(r.text("maker_or_origin") + ": " + r.text("calibre_or_scope")), Grade: r.text("grade"),
		Positions: r.text("positions"), Winding: r.text("winding"), Note: r.text("note"),
		Source: r.text("source"), Confidence: r.confidence(),
	}
	base.key = base.Of
	base.winding = windings(strings.Replace(base.Winding, "0h", "0 h", 1))
	class := r.text("position_class")
	if class == "H" || class == "V" {
		base.plane = class
	}
	if plane, only := planes(base.Positions); plane == "" && only != nil {
		base.only = only
	}
	var out []Tolerance
	add := func(q Quantity, low, high *float64, unit string) {
		t := base
		t.Quantity, t.Min, t.Max, t.Unit = q, low, high, unit
		switch q {
		case MeanRate, RateSpread, WornRate:
			t.plane, t.only = "", nil
		case Isochronism:
			t.winding, t.plane, t.only = nil, "", nil
		}
		if q == WornRate {
			t.winding = nil
		}
		out = append(out, t)
	}
	low, high := r.number("amplitude_min"), r.number("amplitude_max")
	if low != nil || high != nil {
		q := Amplitude
		if strings.HasPrefix(r.text("calibre_or_scope"), "Knocking") {
			q = Knocking
		}
		add(q, low, high, "deg")
	}
	for _, l := range rateLimits(r.text("rate_limits"), base.Winding == "worn", class) {
		add(l.quantity, l.low, l.high, "s/d")
	}
	if b := r.number("beat_error_max"); b != nil {
		add(BeatError, ptr(0), b, "ms")
	}
	if len(out) == 0 {
		add(Method, nil, nil, "")
	}
	return out
}

type rateLimit struct {
	quantity  Quantity
	low, high *float64
}

var (
	rateForm  = regexp.MustCompile(`^(mean |isochronism 0h-24h |T24-T0 )?(±\d+(?:\.\d+)?|[-+]?\d+/[-+]?\d+)(?: s/d)?(?: .*)?$`)
	deltaForm = regexp.MustCompile(`^delta (\d+)(?: s/d)?(?: good)?$`)
)

// rateLimits reads the free text of the rate_limits column: "mean ±12, delta 30 s/d",
// "-5/+15 s/d", "T24-T0 ±30 s/d". Text without a figure ("ISO 3159", "mean and delta of 3
// readings") gives nothing; it stays readable in the table.
func rateLimits(s string, worn bool, class string) []rateLimit {
	var out []rateLimit
	for _, part := range strings.Split(s, ",") {
		part = strings.TrimSpace(part)
		if m := deltaForm.FindStringSubmatch(part); m != nil {
			v, _ := strconv.ParseFloat(m[1], 64)
			out = append(out, rateLimit{RateSpread, ptr(0), &v})
			continue
		}
		m := rateForm.FindStringSubmatch(part)
		if m == nil {
			continue
		}
		low, high, ok := signedPair(m[2])
		if !ok {
			continue
		}
		q := Rate
		switch {
		case worn && m[1] == "":
			q = WornRate
		case strings.HasPrefix(m[1], "isochronism"), strings.HasPrefix(m[1], "T24"):
			q = Isochronism
		case m[1] == "mean ", class == "all":
			q = MeanRate
		}
		out = append(out, rateLimit{q, &low, &high})
	}
	return out
}
