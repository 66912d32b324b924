package diagnosis

import (
	"strconv"
	"strings"
	"unicode"
)

// token is one word of a clause, folded to lower case without accents.
type token struct {
	word    string
	comma   bool    // a comma stands before it
	number  bool    // word is a figure
	value   float64 // its value
	sign    bool    // written with an explicit sign
	deny    deny    // its part in negation
	virtual bool    // not written: the name of the form field it stands in
	renamed bool    // a part's name of the trade in place of a plain one
	said    string  // the plain name, with the first word of the other
}

// deny is a token's part in a negation.
type deny uint8

const (
	denyNone deny = iota
	denyVerb      // not, ne … pas: reaches to the next conjunction
	denyNoun      // no, without, sans: reaches over "and"
	denyPost      // pas, jamais after the verb of spoken French
)

var accents = strings.NewReplacer(
	"à", "a", "â", "a", "ä", "a", "á", "a", "ã", "a", "å", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"î", "i", "ï", "i", "í", "i", "ì", "i", "ô", "o", "ö", "o", "ó", "o", "ò", "o", "õ", "o", "ù", "u", "û", "u", "ü", "u", "ú", "u",
	"ÿ", "y", "ñ", "n", "œ", "oe", "æ", "ae", "ß", "ss", "’", "'", "‘", "'", "`", "'", "−", "-", "–", "-", "—", " , ",
	"\u00a0", " ", "\u202f", " ", "½", ".5", "¼", ".25", "°", " deg ", "º", " deg ", "µ", "u", "μ", "u", "Ω", "ohm", "ω", "ohm",
	"=", " ", "~", " ", "≈", " ", "\"", " ", "«", " ", "»", " ", "“", " ", "”", " ", "_", " ",
)

// fold lowers the case, strips accents and evens out signs.
func fold(s string) string { return accents.Replace(strings.ToLower(s)) }

// contractions are opened before tokenising, so that negation is one word.
var contractions = strings.NewReplacer(
	"won't", "will not", "can't", "can not", "cannot", "can not", "shan't", "shall not", "n't", " not",
	"dont ", "do not ", "doesnt ", "does not ", "wont ", "will not ", "didnt ", "did not ", "isnt ", "is not ", "wasnt ", "was not ",
	"aujourd'hui", "aujourdhui", "quelqu'un", "quelqun", "presqu'", "presque ", "lorsqu'", "lorsque ", "jusqu'", "jusque ", "puisqu'", "puisque ",
	"no longer", "not", "any longer", "", "any more", "", "anymore", "", "not only", "", "hand wind", "manual wind", "hand-wind", "manual wind", "hand wound", "manual wound", "hand-wound", "manual wound", "by hand", "manually", "other hand", "", "bought second hand", "bought used", "second-hand", "used", "non plus", "",
	"fails to", "not", "failed to", "not", "refuses to", "not", "unable to", "not", "stopped working", "dead", "stops working", "dead", "quit working", "dead",
	"sans arret", "continuellement", "sans cesse", "continuellement", "non stop", "continuously", "no problem", "fine", "sans probleme", "normalement", "rien d'anormal", "normal",
	"pas de probleme", "normal", "aucun probleme", "normal", "no issue", "fine", "nothing wrong", "fine",
	"last week", "lately", "last month", "lately", "last year", "lately", "last night", "lately", "last winter", "lately", "last summer", "lately", "last spring", "lately", "last autumn", "lately",
	"a second or two", "2 seconds", "a couple of", "2", "a minute or two", "2 minutes", "une seconde ou deux", "2 secondes", "une minute ou deux", "2 minutes",
	"summer time", "clock change", "heure d'ete", "changement d'heure", "heure d'hiver", "changement d'heure", "winter time", "clock change",
	"pas a pas", "stepper", "il n'y a", "il y a not", "y a pas", "not", "n'est", "ne est", "not sure if", "unsure", "not sure", "unsure",
)

// However much is pasted, a thought is no longer than this: the phrases are
// looked for among all words of a clause, and its length would be felt squared.
const (
	longClause    = 60  // words, after which a comma ends it
	longestClause = 120 // words, after which anything does
	longestWord   = 40  // letters of a word that are looked at
)

// clauses cuts a text into clauses of tokens. Cuts fall where a thought ends:
// at a stop, a semicolon, a line. A contrasting word ("but", "mais") is a comma.
func clauses(s string) [][]token {
	var out [][]token
	var cur []token
	comma := false
	flush := func() {
		if len(cur) > 0 {
			cur = nameParts(cur)
			markNegation(cur)
			out = append(out, cur)
		}
		cur, comma = nil, false
	}
	rs := []rune(contractions.Replace(fold(s) + " "))
	for i := 0; i < len(rs); {
		r := rs[i]
		if len(cur) >= longestClause || len(cur) >= longClause && comma {
			flush()
		}
		switch {
		case unicode.IsDigit(r) || (isSign(r) && i+1 < len(rs) && unicode.IsDigit(rs[i+1]) && (i == 0 || !unicode.IsLetter(rs[i-1]) && !unicode.IsDigit(rs[i-1]))):
			j := figureEnd(rs, i)
			cur = append(cur, figureTokens(string(rs[i:j]), comma)...)
			comma, i = false, j
		case unicode.IsLetter(r) || r == '#':
			j := i + 1
			for j < len(rs) && (unicode.IsLetter(rs[j]) || unicode.IsDigit(rs[j])) {
				j++
			}
			w := string(rs[i:min(j, i+longestWord)])
			if j < len(rs) && rs[j] == '\'' {
				j++
			}
			comma = comma || contrast[w]
			cur = append(cur, token{word: w, comma: comma, virtual: r == '#'})
			comma, i = false, j
		default:
			switch r {
			case '?':
				if len(cur) > 0 {
					cur = append(cur, token{word: asking, virtual: true})
				}
				flush()
			case '.', ';', '!', '\n', '|':
				flush()
			case ',', ':', '(', ')', '[', ']':
				comma = true
			case '/':
				cur = append(cur, token{word: "per", comma: comma})
			case '<', '>', '%', '$':
				cur = append(cur, token{word: string(r), comma: comma})
			}
			i++
		}
	}
	flush()
	return out
}

// asking is the last token of a clause that asks: what an owner supposes is no
// finding of the bench's.
const asking = "#?"

var contrast = map[string]bool{"but": true, "mais": true, "however": true, "although": true, "though": true, "whereas": true, "cependant": true, "toutefois": true, "pourtant": true, "yet": true}

func isSign(r rune) bool { return r == '-' || r == '+' }

// figureEnd finds the end of a figure with its glued letters ("10min", "1,55v", "22h30").
func figureEnd(rs []rune, i int) int {
	j := i
	if isSign(rs[j]) {
		j++
	}
	for j < len(rs) && j-i < longestWord {
		r := rs[j]
		decimal := (r == '.' || r == ',') && j+1 < len(rs) && unicode.IsDigit(rs[j+1]) && unicode.IsDigit(rs[j-1])
		if !unicode.IsDigit(r) && !unicode.IsLetter(r) && !decimal {
			break
		}
		j++
	}
	return j
}

// figureTokens splits "10min" into the figure 10 and the word min; the glued
// word is kept too where it is an hour of the day ("22h").
func figureTokens(s string, comma bool) []token {
	k := 0
	for k < len(s) && (s[k] == '+' || s[k] == '-' || s[k] == '.' || s[k] == ',' || s[k] >= '0' && s[k] <= '9') {
		k++
	}
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimPrefix(s[:k], "+"), ",", ".", 1), 64)
	out := []token{{word: s[:k], comma: comma, number: err == nil, value: v, sign: isSign(rune(s[0]))}}
	if k < len(s) {
		out = append(out, token{word: s[k:]}, token{word: s, virtual: true})
	}
	return out
}

// markNegation finds the negating words of a clause. French "ne … que" limits
// and does not deny; "pas" may be a step of the seconds hand.
func markNegation(ts []token) {
	for i := range ts {
		switch ts[i].word {
		case "not", "never", "neither", "hardly":
			ts[i].deny = denyVerb
		case "no", "without", "nor", "sans", "aucun", "aucune", "ni", "none", "zero", "absence":
			ts[i].deny = denyNoun
		case "ne", "n":
			if !limits(ts, i) {
				ts[i].deny = denyVerb
			}
		case "pas", "jamais":
			if !stepWord(ts, i) {
				ts[i].deny = denyPost
			}
		}
	}
}

func limits(ts []token, i int) bool {
	for j := i + 1; j < len(ts) && j < i+8; j++ {
		switch ts[j].word {
		case "pas", "plus", "jamais", "rien", "aucun", "aucune":
			return false
		case "que", "qu":
			return true
		}
	}
	return false
}

func stepWord(ts []token, i int) bool {
	if ts[i].word != "pas" {
		return false
	}
	if i+1 < len(ts) {
		switch ts[i+1].word {
		case "irreguliers", "manques", "inverses", "groupes", "moteur", "par", "perdus", "sautes", "reguliers", "de-vis":
			return true
		}
	}
	if i == 0 {
		return false
	}
	if ts[i-1].number {
		return true
	}
	switch ts[i-1].word {
	case "un", "des", "les", "le", "petits", "chaque", "au", "par", "ses", "deux", "grands", "gros":
		return true
	}
	return false
}
