package order

import "etabli.example/locale"

// Text is a sentence in the two languages, copied into the entry from where it
// was written.
type Text struct {
	FR string `json:"fr"`
	EN string `json:"en"`
}

// In returns the sentence in lang; the French one where there is no other.
func (t Text) In(lang locale.Lang) string {
	if lang == locale.EN && t.EN != "" {
		return t.EN
	}
	return t.FR
}

// Label is the line in lang.
func (l QuoteLine) Label(lang locale.Lang) string { return Text{l.LabelFR, l.LabelEN}.In(lang) }

// Label is the step in lang.
func (s Step) Label(lang locale.Lang) string { return Text{s.LabelFR, s.LabelEN}.In(lang) }
