package web

import (
	"strings"

	"etabli.example/horology"
	"etabli.example/locale"
)

// caseType is what matters about a type of case, in the reader's language.
// Template "case-type".
type caseType struct{ Code, Name, Tools, Opening, Closing, Torque, Source string }

// caseTypes are all of them.
func caseTypes(t *locale.Printer) []caseType {
	var out []caseType
	for _, c := range horology.CaseTypes() {
		out = append(out, caseTypeOf(t, c))
	}
	return out
}

func caseTypeOf(t *locale.Printer, c horology.CaseType) caseType {
	w := c.FR
	if t.Lang() == locale.EN {
		w = c.EN
	}
	said := func(list []string) string { return sentence(strings.Join(list, ", ")) + "." }
	out := caseType{Code: c.Code, Name: sentence(w.Name), Tools: said(w.Tools), Opening: said(w.Opening), Closing: said(w.Closing),
		Torque: t.T("casetype.torque_unknown"), Source: firstSource(t, c.Source) + ", " + t.T("measurement.confidence."+confidence(string(c.Confidence)))}
	if c.TorqueMin != nil && c.TorqueMax != nil {
		out.Torque = t.T("casetype.torque_known", t.Float(*c.TorqueMin), t.Float(*c.TorqueMax), firstSource(t, c.TorqueSource))
	}
	return out
}

// Case is what matters about the case as it was opened; nil where nobody noted how.
func (p *workPage) Case() *caseType {
	if p.View.Uncased == nil {
		return nil
	}
	c, ok := horology.CaseTypeOf(p.View.Uncased.CaseType)
	if !ok {
		return nil
	}
	out := caseTypeOf(p.P, c)
	return &out
}
