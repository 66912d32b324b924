// Package locale holds every word a person is shown, in French and English,
// and writes numbers, money, units and dates the way each language does. It is
// not a store of texts written by people, and it decides nothing: it is given
// keys, faults and values.
package locale

import (
	"time"
	_ "time/tzdata" // the binary must know Europe/Paris on a machine without zone files

	"golang.org/x/text/language"
)

// Lang is a language the house speaks, by its BCP 47 name.
type Lang string

// The languages. French is the first and the one to fall back to.
const (
	FR Lang = "fr"
	EN Lang = "en"
)

// Languages lists every language, the default first.
func Languages() []Lang { return []Lang{FR, EN} }

// Known returns l as one of our languages, and false where it is none.
func Known(l string) (Lang, bool) {
	for _, known := range Languages() {
		if string(known) == l {
			return known, true
		}
	}
	return FR, false
}

// matchable is in the order of Languages: Match uses the index.
var matchable = language.NewMatcher([]language.Tag{language.French, language.English})

// Match returns the language that suits an Accept-Language header best; French
// where the header is empty, malformed or names only other languages.
func Match(acceptLanguage string) Lang {
	if len(acceptLanguage) > 1000 {
		return FR
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(tags) == 0 {
		return FR
	}
	_, index, confidence := matchable.Match(tags...)
	if confidence == language.No {
		return FR
	}
	return Languages()[index]
}

// Printer writes for one person: a language and a place on earth. It never
// changes and is safe for concurrent use; pass it in page structs.
type Printer struct {
	lang  Lang
	words map[string]message
	loc   *time.Location
	style style
}

// For returns the printer of lang for Europe/Paris; French where lang is unknown.
func For(lang Lang) *Printer {
	lang, _ = Known(string(lang))
	return &Printer{lang: lang, words: catalogues()[lang], loc: paris(), style: styles[lang]}
}

// WithLocation returns a printer like p whose instants are shown at loc; nil
// means UTC.
func (p *Printer) WithLocation(loc *time.Location) *Printer {
	q := *p
	q.loc = loc
	if loc == nil {
		q.loc = time.UTC
	}
	return &q
}

// Lang returns the printer's language, for the lang attribute of a page.
func (p *Printer) Lang() Lang { return p.lang }

// Location returns where the printer's instants are shown.
func (p *Printer) Location() *time.Location { return p.loc }
