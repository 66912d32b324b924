package diagnosis

// denied reports whether a negation reaches the words at s.
func denied(ts []token, s span) bool {
	for j := max(0, s.lo-5); j <= min(len(ts)-1, s.hi+2); j++ {
		if ts[j].deny == denyNone || ts[j].virtual || contains(s.at, j) {
			continue
		}
		next := -1 // the first word of the phrase that the negation stands before
		for _, i := range s.at {
			if i >= j && !(ts[i].virtual && ts[i].word[0] == '#') && (next < 0 || i < next) {
				next = i
			}
		}
		switch {
		case next >= 0 && !barrier(ts, j, next, ts[j].deny):
			return true
		case next < 0 && ts[j].deny == denyPost && (j+1 >= len(ts) || ts[j+1].word != "de" && ts[j+1].word != "d") && !barrier(ts, s.hi, j, denyVerb):
			return true // "s'arrête pas", but not "s'arrête, pas de buée"
		}
	}
	return false
}

// comma reports whether a comma stands between tokens a and b.
func comma(ts []token, a, b int) bool {
	for k := a + 1; k <= b; k++ {
		if ts[k].comma {
			return true
		}
	}
	return false
}

// barrier reports whether a thought ends between tokens a and b.
func barrier(ts []token, a, b int, d deny) bool {
	for k := a + 1; k <= b; k++ {
		if ts[k].comma {
			return true
		}
		if k < b && joins[ts[k].word] && (d != denyNoun || ts[k].word != "and" && ts[k].word != "et" && ts[k].word != "or" && ts[k].word != "ou") {
			return true
		}
	}
	return false
}

var joins = map[string]bool{
	"and": true, "et": true, "or": true, "ou": true, "then": true, "puis": true, "so": true, "donc": true, "because": true, "car": true,
	"when": true, "quand": true, "lorsque": true, "after": true, "apres": true, "while": true, "until": true, "unless": true, "with": true, "avec": true,
	"which": true, "qui": true, "si": true, "if": true, "even": true, "meme": true, "depuis": true, "since": true, "as": true, "before": true, "avant": true,
}
