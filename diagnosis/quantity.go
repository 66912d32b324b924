package diagnosis

// quantity is a figure with a unit read from a clause.
type quantity struct {
	value float64 // in seconds for a duration, else in unit
	unit  string  // s, deg, ms, V, uA, kohm, hz
	per   float64 // seconds of the period it is counted by; 0 where none is named
	sign  bool    // written with + or -
	lo    int     // first token
	hi    int     // last token
}

var durations = map[string]float64{
	"s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "seconde": 1, "secondes": 1,
	"m": 60, "min": 60, "mins": 60, "mn": 60, "minute": 60, "minutes": 60,
	"h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600, "heure": 3600, "heures": 3600,
	"d": 86400, "day": 86400, "days": 86400, "j": 86400, "jour": 86400, "jours": 86400, "daily": 86400, "journee": 86400, "night": 86400, "nuit": 86400, "overnight": 86400, "24h": 86400,
	"week": 604800, "weeks": 604800, "semaine": 604800, "semaines": 604800, "weekly": 604800,
	"month": 2592000, "months": 2592000, "mois": 2592000, "monthly": 2592000,
	"year": 31536000, "years": 31536000, "an": 31536000, "ans": 31536000, "annee": 31536000, "annees": 31536000,
}

var otherUnits = map[string]string{
	"deg": "deg", "degree": "deg", "degrees": "deg", "degre": "deg", "degres": "deg",
	"ms": "ms", "v": "V", "volt": "V", "volts": "V", "ua": "uA", "microamp": "uA", "microamps": "uA", "microamperes": "uA",
	"kohm": "kohm", "kohms": "kohm", "spd": "spd", "bar": "bar", "atm": "bar",
}

var spokenNumbers = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "half": 0.5, "couple": 2, "few": 3, "several": 5, "dozen": 12, "hundred": 100,
	"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "douze": 12, "quinze": 15,
	"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "demi": 0.5, "quelques": 3, "plusieurs": 5, "dizaine": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "cent": 100, "an": 1,
}

// quantities reads the figures with units in a clause: "10 min par jour",
// "half an hour a day", "+25 s/d", "180 °".
func quantities(ts []token) []quantity {
	var out []quantity
	for i := 0; i < len(ts); i++ {
		v, ok := numberAt(ts, i)
		if !ok {
			continue
		}
		q := quantity{value: v, lo: i, hi: i, sign: ts[i].sign}
		if i > 0 && !ts[i].sign { // "plus four seconds a day"
			switch ts[i-1].word {
			case "plus":
				q.sign = true
			case "minus", "moins":
				q.sign, q.value = true, -v
				v = -v
			}
		}
		j := i + 1
		for j < len(ts) && j <= i+3 && filler(ts[j]) {
			j++
		}
		if j+1 < len(ts) && (ts[j].word == "to" || ts[j].word == "a" || ts[j].word == "or" || ts[j].word == "ou" || ts[j].sign) { // a range: keep its upper end
			k := j
			if !ts[j].sign {
				k = j + 1
			}
			if w, ok := numberAt(ts, k); ok && (ts[k].number || spokenNumbers[ts[k].word] > 1) {
				if w < 0 && !q.sign {
					w = -w
				}
				q.value = (v + w) / 2
				if ts[i].sign && ts[k].sign || i > 0 && (ts[i-1].word == "from" || ts[i-1].word == "de") && ts[j].word != "a" {
					q.value = w // "from +2 to +38": what it is now
				}
				j = k + 1
			}
		}
		if j >= len(ts) {
			continue
		}
		if s, ok := durations[ts[j].word]; ok && ts[j].word != "daily" && !(ts[j].word == "an" && !ts[i].number) {
			q.unit, q.value, q.hi = "s", q.value*s, j
			q.per, q.hi = period(ts, j)
		} else if u, ok := otherUnits[ts[j].word]; ok {
			q.unit, q.hi = u, j
			if u == "spd" {
				q.unit, q.per = "s", 86400
			}
		} else {
			continue
		}
		out = append(out, q)
		i = max(i, q.hi)
	}
	return out
}

// article reports whether the word at k is the English article of "an hour", not
// the French year.
func article(ts []token, k int) bool {
	if ts[k].word != "an" || k+1 >= len(ts) {
		return false
	}
	_, ok := durations[ts[k+1].word]
	return ok
}

func numberAt(ts []token, i int) (float64, bool) {
	if ts[i].number {
		return ts[i].value, true
	}
	v, ok := spokenNumbers[ts[i].word]
	if ok && (ts[i].word == "a" || ts[i].word == "an") {
		return 0, false
	}
	return v, ok
}

func filler(t token) bool {
	switch t.word {
	case "a", "an", "of", "de", "d", "une", "un", "bonnes", "good", "petites", "ou", "full", "whole":
		return t.word != "ou"
	}
	return t.virtual && t.word[0] != '#'
}

// period reads "per day", "a day", "par jour", "/j", "every 24 hours" after
// the unit at token j; it returns the period in seconds and the last token.
func period(ts []token, j int) (float64, int) {
	for k := j + 1; k < len(ts) && k <= j+7; k++ {
		w := ts[k].word
		s, isTime := durations[w]
		if !isTime || article(ts, k) {
			continue
		}
		if w == "daily" || w == "weekly" || w == "monthly" || w == "overnight" {
			return s, k
		}
		joined := false
		n := 1.0
		for q := k - 1; q > j; q-- {
			switch ts[q].word {
			case "per", "par", "a", "each", "every", "chaque", "tous", "toutes", "in", "en", "over", "sur", "the", "la", "le", "dans", "during", "une", "un", "after", "apres":
				joined = true
			}
			if ts[q].number && ts[q].value > 0 {
				n = ts[q].value
			} else if v, ok := spokenNumbers[ts[q].word]; ok && v > 1 {
				n = v
			}
		}
		if joined {
			return s * n, k
		}
	}
	return 0, j
}
