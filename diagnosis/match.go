package diagnosis

// span is where a phrase was met in a clause: its first and last word, and
// every word it is made of.
type span struct {
	lo, hi int
	at     []int
}

// find returns the tightest place where the phrase stands, if any. A virtual
// token (the field's name) is near everything.
func (p *phrase) find(ts []token, at [][]int) (span, bool) {
	for _, t := range p.need {
		if len(at[t]) == 0 {
			return span{}, false
		}
	}
	best, ok := span{}, false
	used := make([]int, 0, len(p.need))
	var walk func(k, lo, hi int)
	walk = func(k, lo, hi int) {
		if k == len(p.need) {
			if lo > hi {
				lo, hi = 0, 0
			}
			if hi-lo < p.window && (!ok || hi-lo < best.hi-best.lo) && p.negates(ts, used) {
				best, ok = span{lo, hi, append([]int(nil), used...)}, true
			}
			return
		}
		for _, i := range at[p.need[k]] {
			if contains(used, i) {
				continue
			}
			l, h := lo, hi
			if !ts[i].virtual || ts[i].word[0] != '#' {
				l, h = min(lo, i), max(hi, i)
			}
			if l <= h && h-l >= p.window {
				continue
			}
			used = append(used, i)
			walk(k+1, l, h)
			used = used[:len(used)-1]
		}
	}
	walk(0, len(ts), -1)
	return best, ok && !p.forbidden(ts, at, best)
}

// forbidReach is how far around a phrase a forbidden word is still felt.
const forbidReach = 5

func (p *phrase) forbidden(ts []token, at [][]int, s span) bool {
	for _, t := range p.forbid {
		for _, i := range at[t] {
			if ts[i].virtual && ts[i].word[0] == '#' {
				return true // the field it stands in
			}
			if i < s.lo-forbidReach || i > s.hi+forbidReach {
				continue
			}
			near := min(max(i, s.lo), s.hi)
			if comma(ts, min(i, near), max(i, near)) {
				continue // it belongs to another thought
			}
			return true
		}
	}
	return false
}

// negates reports whether a negation that the phrase asks for stands where it
// denies the next term: "does not turn", "ne tourne pas", not "no … turns".
func (p *phrase) negates(ts []token, used []int) bool {
	for k, plain := range p.neg {
		if !plain || k >= len(used) {
			continue
		}
		next := k + 1
		if next >= len(used) {
			next = k - 1
		}
		if next < 0 {
			continue
		}
		d := used[next] - used[k]
		if d < -2 || d > 4 || barrier(ts, min(used[k], used[next]), max(used[k], used[next]), denyNoun) {
			return false
		}
	}
	return true
}

func contains(xs []int, v int) bool {
	for _, x := range xs {
		if x == v {
			return true
		}
	}
	return false
}
