package ident

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"etabli.example/fault"
)

// Number is an order number, unique over all sites of a house and short enough
// to be spoken: "PAR-26-004217-K".
type Number struct {
	Site string // 2 to 5 letters A–Z
	Year int    // full year, 2000 to 2099
	Seq  int    // 1 to 999999, without gaps per site and year
}

const (
	minSite, maxSite = 2, 5
	seqDigits        = 6
	maxSeq           = 999_999
)

// String returns the whole number with its check character.
func (n Number) String() string {
	if n == (Number{}) {
		return ""
	}
	return fmt.Sprintf("%s-%02d-%06d-%c", n.Site, n.Year%100, n.Seq, n.Check())
}

// Short returns the part that is spoken and printed large: "004217-K". The
// check character still covers site and year.
func (n Number) Short() string {
	if n == (Number{}) {
		return ""
	}
	return fmt.Sprintf("%06d-%c", n.Seq, n.Check())
}

// Valid reports whether site, year and sequence are in their ranges, so that
// String can be read back.
func (n Number) Valid() bool {
	return ValidSite(n.Site) && n.Year >= 2000 && n.Year <= 2099 && n.Seq >= 1 && n.Seq <= maxSeq
}

// ValidSite reports whether s may be the site part of a number: 2 to 5
// letters from A to Z. Digits are refused so that a number without dashes is
// read in one way only.
func ValidSite(s string) bool {
	if len(s) < minSite || len(s) > maxSite {
		return false
	}
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// MarshalText writes the number as people read it.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads what MarshalText wrote; empty text is the zero number.
func (n *Number) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*n = Number{}
		return nil
	}
	*n, err = ParseNumber(string(text))
	return err
}

// ParseNumber reads a whole number as scanned, typed or dictated: case,
// spaces, dashes, points and slashes do not matter. The fault is
// "ident.number_format" where it is no number, and "ident.number_check" (with
// the number as typed) where the check character says that something in it is
// wrong; the right character is not told, because any other may be the wrong one.
func ParseNumber(s string) (Number, error) {
	t := squeeze(s)
	letters := 0
	for letters < len(t) && t[letters] >= 'A' && t[letters] <= 'Z' {
		letters++
	}
	rest := t[letters:]
	if !ValidSite(t[:letters]) || len(rest) != 2+seqDigits+1 || !digits(rest[:2+seqDigits]) {
		return Number{}, fault.New(fault.Invalid, "ident.number_format", strings.TrimSpace(clip(s)))
	}
	year, _ := strconv.Atoi(rest[:2])
	seq, _ := strconv.Atoi(rest[2 : 2+seqDigits])
	n := Number{Site: t[:letters], Year: 2000 + year, Seq: seq}
	if n.Check() != rest[len(rest)-1] {
		return Number{}, fault.New(fault.Invalid, "ident.number_check", strings.TrimSpace(clip(s)))
	}
	if !n.Valid() {
		return Number{}, fault.New(fault.Invalid, "ident.number_format", strings.TrimSpace(clip(s)))
	}
	return n, nil
}

// ParseShort reads the spoken part of a number: "004217-K", "4217k", "4217".
// check is empty where none was given; it cannot be verified without site and
// year, so the caller compares it with each candidate's Check. A check
// character that is a digit is recognised after a dash or as the seventh character.
func ParseShort(s string) (seq int, check string, ok bool) {
	t := squeeze(s)
	if head, tail, cut := cutLast(s); cut {
		t, check = squeeze(head), squeeze(tail)
		if len(check) != 1 {
			return 0, "", false
		}
	} else if len(t) > 1 && (len(t) == seqDigits+1 || t[len(t)-1] > '9') {
		t, check = t[:len(t)-1], t[len(t)-1:]
	}
	if len(t) == 0 || len(t) > seqDigits || !digits(t) || check != "" && symbol(check[0]) < 0 {
		return 0, "", false
	}
	seq, err := strconv.Atoi(t)
	return seq, check, err == nil && seq > 0
}

// squeeze upper-cases s and drops what may stand between its parts.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), isDash(r), r == '.', r == '/', r == '_', r == '\u202f', r == '\u200b':
			return -1
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, clip(s))
}

// cutLast splits s at its last dash.
func cutLast(s string) (head, tail string, ok bool) {
	i := strings.LastIndexFunc(s, isDash)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i:], true
}

func isDash(r rune) bool { return r == '-' || r == '\u2212' || unicode.Is(unicode.Pd, r) }

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// clip bounds what a stranger may send to be echoed back.
func clip(s string) string {
	const most = 64
	if len(s) > most {
		s = s[:most]
	}
	return strings.ToValidUTF8(s, "")
}
