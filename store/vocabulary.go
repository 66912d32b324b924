package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"etabli.example/trade/customer"
)

// The vocabulary finds words by what was typed of them, whole or not, right or
// not: a name by its middle ("part" finds Lampard), a name with one slip of the
// finger ("Dupnot", "Lefebre"). It holds each word once, however many customers
// bear it, so that it grows with how people are called and not with how many they
// are. What it finds are words; the term table then says whose.

// The shortest word that is found by its middle, or in spite of a slip: below it
// nearly everything is like everything.
const (
	shortestPiece = 3
	shortestSlip  = 4
)

// mostLike is how many words of the vocabulary one typed word may stand for, and
// mostOfWord how many customers of each are looked at, newest first.
const (
	mostLike   = 16
	mostOfWord = 60
)

// vocabularyOf are the words a customer is found by in spite of slips.
func vocabularyOf(c customer.Customer) []string {
	var all []string
	for _, f := range []string{c.Name, c.Given, c.City} {
		for _, w := range Words(f) {
			if len(w) >= shortestPiece && !digitsOnly(w) {
				all = append(all, w)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// piecesOf returns the keys a word stands under.
func piecesOf(word string) []string {
	all := []string{"=" + word}
	for i := range word {
		if i > 0 && utf8.RuneCountInString(word[i:]) >= shortestPiece {
			all = append(all, "-"+word[i:])
		}
	}
	for _, s := range slips(word) {
		all = append(all, "~"+s)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// slips returns a word with each of its letters left out, and whole; none where
// it is too short. Two words share one exactly where at most one letter is left
// out of each: every slip of one letter, and two neighbours exchanged.
func slips(word string) []string {
	r := []rune(word)
	if len(r) < shortestSlip {
		return nil
	}
	all := []string{word}
	for i := range r {
		all = append(all, string(r[:i])+string(r[i+1:]))
	}
	return all
}

const (
	sqlWordKnown = `select word from vocabulary where house = $1 and piece = $2 and word = $3`
	sqlPieceNew  = `insert into vocabulary (house, piece, word) values ($1, $2, $3)`
	sqlPieceGone = `delete from vocabulary where house = $1 and piece = $2 and word = $3`
	sqlWordsAt   = `select word from vocabulary where house = $1 and piece >= $2 and piece < $3 order by piece asc, word asc limit $4`
	sqlWordBorne = `select target from term where house = $1 and domain = $2 and word >= $3 and word < $4 limit 1`
	sqlForgetAll = `delete from vocabulary where house = $1`
	sqlOfWord    = `with hit as (select t.target as id, t.word from term t where t.house = $1 and t.domain = 'customer' and t.word >= $2 and t.word < $3` +
		` order by t.word desc, t.target desc limit $4) select ` + customerColumns + ` from hit h join customer c on c.house = $1 and c.id = h.id`
)

// learn puts the words into the vocabulary that are not in it.
func (t *Tx) learn(ctx context.Context, words []string) error {
	for _, w := range words {
		known, err := list(ctx, t, value[string], sqlWordKnown, t.house, "="+w, w)
		if err != nil {
			return err
		}
		if len(known) > 0 {
			continue
		}
		for _, p := range piecesOf(w) {
			if _, err := t.exec(ctx, sqlPieceNew, t.house, p, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// unlearn takes the words out of the vocabulary that nobody bears any more: a
// name that was erased must not stay there.
func (t *Tx) unlearn(ctx context.Context, words []string) error {
	for _, w := range words {
		at := prefixed(w)
		borne, err := list(ctx, t, value[string], sqlWordBorne, t.house, domainCustomer, at.lo, at.hi)
		if err != nil {
			return err
		}
		if len(borne) > 0 {
			continue
		}
		for _, p := range piecesOf(w) {
			if _, err := t.exec(ctx, sqlPieceGone, t.house, p, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// unknownWord reports whether one of the words is not in the vocabulary; what was
// seen is not asked for twice.
func (t *Tx) unknownWord(ctx context.Context, words []string, seen map[string]bool) (bool, error) {
	for _, w := range words {
		if seen[w] {
			continue
		}
		known, err := list(ctx, t, value[string], sqlWordKnown, t.house, "="+w, w)
		if err != nil || len(known) == 0 {
			return err == nil, err
		}
		seen[w] = true
	}
	return false, nil
}

// like returns the words of the vocabulary that a typed word may stand for: those
// that hold it, then those it is one slip away from.
func (t *Tx) like(ctx context.Context, typed string) ([]string, error) {
	var all []string
	n := utf8.RuneCountInString(typed)
	if n >= shortestPiece {
		within := prefixed("-" + typed)
		found, err := list(ctx, t, value[string], sqlWordsAt, t.house, within.lo, within.hi, mostLike)
		if err != nil {
			return nil, err
		}
		all = found
	}
	for _, s := range slips(typed) {
		found, err := list(ctx, t, value[string], sqlWordsAt, t.house, "~"+s, "~"+s+" ", mostLike)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	return all[:min(len(all), mostLike)], nil
}

// findLoosely finds customers by pieces of words and words with a slip: every
// word typed must be borne out. The longest word leads, as the rarest by guess.
func (t *Tx) findLoosely(ctx context.Context, words []string) ([]customer.Customer, error) {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	meant, err := t.like(ctx, words[0])
	if err != nil {
		return nil, err
	}
	var all []customer.Customer
	for _, m := range meant {
		at := prefixed(m)
		found, err := list(ctx, t, scanCustomer, sqlOfWord, t.house, at.lo, at.hi, mostOfWord)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			if !slices.Contains(all, c) && bearsAll(c, words[1:]) {
				all = append(all, c)
			}
		}
	}
	slices.SortFunc(all, newestCustomerFirst)
	return all, nil
}

// bearsAll reports whether every word typed may stand for a word of the customer.
func bearsAll(c customer.Customer, typed []string) bool {
	terms, words := customerTerms(c), vocabularyOf(c)
	for _, w := range typed {
		sound := soundMark + Sound(w)
		if !slices.ContainsFunc(terms, func(term string) bool { return strings.HasPrefix(term, w) || term == sound }) &&
			!slices.ContainsFunc(words, func(x string) bool { return mayMean(w, x) }) {
			return false
		}
	}
	return true
}

// mayMean reports whether what was typed stands within the word, or one slip from it.
func mayMean(typed, word string) bool {
	if utf8.RuneCountInString(typed) >= shortestPiece && strings.Contains(word, typed) {
		return true
	}
	mine := slips(word)
	return slices.ContainsFunc(slips(typed), func(s string) bool { return slices.Contains(mine, s) })
}
