package diagnosis

import (
	"slices"
	"sync"
)

// combine adds the findings that two words together make: an endless crown is
// normal on an automatic and a broken spring on a hand-wound watch. Together they
// are as sure as the less sure of them.
func (m *Model) combine(c Case, g *gathered, add func(hit, float64, bool)) {
	for _, r := range combinations() {
		if len(r.kinds) > 0 && !slices.Contains(r.kinds, g.kind) {
			continue
		}
		words, ok, surest := "", true, 1.0
		for _, need := range r.all {
			e, found := find(g, need)
			ok = ok && found
			surest = min(surest, e.strength)
			if words == "" {
				words = e.symptom.Words
			}
		}
		if ok {
			add(hit{finding: r.finding, strength: r.strength, words: words}, surest, false)
		}
	}
}

// find returns the evidence of a finding, if it is there.
func find(g *gathered, id string) (evidence, bool) {
	for _, e := range append(slices.Clone(g.told), g.measured...) {
		if e.symptom.ID == id && !e.negated {
			return e, true
		}
	}
	return evidence{}, false
}

// supersedes maps a finding to the vaguer ones it takes the place of: "stops
// around midnight" is not also "stops at night".
var supersedes = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, r := range rows("supersedes.csv") {
		out[r["finding"]] = append(out[r["finding"]], r["over"])
	}
	return out
})

// combination is a row of combinations.csv.
type combination struct {
	finding  string
	all      []string
	kinds    []string
	strength float64
}

var combinations = sync.OnceValue(func() []combination {
	var out []combination
	for _, r := range rows("combinations.csv") {
		out = append(out, combination{r["finding"], r.list("all"), r.list("kinds"), r.float("strength", 1)})
	}
	return out
})
