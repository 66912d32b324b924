package diagnosis

import "math"

// Outcome is a confirmed diagnosis of this workshop: what was found on the
// watch, and the cause a person confirmed.
type Outcome struct {
	Case      Case
	Confirmed string // cause id
}

// PriorWeight is how many watches the shipped priors count for against the
// workshop's own outcomes; with 200 the workshop's frequencies and ours weigh
// the same after 200 confirmed diagnoses.
const PriorWeight = 200

// With returns a model whose priors lean towards the workshop's own outcomes,
// kind of watch by kind: prior' = (PriorWeight·prior + count) / (PriorWeight + n).
// Outcomes with an unknown cause id are left out.
func (m *Model) With(outcomes []Outcome) *Model {
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
