package diagnosis

import "slices"

// gathered is everything a case says, read into evidence.
type gathered struct {
	kind       string
	told       []evidence // from words
	measured   []evidence // from readings and checks
	understood []Symptom
	derived    []Symptom
	spec       calibreSpec
	marks      map[string]bool // words that are no finding but change who may repair
}

// The strengths of evidence by where it stands: a symptom asked and written
// down is firmer than a phrase of the story around it.
const (
	symptomStrength = 1.0
	contextStrength = 0.85
	checkStrength   = 1.0
)

// gather reads a case. Words of symptoms and context are evidence told;
// readings, quartz figures and checks are evidence measured.
func (m *Model) gather(c Case) gathered {
	g := gathered{kind: c.kind(), spec: specOf(c.Watch), marks: marksOf(c)}
	met, beaten := map[string]bool{}, map[string]bool{}
	add := func(h hit, strength float64, measured bool) {
		f, ok := m.findingIndex[h.finding]
		if !ok || !serves(m.findings[f].Kinds, g.kind) {
			return
		}
		info := m.findings[f]
		s := Symptom{ID: info.ID, Name: info.Name, Value: h.value, Unit: h.unit, Negated: h.negated, Words: h.words}
		e := evidence{finding: f, negated: h.negated, strength: strength * h.strength, symptom: s}
		if met[h.finding] || beaten[h.finding] && !h.negated {
			return
		}
		met[h.finding] = true
		if measured || info.Measured {
			g.measured = append(g.measured, e)
			g.derived = append(g.derived, s)
			return
		}
		g.told = append(g.told, e)
		g.understood = append(g.understood, s)
	}
	figures := m.figuresOf(c, g.spec)
	words := toldRates(m.withoutMeasured(wordsOf(c), figures), c, g.kind, g.spec)
	for _, h := range append(slices.Clone(figures), words...) {
		if !h.negated {
			for _, over := range supersedes()[h.finding] {
				beaten[over] = true
			}
		}
	}
	for _, o := range c.Findings.Observed {
		add(hit{finding: o.Finding, negated: o.Negated, strength: 1}, symptomStrength, false)
	}
	for _, h := range figures {
		add(h, 1, true)
	}
	for _, h := range words {
		add(h, 1, false)
	}
	m.combine(c, &g, add)
	if heard := m.listen(tellingOf(c)); heard != nil {
		g.told = append(g.told, evidence{finding: -1, strength: 1, heard: heard, symptom: Symptom{ID: "told", Name: toldAlike}})
	}
	return g
}

// tellingOf is everything told of a watch in words.
func tellingOf(c Case) []string {
	k := c.Findings.Checks
	return append(slices.Clone(c.Findings.Symptoms), c.Context, k.Winding, k.Setting, k.Rotor, k.WaterTest)
}

// toldAlike is the reason that the ear gives.
var toldAlike = Text{FR: "raconté comme d’autres cas de cette cause", EN: "told as other cases of this cause were"}

// wordsOf reads every word of a case. What is affirmed anywhere comes before
// the same thing denied elsewhere, and wins.
func wordsOf(c Case) []hit {
	x := defaultLexicon()
	var words []hit
	for _, s := range c.Findings.Symptoms {
		read := x.read(s, "")
		if len(read) == 0 {
			read = x.guess(s)
		}
		words = append(words, scaled(read, symptomStrength)...)
	}
	words = append(words, scaled(checkHits(x, c.Findings.Checks), checkStrength)...)
	words = append(words, scaled(x.read(c.Context, ""), contextStrength)...)
	words = append(words, x.read(c.Watch.Brand+" "+c.Watch.Calibre+" "+c.Watch.Kind, "")...)
	slices.SortStableFunc(words, func(a, b hit) int { return order(a.negated) - order(b.negated) })
	return words
}

// withoutMeasured drops what words say of an amplitude or a beat error that was
// measured: the figure is the same fact, better told.
func (m *Model) withoutMeasured(words, figures []hit) []hit {
	measured := map[string]bool{}
	for _, h := range figures {
		if f, ok := m.findingIndex[h.finding]; ok {
			measured[m.findings[f].Group] = true
		}
	}
	var out []hit
	for _, h := range words {
		f, ok := m.findingIndex[h.finding]
		if ok && (m.findings[f].Group == "amp" || m.findings[f].Group == "beat") && measured[m.findings[f].Group] && m.findings[f].Measured {
			continue
		}
		out = append(out, h)
	}
	return out
}

func order(b bool) int {
	if b {
		return 1
	}
	return 0
}

func scaled(hs []hit, k float64) []hit {
	for i := range hs {
		hs[i].strength *= k
	}
	return hs
}
