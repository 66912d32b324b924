package horology

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Battery is a cell under its trade number with its other names. Nil figures are unknown.
type Battery struct {
	TradeNo         string // 371, 377, …
	IEC             string // SR920SW, …
	AlkalineToAvoid string // same size, wrong chemistry
	Seiko, Citizen  string // their own codes
	DiameterMM      *float64
	HeightMM        *float64
	VoltageV        *float64
	Chemistry       string
	Drain           string // low, high
	CapacityMAh     string // as printed; some are ranges
	Use, Note       string
	Confidence      Confidence
	Source          string
}

// Batteries returns every cell of the catalogue.
func Batteries() []Battery { return slices.Clone(batteries()) }

var batteries = sync.OnceValue(func() []Battery {
	var out []Battery
	for _, r := range table("batteries") {
		out = append(out, Battery{
			TradeNo: r.text("trade_no"), IEC: r.text("iec_code"), AlkalineToAvoid: r.text("alkaline_equivalent_avoid"),
			Seiko: r.text("seiko_code"), Citizen: r.text("citizen_code"),
			DiameterMM: r.number("diameter_mm"), HeightMM: r.number("height_mm"), VoltageV: r.number("voltage_v"),
			Chemistry: r.text("chemistry"), Drain: r.text("drain"), CapacityMAh: r.text("capacity_mah"),
			Use: r.text("typical_use"), Note: r.text("note"), Confidence: r.confidence(), Source: r.text("source"),
		})
	}
	return out
})

// BatteryByCode finds a cell by its trade number or IEC code, whatever the case and
// spacing ("371", "sr920sw").
func BatteryByCode(code string) (Battery, bool) {
	for _, b := range batteries() {
		if f := fold(code); f != "" && (f == fold(b.TradeNo) || f == fold(b.IEC)) {
			return b, true
		}
	}
	return Battery{}, false
}

var cellCode = regexp.MustCompile(`[A-Za-z]*\d{3,}[A-Za-z]*`)

// Cells returns the cells a calibre's battery text names ("371 (SR920SW); 395 in thick
// back"), each once, in that order; none when the text names no known cell.
func (c Calibre) Cells() []Battery {
	var out []Battery
	for _, code := range cellCode.FindAllString(c.Battery, -1) {
		b, ok := BatteryByCode(code)
		if ok && !slices.ContainsFunc(out, func(o Battery) bool { return o.TradeNo == b.TradeNo }) {
			out = append(out, b)
		}
	}
	return out
}

// cellIs reports whether every cell the calibre may take is of a chemistry; a battery text
// without a known code counts by its own words.
func (c *Calibre) cellIs(chemistry string) bool {
	cells := c.Cells()
	for _, b := range cells {
		if !strings.HasPrefix(b.Chemistry, chemistry) {
			return false
		}
	}
	if len(cells) > 0 {
		return true
	}
	switch chemistry {
	case "silver oxide":
		return strings.Contains(c.Battery, "silver oxide")
	case "lithium manganese":
		return strings.Contains(c.Battery, "3 V lithium") || strings.HasPrefix(c.Battery, "CR")
	}
	return false
}
