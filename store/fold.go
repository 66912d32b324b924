package store

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Limits that keep what a stranger types from costing more than a page.
const (
	longestWord = 40 // runes of a word, typed or kept
	mostWords   = 8  // words of a question, or of one field; the rest is left out
)

// letters writes what has no decomposition as people without that key type it.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "ł", "l", "þ", "th", "ı", "i")

// Fold writes s as it is compared: lower case, without accents, ligatures and
// width forms taken apart (NFKD), ß as ss.
func Fold(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.ToValidUTF8(s, "")))
	return letters.Replace(s)
}

// Words cuts s into its folded words: runs of letters and digits.
func Words(s string) []string {
	words := strings.FieldsFunc(Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		if r := []rune(w); len(r) > longestWord {
			words[i] = string(r[:longestWord])
		}
	}
	return words[:min(len(words), mostWords)]
}

// termsOf returns what a field is found by, by prefix: from each of its words to
// its end, run together, so that PAR-26-004217-K is found by "26 004217",
// "004217k" and "4217", and 311.30.42 by "31130". Sorted, without repeats.
func termsOf(fields ...string) []string {
	var terms []string
	for _, f := range fields {
		words := Words(f)
		for i, w := range words {
			tail := strings.Join(words[i:], "")
			terms = append(terms, clipWord(tail))
			if digitsOnly(w) {
				if bare := strings.TrimLeft(tail, "0"); bare != tail && bare != "" {
					terms = append(terms, clipWord(bare))
				}
			}
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

func clipWord(w string) string {
	if r := []rune(w); len(r) > longestWord {
		return string(r[:longestWord])
	}
	return w
}

func digitsOnly(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// shortestTail is how many last digits of a phone number find it.
const shortestTail = 4

// phoneTerms returns the ends of a phone number's digits: with prefix match, any
// four digits in a row find it.
func phoneTerms(digits string) []string {
	var terms []string
	for i := 0; len(digits)-i >= shortestTail; i++ {
		terms = append(terms, clipWord(digits[i:]))
	}
	return terms
}

// readings returns the ways to read a question: its words with figures that
// stand apart joined ("06 12 34 56 78"), and, where those are long enough to be
// two things (a calibre, a case number), its words as they stand. Every word of
// one of the readings must be found.
func readings(question string) [][]string {
	words := Words(question)
	if len(words) == 0 {
		return nil
	}
	var joined []string
	apart := true
	for i, w := range words {
		if i > 0 && digitsOnly(w) && digitsOnly(words[i-1]) {
			joined[len(joined)-1] += w
			apart = apart && len(w) >= shortestApart && len(words[i-1]) >= shortestApart
		} else {
			joined = append(joined, w)
		}
	}
	for i, w := range joined {
		joined[i] = clipWord(national(w))
	}
	if !apart || slices.Equal(joined, words) {
		return [][]string{joined}
	}
	return [][]string{joined, words}
}

// shortestApart is how many figures a thing of its own has beside others.
const shortestApart = 3

// national writes a French number dialled from abroad as it is dialled at home,
// as customer.Digits does.
func national(w string) string {
	if !digitsOnly(w) {
		return w
	}
	if rest, ok := strings.CutPrefix(w, "0033"); ok && len(rest) >= shortestTail {
		return "0" + rest
	}
	if rest, ok := strings.CutPrefix(w, "33"); ok && len(rest) == 9 {
		return "0" + rest
	}
	return w
}
