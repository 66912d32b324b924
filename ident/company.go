package ident

import "strings"

// ValidSIREN reports whether s is a French company's number: nine digits whose
// Luhn sum is a multiple of ten (INSEE). Spaces are left out.
func ValidSIREN(s string) bool { s = bare(s); return len(s) == 9 && luhn(s)%10 == 0 }

// ValidSIRET reports whether s is the number of a French establishment: a SIREN
// and five digits, the whole under the same sum. Those of La Poste (SIREN
// 356 000 000) are held to a plain sum that is a multiple of five instead.
func ValidSIRET(s string) bool {
	s = bare(s)
	if len(s) != 14 || !digits(s) {
		return false
	}
	if strings.HasPrefix(s, "356000000") && s != "35600000000048" { // its seat keeps the common rule
		sum := 0
		for _, c := range s {
			sum += int(c - '0')
		}
		return sum%5 == 0
	}
	return ValidSIREN(s[:9]) && luhn(s)%10 == 0
}

// ValidFrenchVAT reports whether s is a French VAT number, "FR" and a key before
// a SIREN, and whether it is that of siren (of which the first nine digits
// count) where that is given. The key is (12 + 3·(SIREN mod 97)) mod 97.
func ValidFrenchVAT(s, siren string) bool {
	s, siren = strings.ToUpper(bare(s)), bare(siren)
	if len(s) != 13 || !strings.HasPrefix(s, "FR") || !digits(s[2:]) || !ValidSIREN(s[4:]) {
		return false
	}
	n := 0
	for _, c := range s[4:] {
		n = n*10 + int(c-'0')
	}
	key := int(s[2]-'0')*10 + int(s[3]-'0')
	return key == (12+3*(n%97))%97 && (siren == "" || strings.HasPrefix(siren, s[4:]))
}

// bare leaves out spaces and dots, as numbers are grouped on paper.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .\u00a0\u202f\t", r) {
			return -1
		}
		return r
	}, s)
}

// luhn sums the digits from the right, every second one doubled; -1 where there
// is anything else.
func luhn(s string) int {
	sum := 0
	for i := range len(s) {
		c := s[len(s)-1-i]
		if c < '0' || c > '9' {
			return -1
		}
		d := int(c - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum
}
