package diagnosis

import (
	"math"
	"slices"
	"sort"
)

// testInfo is a test as tests.csv describes it: its outcomes are findings that
// exclude each other, or none of them.
type testInfo struct {
	id       string
	label    Text
	meaning  Text
	minutes  int
	opens    bool
	kinds    []string
	outcomes []string
}

func loadTests() []testInfo {
	var out []testInfo
	for _, r := range rows("tests.csv") {
		out = append(out, testInfo{
			id: r["id"], label: r.text("label"), meaning: r.text("meaning"), minutes: int(r.float("minutes", 5)),
			opens: r["opens"] == "yes", kinds: r.list("kinds"), outcomes: r.list("outcomes"),
		})
	}
	return out
}

// openingRisk is what opening a watch costs on top of its minutes: dust, a lost
// seal, a scratched back, and the customer's consent first.
const openingRisk = 15

// nextTests returns the tests that would settle most per minute and per risk.
func (m *Model) nextTests(kind string, post []float64, known map[int]bool, limit int) []Test {
	type ranked struct {
		Test
		value float64
	}
	var all []ranked
	for _, t := range m.tests {
		if !serves(t.kinds, kind) || m.answered(t, known) {
			continue
		}
		gain, settles := m.gain(t, post)
		if gain < 0.01 || len(settles) == 0 {
			continue
		}
		cost := float64(t.minutes) + 3
		if t.opens {
			cost += openingRisk
		}
		all = append(all, ranked{Test{t.id, t.label, t.minutes, gain, settles, t.opens, t.meaning}, gain / math.Sqrt(cost)})
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].value > all[j].value })
	var out []Test
	for i := 0; i < len(all) && i < limit; i++ {
		out = append(out, all[i].Test)
	}
	return out
}

func serves(kinds []string, kind string) bool {
	if len(kinds) == 0 || kind == "" {
		return true
	}
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return false
}

func (m *Model) answered(t testInfo, known map[int]bool) bool {
	for _, o := range t.outcomes {
		if known[m.findingIndex[o]] {
			return true
		}
	}
	return false
}

// gain returns the expected share of the present uncertainty (entropy) that
// the test removes, and the causes between which it decides.
func (m *Model) gain(t testInfo, post []float64) (float64, []string) {
	before := entropy(post)
	if before < 1e-9 {
		return 0, nil
	}
	outcomes := m.outcomeTable(t)
	after := 0.0
	for _, p := range outcomes {
		joint := make([]float64, len(post))
		total := 0.0
		for c := range post {
			joint[c] = post[c] * p[c]
			total += joint[c]
		}
		if total < 1e-12 {
			continue
		}
		for c := range joint {
			joint[c] /= total
		}
		after += total * entropy(joint)
	}
	return math.Max(0, 1-after/before), m.decides(outcomes, post)
}

// worthTesting returns what the best test would add to the chance that the first
// proposal is right, less the cost of its minutes and of opening the watch.
func (m *Model) worthTesting(kind string, post []float64) float64 {
	now := slices.Max(post)
	best := math.Inf(-1)
	for _, t := range m.tests {
		if !serves(t.kinds, kind) {
			continue
		}
		after := 0.0
		for _, p := range m.outcomeTable(t) {
			top := 0.0
			for c := range post {
				top = math.Max(top, post[c]*p[c])
			}
			after += top
		}
		cost := float64(t.minutes)
		if t.opens {
			cost += openingRisk
		}
		best = math.Max(best, after-now-cost*costOfMinute)
	}
	return best
}

// outcomeTable returns, for each outcome and for "none of them", its
// probability under every cause.
func (m *Model) outcomeTable(t testInfo) [][]float64 {
	n := len(m.causes)
	table := make([][]float64, len(t.outcomes)+1)
	rest := make([]float64, n)
	for c := range rest {
		rest[c] = 1
	}
	for k, id := range t.outcomes {
		f := m.findingIndex[id]
		table[k] = make([]float64, n)
		for c := 0; c < n; c++ {
			p := m.p[f][c]
			if math.IsNaN(p) {
				p = m.findings[f].Base
			}
			p = math.Min(p, rest[c])
			table[k][c] = p
			rest[c] -= p
		}
	}
	table[len(t.outcomes)] = rest
	return table
}

// decides lists the likely causes whose probability an outcome would move by
// half or more, most probable first.
func (m *Model) decides(outcomes [][]float64, post []float64) []string {
	type hit struct {
		c int
		p float64
	}
	var hits []hit
	for c, p := range post {
		if p < 0.03 {
			continue
		}
		for _, o := range outcomes {
			mean := 0.0
			for j := range post {
				mean += post[j] * o[j]
			}
			if mean > 0 && (o[c]/mean > 1.5 || o[c]/mean < 0.5) {
				hits = append(hits, hit{c, p})
				break
			}
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].p > hits[j].p })
	var out []string
	for i := 0; i < len(hits) && i < 4; i++ {
		out = append(out, m.causes[hits[i].c].ID)
	}
	return out
}

func entropy(p []float64) float64 {
	h := 0.0
	for _, x := range p {
		if x > 1e-12 {
			h -= x * math.Log(x)
		}
	}
	return h
}
