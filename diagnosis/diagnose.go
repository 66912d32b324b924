package diagnosis

import (
	"math"
	"slices"
	"sort"
)

// Diagnose ranks the causes of c. It is deterministic and takes well under
// five milliseconds.
func (m *Model) Diagnose(c Case) Result {
	g := m.gather(c)
	all := append(append([]evidence(nil), g.told...), g.measured...)
	r := Result{Understood: g.understood, Derived: g.derived, Gaps: gapsOf(c, g.spec)}
	post := m.posterior(g.kind, all)
	r.Causes = m.ranked(c, g, all, post)
	out := outOfPerimeter(c, g.spec)
	r.Safety = safetyOf(g, out, r.Causes)
	if out != "" {
		return m.refer(r, out)
	}
	known := map[int]bool{}
	for _, e := range all {
		if e.heard == nil {
			known[e.finding] = true
		}
	}
	r.NextTests = m.nextTests(g.kind, post, known, 4)
	r.Answer, r.Why = m.answer(all, post, g.kind)
	if r.Answer == AnswerNoFault { // what reassures is named before what does not
		slices.SortStableFunc(r.Causes, func(a, b Cause) int { return order(!innocent(a.ID)) - order(!innocent(b.ID)) })
	}
	if r.Answer == AnswerAskMore {
		for i := range r.Causes {
			r.Causes[i].Provisional = true
		}
	}
	return r
}

// refer answers out of perimeter: the reason first, then what the findings
// point to, for whoever takes the watch over, provisional and out of reach.
func (m *Model) refer(r Result, id string) Result {
	info := m.causes[m.causeIndex[id]]
	r.Answer, r.Why = AnswerOutOfPerimeter, info.Physics
	first := Cause{ID: id, Name: info.Name, Probability: 1, Prior: 1, Perimeter: info.Perimeter, For: []Text{info.Name},
		Physics: info.Physics, Confirm: info.Confirm, Remedy: info.Remedy, Operations: info.Operations, Source: info.Source, Confidence: info.Confidence}
	rest := r.Causes[:min(2, len(r.Causes))]
	r.Causes = []Cause{first}
	for _, c := range rest {
		c.Provisional, c.Operations = true, nil
		if reach(info.Perimeter) > reach(c.Perimeter) {
			c.Perimeter = info.Perimeter
		}
		r.Causes = append(r.Causes, c)
	}
	return r
}

// ranked lists the causes worth showing, at most eight: a list of all causes
// for every watch helps nobody.
func (m *Model) ranked(c Case, g gathered, all []evidence, post []float64) []Cause {
	before := m.posterior(g.kind, g.told)
	order := byProbability(post)
	var out []Cause
	for n, i := range order {
		if n >= 8 || n >= 3 && post[i] < 0.02 || post[i] < 1e-4 {
			break
		}
		info := m.causes[i]
		pro, con := m.reasons(i, all)
		out = append(out, Cause{
			ID: info.ID, Name: info.Name, Probability: post[i], Prior: before[i], Perimeter: perimeterOf(info, c, g),
			For: pro, Against: con, Physics: info.Physics, Confirm: info.Confirm, Remedy: info.Remedy,
			Operations: operationsFor(info, g.kind), Parts: info.Parts, Source: info.Source, Confidence: info.Confidence,
		})
	}
	return out
}

func byProbability(post []float64) []int {
	order := make([]int, len(post))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return post[order[a]] > post[order[b]] })
	return order
}

// reasons lists the findings for and against cause c, strongest first.
func (m *Model) reasons(c int, all []evidence) (pro, con []Text) {
	type reason struct {
		t Text
		w float64
	}
	var rs []reason
	for _, e := range all {
		if w := m.weight(e, c); math.Abs(w) > 0.05 {
			rs = append(rs, reason{phraseOf(e), w})
		}
	}
	sort.SliceStable(rs, func(i, j int) bool { return math.Abs(rs[i].w) > math.Abs(rs[j].w) })
	for _, r := range rs {
		if r.w > 0 {
			pro = append(pro, r.t)
		} else {
			con = append(con, r.t)
		}
	}
	return pro, con
}

// innocence is the probability that there is nothing to repair.
func (m *Model) innocence(post []float64) float64 {
	sum := 0.0
	for i, p := range post {
		if m.causes[i].innocent() {
			sum += p
		}
	}
	return sum
}

// The thresholds between proposing, reassuring and asking. Fitted on the
// steering cases (doc/diagnosis.md).
const (
	thinEvidence     = 1.2   // log likelihood gathered by the first cause below which nothing has been said
	specificEvidence = 2.2   // log likelihood of its best finding: nine times commoner with the cause than without
	flatPosterior    = 0.13  // probability of the first cause below which the ranking is flat
	costOfMinute     = 0.001 // of being right, that a minute of testing may cost
)

// answer decides between the three answers. A proposal needs a finding that is
// specific for it, or half the probability; without either, what a test would
// add to the chance of being right is weighed against its minutes and its risk.
func (m *Model) answer(all []evidence, post []float64, kind string) (string, Text) {
	// How others told of it may order the causes; it never makes the case.
	found := slices.DeleteFunc(slices.Clone(all), func(e evidence) bool { return e.heard != nil })
	first := byProbability(post)[0]
	innocent := m.innocence(post)
	strength, best := m.score(first, found), 0.0
	for _, e := range found {
		best = max(best, m.weight(e, first))
	}
	alone := m.posterior(kind, found)
	upheld := alone[first] >= slices.Max(alone)/2 // the findings by themselves point there too
	specific := best >= specificEvidence && upheld || alone[first] >= 0.5 || post[first] >= 0.55
	// Where the figures find the watch sound, the way it was told is no fault.
	sound := m.innocence(alone) > 0.5 && !m.causes[first].innocent() && alone[first] < slices.Max(alone)/2
	switch {
	case len(found) == 0 || sound || strength < thinEvidence || post[first] < flatPosterior || !specific && m.worthTesting(kind, post) > 0:
		return AnswerAskMore, Text{FR: "Les constats ne suffisent pas à départager les causes\u00a0: faire d’abord les tests proposés.", EN: "The findings do not yet tell the causes apart: do the proposed tests first."}
	case m.causes[first].innocent(), innocent > 0.5:
		return AnswerNoFault, Text{FR: "Rien à réparer d’après les constats\u00a0: réglage, port, mesure ou comportement normal.", EN: "Nothing to repair by these findings: regulation, wear, measurement or normal behaviour."}
	}
	return AnswerCauses, Text{FR: "Causes classées\u00a0: confirmer la première par son test.", EN: "Ranked causes: confirm the first by its test."}
}
