package diagnosis

import "sort"

// Candidate is an operation a pre-quote may name: how likely it is to be
// needed and for which causes. It is never a verdict.
type Candidate struct {
	Operation   string // code of operations.csv
	Probability float64
	Causes      []string
	Perimeter   string // the widest perimeter among its causes
}

// Candidates turns a result into candidate operations, most probable first:
// the first operation of each ranked cause, with the probability of the causes
// it would remedy. Out of perimeter gives the hand-over operation alone.
func Candidates(r Result) []Candidate {
	at := map[string]int{}
	var out []Candidate
	for _, c := range r.Causes {
		if len(c.Operations) == 0 {
			continue
		}
		op := c.Operations[0]
		i, ok := at[op]
		if !ok {
			i = len(out)
			at[op] = i
			out = append(out, Candidate{Operation: op, Perimeter: c.Perimeter})
		}
		out[i].Probability += c.Probability
		out[i].Causes = append(out[i].Causes, c.ID)
		if reach(c.Perimeter) > reach(out[i].Perimeter) {
			out[i].Perimeter = c.Perimeter
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Probability > out[j].Probability })
	return out
}

func reach(perimeter string) int {
	switch perimeter {
	case Manufacturer:
		return 2
	case Watchmaker:
		return 1
	}
	return 0
}
