package order

import (
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// KindCountersigned is a tutor's judgement of what an entry proves.
const KindCountersigned journal.Kind = "countersigned"

// Countersignature is a tutor's word on one proof of one competence.
type Countersignature struct {
	Seq        int64  `json:"-"`
	By         string `json:"-"`
	Of         int64  `json:"of"`         // number of the entry
	Competence string `json:"competence"` // "C1" to "C19"
	Verdict    string `json:"verdict"`    // "acquired", "again"
	Note       string `json:"note,omitempty" max:"500"`
}

// CountersignVerdicts lists what a tutor can say of a proof.
func CountersignVerdicts() []string { return []string{"acquired", "again"} }

// Countersign records a tutor's word: on another person's entry, once per
// competence, with a reason where it must be shown again. by is who wrote the
// entry and proves are the competences it is evidence of.
func Countersign(c Countersignature, by string, proves []string) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Tutor); err != nil {
			return nil, err
		}
		switch {
		case c.Of < 1 || c.Of > s.Seq || !slices.Contains(proves, c.Competence):
			return nil, fault.New(fault.NotFound, "countersign.no_proof")
		case by == f.Who.ID:
			return nil, fault.New(fault.Denied, "countersign.own")
		case s.Corrected[c.Of] != 0:
			return nil, fault.New(fault.Conflict, "countersign.struck")
		case !slices.Contains(CountersignVerdicts(), c.Verdict):
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		case c.Verdict == "again" && strings.TrimSpace(c.Note) == "":
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"note": {Key: "order.why_needed"}}}
		}
		for _, x := range s.Countersigned {
			if x.Of == c.Of && x.Competence == c.Competence && x.By == f.Who.ID {
				return nil, fault.New(fault.Conflict, "countersign.already")
			}
		}
		return f.one(KindCountersigned, []string{"countersigned"}, c)
	}
}
