package diagnosis

import (
	"strings"
	"sync"
)

// spelling forgives typing errors: a word the lexicon does not know is read as
// the only known word one slip away (two for long words).
type spelling struct {
	byStart map[string][]string // first letter + length → known words
	plain   map[string]bool     // everyday words that are not slips
	cache   sync.Map
}

func newSpelling(x *lexicon) *spelling {
	s := &spelling{byStart: map[string][]string{}, plain: map[string]bool{}}
	for _, r := range rows("plain.csv") {
		for _, w := range strings.Fields(fold(r["words"])) {
			s.plain[w] = true
		}
	}
	add := func(w string) {
		if len(w) >= 5 {
			key := w[:1] + string(rune(len(w)))
			s.byStart[key] = append(s.byStart[key], w)
		}
	}
	for w := range x.exact {
		add(w)
	}
	for w := range x.prefix {
		add(w)
	}
	return s
}

// correct returns the known word that w is a slip of, or "".
func (s *spelling) correct(w string) string {
	if len(w) < 5 || s.plain[w] || strings.ContainsAny(w, "0123456789") {
		return ""
	}
	if v, ok := s.cache.Load(w); ok {
		return v.(string)
	}
	limit := 1
	if len(w) >= 9 {
		limit = 2
	}
	best, bestD := "", limit+1
	for n := len(w) - limit; n <= len(w)+limit; n++ {
		for _, known := range s.byStart[w[:1]+string(rune(n))] {
			d := distance(w, known, limit)
			if d < bestD || d == bestD && d <= limit && known < best {
				best, bestD = known, d
			}
		}
	}
	if bestD > limit {
		best = ""
	}
	s.cache.Store(w, best)
	return best
}

// distance is the Damerau–Levenshtein distance with adjacent transposition, cut
// off above limit.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		low := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
			low = min(low, cur[j])
		}
		if low > limit {
			return limit + 1
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}
