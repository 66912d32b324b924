package diagnosis

import "sync"

var safetyRows = sync.OnceValue(func() []row { return rows("safety.csv") })

// likelyEnough is the probability from which a cause's own note is worth reading:
// a warning on every watch is read on none.
const likelyEnough = 0.1

// safetyOf returns the notes that a finding, the reason out of perimeter, or
// one of the first three causes calls for, each once, people first.
func safetyOf(g gathered, out string, causes []Cause) []Text {
	triggers := map[string]bool{out: true}
	for _, e := range append(append([]evidence(nil), g.told...), g.measured...) {
		if !e.negated {
			triggers[e.symptom.ID] = true
		}
	}
	for i := 0; i < len(causes) && i < 3; i++ {
		if causes[i].Probability > likelyEnough {
			triggers[causes[i].ID] = true
		}
	}
	var notes []Text
	seen := map[string]bool{}
	for _, r := range safetyRows() {
		t := r.text("text")
		if triggers[r["trigger"]] && !seen[t.EN] {
			seen[t.EN] = true
			notes = append(notes, t)
		}
	}
	return notes
}
