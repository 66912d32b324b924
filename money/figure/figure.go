// Package figure reads the digits of a number as people type it: spaces of any
// width, comma or point, true minus, and the letters that are mistaken for
// digits. It is not a number type; money makes cents of what it reads, locale
// makes measured values.
package figure

import (
	"errors"
	"strings"
	"unicode"
)

// Figure is a number taken apart, without rounding.
type Figure struct {
	Negative bool
	Whole    string // digits before the decimal mark, at least one, no leading zeros
	Fraction string // digits after it, as typed; may be empty
	// Separator is the mark that was read as decimal (',' or '.'), 0 where there is none.
	Separator byte
	// Grouped says that thousands were marked by another comma, point or apostrophe.
	Grouped bool
}

// What Read refuses. Callers put these into words.
var (
	ErrEmpty = errors.New("figure: empty")
	ErrForm  = errors.New("figure: not a number")
	ErrLong  = errors.New("figure: too long")
)

// LetterError says that letters stand where digits belong; Repaired is what
// the figure would be with the likely digits.
type LetterError struct {
	Letter   rune // the first wrong letter as typed
	Repaired Figure
}

// Error implements error.
func (e *LetterError) Error() string { return "figure: letter " + string(e.Letter) + " in a number" }

// Digit returns the digit that the first wrong letter was typed for, 0 or 1.
func (e *LetterError) Digit() int { return int(lookalike(e.Letter) - '0') }

// longest is the most bytes a figure may have: room for 18 digits with spaces.
const longest = 64

// Read takes s apart. Where both comma and point occur the last is the decimal
// mark; one that occurs several times marks thousands; one alone is decimal.
// Units and currency signs are not known here: cut them off before.
func Read(s string) (Figure, error) {
	if len(s) > longest {
		return Figure{}, ErrLong
	}
	t, letter := normalise(s)
	if t == "" {
		return Figure{}, ErrEmpty
	}
	f, err := split(t)
	if err != nil {
		return Figure{}, err
	}
	if letter != 0 {
		return Figure{}, &LetterError{Letter: letter, Repaired: f}
	}
	return f, nil
}

// normalise drops spaces, writes a plain minus and replaces look-alike
// letters; it returns the first such letter, 0 where there is none.
func normalise(s string) (t string, letter rune) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsSpace(r), r == '\u200b', r == '\u2060', r == '\ufeff':
		case r == '\u2212', r == '\u2013', r == '\u2010', r == '\u2011':
			b.WriteByte('-')
		case r == '\u2019', r == '\u02bc':
			b.WriteByte('\'')
		case lookalike(r) != 0:
			if letter == 0 {
				letter = r
			}
			b.WriteByte(lookalike(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), letter
}

// lookalike returns the digit that letter r is typed for: O and o for zero,
// l and I for one, in Latin and (pasted) Greek or Cyrillic.
func lookalike(r rune) byte {
	switch r {
	case 'O', 'o', 'Ο', 'ο', 'О', 'о':
		return '0'
	case 'l', 'I', '|':
		return '1'
	}
	return 0
}

// split takes normalised text apart.
func split(t string) (Figure, error) {
	var f Figure
	switch t[0] {
	case '-':
		f.Negative, t = true, t[1:]
	case '+':
		t = t[1:]
	}
	whole := t
	if mark := decimalMark(t); mark >= 0 {
		f.Separator, whole, f.Fraction = t[mark], t[:mark], t[mark+1:]
	}
	plain, grouped, ok := ungroup(whole)
	if !ok || !digits(f.Fraction) || plain == "" && f.Fraction == "" {
		return Figure{}, ErrForm
	}
	f.Grouped = grouped
	f.Whole = strings.TrimLeft(plain, "0")
	if f.Whole == "" {
		f.Whole = "0"
	}
	return f, nil
}

// decimalMark returns the index of the decimal mark in t; -1 where there is none.
func decimalMark(t string) int {
	last := strings.LastIndexAny(t, ",.")
	if last < 0 || strings.Count(t, t[last:last+1]) > 1 {
		return -1
	}
	return last
}

// ungroup removes the marks of thousands, which must be all the same and part
// groups of three.
func ungroup(s string) (plain string, grouped, ok bool) {
	i := strings.IndexAny(s, ",.'")
	if i < 0 {
		return s, false, digits(s)
	}
	groups := strings.Split(s, s[i:i+1])
	for j, g := range groups {
		if !digits(g) || j > 0 && len(g) != 3 || j == 0 && (len(g) == 0 || len(g) > 3) {
			return "", true, false
		}
	}
	return strings.Join(groups, ""), true, true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
