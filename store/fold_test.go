package store

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSound(t *testing.T) {
	for _, alike := range []string{
		"Dupont Dupond Dupon Duppont", "Lefebvre Lefèvre Lefêvre", "Schmitt Schmidt Schmid Chmit", "Gauthier Gautier Gotier Gautié", "Thibault Thibaud Thibaut Tibo",
		"Meyer Maier Mayer Meier", "Martin Martain Martein", "Philippe Filipe Phillipe", "Durant Durand Duran", "Lecocq Lecoq Lecok", "Moreau Moreaux Moro Morot",
		"Rousseau Rouseau Roussot", "Henri Henry Enri", "Besson Beson Bessons", "Guérin Guerrin Guerin", "Quentin Kentin", "Wagner Vagner", "Bastien Bastient", "Legrand Legrant",
	} {
		words := strings.Fields(alike)
		for _, w := range words[1:] {
			if Sound(w) != Sound(words[0]) {
				t.Errorf("%s is %q, %s is %q", words[0], Sound(words[0]), w, Sound(w))
			}
		}
	}
	for _, apart := range [][2]string{{"Dupont", "Dupuis"}, {"Martin", "Morin"}, {"Bernard", "Bertrand"}, {"Durand", "Durieux"}, {"Petit", "Poulet"}, {"Roux", "Rey"},
		{"Chevalier", "Cavalier"}, {"Guy", "Gy"}, {"Garnier", "Grenier"}, {"Besson", "Bessonne"}, {"Simon", "Simone"}} {
		if Sound(apart[0]) == Sound(apart[1]) {
			t.Errorf("%s and %s are both %q", apart[0], apart[1], Sound(apart[0]))
		}
	}
	for _, none := range []string{"", "123", "-", "Иванов", "山田"} {
		if s := Sound(none); s != "" {
			t.Errorf("%q sounds %q", none, s)
		}
	}
}

func TestWords(t *testing.T) {
	for s, want := range map[string]string{
		"Élodie d’Artagnan": "elodie d artagnan", "WEIẞ Weiß": "weiss weiss", "Œuvre ﬁn Ærø": "oeuvre fin aero", "Ｎ°１２": "n 12", "Łódź": "lodz", "Nguyễn": "nguyen",
		"311.30.42-30": "311 30 42 30", "  ": "", "\xff\x00a": "a", "İstanbul": "istanbul", "Иванов Ёлка": "иванов елка",
		strings.Repeat("a", 50): strings.Repeat("a", longestWord), strings.Repeat("a ", 50): strings.TrimSpace(strings.Repeat("a ", mostWords)),
	} {
		if got := strings.Join(Words(s), " "); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// Whatever is typed: words are folded for good, each field is found by each of
// its own words, and no term holds what ends a span.
func checkTerms(t interface{ Fatalf(string, ...any) }, s string) {
	terms := termsOf(s)
	for _, w := range Words(s) {
		if again := Words(w); len(again) != 1 || again[0] != w {
			t.Fatalf("%q folds on to %q", w, again)
		}
		if !slices.ContainsFunc(terms, func(term string) bool { return strings.HasPrefix(term, w) }) {
			t.Fatalf("%q is not found by its word %q but by %q", s, w, terms)
		}
	}
	for _, term := range append(terms, Sound(s)) {
		if strings.ContainsAny(term, " ~\x00\U0010FFFF") {
			t.Fatalf("term %q", term)
		}
	}
}

func TestTermsFindTheirField(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) { checkTerms(rt, rapid.String().Draw(rt, "field")) })
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"Élodie d’Artagnan", "PAR-26-004217-K", "ẞ ŒßÆ", "0033 6 12", "\xff", "İ", "ͅ", "㎏ ½"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkTerms(t, s)
		for _, r := range readings(s) {
			if len(r) == 0 || len(r) > mostWords {
				t.Fatalf("reading %q", r)
			}
		}
	})
}

func TestReadings(t *testing.T) {
	for question, want := range map[string]string{
		"06 12 34 56 78": "0612345678", "+33 6 12 34 56 78": "0612345678", "0033612345678": "0612345678|0033612345678", "omega 06 12": "omega 0612",
		"321 145": "321145|321 145", "321 14": "32114", "dupont élodie": "dupont elodie", "33 12": "3312", "": "", "omega 321 dupont 06 12": "omega 321 dupont 0612",
	} {
		var got []string
		for _, r := range readings(question) {
			got = append(got, strings.Join(r, " "))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", question, got, want)
		}
	}
}
