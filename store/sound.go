package store

import (
	"strings"
	"unicode"
)

// How a name sounds, to a French ear: names that a person may confuse on the
// phone get the same key. The rules are our own, read off French spelling:
//
//  1. letters only, folded; what begins with h loses it; h is silent but for
//     ch and sh (one sound), and ph is f;
//  2. groups: eau, au → o; ai, ei, ay, ey → e; oi stays; ou → u; qu, q, ck, c
//     before a consonant, a, o or u → k; c before e, i, y → s; sch → x; g before
//     e, i, y → j, and gu before them → g; w → v; y → i; z, ç → s; x at the end is silent;
//  3. a nasal (vowel and n or m before a consonant or the end) is one sound:
//     an, en, am, em → 1; in, ain, ein, un, im, um → 2; on, om → 3;
//  4. a final e, s, t, d, x, z, p is silent, several in a row as well (Dupond,
//     Dupont), the er of a final ier (Gauthier), and a b or p before another
//     consonant (Lefebvre, Baptiste);
//  5. a double letter is one.
//
// A key says nothing about how alike two names are; it only finds candidates.

// Sound returns the key of one word; "" where nothing can be heard.
func Sound(word string) string {
	w := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, Fold(word))
	for _, c := range w {
		if c > 'z' {
			return "" // another script: no rules
		}
	}
	w = strings.ReplaceAll(soundGroups.Replace(w), "\x01", "")
	return squeeze(silentEnd(nasals(middle(w))))
}

// soundGroups is applied once from left to right; longer groups stand first.
var soundGroups = strings.NewReplacer(
	"tsch", "x", "sch", "x", "ch", "x", "sh", "x", "ph", "f", "th", "t", "rh", "r", "gh", "g", "h", "",
	"eau", "o", "ault", "o", "au", "o",
	"ain", "in", "ein", "in", "aim", "in", "aye", "e", "eye", "e", "ai", "e", "ei", "e", "ay", "e", "ey", "e", "ae", "e", "oe", "e",
	"oo", "u", "ou", "u", "oy", "oi",
	"qu", "k", "q", "k", "ck", "k", "cq", "k", "ce", "se", "ci", "si", "cy", "si", "cc", "k", "c", "k",
	"gue", "ge\x01", "gui", "gi\x01", "ge", "je", "gi", "ji", "gy", "ji",
	"w", "v", "y", "i", "z", "s")

// silentEnd drops the letters that are not heard at the end, keeping two at least.
func silentEnd(w string) string {
	if strings.HasSuffix(w, "ier") {
		w = w[:len(w)-2]
	}
	for len(w) > 2 && strings.IndexByte("estdxp", w[len(w)-1]) >= 0 {
		w = w[:len(w)-1]
	}
	return w
}

// middle drops b and p before a consonant other than l and r.
func middle(w string) string {
	var b strings.Builder
	for i := range len(w) {
		if i > 0 && i+1 < len(w) && (w[i] == 'b' || w[i] == 'p') && !strings.ContainsRune("aeioulrbp", rune(w[i+1])) {
			continue
		}
		b.WriteByte(w[i])
	}
	return b.String()
}

// nasals writes each nasal vowel as one figure.
func nasals(w string) string {
	var b strings.Builder
	for i := 0; i < len(w); i++ {
		if i+1 < len(w) && (w[i+1] == 'n' || w[i+1] == 'm') && (i+2 == len(w) || !strings.ContainsRune("aeiounm", rune(w[i+2]))) {
			if k := strings.IndexByte("aeiuo", w[i]); k >= 0 {
				b.WriteByte("11223"[k])
				i++
				continue
			}
		}
		b.WriteByte(w[i])
	}
	return b.String()
}

// squeeze writes a double letter once.
func squeeze(w string) string {
	var b strings.Builder
	for i := range len(w) {
		if i == 0 || w[i] != w[i-1] {
			b.WriteByte(w[i])
		}
	}
	return b.String()
}
