package horology

// outside names the functions that put a watch outside the trade certificate's perimeter
// of simple watches, with the reason's code.
var outside = map[string]string{
	"chrono": "chronograph", "gmt": "gmt", "dual_time": "gmt", "worldtime": "world_time", "world_time": "world_time",
	"alarm": "alarm", "power_reserve": "power_reserve_display", "big_date": "big_date", "moon": "moon",
	"full_calendar": "full_calendar", "month": "full_calendar", "annual_calendar": "annual_calendar",
	"perpetual_calendar": "perpetual_calendar", "repeater": "repeater", "tourbillon": "tourbillon",
	"day_retro": "retrograde", "retrograde": "retrograde", "equation": "equation", "split_seconds": "chronograph",
	"solar": "solar", "kinetic": "kinetic", "radio": "radio", "digital": "digital", "multifunction": "multifunction",
	"backlight": "multifunction", "connected": "connected", "activity": "connected", "heart_rate": "connected",
	"notifications": "connected",
}

// plain names the functions of a simple watch.
var plain = map[string]bool{
	"h": true, "m": true, "s": true, "small_s": true, "date": true, "day": true, "24h": true,
	"open_heart": true, "skeleton": true,
}

// Complications returns, among functions named as in the catalogue, those that are not
// those of a simple watch: hours, minutes, seconds, date, day, 24 hours, open heart,
// skeleton. A function nobody has named before is returned too.
func Complications(functions []string) []string {
	var out []string
	for _, f := range functions {
		if f != "" && !plain[f] {
			out = append(out, f)
		}
	}
	return out
}

// OutOfPerimeter reports whether a watch with these functions is beyond what a technician
// for simple watches may take on, with the code of the first reason: chronograph, gmt,
// alarm, power_reserve_display, big_date, moon, perpetual_calendar, annual_calendar,
// repeater, tourbillon, connected, … ; "unknown_function" for one it does not know. No
// functions at all is not out of the perimeter but unknown: ask Calibre.Simple.
func OutOfPerimeter(functions []string) (reason string, out bool) {
	beyond := Complications(functions)
	if len(beyond) == 0 {
		return "", false
	}
	if r, ok := outside[beyond[0]]; ok {
		return r, true
	}
	return "unknown_function", true
}

// OutOfPerimeter reports whether this calibre is beyond what a technician for simple
// watches may take on, with the code of the reason: that of its functions, else its kind
// (kinetic, connected, meca-quartz), else "complication" where the catalogue only says
// that it is not simple. An unknown calibre is not out.
func (c Calibre) OutOfPerimeter() (reason string, out bool) {
	if reason, out := OutOfPerimeter(c.Functions); out {
		return reason, true
	}
	switch c.Kind {
	case Kinetic, Connected, MecaQuartz:
		return string(c.Kind), true
	}
	if c.Simple == No {
		return "complication", true
	}
	return "", false
}
