package diagnosis

import (
	"slices"
	"testing"
)

// TestQuestions: at most eight, none already answered, every choice leads to
// findings that exist, and answering changes the ranking.
func TestQuestions(t *testing.T) {
	for _, kind := range []string{Manual, Automatic, Quartz, ""} {
		c := Case{Watch: Watch{Kind: kind}, Findings: Findings{Symptoms: []string{"elle s'arrête"}}}
		qs := Questions(c)
		if len(qs) == 0 || len(qs) > maxQuestions {
			t.Errorf("%q: %d questions", kind, len(qs))
		}
		for _, q := range qs {
			if q.ID == "runs" {
				t.Errorf("%q: asks again whether it runs", kind)
			}
			if q.Text.FR == "" || q.Easy.FR == "" || q.Text.EN == "" || q.Easy.EN == "" {
				t.Errorf("%s lacks words", q.ID)
			}
			moved := false
			before := standing(Diagnose(c))
			for _, ch := range q.Choices {
				for _, o := range ch.Observed {
					if _, ok := Finding(o.Finding); !ok {
						t.Errorf("%s/%s: unknown finding %s", q.ID, ch.ID, o.Finding)
					}
				}
				d := c
				d.Findings.Observed = ch.Observed
				moved = moved || !slices.Equal(before, standing(Diagnose(d)))
			}
			if !moved {
				t.Errorf("%q: %s changes nothing", kind, q.ID)
			}
		}
	}
}

func TestQuestionsFallSilent(t *testing.T) {
	if qs := Questions(Case{Watch: Watch{Kind: Automatic}, Context: "chronographe"}); len(qs) > 0 {
		t.Errorf("%d questions about a watch out of perimeter", len(qs))
	}
	c := Case{Watch: Watch{Kind: Quartz}, Findings: Findings{Symptoms: []string{"la trotteuse saute de 4 secondes"}, Quartz: QuartzReading{BatteryV: ptr(1.2)}}}
	if open, closed := len(Questions(Case{Watch: Watch{Kind: Quartz}})), len(Questions(c)); closed >= open {
		t.Errorf("%d questions with nothing known, %d with the cause plain", open, closed)
	}
}

func TestCandidates(t *testing.T) {
	r := Diagnose(Case{Watch: Watch{Kind: Automatic}, Findings: Findings{Symptoms: []string{"rotor spins when hand winding"}}})
	cs := Candidates(r)
	if len(cs) == 0 || cs[0].Operation != "AUT" || cs[0].Perimeter != Technician {
		t.Errorf("%+v", cs)
	}
	for i := 1; i < len(cs); i++ {
		if cs[i].Probability > cs[i-1].Probability {
			t.Errorf("out of order: %+v", cs)
		}
	}
}

// TestWith: a workshop that confirms one cause again and again leans to it, and
// little by little.
func TestWith(t *testing.T) {
	c := Case{Watch: Watch{Kind: Automatic}, Findings: Findings{Symptoms: []string{"bruit de masse"}}}
	share := func(m *Model) float64 {
		for _, x := range m.Diagnose(c).Causes {
			if x.ID == "ROTOR_LOOSE" {
				return x.Probability
			}
		}
		return 0
	}
	few := Default().With(slices.Repeat([]Outcome{{Case: c, Confirmed: "ROTOR_LOOSE"}}, 5))
	many := Default().With(slices.Repeat([]Outcome{{Case: c, Confirmed: "ROTOR_LOOSE"}}, 100))
	if a, b, d := share(Default()), share(few), share(many); !(a < b && b < d) {
		t.Errorf("%g, %g, %g", a, b, d)
	}
	all, by := many.Judge([]Outcome{{Case: c, Confirmed: "ROTOR_LOOSE"}, {Case: c, Confirmed: "CAL_AMPM"}})
	if all.Cases != 2 || by["ROTOR_LOOSE"].First != 1 || by["CAL_AMPM"].FirstThree != 0 {
		t.Errorf("%+v %+v", all, by)
	}
}
