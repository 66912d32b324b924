package diagnosis

import (
	"maps"
	"slices"
	"sort"
	"strings"
)

// checkHits reads the short texts of the checks, each in the light of the
// field it stands in: "normal" says different things of winding and rotor.
func checkHits(x *lexicon, k Checks) []hit {
	var out []hit
	read := func(field, s string) {
		if s == "" {
			return
		}
		out = append(out, yesNo(field, s)...)
		out = append(out, x.read(s, field)...)
	}
	read("winding", k.Winding)
	read("setting", k.Setting)
	read("rotor", k.Rotor)
	read("magnetised", k.Magnetised)
	read("condensation", k.Condensation)
	read("water", k.WaterTest)
	for _, name := range slices.Sorted(maps.Keys(k.Other)) {
		out = append(out, x.read(strings.ReplaceAll(name, "_", " ")+" "+k.Other[name], "")...)
	}
	return unique(out)
}

// yesNo reads a bare yes or no.
func yesNo(field, s string) []hit {
	ts := clauses(s)
	if len(ts) == 0 {
		return nil
	}
	yes, no := false, false
	for _, t := range ts[0][:min(len(ts[0]), 3)] {
		switch t.word {
		case "yes", "oui", "true", "positive", "positif", "present", "presente", "strong", "forte", "fort", "slight", "legere", "slightly", "faible", "weak", "visible", "y":
			yes = true
		case "no", "non", "not", "ne", "false", "negative", "negatif", "none", "aucun", "aucune", "absent", "absente", "pas", "rien", "nothing", "neant", "nulle", "n":
			no = true
		}
	}
	switch {
	case field == "magnetised" && no:
		return []hit{{finding: "magnetised_no", strength: 1, words: s}}
	case field == "magnetised" && yes:
		return []hit{{finding: "magnetised_yes", strength: 1, words: s}}
	case field == "condensation" && no:
		return []hit{{finding: "condensation", negated: true, strength: 1, words: s}}
	case field == "condensation" && yes:
		return []hit{{finding: "condensation", strength: 1, words: s}}
	}
	return nil
}

// unique keeps one hit a finding, an affirmed one before a denied one.
func unique(hs []hit) []hit {
	sort.SliceStable(hs, func(i, j int) bool { return !hs[i].negated && hs[j].negated })
	seen := map[string]bool{}
	var out []hit
	for _, h := range hs {
		if !seen[h.finding] {
			seen[h.finding] = true
			out = append(out, h)
		}
	}
	return out
}
