package diagnosis

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What the workshop's watches with a cause showed moves what that cause is
// expected to show, by as much as LikelihoodWeight watches allow.
func TestLikelihoodsAreLearnt(t *testing.T) {
	t.Parallel()
	m := Default()
	f, c := m.findingIndex["rotor_noise"], m.causeIndex["ROTOR_LOOSE"]
	if _, ok := m.findingIndex["rotor_noise"]; !ok || math.IsNaN(m.p[f][c]) {
		f, c = anyRowFor(m)
	}
	id, cause, p := m.findings[f].ID, m.causes[c].ID, m.p[f][c]
	with := func(n int, found []string) *Model {
		return m.With(slices.Repeat([]Outcome{{Case: Case{Watch: Watch{Kind: Automatic}}, Confirmed: cause, Found: found}}, n))
	}
	if got, want := with(LikelihoodWeight, []string{id}).p[f][c], (p+1)/2; math.Abs(got-want) > 1e-9 {
		t.Errorf("%s with %s: %g after as many watches that show it, want %g", id, cause, got, want)
	}
	if got := with(10*LikelihoodWeight, []string{}).p[f][c]; got >= p || got < m.findings[f].Base/2 {
		t.Errorf("%s with %s: %g after many watches without it, from %g", id, cause, got, p)
	}
	if got := with(50, nil).p[f][c]; got != p {
		t.Errorf("%s with %s: %g where what was found is not known, want %g", id, cause, got, p)
	}
	if got := m.p[f][c]; got != p {
		t.Errorf("learning changed the shipped model: %g, was %g", got, p)
	}
}

// anyRowFor is a row that speaks for its cause.
func anyRowFor(m *Model) (finding, cause int) {
	for f, line := range m.p {
		for c, p := range line {
			if p > 2*m.findings[f].Base && m.causes[c].rankable() {
				return f, c
			}
		}
	}
	panic("no row speaks for a cause")
}

// However a workshop's outcomes fall, a finding listed for a cause never comes
// to speak against it, nor one listed against it for it.
func TestLearningKeepsWhatARowMeans(t *testing.T) {
	t.Parallel()
	m := Default()
	var causes, findings []string
	for _, c := range m.causes {
		causes = append(causes, c.ID)
	}
	for _, f := range m.findings {
		findings = append(findings, f.ID)
	}
	rapid.Check(t, func(t *rapid.T) {
		outcomes := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Outcome {
			return Outcome{Case: Case{Watch: Watch{Kind: rapid.SampledFrom([]string{Manual, Automatic, Quartz}).Draw(t, "kind")}},
				Confirmed: rapid.SampledFrom(causes).Draw(t, "cause"),
				Found:     rapid.SliceOfN(rapid.SampledFrom(findings), 0, 8).Draw(t, "found")}
		}), 1, 60).Draw(t, "outcomes")
		learnt := m.With(outcomes)
		for f := range m.p {
			for c := range m.causes {
				before := m.weight(evidence{finding: f, strength: 1}, c)
				after := learnt.weight(evidence{finding: f, strength: 1}, c)
				if before > 0 && after < 0 || before < 0 && after > 0 {
					t.Fatalf("%s for %s weighed %g and now weighs %g", m.findings[f].ID, m.causes[c].ID, before, after)
				}
			}
		}
	})
}

// Found reads what a case shows, and not what it denies.
func TestFound(t *testing.T) {
	t.Parallel()
	m := Default()
	got := m.Found(Case{Watch: Watch{Kind: Automatic}, Findings: Findings{Observed: []Observation{
		{Finding: m.findings[0].ID}, {Finding: m.findings[1].ID, Negated: true}}}})
	if slices.Contains(got, m.findings[1].ID) {
		t.Errorf("a finding denied is found: %v", got)
	}
	if serves(m.findings[0].Kinds, Automatic) && !slices.Contains(got, m.findings[0].ID) {
		t.Errorf("%s is not found in %v", m.findings[0].ID, got)
	}
}
