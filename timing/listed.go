package timing

import "math"

// listedBeats are the beats an hour of watches and small clocks that have a
// name, after timing.md §4.5 (the lists of today's instruments together).
var listedBeats = []float64{
	3600, 6000, 7200, 7380, 7440, 7800, 9000, 9100, 10800, 11880, 12000, 12342,
	12480, 12600, 13320, 13440, 13500, 14000, 14040, 14160, 14200, 14280, 14400,
	14520, 14580, 14760, 14850, 15000, 15360, 15600, 16200, 16320, 16800, 17196,
	17258, 17280, 17786, 17897, 18000, 18049, 18514, 19332, 19440, 19800, 20160,
	20222, 20944, 21000, 21031, 21306, 21600, 25200, 28800, 32400, 36000, 43200,
	72000, 360000,
}

// commonBeats are those nearly every watch has; they are recognised even from
// a watch that is far off.
var commonBeats = []float64{14400, 18000, 19800, 21600, 25200, 28800, 36000, 43200}

// Greatest rates, in s/d, at which a measured beat is still taken for a listed
// one.
const (
	commonWithin = 600
	listedWithin = 300
)

// nearestListed returns the listed beat that bph is recognised as. Common
// beats win over rare neighbours unless they are clearly farther.
func nearestListed(bph float64) (float64, bool) {
	off := func(b float64) float64 { return math.Abs(bph/b-1) * SecondsPerDay }
	for _, b := range commonBeats {
		if off(b) <= listedWithin {
			return b, true
		}
	}
	best, at := math.Inf(1), 0.0
	for _, b := range listedBeats {
		if d := off(b); d < best {
			best, at = d, b
		}
	}
	if best <= listedWithin {
		return at, true
	}
	for _, b := range commonBeats {
		if off(b) <= commonWithin {
			return b, true
		}
	}
	return 0, false
}
