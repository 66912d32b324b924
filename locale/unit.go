package locale

import (
	"math"
	"time"
)

// Rate writes a rate in seconds per day: "+3,2 s/j".
func (p *Printer) Rate(secondsPerDay float64) string {
	return p.with(p.Signed(secondsPerDay, 1), "unit.rate")
}

// Degrees writes an amplitude or a lift angle: "287°".
func (p *Printer) Degrees(v float64) string { return p.tight(p.Number(v, 0), "°") }

// LiftAngle writes a lift angle to half a degree: "50°", "51,5°".
func (p *Printer) LiftAngle(v float64) string { return p.tight(p.Float(math.Round(v*2)/2), "°") }

// MS writes a beat error in milliseconds: "0,4 ms".
func (p *Printer) MS(v float64) string { return p.with(p.Number(v, 1), "unit.ms") }

// BPH writes a beat number: "28 800 A/h".
func (p *Printer) BPH(n int) string { return p.with(p.Number(float64(n), 0), "unit.bph") }

// Bar writes a pressure in bar: "3 bar", "−0,7 bar".
func (p *Printer) Bar(v float64) string { return p.with(p.Float(v), "unit.bar") }

// Hours writes a power reserve: "41 h", "38,5 h".
func (p *Printer) Hours(v float64) string { return p.with(p.Float(math.Round(v*10)/10), "unit.h") }

// Unit writes a figure already formatted with the unit of key "unit.…".
func (p *Printer) Unit(figure, key string) string { return p.with(figure, key) }

// PlusMinus writes an uncertainty: "±0,3".
func (p *Printer) PlusMinus(v float64, decimals int) string {
	return "±" + p.Number(math.Abs(v), decimals)
}

// Bytes writes a size in powers of ten: "640 o", "1,4 Mo" (French octets).
func (p *Printer) Bytes(n int64) string {
	v, step := float64(n), 0
	for math.Abs(v) >= 999.5 && step < len(byteUnits)-1 {
		v, step = v/1000, step+1
	}
	decimals := 1
	if step == 0 || math.Abs(v) >= 99.95 {
		decimals = 0
	}
	return p.with(p.Number(v, decimals), byteUnits[step])
}

var byteUnits = [...]string{"unit.byte", "unit.kilobyte", "unit.megabyte", "unit.gigabyte", "unit.terabyte"}

// Duration writes a length of time in its two largest units: "3 j 4 h",
// "1 h 05 min", "12 min", "45 s". Below a second it is "0 s".
func (p *Printer) Duration(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = minus, -d
	}
	d = d.Round(time.Second)
	days, hours := int64(d/(24*time.Hour)), int64(d/time.Hour)%24
	minutes, seconds := int64(d/time.Minute)%60, int64(d/time.Second)%60
	switch {
	case days > 0:
		return sign + p.pair(days, "unit.day", hours, "unit.h", false)
	case hours > 0:
		return sign + p.pair(hours, "unit.h", minutes, "unit.min", true)
	case minutes > 0:
		return sign + p.pair(minutes, "unit.min", seconds, "unit.s", true)
	case seconds == 0:
		sign = ""
	}
	return sign + p.with(p.Int(seconds), "unit.s")
}

// pair writes two units, the smaller only where it is not zero.
func (p *Printer) pair(big int64, bigUnit string, small int64, smallUnit string, padded bool) string {
	out := p.with(p.Int(big), bigUnit)
	if small == 0 {
		return out
	}
	figure := p.Int(small)
	if padded && small < 10 {
		figure = "0" + figure
	}
	return out + nbsp + p.with(figure, smallUnit)
}

// with puts the unit of key behind figure; a figure that is missing has no unit.
func (p *Printer) with(figure, key string) string {
	if figure == none {
		return figure
	}
	return figure + nbsp + p.T(key)
}

func (p *Printer) tight(figure, sign string) string {
	if figure == none {
		return figure
	}
	return figure + sign
}
