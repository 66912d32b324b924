package horology

import (
	"slices"
	"sync"
)

// Term is a word of the trade in both languages.
type Term struct {
	Category   string // French: mesure, habillage, mouvement, outil, …
	FR         string
	Gender     string // m, f, f pl, adj, loc
	EN         string
	Note       string
	Confidence Confidence
	Source     string
}

// Vocabulary returns every term, in the order of the catalogue.
func Vocabulary() []Term { return slices.Clone(vocabulary()) }

var vocabulary = sync.OnceValue(func() []Term {
	var out []Term
	for _, r := range table("vocabulary") {
		out = append(out, Term{
			Category: r.text("category"), FR: r.text("fr"), Gender: r.text("gender_fr"), EN: r.text("en"),
			Note: r.text("note"), Confidence: r.confidence(), Source: r.text("source"),
		})
	}
	return out
})
