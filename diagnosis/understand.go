package diagnosis

import (
	"sort"
	"strings"
)

// Understand reads free French or English words into structured symptoms, in
// order of appearance, each once. It needs neither network nor model: a lexicon
// of words and phrases (data/words.csv, data/phrases.csv) tolerant of endings,
// typing errors, negation and figures with units. What it does not know it
// leaves out.
func Understand(s string) []Symptom {
	var out []Symptom
	for _, h := range defaultLexicon().read(s, "") {
		info, ok := Finding(h.finding)
		if !ok {
			continue
		}
		out = append(out, Symptom{ID: h.finding, Name: info.Name, Value: h.value, Unit: h.unit, Negated: h.negated, Words: h.words})
	}
	return out
}

// hit is one finding read from words.
type hit struct {
	finding  string
	negated  bool
	strength float64
	value    float64
	unit     string
	words    string
	place    int // where it stands in the text, to order by
}

// read finds the phrases and figures of a text. field is the name of the check
// it stands in, or "".
func (x *lexicon) read(s, field string) []hit {
	best := map[string]hit{}
	var order []string
	keep := func(h hit) {
		old, seen := best[h.finding]
		if !seen {
			order = append(order, h.finding)
		}
		if !seen || old.negated && !h.negated || old.unit == "" && h.unit != "" {
			best[h.finding] = h
		}
	}
	for n, ts := range clauses(s) {
		if field != "" {
			ts = append(ts, token{word: "#" + field, virtual: true})
		}
		at := x.index(ts)
		words := spoken(ts)
		figures := x.figures(ts, at)
		exact := bands(figures)
		for i := range x.phrases {
			p := &x.phrases[i]
			sp, ok := p.find(ts, at)
			if !ok || exact[p.finding] {
				continue
			}
			strength := p.strength
			if strings.HasPrefix(p.finding, "seen_") && asks(ts) {
				strength *= supposed
			}
			keep(hit{finding: p.finding, negated: !p.immune && denied(ts, sp), strength: strength, words: words, place: 1000*n + sp.lo})
		}
		for _, h := range figures {
			h.words, h.place = words, 1000*n+h.place
			keep(h)
		}
		x.release(at)
	}
	out := make([]hit, 0, len(order))
	for _, id := range order {
		out = append(out, best[id])
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].place < out[j].place })
	return out
}

// supposed is what a part named in a question counts for: "is the spring broken?"
// says what its owner fears.
const supposed = 0.2

func asks(ts []token) bool {
	for _, t := range ts {
		if t.virtual && t.word == asking {
			return true
		}
	}
	return false
}

func spoken(ts []token) string {
	var w []string
	for _, t := range ts {
		switch {
		case t.renamed && t.said != "":
			w = append(w, t.said)
		case !t.virtual && !t.renamed:
			w = append(w, t.word)
		}
	}
	return strings.Join(w, " ")
}

// bands returns the worded bands that a figure in the same clause replaces:
// "loses 5 minutes a week" is 43 s/d, not "minutes a day".
func bands(figures []hit) map[string]bool {
	for _, h := range figures {
		if h.unit == "s/d" {
			return map[string]bool{"fast_strong": true, "fast_extreme": true, "slow_strong": true, "slow_extreme": true}
		}
	}
	return nil
}
