// Package shelf is the makers' documents as a workshop keeps them: of which brand
// and calibre, in which version, under which licence, and what replaced it. It
// holds no bytes, knows no order, and is no library of its own: everything on it
// was put there by somebody of the house.
package shelf

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"etabli.example/fault"
	"etabli.example/ident"
)

// What a document is.
const (
	PDF     = "pdf"
	Picture = "picture"
	Link    = "link"
)

// Kinds lists what a document can be.
func Kinds() []string { return []string{PDF, Picture, Link} }

// The bounds of the shelf.
const (
	MostBytes = 25_000_000 // of one file
	Most      = 2000       // documents of a house, withdrawn ones included
	Words     = 300        // of a reason or a remark, in characters
)

// Document is one document of the shelf. It is never changed but for what ends it:
// another replaces it, or it is withdrawn.
type Document struct {
	House    string
	ID       string
	Maker    string // brand of the watch, or maker of the calibre
	Calibre  string // "" where it is about everything of the maker
	Title    string
	Kind     string // one of Kinds
	Hash     string // of the bytes; "" for a link
	Size     int64  // bytes
	URL      string // of a link
	Sealed   bool   // a PDF that could not be looked into: saved, never shown by the browser
	Version  string // as the document says it: edition, date
	Licence  string // under which it may be kept and used
	Lang     string // "fr", "en", "de", … or ""
	Replaced string // id of what replaced it; "" while it holds
	By       string // person id
	At       time.Time
	Ended    time.Time // withdrawn; zero while it is not
	EndedBy  string
	EndWhy   string
}

// Holds reports whether the document is the one to work by.
func (d Document) Holds() bool { return d.Replaced == "" && d.Ended.IsZero() }

// Media is the media type of its bytes.
func (d Document) Media() string {
	switch d.Kind {
	case PDF:
		return "application/pdf"
	case Picture:
		return "image/jpeg"
	}
	return ""
}

// Shown reports whether a browser may show the bytes; others are saved as a file.
func (d Document) Shown() bool { return d.Kind == Picture || d.Kind == PDF && !d.Sealed }

// Key folds a name of a maker or a calibre, so that case, spaces and punctuation
// do not matter.
func Key(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// About reports whether the document is one for a watch of the brand with the
// calibre of the maker: of the brand or the maker, and of that calibre or of all.
func (d Document) About(brand, maker, calibre string) bool {
	of := Key(d.Maker)
	return (of == Key(brand) || of == Key(maker)) && (d.Calibre == "" || Key(d.Calibre) == Key(calibre))
}

// Check returns what is wrong with a document about to be put on the shelf.
func (d Document) Check() error {
	var bad fault.Problems
	for field, text := range map[string]string{"maker": d.Maker, "title": d.Title, "licence": d.Licence} {
		if strings.TrimSpace(text) == "" {
			bad.Add(field, "shelf."+field+"_missing")
		}
	}
	if d.Maker != "" && Key(d.Maker) == "" {
		bad.Add("maker", "shelf.maker_missing")
	}
	for field, text := range map[string]string{"maker": d.Maker, "calibre": d.Calibre, "version": d.Version} {
		bad.Text(field, text, 80)
	}
	bad.Text("title", d.Title, fault.Line)
	bad.Text("licence", d.Licence, fault.Line)
	if d.Lang != "" && !slices.Contains(Langs(), d.Lang) {
		bad.Add("lang", "order.unknown_choice")
	}
	switch d.Kind {
	case PDF, Picture:
		if d.Hash == "" {
			bad.Add("file", "shelf.nothing")
		}
	case Link:
		if !webAddress(d.URL) {
			bad.Add("url", "shelf.bad_address")
		}
	default:
		bad.Add("file", "shelf.nothing")
	}
	if !ident.ValidID(d.ID) {
		bad.Add("title", "fault.invalid")
	}
	return bad.Err()
}

// Langs lists the languages a document can be said to be in.
func Langs() []string { return []string{"fr", "en", "de", "it", "es", "ja"} }

// webAddress reports whether a browser can be led there, and nowhere else: no
// script, no file of the machine, no name and password inside.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= 500 && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}
