package diagnosis

import "math"

// Outcome is a confirmed diagnosis of this workshop: what was found on the
// watch, and the cause a person confirmed.
type Outcome struct {
	Case      Case
	Confirmed string   // cause id
	Found     []string // findings the watch showed, as Found reads them; nil teaches frequencies alone
}

// PriorWeight is how many watches the shipped priors count for against the
// workshop's own outcomes; with 200 the workshop's frequencies and ours weigh
// the same after 200 confirmed diagnoses.
const PriorWeight = 200

// LikelihoodWeight is how many watches with one cause each shipped likelihood
// of that cause counts for against the workshop's own: after as many of them
// both weigh the same.
const LikelihoodWeight = 30

// Found lists the ids of the findings that a case shows, those told absent left
// out; each once, in the catalogue's order.
func (m *Model) Found(c Case) []string {
	g := m.gather(c)
	shown := map[int]bool{}
	for _, e := range append(append([]evidence(nil), g.told...), g.measured...) {
		if e.heard == nil && !e.negated {
			shown[e.finding] = true
		}
	}
	var ids []string
	for i, f := range m.findings {
		if shown[i] {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// With returns a model that leans towards the workshop's own outcomes: its
// priors, kind of watch by kind, prior' = (PriorWeight·prior + count) /
// (PriorWeight + n), and its likelihoods, see likelihoodsFrom. Outcomes with an
// unknown cause id are left out.
func (m *Model) With(outcomes []Outcome) *Model {
	next := m.priorsFrom(outcomes)
	next.likelihoodsFrom(m, outcomes)
	return next
}

// likelihoodsFrom moves the likelihood of every finding that a row connects
// with a cause towards how often the workshop met it there:
//
//	p' = (LikelihoodWeight·p + shown) / (LikelihoodWeight + n)
//
// with n the outcomes of that cause whose findings are known. How common a
// finding is at all moves alike, over all outcomes, since what a workshop
// seldom writes down is seldom found with any cause. A finding listed for a
// cause never comes to speak against it, nor the other way round: what a row
// means is a watchmaker's to change.
func (m *Model) likelihoodsFrom(shipped *Model, outcomes []Outcome) {
	n, shown := map[int]float64{}, map[[2]int]float64{} // by cause; by finding and cause
	all, ever := 0.0, map[int]float64{}
	for _, o := range outcomes {
		c, ok := m.causeIndex[o.Confirmed]
		if !ok || o.Found == nil {
			continue
		}
		n[c]++
		all++
		for _, id := range o.Found {
			if f, ok := m.findingIndex[id]; ok {
				shown[[2]int{f, c}]++
				ever[f]++
			}
		}
	}
	if all == 0 {
		return
	}
	m.findings = append([]FindingInfo(nil), shipped.findings...)
	m.p = make([][]float64, len(shipped.p))
	for f, line := range shipped.p {
		base := shipped.findings[f].Base
		m.findings[f].Base = mixed(base, ever[f], all, PriorWeight)
		m.p[f] = append([]float64(nil), line...)
		for c, p := range line {
			if math.IsNaN(p) {
				continue
			}
			learnt := mixed(p, shown[[2]int{f, c}], n[c], LikelihoodWeight)
			if p >= base {
				learnt = math.Max(learnt, m.findings[f].Base)
			} else {
				learnt = math.Min(learnt, m.findings[f].Base)
			}
			m.p[f][c] = learnt
		}
	}
}

// mixed is p, which counts for weight watches, with count of n more; kept off
// 0 and 1, of which no number of watches assures.
func mixed(p, count, n, weight float64) float64 {
	return math.Min(math.Max((weight*p+count)/(weight+n), 1e-4), 1-1e-4)
}

// priorsFrom is With for the frequencies of causes.
func (m *Model) priorsFrom(outcomes []Outcome) *Model {
	count := map[string]map[string]float64{}
	total := map[string]float64{}
	for _, o := range outcomes {
		if _, ok := m.causeIndex[o.Confirmed]; !ok {
			continue
		}
		k := o.Case.kind()
		if count[k] == nil {
			count[k] = map[string]float64{}
		}
		count[k][o.Confirmed]++
		total[k]++
	}
	next := *m
	next.causes = append([]CauseInfo(nil), m.causes...)
	for i, c := range next.causes {
		prior := map[string]float64{}
		for kind, p := range c.prior {
			prior[kind] = p
			if total[kind] == 0 || p == 0 {
				continue
			}
			sum := 0.0
			for _, other := range m.causes {
				if other.rankable() {
					sum += other.prior[kind]
				}
			}
			share := (PriorWeight*p/sum + count[kind][c.ID]) / (PriorWeight + total[kind])
			prior[kind] = math.Max(share*sum, 1e-6)
		}
		next.causes[i].prior = prior
	}
	return &next
}

// Standing is how often proposals were right against confirmed causes.
type Standing struct {
	Cases      int
	First      int // the first proposal was the confirmed cause
	FirstThree int
}

// Judge compares the model's proposals with confirmed outcomes, over all and
// by confirmed cause.
func (m *Model) Judge(outcomes []Outcome) (all Standing, byCause map[string]Standing) {
	byCause = map[string]Standing{}
	for _, o := range outcomes {
		place := 99
		for i, c := range m.Diagnose(o.Case).Causes {
			if c.ID == o.Confirmed {
				place = i
				break
			}
		}
		s := byCause[o.Confirmed]
		for _, t := range []*Standing{&all, &s} {
			t.Cases++
			if place == 0 {
				t.First++
			}
			if place < 3 {
				t.FirstThree++
			}
		}
		byCause[o.Confirmed] = s
	}
	return all, byCause
}
