package horology

import (
	"slices"
	"strings"
	"sync"
)

// key holds the spellings under which a calibre is found.
type key struct {
	name    string   // folded name
	makers  []string // folded makers: "Seiko (TMI)" is found under seiko, tmi and seikotmi
	joined  []string // maker and name together
	related string   // folded family and base, searched last
}

var keys = sync.OnceValue(func() []key {
	var out []key
	for _, c := range calibres() {
		k := key{name: fold(c.Name), related: fold(c.Family)}
		outer, inner, _ := strings.Cut(c.Maker, "(")
		for _, m := range []string{c.Maker, outer, inner} {
			if m = fold(m); m != "" && !slices.Contains(k.makers, m) {
				k.makers = append(k.makers, m)
				k.joined = append(k.joined, m+k.name)
			}
		}
		out = append(out, k)
	}
	return out
})

// FindCalibres returns the calibres a query may mean, the best first, at most limit of them
// (no bound when limit is not positive). Case, spacing and punctuation do not matter
// ("eta 2824-2", "2824", "sw200"); maker and name may come in either order; one letter
// wrong, missing, extra or swapped is forgiven from four letters on, two from eight on.
// A well-spelt match always comes before a corrected one. An empty query finds nothing.
func FindCalibres(query string, limit int) []Calibre {
	q := fold(query)
	if q == "" {
		return nil
	}
	words := strings.FieldsFunc(query, func(r rune) bool { return alnum(string(r)) == "" })
	for i := range words {
		words[i] = fold(words[i])
	}
	type hit struct{ index, score int }
	var hits []hit
	for i, k := range keys() {
		if s := k.score(q, words); s < noMatch {
			hits = append(hits, hit{i, s})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.score - b.score })
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	out := make([]Calibre, len(hits))
	for i, h := range hits {
		out[i] = calibres()[h.index]
	}
	return out
}

const noMatch = 1 << 20

// score is smaller for a better match: exact, beginning, inside, family, then by typos.
func (k key) score(q string, words []string) int {
	best := literal(q, k.name, 0)
	for _, j := range k.joined {
		best = min(best, literal(q, j, 1))
	}
	if best == noMatch {
		best = k.eachWord(words)
	}
	if best < noMatch {
		return best*100 + len(k.name) // the shorter name first among equals
	}
	if strings.Contains(k.related, q) && len(q) >= 3 {
		return 50*100 + len(k.name)
	}
	allowed := typos(q)
	if allowed == 0 {
		return noMatch
	}
	nearest := allowed + 1
	for _, s := range append([]string{k.name}, k.joined...) {
		nearest = min(nearest, startDistance(q, s))
	}
	if nearest > allowed {
		return noMatch
	}
	return (100*nearest)*100 + len(k.name)
}

func literal(q, s string, penalty int) int {
	switch {
	case q == s:
		return 0 + penalty
	case strings.HasPrefix(s, q):
		return 10 + penalty
	case strings.Contains(s, q) && len(q) >= 2:
		return 20 + penalty
	}
	return noMatch
}

// eachWord accepts a query whose words are each the beginning of the maker or stand in
// the name, in any order: "7750 valjoux" has to be "valjoux" in the family, so families
// count too, but less.
func (k key) eachWord(words []string) int {
	if len(words) < 2 {
		return noMatch
	}
	score := 30
	for _, w := range words {
		switch {
		case slices.ContainsFunc(k.makers, func(m string) bool { return strings.HasPrefix(m, w) }):
		case strings.Contains(k.name, w):
		case len(w) >= 3 && strings.Contains(k.related, w):
			score += 5
		default:
			return noMatch
		}
	}
	return score
}

func typos(q string) int {
	switch {
	case len(q) >= 8:
		return 2
	case len(q) >= 4:
		return 1
	}
	return 0
}

// startDistance is the least number of single-letter changes (wrong, missing, extra, two
// neighbours swapped) that turn q into s or into a beginning of s. At most 32 letters of
// each are compared: calibre names are shorter.
func startDistance(q, s string) int {
	const limit = 32
	a, b := q[:min(len(q), limit)], s[:min(len(s), limit)]
	var rows [3][limit + 1]int
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	least := last[0]
	for j := 1; j <= len(b); j++ {
		least = min(least, last[j])
	}
	return least
}
