package diagnosis

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// lexicon knows the words (words.csv: classes of words of like meaning) and
// the phrases (phrases.csv: which words together tell of which finding).
type lexicon struct {
	exact    map[string][]int // word → term ids
	prefix   map[string][]int // stem → term ids
	terms    map[string]int
	negs     []int // terms that a negating word fills
	phrases  []phrase
	spelling *spelling
	spare    sync.Pool // places of an earlier clause
	weight   []float64 // rarity of each term
	names    []string  // the term as it is written, by id
	breadth  []int     // how many words each class has
}

// phrase is a set of terms that must stand near one another.
type phrase struct {
	finding  string
	need     []int
	neg      []bool // which of need is a bare negation
	forbid   []int
	window   int
	immune   bool // carries its own negation or cannot be negated
	pattern  string
	strength float64
}

var defaultLexicon = sync.OnceValue(loadLexicon)

func loadLexicon() *lexicon {
	x := &lexicon{exact: map[string][]int{}, prefix: map[string][]int{}, terms: map[string]int{}}
	classes := map[string][]string{}
	for _, r := range rows("words.csv") {
		classes[r["class"]] = append(classes[r["class"]], strings.Fields(fold(r["words"]))...)
	}
	for name := range classes {
		x.term("@"+name, classes) // figures ask for classes by name
	}
	for _, r := range rows("phrases.csv") {
		x.phrases = append(x.phrases, x.compile(r, classes))
	}
	x.spelling = newSpelling(x)
	x.weight = x.rarity()
	x.names, x.breadth = make([]string, len(x.terms)), make([]int, len(x.terms))
	for t, id := range x.terms {
		x.names[id] = t
		x.breadth[id] = len(classes[strings.TrimPrefix(t, "@")])
	}
	return x
}

// compile reads one pattern: terms separated by spaces, each a word, a stem
// ending in *, a class @name or several of these joined by |; -term must not
// stand in the clause; ~n widens the window; ^ makes it immune to negation.
func (x *lexicon) compile(r row, classes map[string][]string) phrase {
	p := phrase{finding: r["finding"], pattern: r["pattern"], strength: r.float("strength", 1)}
	for _, f := range strings.Fields(fold(strings.ReplaceAll(r["pattern"], "~", "≀"))) {
		switch {
		case f == "^":
			p.immune = true
		case strings.HasPrefix(f, "≀"):
			n, err := strconv.Atoi(strings.TrimPrefix(f, "≀"))
			if err != nil {
				panic("diagnosis: phrases.csv: " + r["pattern"])
			}
			p.window = n
		case strings.HasPrefix(f, "-"):
			p.forbid = append(p.forbid, x.term(f[1:], classes))
		default:
			if strings.Contains("|"+f+"|", "|@not|") {
				p.immune = true
			}
			p.need = append(p.need, x.term(f, classes))
			p.neg = append(p.neg, f == "@not")
		}
	}
	if len(p.need) == 0 {
		panic("diagnosis: phrases.csv: empty pattern for " + p.finding)
	}
	if p.window == 0 {
		p.window = len(p.need) + 6
	}
	return p
}

func (x *lexicon) term(t string, classes map[string][]string) int {
	if id, ok := x.terms[t]; ok {
		return id
	}
	id := len(x.terms)
	x.terms[t] = id
	for _, alt := range strings.Split(t, "|") {
		if alt == "@not" { // matched by the token's part in a negation
			x.negs = append(x.negs, id)
			continue
		}
		if strings.HasPrefix(alt, "@") {
			ws, ok := classes[alt[1:]]
			if !ok {
				panic(fmt.Sprintf("diagnosis: phrases.csv: unknown class %s", alt))
			}
			for _, w := range ws {
				x.learn(w, id)
			}
			continue
		}
		x.learn(alt, id)
	}
	return id
}

func (x *lexicon) learn(w string, id int) {
	if stem, ok := strings.CutSuffix(w, "*"); ok {
		x.prefix[stem] = append(x.prefix[stem], id)
		return
	}
	x.exact[w] = append(x.exact[w], id)
}

// lookup returns the terms a word belongs to.
func (x *lexicon) lookup(w string) []int {
	out := append([]int(nil), x.exact[w]...)
	for k := 2; k <= len(w); k++ {
		out = append(out, x.prefix[w[:k]]...)
	}
	return out
}

// index returns, for each term, the positions in the clause where it stands,
// and last of all the terms that were met; release it when done.
// Words joined by a hyphen in the lexicon match words that follow one another.
func (x *lexicon) index(ts []token) [][]int {
	at, _ := x.spare.Get().([][]int)
	if at == nil {
		at = make([][]int, len(x.terms)+1)
	}
	last := len(x.terms)
	put := func(id, i int) {
		n := len(at[id])
		if n == 0 {
			at[last] = append(at[last], id)
		}
		if n == 0 || at[id][n-1] != i {
			at[id] = append(at[id], i)
		}
	}
	for i, t := range ts {
		for _, id := range x.termsAt(ts, i) {
			put(id, i)
		}
		if t.deny != denyNone && !t.virtual {
			for _, id := range x.negs {
				put(id, i)
			}
		}
	}
	return at
}

// release gives the places of a clause back, to be used for the next: nothing
// else in a diagnosis takes as much room.
func (x *lexicon) release(at [][]int) {
	last := len(x.terms)
	for _, id := range at[last] {
		at[id] = at[id][:0]
	}
	at[last] = at[last][:0]
	x.spare.Put(at)
}

// termsAt returns the terms that the words starting at i belong to.
func (x *lexicon) termsAt(ts []token, i int) []int {
	t := ts[i]
	terms := x.exact[t.word]
	if !t.number {
		terms = x.lookup(t.word)
	}
	terms = append([]int(nil), terms...)
	if !t.number && len(terms) == 0 && !t.virtual && t.deny == denyNone {
		if w := x.spelling.correct(t.word); w != "" {
			terms = x.lookup(w)
		}
	}
	run := t.word
	for j := i + 1; j < len(ts) && j <= i+2 && !ts[j].virtual; j++ {
		run += "-" + ts[j].word
		terms = append(terms, x.exact[run]...)
	}
	return terms
}
