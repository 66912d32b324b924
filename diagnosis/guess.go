package diagnosis

import "math"

// The back-off for a symptom in which no phrase is met whole: the phrase that
// is met best in part, if its rarest words are there. It counts for less.
const (
	guessCoverage = 0.55 // share of a phrase's information that must be met
	guessBits     = 6.5  // and how much information, in nats over the phrases
	guessStrength = 0.5
)

// rarity is the information each term carries: how few phrases ask for it.
func (x *lexicon) rarity() []float64 {
	count := make([]float64, len(x.terms))
	for _, p := range x.phrases {
		for _, t := range p.need {
			count[t]++
		}
	}
	for t, n := range count {
		count[t] = math.Log(float64(len(x.phrases)) / math.Max(1, n))
	}
	return count
}

// guess reads a symptom that no phrase fits by the nearest phrase.
func (x *lexicon) guess(s string) []hit {
	best, bestGain := hit{}, 0.0
	for _, ts := range clauses(s) {
		at := x.index(ts)
		for i := range x.phrases {
			p := &x.phrases[i]
			if len(p.need) < 2 || p.blocked(at) {
				continue
			}
			met, all, n := 0.0, 0.0, 0
			for k, t := range p.need {
				all += x.weight[t]
				if !p.neg[k] && x.telling(ts, at[t]) {
					met += x.weight[t]
					n++
				} else if p.neg[k] && len(at[t]) == 0 {
					all += 3 // without the denial that it asks for, it says something else
				}
			}
			if n >= 2 && met >= guessBits && met/all >= guessCoverage && met*met/all > bestGain {
				bestGain = met * met / all
				best = hit{finding: p.finding, strength: guessStrength * met / all, words: spoken(ts)}
			}
		}
		x.release(at)
	}
	if bestGain == 0 {
		return nil
	}
	return []hit{best}
}

// telling reports whether one of the words at these places is a word of the
// trade, not one of everyday speech.
func (x *lexicon) telling(ts []token, places []int) bool {
	for _, i := range places {
		if w := ts[i].word; len(w) >= 4 && !x.spelling.plain[w] {
			return true
		}
	}
	return false
}

func (p *phrase) blocked(at [][]int) bool {
	for _, t := range p.forbid {
		if len(at[t]) > 0 {
			return true
		}
	}
	return false
}
