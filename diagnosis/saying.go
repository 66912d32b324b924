package diagnosis

import (
	"math"
	"slices"
	"sort"
	"strings"
	"sync"
)

// saying is one way in which people have told of a cause: the words of an
// account, or a sentence of sayings.csv. Where no phrase of the lexicon is met,
// the nearest ways of telling still point somewhere.
type saying struct {
	id    string
	cause string
	words string
}

var sayings = sync.OnceValue(func() []saying {
	var out []saying
	for _, r := range rows("sayings.csv") {
		out = append(out, saying{r["id"], r["cause"], r["words"]})
	}
	return out
})

// ear weighs words by the causes they were told of: a Bayesian reader of whole
// accounts beside the lexicon, which reads findings. Its features are the
// lexicon's classes, so that French and English teach each other, the stems of
// other words, and pairs of either that stand near one another.
type ear struct {
	causes  []float64            // sayings of each cause, by its place in the list
	count   map[string][]float64 // and how many of them have a feature
	total   map[string]float64
	n       float64
	without map[string]bool // features of a saying to be left out of the count
	whose   int             // and its cause
}

func newEar(all []saying, causeIndex map[string]int) *ear {
	e := &ear{causes: make([]float64, len(causeIndex)), count: map[string][]float64{}, total: map[string]float64{}}
	x := defaultLexicon()
	for _, s := range all {
		c, ok := causeIndex[s.cause]
		if !ok {
			panic("diagnosis: sayings.csv: unknown cause " + s.cause)
		}
		e.causes[c]++
		e.n++
		for f := range x.features(s.words) {
			if e.count[f] == nil {
				e.count[f] = make([]float64, len(causeIndex))
			}
			e.count[f][c]++
			e.total[f]++
		}
	}
	return e
}

// forget returns the ear as if it had never heard s: how a saying is judged by
// the others.
func (e *ear) forget(s saying, cause int) *ear {
	next := *e
	next.without, next.whose = defaultLexicon().features(s.words), cause
	return &next
}

// How sceptical the ear is, fitted on the steering cases with each case's own
// saying left out.
const (
	earShrink = 4.0 // sayings that the overall rate of a feature counts for
	earWeight = 0.9 // of the sum, over the square root of the number of features
	earTwice  = 0.4 // for a clause of which the lexicon read a finding: much of it would count twice
	earMost   = 3.5 // nats, of one clause
	earLeast  = 0.6 // nats for its likeliest cause, below which a clause is not heard
)

// hear returns, for every cause, the weight of what was said, never below 0;
// nil where nothing was said that was ever heard.
func (e *ear) hear(features map[string]bool) []float64 {
	known := make([]string, 0, len(features))
	for f := range features {
		if e.total[f]-float64(order(e.without[f])) > 0 {
			known = append(known, f)
		}
	}
	if len(known) == 0 {
		return nil
	}
	sort.Strings(known)
	scale := earWeight / math.Sqrt(float64(len(known)))
	out := make([]float64, len(e.causes))
	n := e.n
	if e.without != nil {
		n--
	}
	for _, f := range known {
		total, own := e.total[f], 0.0
		if e.without[f] {
			total, own = total-1, 1
		}
		q := total / n
		counts := e.count[f]
		for c, told := range e.causes {
			k := counts[c]
			if c == e.whose && e.without != nil {
				told, k = told-1, k-own
			}
			out[c] += math.Log((k + earShrink*q) / (told + earShrink) / q)
		}
	}
	for c := range out {
		out[c] = math.Max(0, math.Min(out[c]*scale, earMost))
	}
	return out
}

// features returns the classes, stems and near pairs of a text.
func (x *lexicon) features(s string) map[string]bool {
	out := map[string]bool{}
	for _, ts := range clauses(s) {
		x.clauseFeatures(ts, out)
	}
	return out
}

// clauseFeatures adds the features of one clause to out and returns how many of
// its words belong to the lexicon's classes.
func (x *lexicon) clauseFeatures(ts []token, out map[string]bool) (classes int) {
	var line []string
	for i, t := range ts {
		switch {
		case t.virtual || t.number:
		case t.deny != denyNone:
			line = append(line, "!")
		default:
			if f := x.feature(ts, i); f != "" {
				line = append(line, f)
			}
		}
	}
	for i, a := range line {
		if a != "!" {
			if !out[a] && a[0] == '@' {
				classes++
			}
			out[a] = true
		}
		for j := i + 1; j < len(line) && j <= i+3; j++ {
			if b := line[j]; a != b {
				out[min(a, b)+" "+max(a, b)] = true
			}
		}
	}
	return classes
}

// listen hears every clause of what was told. A clause in which nothing of the
// trade is said, or that speaks for no cause in particular, is not heard; a
// further one counts half of the one before.
func (m *Model) listen(texts []string) []float64 {
	x := defaultLexicon()
	var heard [][]float64
	for _, s := range texts {
		for _, ts := range clauses(s) {
			features := map[string]bool{}
			if x.clauseFeatures(ts, features) < 2 {
				continue
			}
			h := m.ear.hear(features)
			if h == nil || slices.Max(h) < earLeast {
				continue
			}
			if x.reads(ts) {
				for c := range h {
					h[c] *= earTwice
				}
			}
			heard = append(heard, h)
		}
	}
	if len(heard) == 0 {
		return nil
	}
	out := make([]float64, len(m.causes))
	for c := range out {
		var ws []float64
		for _, h := range heard {
			ws = append(ws, h[c])
		}
		slices.Sort(ws)
		k := 1.0
		for i := len(ws) - 1; i >= 0; i-- {
			out[c] += k * ws[i]
			k *= 0.5
		}
	}
	return out
}

// reads reports whether a phrase stands in the clause.
func (x *lexicon) reads(ts []token) bool {
	at := x.index(ts)
	defer x.release(at)
	for i := range x.phrases {
		if _, ok := x.phrases[i].find(ts, at); ok {
			return true
		}
	}
	return false
}

// feature is the class of a word, or its stem; "" for everyday words.
func (x *lexicon) feature(ts []token, i int) string {
	best, size := "", 1<<30
	for _, id := range x.classesOf(ts[i].word) {
		if n := x.breadth[id]; n < size || n == size && x.names[id] < best {
			best, size = x.names[id], n
		}
	}
	if best != "" {
		return best
	}
	w := ts[i].word
	if len(w) < 4 || x.spelling.plain[w] {
		return ""
	}
	if c := x.spelling.correct(w); c != "" {
		for _, id := range x.classesOf(c) {
			if best == "" || x.names[id] < best {
				best = x.names[id]
			}
		}
		if best != "" {
			return best
		}
	}
	return w[:min(5, len(w))]
}

// classesOf returns the classes of words.csv that w belongs to; classes of
// little words, whose names end in 0, say nothing.
func (x *lexicon) classesOf(w string) []int {
	var out []int
	for _, id := range x.lookup(w) {
		if n := x.names[id]; strings.HasPrefix(n, "@") && !strings.ContainsAny(n, "|0") {
			out = append(out, id)
		}
	}
	return out
}
