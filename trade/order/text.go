package order

import "etabli.example/locale"

// Text is a sentence in the two languages, copied into the entry from where it
// was written.
type Text struct {
	FR string `json:"fr"`
	EN string `json:"en"`
}

// In returns the sentence in lang, the other language's where it was not written.
func (t Text) In(lang locale.Lang) string {
	if t.Written(lang) == locale.EN {
		return t.EN
	}
	return t.FR
}

// Written is the language of what In returns for lang: a page marks words that are
// not in its own.
func (t Text) Written(lang locale.Lang) locale.Lang {
	if lang == locale.EN && t.EN != "" || t.FR == "" && t.EN != "" {
		return locale.EN
	}
	return locale.FR
}

// Label is the line in lang.
func (l QuoteLine) Label(lang locale.Lang) string { return l.Labels().In(lang) }

// Labels is the line in both languages.
func (l QuoteLine) Labels() Text { return Text{l.LabelFR, l.LabelEN} }

// Label is the step in lang.
func (s Step) Label(lang locale.Lang) string { return Text{s.LabelFR, s.LabelEN}.In(lang) }
