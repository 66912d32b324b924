package diagnosis

import (
	"fmt"
	"math"
	"sort"
	"sync"
)

// Model holds causes, findings and their likelihoods. It is immutable and safe
// for concurrent use; With returns a model adjusted by a workshop's outcomes.
type Model struct {
	causes       []CauseInfo
	causeIndex   map[string]int
	findings     []FindingInfo
	findingIndex map[string]int
	likelihoods  []Likelihood
	p            [][]float64 // [finding][cause] likelihood; NaN where no row says anything
	tests        []testInfo
	ear          *ear
}

// Default returns the model that ships with the package.
var Default = sync.OnceValue(func() *Model {
	m := newModel(loadCauses(), loadFindings(), loadLikelihoods(), loadTests())
	m.ear = newEar(sayings(), m.causeIndex)
	return m
})

func newModel(causes []CauseInfo, findings []FindingInfo, likelihoods []Likelihood, tests []testInfo) *Model {
	m := &Model{causes: causes, findings: findings, likelihoods: likelihoods, tests: tests,
		causeIndex: map[string]int{}, findingIndex: map[string]int{}}
	for i, c := range causes {
		m.causeIndex[c.ID] = i
	}
	for i, f := range findings {
		m.findingIndex[f.ID] = i
		line := make([]float64, len(causes))
		for j := range line {
			line[j] = math.NaN()
		}
		m.p = append(m.p, line)
	}
	for _, l := range likelihoods {
		f, okF := m.findingIndex[l.Finding]
		c, okC := m.causeIndex[l.Cause]
		if !okF || !okC || l.P <= 0 || l.P >= 1 {
			panic(fmt.Sprintf("diagnosis: likelihoods.csv: bad row %s,%s,%g", l.Finding, l.Cause, l.P))
		}
		m.p[f][c] = l.P
	}
	return m
}

// evidence is one finding as met in a case.
type evidence struct {
	finding  int
	negated  bool
	strength float64 // 1 for a reading or a plain symptom, less for hearsay
	symptom  Symptom
	heard    []float64 // by cause, for what the ear made of the words; no finding then
}

// weight returns the log likelihood ratio of e for cause c. A finding no row
// connects with the cause says nothing about it.
func (m *Model) weight(e evidence, c int) float64 {
	if e.heard != nil {
		return e.strength * e.heard[c]
	}
	p := m.p[e.finding][c]
	if math.IsNaN(p) {
		return 0
	}
	base := m.findings[e.finding].Base
	if !e.negated {
		return e.strength * math.Log(p/base)
	}
	// The absence of a finding can only take away from the causes that would
	// show it: never reward a cause for what was not seen.
	return e.strength * math.Min(0, math.Log((1-p)/(1-base)))
}

// Within a group of dependent findings the strongest counts fully, each next
// one this much of the one before: a second witness of the same fact adds
// little.
const groupDamping = 0.4

// score returns the unnormalised log score of cause c: evidence by group,
// for and against apart. Adding evidence for c never lowers it.
func (m *Model) score(c int, ev []evidence) float64 {
	type sides struct{ pro, con []float64 }
	groups := map[string]*sides{}
	for _, e := range ev {
		w := m.weight(e, c)
		if w == 0 {
			continue
		}
		name := m.group(e)
		g := groups[name]
		if g == nil {
			g = &sides{}
			groups[name] = g
		}
		if w > 0 {
			g.pro = append(g.pro, w)
		} else {
			g.con = append(g.con, -w)
		}
	}
	names := make([]string, 0, len(groups))
	for name := range groups {
		names = append(names, name)
	}
	sort.Strings(names) // the same sum, to the last bit, whatever the order of the findings
	total := 0.0
	for _, name := range names {
		total += damped(groups[name].pro) - damped(groups[name].con)
	}
	return total
}

// group names the physical fact that e tells of; what the ear made of the words
// is a fact of its own.
func (m *Model) group(e evidence) string {
	if e.heard != nil {
		return "told"
	}
	return m.findings[e.finding].Group
}

// damped sums weights, the strongest first, each further one damped.
func damped(ws []float64) float64 {
	sort.Sort(sort.Reverse(sort.Float64Slice(ws)))
	sum, k := 0.0, 1.0
	for _, w := range ws {
		sum += k * w
		k *= groupDamping
	}
	return sum
}

// However carefully findings are grouped, much evidence is never as
// independent as the sum takes it for. Beyond plainEvidence nats of it the
// posterior is flattened, by one more temperature each steepEvidence nats; the
// order of the causes stays. Fitted on the steering cases (doc/diagnosis.md).
const (
	plainEvidence = 5.0
	steepEvidence = 20.0
)

// posterior returns the probability of every cause given kind and evidence.
func (m *Model) posterior(kind string, ev []evidence) []float64 {
	logs := make([]float64, len(m.causes))
	top, strongest := math.Inf(-1), 0.0
	for c, info := range m.causes {
		prior := m.prior(info, kind)
		if prior <= 0 {
			logs[c] = math.Inf(-1)
			continue
		}
		score := m.score(c, ev)
		logs[c] = math.Log(prior) + score
		if logs[c] > top {
			top, strongest = logs[c], score
		}
	}
	temperature := 1 + math.Max(0, strongest-plainEvidence)/steepEvidence
	sum := 0.0
	for c := range logs {
		logs[c] = math.Exp((logs[c] - top) / temperature)
		sum += logs[c]
	}
	for c := range logs {
		logs[c] /= sum
	}
	return logs
}

// prior returns the relative frequency of a cause before anything is known but
// the kind of watch; an unknown kind is a mixture.
func (m *Model) prior(c CauseInfo, kind string) float64 {
	if !c.rankable() {
		return 0
	}
	if p, ok := c.prior[kind]; ok {
		return p
	}
	return (c.prior[Manual] + 1.5*c.prior[Automatic] + 1.5*c.prior[Quartz]) / 4
}
