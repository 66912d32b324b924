package diagnosis

import "math"

// figures reads what the quantities of a clause say: a rate, a reserve, an
// amplitude, a beat error, a battery's life.
func (x *lexicon) figures(ts []token, at [][]int) []hit {
	has := func(class string) bool { return len(at[x.terms["@"+class]]) > 0 }
	var out []hit
	for _, q := range quantities(ts) {
		met := len(out)
		switch q.unit {
		case "s":
			switch {
			case (has("battery") || has("last")) && q.value >= 86400 && q.per == 0 && !has("fast") && !has("slow") && !has("old"):
				out = append(out, lifeHit(ts, q)...)
			case q.per > 0 || q.sign || has("fast") || has("slow"):
				out = append(out, x.rateHit(ts, at, q)...)
			case has("reserve") || has("last") || has("stop") || has("run"):
				out = append(out, reserveHit(ts, q, has("reserve"))...)
			}
		case "deg":
			if (has("amplitude") || q.value >= 90) && !isFall(ts, q) {
				if id := amplitudeBand(q.value); id != "" && !has("lift") {
					out = append(out, hit{finding: id, strength: 1, value: q.value, unit: "deg"})
				}
			}
		case "ms":
			if id := beatBand(math.Abs(q.value)); id != "" {
				out = append(out, hit{finding: id, strength: 1, value: q.value, unit: "ms"})
			}
		}
		for i := met; i < len(out); i++ {
			out[i].place = q.lo
		}
	}
	if has("amplitude") && amplitudeFalls(ts) {
		out = append(out, hit{finding: "amp_falls_24h", strength: 1})
	}
	return out
}

// amplitudeFalls reports whether two amplitudes are told, the second a day later
// and much lower: "280 when wound, 160 the next morning".
func amplitudeFalls(ts []token) bool {
	first, second, later := 0.0, 0.0, false
	for _, t := range ts {
		switch {
		case t.number && t.value >= 90 && t.value <= 340:
			if first == 0 {
				first = t.value
			} else {
				second = t.value
			}
		case t.number && t.value == 24:
			later = later || first > 0
		}
		switch t.word {
		case "next", "later", "morning", "lendemain", "matin", "24h", "day":
			later = later || first > 0
		}
	}
	return later && second > 0 && first-second >= 60
}

// isFall reports whether a figure is a difference, not a value: "drops by 60°".
func isFall(ts []token, q quantity) bool {
	for i := max(0, q.lo-3); i < q.lo; i++ {
		switch ts[i].word {
		case "by", "chute", "drop", "drops", "perd", "loses", "baisse", "difference", "ecart", "falls", "delta", "fall", "loss":
			return i+1 >= len(ts) || ts[i+1].word != "to" && ts[i+1].word != "a"
		}
	}
	return false
}

// rateHit turns a gain or loss into seconds a day. Without a named period a
// spoken gain is taken per day; a signed figure needs its period.
func (x *lexicon) rateHit(ts []token, at [][]int, q quantity) []hit {
	sign := 0.0
	near := func(class string) int {
		d := 99
		for _, i := range at[x.terms["@"+class]] {
			d = min(d, max(q.lo-i, i-q.hi, 0))
		}
		return d
	}
	fast, slow := near("fast"), near("slow")
	switch {
	case q.sign && q.per > 0:
		sign = 1 // the figure carries it
	case fast == 99 && slow == 99:
		if q.per >= 3600 && q.value < q.per && !x.countsTime(ts, at) {
			return []hit{{finding: "rate_off", strength: 1, value: math.Round(q.value*864000/q.per) / 10, unit: "s/d"}}
		}
		return nil
	case fast <= slow:
		sign, q.value = 1, math.Abs(q.value)
	default:
		sign, q.value = -1, math.Abs(q.value)
	}
	per := q.per
	if per == 0 {
		if q.sign && fast == 99 && slow == 99 {
			return nil
		}
		per = 86400
		if q.value >= 86400 { // "gains, two days later…": not a rate
			return nil
		}
	}
	if q.value/per > 0.99 {
		return nil
	}
	rate := sign * q.value * 86400 / per
	general := "fast"
	if rate < 0 {
		general = "slow"
	}
	return []hit{
		{finding: rateWords(rate), strength: 1, value: math.Round(rate*10) / 10, unit: "s/d"},
		{finding: general, strength: 1, value: math.Round(rate*10) / 10, unit: "s/d"},
	}
}

// rateWords names the band of a rate told in words, in seconds per day. The
// bands follow how faults present: regulation stays under a minute or two,
// magnetism runs to minutes, stuck coils further.
func rateWords(r float64) string {
	switch {
	case r > 600:
		return "fast_extreme"
	case r > 90:
		return "fast_strong"
	case r > 15:
		return "fast_mild"
	case r >= 0:
		return "fast_slight"
	case r >= -15:
		return "slow_slight"
	case r >= -120:
		return "slow_mild"
	case r >= -900:
		return "slow_strong"
	}
	return "slow_extreme"
}

// amplitudeBand names the band of a mean amplitude in degrees ("movement OK"
// is 250–330 flat, 220–270 hanging in the reference).
func amplitudeBand(a float64) string {
	switch {
	case a < 20 || a > 380:
		return "amp_absurd"
	case a < 180:
		return "amp_vlow"
	case a < 220:
		return "amp_low"
	case a < 250:
		return "amp_marginal"
	case a <= 315:
		return "amp_ok"
	case a <= 330:
		return "amp_high"
	}
	return "amp_over"
}

// beatBand names the band of a beat error in milliseconds.
func beatBand(b float64) string {
	switch {
	case b > 2:
		return "beat_error_big"
	case b > 0.8:
		return "beat_error_m"
	}
	return "beat_ok"
}

// reserveHit reads how long a watch runs.
func reserveHit(ts []token, q quantity, reserve bool) []hit {
	for _, t := range ts {
		switch t.word {
		case "entre", "between", "isochronisme", "isochronism", "ecart", "vs", "saut", "sauts", "jump", "jumps", "ticks", "step", "steps", "ago", "old", "since", "depuis", "il", "earlier", "warranty", "serviced", "every", "tous", "toutes", "chaque", "m", "metres":
			return nil
		}
	}
	id := ""
	switch {
	case q.value < 3600:
		id = "reserve_minutes"
	case q.value < 31*3600:
		id = "reserve_short"
	case q.value >= 36*3600 && q.value <= 10*86400:
		id = "reserve_ok"
	default:
		return nil
	}
	return []hit{{finding: id, strength: 1, value: q.value / 3600, unit: "h"}}
}

// lifeHit reads how long a battery lasted.
func lifeHit(ts []token, q quantity) []hit {
	for _, t := range ts {
		switch t.word {
		case "ago", "since", "depuis", "il", "every": // when it was changed, not how long it lasted
			return nil
		}
	}
	switch {
	case q.value < 21*86400:
		return []hit{{finding: "battery_days", strength: 1, value: q.value / 86400, unit: "d"}}
	case q.value < 400*86400:
		return []hit{{finding: "battery_short", strength: 1, value: q.value / 86400, unit: "d"}}
	}
	return nil
}

// countsTime reports whether a clause speaks of hours of wear or running, not
// of an error of the rate: "worn 8 hours a day".
func (x *lexicon) countsTime(ts []token, at [][]int) bool {
	for _, class := range []string{"worn", "stop", "last", "run", "wind", "reserve", "battery"} {
		if len(at[x.terms["@"+class]]) > 0 {
			return true
		}
	}
	return false
}
