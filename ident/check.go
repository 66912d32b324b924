package ident

import "strings"

// The check character.
//
// Write the number without dashes, check character last. Let a position's
// weight be 2^i modulo 29, i counted from the right, the check character being
// position 0. A digit counts its own value, a letter of the site its place in
// the alphabet (A = 1, so that a lost first letter is noticed), the check character its value in the table below. The
// number is right when the weighted sum is checkSum modulo 29.
//
// 29 is prime and at least 26, so within each position values differ modulo
// 29 and every weight can be divided by: each single wrong character changes
// the sum. Neighbours weigh w and 2w, so swapping two different ones changes
// the sum by w times their difference, which is not zero. 2 is a primitive
// root of 29, so the same holds for two digits, or two letters of the site,
// swapped over any distance, and for twins (11 heard as 22), since no two
// weights within a number's length add to zero. A letter where a digit
// belongs, or the reverse, is refused by form. A character lost or typed twice
// in the site is caught 28 times in 29; elsewhere it is refused by form.
//
// The table has the 23 letters other than I, O and U, and six digits for which
// no letter is mistaken on paper (0 1 2 5 8 look like O I Z S B; 2 completes
// the 29). A digit's check value is its own value, so that swapping the last
// digit and a digit check character is caught as well.
const checkTable = "AB234C67D9EFGHJKLMNPQRSTVWXYZ"

const (
	checkPrime = 29
	// checkSum is chosen so that the number in all our documents,
	// PAR-26-004217-K, is a right one.
	checkSum = 2
)

// Check returns n's check character.
func (n Number) Check() byte {
	sum, weight := 0, 2
	add := func(v int) {
		sum = (sum + weight*v) % checkPrime
		weight = weight * 2 % checkPrime
	}
	for i, v := 0, n.Seq; i < seqDigits; i, v = i+1, v/10 {
		add(v % 10)
	}
	add(n.Year % 10)
	add(n.Year / 10 % 10)
	for i := len(n.Site) - 1; i >= 0; i-- {
		add(int(n.Site[i]) - 'A' + 1)
	}
	// The + checkPrime: fields out of range must not index below zero.
	return checkTable[((checkSum-sum)%checkPrime+checkPrime)%checkPrime]
}

// symbol returns the value of check character c; -1 where it is none.
func symbol(c byte) int { return strings.IndexByte(checkTable, c) }
