package horology

import "testing"

// Every type of case says its tools and what matters, in both languages; a torque
// never stands without its source.
func TestCaseTypes(t *testing.T) {
	for _, c := range CaseTypes() {
		for lang, w := range map[string]CaseWords{"fr": c.FR, "en": c.EN} {
			if w.Name == "" || len(w.Tools) == 0 || len(w.Opening) == 0 || len(w.Closing) == 0 {
				t.Errorf("%s in %s lacks something: %+v", c.Code, lang, w)
			}
		}
		if len(c.FR.Tools) != len(c.EN.Tools) || len(c.FR.Opening) != len(c.EN.Opening) || len(c.FR.Closing) != len(c.EN.Closing) {
			t.Errorf("%s says more in one language", c.Code)
		}
		if c.Source == "" || c.Confidence == "" || (c.TorqueMin != nil || c.TorqueMax != nil) != (c.TorqueSource != "") {
			t.Errorf("%s: source %q, torque %v to %v by %q", c.Code, c.Source, c.TorqueMin, c.TorqueMax, c.TorqueSource)
		}
		if x, ok := CaseTypeOf(c.Code); !ok || x.Code != c.Code {
			t.Errorf("%s is not found", c.Code)
		}
	}
	if _, ok := CaseTypeOf("wooden"); ok || len(CaseTypes()) != 5 {
		t.Error("types of case")
	}
}
