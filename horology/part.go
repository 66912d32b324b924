package horology

import (
	"slices"
	"sync"
)

// Part is a kind of component with how it fails and what is done then.
type Part struct {
	Code          string
	StandardNo    string // Swiss standard part number; the order reference depends on the calibre
	FR, EN        string
	GroupFR       string
	Unit          string // pièce, jeu, dose
	Wear          bool   // a wear part
	FailureFR     string
	FailureEN     string
	ReplacementFR string
	Level         string // T technician, H watchmaker
	Note          string
	Disagreement  string
	Confidence    Confidence
	Source        string
}

// Parts returns every kind of part, in catalogue order.
func Parts() []Part { return slices.Clone(parts()) }

// PartByCode returns the part with exactly that code.
func PartByCode(code string) (Part, bool) {
	for _, p := range parts() {
		if p.Code == code {
			return p, true
		}
	}
	return Part{}, false
}

var parts = sync.OnceValue(func() []Part {
	var out []Part
	for _, r := range table("parts") {
		out = append(out, Part{
			Code: r.text("code"), StandardNo: r.text("swiss_std_part_no"), FR: r.text("fr"), EN: r.text("en"),
			GroupFR: r.text("group_fr"), Unit: r.text("unit"), Wear: r.text("wear_part") == "yes",
			FailureFR: r.text("typical_failure_fr"), FailureEN: r.text("typical_failure_en"),
			ReplacementFR: r.text("replacement_policy_fr"), Level: r.text("level"), Note: r.text("note"),
			Disagreement: r.text("disagreement"), Confidence: r.confidence(), Source: r.text("source"),
		})
	}
	return out
})
