package web

import (
	"math"
	"strings"

	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// scale is how a quantity is drawn and written. A ruler's scale is fixed per
// quantity: the smallest that holds the limits, never following the value.
type scale struct {
	quantity     string
	decimals     int
	signed       bool
	ends         [][2]float64 // from the narrowest on
	minor, major []float64
}

var scales = []scale{
	{"rate", 1, true, [][2]float64{{-15, 15}, {-30, 30}, {-60, 60}, {-120, 120}}, []float64{1, 2, 5, 10}, []float64{5, 10, 20, 60}},
	{"monthly_rate", 1, true, [][2]float64{{-30, 30}, {-60, 60}}, []float64{2, 5}, []float64{10, 20}},
	{"amplitude", 0, false, [][2]float64{{200, 340}, {140, 360}}, []float64{10, 10}, []float64{50, 50}},
	{"beat_error", 1, false, [][2]float64{{0, 1.2}, {0, 4}}, []float64{.1, .5}, []float64{.5, 1}},
}

func scaleOf(quantity string) scale {
	for _, sc := range scales {
		if sc.quantity == quantity {
			return sc
		}
	}
	return scale{quantity: quantity, decimals: 2}
}

// figure writes a value of the quantity without its unit.
func (sc scale) figure(p *locale.Printer, v float64) string {
	if sc.signed {
		return p.Signed(v, sc.decimals)
	}
	return p.Number(v, sc.decimals)
}

// withUnit writes it with its unit.
func (sc scale) withUnit(p *locale.Printer, v float64) string {
	switch sc.quantity {
	case "rate":
		return p.Rate(v)
	case "amplitude":
		return p.Degrees(v)
	case "beat_error":
		return p.MS(v)
	}
	return p.Float(v)
}

// ruler draws a value on the quantity's scale between the limits of v.
func (sc scale) ruler(p *locale.Printer, v order.Judged, value, half float64) component.Ruler {
	i := 0
	for i < len(sc.ends)-1 && (v.Min != nil && *v.Min < sc.ends[i][0] || v.Max != nil && *v.Max > sc.ends[i][1]) {
		i++
	}
	if math.IsNaN(half) {
		half = 0
	}
	r := component.Ruler{Min: sc.ends[i][0], Max: sc.ends[i][1], Minor: sc.minor[i], Major: sc.major[i], Lower: limit(v.Min), Upper: limit(v.Max),
		Value: value, HalfWidth: half, Judgement: judgement(v.Verdict), Ends: true}
	r.Figure = func(x float64) string {
		if sc.signed {
			return p.Signed(x, 0)
		}
		return p.Number(x, sc.decimals)
	}
	if r.Lower == r.Min { // the scale begins there: no limit to draw
		r.Lower = component.None()
	}
	r.Label = limitsText(p, v)
	return r
}

func limit(v *float64) float64 {
	if v == nil {
		return component.None()
	}
	return *v
}

// judgement is how a verdict of the sheet is shown.
func judgement(verdict string) component.Judgement {
	switch verdict {
	case "in":
		return component.Inside
	case "out":
		return component.Outside
	}
	return component.Inconclusive
}

// worst is the verdict of a whole reading: out where any figure is out, in only
// where all are.
func worst(verdicts []order.Judged) component.Judgement {
	out := component.Inside
	if len(verdicts) == 0 {
		return component.Inconclusive
	}
	for _, v := range verdicts {
		switch judgement(v.Verdict) {
		case component.Outside:
			return component.Outside
		case component.Inconclusive:
			out = component.Inconclusive
		}
	}
	return out
}

// limitsText says the tolerance: "Tolérance ±12 s/j".
func limitsText(p *locale.Printer, v order.Judged) string {
	write := func(x float64) string { return quantityText(p, v.Quantity, x) }
	switch {
	case v.Min == nil && v.Max == nil:
		return p.T("measurement.no_tolerance")
	case v.Max == nil:
		return p.T("measurement.at_least", write(*v.Min))
	case v.Min == nil || *v.Min == 0 && v.Quantity != "rate" && v.Quantity != "monthly_rate":
		return p.T("measurement.at_most", write(*v.Max))
	case *v.Min == -*v.Max:
		return p.T("measurement.within", "±"+strings.TrimPrefix(write(*v.Max), "+"))
	}
	return p.T("measurement.between", write(*v.Min), write(*v.Max))
}

// quantityText writes a value of any judged quantity with its unit, limits
// without needless decimals.
func quantityText(p *locale.Printer, quantity string, x float64) string {
	switch quantity {
	case "rate":
		d := 0
		if x != math.Trunc(x) {
			d = 1
		}
		return p.Unit(p.Signed(x, d), "unit.rate")
	case "monthly_rate":
		return p.Unit(p.Signed(x, 0), "unit.rate_month")
	case "amplitude", "beat_error":
		return scaleOf(quantity).withUnit(p, x)
	case "battery_voltage", "battery_loaded", "min_voltage", "start_voltage":
		return p.Unit(p.Float(x), "unit.v")
	case "consumption":
		return p.Unit(p.Float(x), "unit.ua")
	case "coil_resistance", "coil_insulation":
		return p.Float(x) + "\u00a0kΩ"
	case "power_reserve":
		return p.Hours(x)
	}
	return p.Float(x)
}

// ruleText says whose tolerance it is, where it comes from and how far it is to
// be trusted: "ETA 2824-2 Standard. calibercorner.com, confiance élevée."
func ruleText(p *locale.Printer, v order.Judged) string {
	switch {
	case v.Own != "":
		return p.T("own.rule", limitsText(p, v), p.Day(v.OwnSince), v.Source)
	case v.Source == "":
		return limitsText(p, v)
	}
	return p.T("measurement.rule", limitsText(p, v), printed(p, v.Scope), firstSource(p, v.Source), p.T("measurement.confidence."+confidence(v.Confidence)))
}

func confidence(c string) string {
	if c == "high" || c == "medium" {
		return c
	}
	return "low"
}

// dial is one live figure of the measuring page: r nil, or without the
// quantity, shows the scale alone.
func dial(p *locale.Printer, facts order.WatchFacts, quantity string, limits []order.Judged, r *order.Reading) Dial {
	sc := scaleOf(quantity)
	d := Dial{Key: quantity, Name: p.T("live." + quantity), Unit: map[string]string{"rate": p.T("unit.rate"), "amplitude": "°", "beat_error": p.T("unit.ms")}[quantity]}
	v := judgedOf(limits, quantity)
	value, half := component.None(), 0.0
	if r != nil {
		if x := valueOf(*r, quantity); x != nil {
			value, half = *x, halfOf(facts, *r, quantity)
			v = judgedOf(r.Verdicts, quantity)
			d.Figure = sc.figure(p, value)
			if quantity == "amplitude" {
				d.Figure = p.Degrees(value)
			}
			if half > 0 && !math.IsNaN(half) {
				d.PlusMinus = spread(p, half, sc.decimals)
			}
			d.Verdict = &component.Verdict{Judgement: judgement(v.Verdict)}
		}
	}
	d.Ruler, d.Source = sc.ruler(p, v, value, half), ruleText(p, v)
	return d
}

// spread writes half a 95 % interval with a digit that means something.
func spread(p *locale.Printer, half float64, decimals int) string {
	switch {
	case half < 0.1 && decimals > 0:
		return p.PlusMinus(math.Max(half, .01), 2)
	case half < 10:
		return p.PlusMinus(half, max(1, decimals))
	}
	return p.PlusMinus(half, 0)
}

func judgedOf(list []order.Judged, quantity string) order.Judged {
	for _, v := range list {
		if v.Quantity == quantity {
			return v
		}
	}
	return order.Judged{Quantity: quantity, Verdict: "unknown"}
}

func valueOf(r order.Reading, quantity string) *float64 {
	switch quantity {
	case "rate":
		return r.Rate
	case "amplitude":
		return r.Amplitude
	case "beat_error":
		return r.BeatError
	}
	return nil
}

func halfOf(facts order.WatchFacts, r order.Reading, quantity string) float64 {
	i := workshop.IntervalOf(facts, r)
	return map[string]float64{"rate": i.Rate, "amplitude": i.Amplitude, "beat_error": i.BeatError}[quantity]
}

// wordOr translates key, or gives what stands for it where there is no such word:
// what data files bring along may be newer than the words.
func wordOr(p *locale.Printer, key, otherwise string) string {
	if p.Has(key) {
		return p.T(key)
	}
	return otherwise
}
