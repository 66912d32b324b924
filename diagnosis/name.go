package diagnosis

import (
	"strings"
	"sync"
)

// plainName is what people call a part who do not know its name: "the big
// spring" is the mainspring, "la petite aiguille" the hour hand.
type plainName struct {
	words [][]string // alternatives, one after the other
	trade []string
}

// plainNames are the rows of names.csv by their first word, the longer before
// the shorter.
var plainNames = sync.OnceValue(func() map[string][]plainName {
	out := map[string][]plainName{}
	for _, r := range rows("names.csv") {
		var n plainName
		for _, f := range strings.Fields(fold(r["plain"])) {
			n.words = append(n.words, strings.Split(f, "|"))
		}
		n.trade = strings.Fields(fold(r["trade"]))
		for _, first := range n.words[0] {
			at := 0
			for at < len(out[first]) && len(out[first][at].words) >= len(n.words) {
				at++
			}
			out[first] = append(out[first][:at], append([]plainName{n}, out[first][at:]...)...)
		}
	}
	return out
})

// little are the words that may stand between those of a name: "the tip of the
// balance's axle", "le bout de l'axe".
var little = map[string]bool{
	"the": true, "of": true, "a": true, "s": true, "its": true, "that": true, "which": true, "on": true, "in": true, "to": true,
	"de": true, "du": true, "d": true, "des": true, "la": true, "le": true, "l": true, "les": true, "en": true, "qui": true, "sur": true, "un": true, "une": true,
}

// nameParts writes the parts of a clause by their names of the trade, so that
// phrases and ear know them.
func nameParts(ts []token) []token {
	var out []token
	for i := 0; i < len(ts); {
		n, end := nameAt(ts, i)
		if end == 0 {
			out = append(out, ts[i])
			i++
			continue
		}
		for k, w := range n.trade {
			t := token{word: w, comma: ts[i].comma && k == 0, renamed: true}
			if k == 0 {
				t.said = spoken(ts[i:end])
			}
			out = append(out, t)
		}
		i = end
	}
	return out
}

// nameAt returns the name that begins at token i and the token after it, or 0.
func nameAt(ts []token, i int) (plainName, int) {
	if ts[i].virtual || ts[i].number {
		return plainName{}, 0
	}
	for _, n := range plainNames()[ts[i].word] {
		j, ok := i+1, true
		for _, alternatives := range n.words[1:] {
			for skip := 0; skip < 3 && j < len(ts) && little[ts[j].word] && !ts[j].comma && !among(ts[j].word, alternatives); skip++ {
				j++
			}
			if j >= len(ts) || ts[j].comma || ts[j].virtual || !among(ts[j].word, alternatives) {
				ok = false
				break
			}
			j++
		}
		if ok {
			return n, j
		}
	}
	return plainName{}, 0
}

func among(w string, words []string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}
