package horology

// ownRule marks a rule made from the calibre's own sheet.
const ownRule = "own"

// calibreRules makes rules of what a calibre's own line gives: rate, consumption, coil and
// lowest voltage of an electronic one, power reserve of a mechanical one.
func calibreRules(c *Calibre) []Tolerance {
	var out []Tolerance
	name := c.Maker + " " + c.Name
	add := func(q Quantity, low, high *float64, unit, note, source string, conf Confidence) {
		if low != nil || high != nil {
			out = append(out, Tolerance{Quantity: q, Min: low, Max: high, Unit: unit, Of: name,
				Note: note, Source: source, Confidence: conf, key: ownRule})
		}
	}
	if d := c.Quartz; d != nil {
		rate := MonthlyRate
		if d.RateUnit == "s/year" {
			rate = AnnualRate
		}
		add(rate, d.RateMin, d.RateMax, d.RateUnit, d.Note, d.Source, d.Confidence)
		add(Consumption, nil, d.ConsumptionMaxUA, "µA", d.ConsumptionNote, d.Source, d.Confidence)
		add(CoilResistance, d.CoilMinKOhm, d.CoilMaxKOhm, "kohm", d.CoilNote, d.Source, d.Confidence)
		add(MinVoltage, nil, d.MinVoltageV, "V", "", d.Source, d.Confidence)
	}
	if c.mechanical() && c.PowerReserveH != nil {
		conf := c.Confidence
		if conf == High {
			conf = Medium // published as a typical figure: a limit only by use
		}
		add(PowerReserve, c.PowerReserveH, nil, "h", "published power reserve, taken as the least expected", c.Source, conf)
	}
	return out
}
