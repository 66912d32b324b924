package diagnosis

import (
	"math"
	"strings"
	"sync"
)

// rateRange is what a maker allows a calibre to gain or lose, in seconds per
// day.
type rateRange struct{ low, high float64 }

// common is what a watch without a published range is allowed: the bench's
// usual −10 to +15 s/d.
var common = rateRange{-10, 15}

var makersRates = sync.OnceValue(func() map[string]rateRange {
	out := map[string]rateRange{}
	for _, r := range rows("rates.csv") {
		out[r["calibre"]] = rateRange{r.float("low", 0), r.float("high", 0)}
	}
	return out
})

// allowed returns the maker's range for a calibre, by the longest beginning of
// its name that rates.csv knows, and whether there is one.
func (s calibreSpec) allowed() (rateRange, bool) {
	key := calibreKey(s.calibre)
	for n := len(key); n > 3; n-- {
		if r, ok := makersRates()[key[:n]]; ok {
			return r, true
		}
	}
	return common, false
}

func (r rateRange) holds(rate float64) bool { return rate >= r.low && rate <= r.high }

// toldRates puts a rate told in words in the light of what the watch may do:
// "gains 25 seconds a day" is nothing to repair where the maker allows 40, and
// a quartz watch may stray some seconds a month.
func toldRates(words []hit, c Case, kind string, spec calibreSpec) []hit {
	limits, known := spec.allowed()
	perMonth := limitsOf(c, spec).perMonth
	var out []hit
	for _, h := range words {
		rate := h.unit == "s/d" && (strings.HasPrefix(h.finding, "fast") || strings.HasPrefix(h.finding, "slow"))
		switch {
		case rate && kind == Quartz && math.Abs(h.value)*30 <= perMonth*1.2:
			h = hit{finding: "qrate_ok", strength: 0.8 * h.strength, value: h.value * 30, unit: "s/month", words: h.words, place: h.place}
		case rate && kind != Quartz && known && limits.holds(h.value):
			h = hit{finding: "rate_ok", strength: 0.9 * h.strength, value: h.value, unit: h.unit, words: h.words, place: h.place}
		case h.finding == "slow" || h.finding == "fast":
			if tolerated(words, h, kind, perMonth, limits, known) {
				continue // the same sentence gave the figure
			}
		}
		out = append(out, h)
	}
	return out
}

// tolerated reports whether the words of h hold a figure that is allowed.
func tolerated(words []hit, h hit, kind string, perMonth float64, limits rateRange, known bool) bool {
	for _, o := range words {
		if o.unit != "s/d" || o.words != h.words {
			continue
		}
		if kind == Quartz && math.Abs(o.value)*30 <= perMonth*1.2 || kind != Quartz && known && limits.holds(o.value) {
			return true
		}
	}
	return false
}
