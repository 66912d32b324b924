package horology

import (
	"slices"
	"strings"
	"sync"
)

// CaseType is a way a watch case opens and what matters about it.
type CaseType struct {
	Code string // "screw_back", "snap_back", "screws", "front_loading", "monobloc"
	// Per language: its name, its tools, and what to mind when it is opened and closed.
	FR, EN CaseWords
	// TorqueMin and TorqueMax bound the closing torque in Nm; nil where no source we
	// trust gives one: it is the maker's, of the model, and not of the type.
	TorqueMin, TorqueMax *float64
	TorqueSource         string
	Confidence           Confidence
	Source               string
}

// CaseWords is what is known of a type of case in one language.
type CaseWords struct {
	Name                    string
	Tools, Opening, Closing []string
}

// CaseTypes returns every type of case, in catalogue order.
func CaseTypes() []CaseType { return slices.Clone(caseTypes()) }

// CaseTypeOf returns the type of a code.
func CaseTypeOf(code string) (CaseType, bool) {
	for _, c := range caseTypes() {
		if c.Code == code {
			return c, true
		}
	}
	return CaseType{}, false
}

var caseTypes = sync.OnceValue(func() []CaseType {
	var out []CaseType
	parts := func(s string) (list []string) {
		for _, p := range strings.Split(s, ";") {
			if p = strings.TrimSpace(p); p != "" {
				list = append(list, p)
			}
		}
		return list
	}
	for _, r := range table("cases") {
		words := func(lang string) CaseWords {
			return CaseWords{r.text(lang), parts(r.text("tools_" + lang)), parts(r.text("opening_" + lang)), parts(r.text("closing_" + lang))}
		}
		out = append(out, CaseType{Code: r.text("code"), FR: words("fr"), EN: words("en"), TorqueMin: r.number("torque_min_nm"), TorqueMax: r.number("torque_max_nm"),
			TorqueSource: r.text("torque_source"), Confidence: r.confidence(), Source: r.text("source")})
	}
	return out
})
