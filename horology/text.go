package horology

import (
	"strconv"
	"strings"
	"unicode"
)

// alnum keeps letters and digits only, so that "2824-2", "2824.2" and "2824 2" are alike.
func alnum(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// fold is alnum in lower case without the accents French names carry.
func fold(s string) string { return unaccent.Replace(strings.ToLower(alnum(s))) }

var unaccent = strings.NewReplacer("à", "a", "â", "a", "ä", "a", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"î", "i", "ï", "i", "ô", "o", "ö", "o", "ù", "u", "û", "u", "ü", "u", "ç", "c", "œ", "oe")

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

func itoa(n int) string { return strconv.Itoa(n) }

// decimal writes a number as short as it can be, with a point: for notes and sources,
// never for a screen.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
