package diagnosis

// Report is a result in one language, in the shape that `etabli diagnose`
// prints as JSON.
type Report struct {
	Answer     string          `json:"answer"`
	Why        string          `json:"why"`
	Causes     []CauseReport   `json:"causes"`
	NextTests  []TestReport    `json:"next_tests"`
	Safety     []string        `json:"safety"`
	Gaps       []string        `json:"gaps"`
	Understood []SymptomReport `json:"understood"`
	Derived    []SymptomReport `json:"derived"`
}

// CauseReport is a cause in one language.
type CauseReport struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Probability float64  `json:"probability"`
	Prior       float64  `json:"prior"`
	Perimeter   string   `json:"perimeter"`
	For         []string `json:"for"`
	Against     []string `json:"against"`
	Physics     string   `json:"physics"`
	Confirm     string   `json:"confirm"`
	Remedy      string   `json:"remedy"`
	Operations  []string `json:"operations"`
	Parts       []string `json:"parts"`
	Source      string   `json:"source"`
	Confidence  string   `json:"confidence"`
	Provisional bool     `json:"provisional"`
}

// TestReport is a test in one language. Settles names the causes it decides
// between, Gain the share of the uncertainty it removes.
type TestReport struct {
	ID      string   `json:"id"`
	Label   string   `json:"label"`
	Minutes int      `json:"minutes"`
	Settles []string `json:"settles"`
	Gain    float64  `json:"gain"`
	Opens   bool     `json:"opens"`
	Meaning string   `json:"meaning"`
}

// SymptomReport is a finding in one language.
type SymptomReport struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Value   float64 `json:"value,omitempty"`
	Unit    string  `json:"unit,omitempty"`
	Negated bool    `json:"negated,omitempty"`
	Words   string  `json:"words,omitempty"`
}

// In writes the result in lang: "en", or French for anything else. Lists are
// never nil, so that JSON shows [] where there is nothing.
func (r Result) In(lang string) Report {
	out := Report{Answer: r.Answer, Why: r.Why.In(lang), Causes: []CauseReport{}, NextTests: []TestReport{},
		Safety: texts(r.Safety, lang), Gaps: texts(r.Gaps, lang), Understood: symptoms(r.Understood, lang), Derived: symptoms(r.Derived, lang)}
	for _, c := range r.Causes {
		out.Causes = append(out.Causes, CauseReport{
			ID: c.ID, Name: c.Name.In(lang), Probability: round(c.Probability, 4), Prior: round(c.Prior, 4), Perimeter: c.Perimeter,
			For: texts(c.For, lang), Against: texts(c.Against, lang), Physics: c.Physics.In(lang), Confirm: c.Confirm.In(lang),
			Remedy: c.Remedy.In(lang), Operations: filled(c.Operations), Parts: filled(c.Parts), Source: c.Source,
			Confidence: c.Confidence, Provisional: c.Provisional,
		})
	}
	for _, t := range r.NextTests {
		out.NextTests = append(out.NextTests, TestReport{t.ID, t.Label.In(lang), t.Minutes, filled(t.Settles), round(t.Gain, 3), t.Opens, t.Meaning.In(lang)})
	}
	return out
}

func texts(ts []Text, lang string) []string {
	out := []string{}
	for _, t := range ts {
		out = append(out, t.In(lang))
	}
	return out
}

func symptoms(ss []Symptom, lang string) []SymptomReport {
	out := []SymptomReport{}
	for _, s := range ss {
		out = append(out, SymptomReport{s.ID, s.Name.In(lang), s.Value, s.Unit, s.Negated, s.Words})
	}
	return out
}

func filled(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func round(v float64, digits int) float64 {
	k := 1.0
	for range digits {
		k *= 10
	}
	return float64(int64(v*k+0.5)) / k
}
