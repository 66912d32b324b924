package locale

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/money"
)

// printerOf returns a French or English printer that knows words alone.
func printerOf(lang Lang, words map[string]message) *Printer {
	p := For(lang)
	p.words = words
	return p
}

func TestT_plural(t *testing.T) {
	t.Parallel()
	words := map[string]message{"w": {one: "{0} un {1}", other: "{0} des {1}"}}
	for _, tt := range []struct {
		lang Lang
		args []any
		want string
	}{
		{FR, []any{0, "x"}, "0 un x"}, {FR, []any{1, "x"}, "1 un x"}, {FR, []any{2, "x"}, "2 des x"}, {FR, []any{-1, "x"}, "−1 un x"},
		{EN, []any{0, "x"}, "0 des x"}, {EN, []any{1, "x"}, "1 un x"}, {EN, []any{uint8(1), "x"}, "1 un x"}, {EN, []any{uint(2), "x"}, "2 des x"},
		{EN, []any{"x", int64(1)}, "x un 1"}, {FR, []any{uint(0), "x"}, "0 un x"},
		{EN, []any{money.Cents(1), 5}, "€0.01 des 5"},         // money does not choose the form
		{EN, []any{time.Minute, 1}, "1\u00a0⟦unit.min⟧ un 1"}, // nor does a length of time
		{EN, []any{"x"}, "x des {1}"},
	} {
		if got := printerOf(tt.lang, words).T("w", tt.args...); got != tt.want {
			t.Errorf("%s %v: %q, want %q", tt.lang, tt.args, got, tt.want)
		}
	}
}

type shape struct{ A int }

func TestT_arguments(t *testing.T) {
	t.Parallel()
	p := printerOf(FR, map[string]message{"a": {other: "[{0}]"}, "in": {other: "dedans {0}"}, "fault.internal": {other: "panne"}})
	for _, tt := range []struct {
		arg  any
		want string
	}{
		{"mot", "mot"}, {nil, ""}, {18, "18"}, {28800, "28'800"}, {3.25, "3,25"}, {float32(0.5), "0,5"}, {money.Cents(1200_00), "1'200~€"},
		{money.VATRate(550), "5,5~%"}, {time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), "24/11/2026"}, {90 * time.Second, "1~⟦unit.min⟧~30~⟦unit.s⟧"},
		{fault.Message{Key: "in", Args: []any{2}}, "dedans 2"}, {errors.New("secret"), "panne"}, {ident.Number{Site: "PAR", Year: 2026, Seq: 4217}, "PAR-26-004217-K"},
		{FR, "fr"}, {true, "true"}, {shape{1}, "{1}"}, {"{0}", "{0}"}, {uint16(7), "7"},
	} {
		if got := spaces.Replace(p.T("a", tt.arg)); got != "["+tt.want+"]" {
			t.Errorf("%#v became %q, want %q", tt.arg, got, tt.want)
		}
	}
}

func TestT_placeholders(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":              "",
		"{1} {0} {1}":   "b a b",
		"{2}":           "{2}",
		"{":             "{",
		"a{":            "a{",
		"{0":            "{0",
		"{{0}}":         "{a}",
		"{x}{0}":        "{x}a",
		"{10}":          "{10}",
		"é{0}è":         "éaè",
		"rien à placer": "rien à placer",
	} {
		if got := printerOf(FR, map[string]message{"k": {other: text}}).T("k", "a", "b"); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestMissing(t *testing.T) {
	// Not parallel: the count is the process's.
	key := "word.surely_not_there"
	before := Missing()["en "+key]
	if got := For(EN).T(key, 1); got != "⟦"+key+"⟧" {
		t.Errorf("T = %q", got)
	}
	if got := Missing()["en "+key]; got != before+1 {
		t.Errorf("counted %d, want %d", got, before+1)
	}
	if For(FR).Has(key) || !For(FR).Has("word.yes") {
		t.Error("Has is wrong")
	}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j := range 500 {
				For(FR).T(fmt.Sprintf("word.flood_%d_%d", i, j))
			}
		})
	}
	wg.Wait()
	if n := len(Missing()); n > mostMissing {
		t.Errorf("%d keys are remembered, over %d", n, mostMissing)
	}
}

func TestError(t *testing.T) {
	t.Parallel()
	secret := errors.New("disk /var/secret full")
	stale := &fault.Error{Kind: fault.Stale, Op: "store.Append", Err: secret}
	_, letter := money.Parse("12OO")
	fr, en := For(FR), For(EN)
	for _, tt := range []struct {
		name string
		err  error
		fr   string
	}{
		{"nil", nil, ""},
		{"a stranger", secret, fr.T("fault.internal")},
		{"wrapped stranger", fault.Wrap("op", secret), fr.T("fault.internal")},
		{"a kind alone", stale, fr.T("fault.stale")},
		{"wrapped", fmt.Errorf("more: %w", stale), fr.T("fault.stale")},
		{"joined", errors.Join(secret, stale), fr.T("fault.stale")},
		{"unknown key", fault.New(fault.Denied, "no.such_key"), fr.T("fault.denied")},
		{"a letter", letter, "Ce montant contient la lettre O. Vouliez-vous dire 1\u202f200\u00a0€\u00a0?"},
	} {
		if got := fr.Error(tt.err); got != tt.fr {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.fr)
		}
		if got := en.Error(tt.err); strings.Contains(got, "secret") || strings.Contains(got, "⟦") || (got == "") != (tt.err == nil) {
			t.Errorf("%s in English: %q", tt.name, got)
		}
	}
	if got, want := en.Error(letter), "This amount contains the letter O. Did you mean €1,200?"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestError_hasASentenceForEveryKind(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for k := fault.Internal; k <= fault.Unavailable; k++ {
		for _, lang := range Languages() {
			s := For(lang).Error(&fault.Error{Kind: k})
			if s == "" || strings.Contains(s, "⟦") || seen[s] {
				t.Errorf("%s %v: %q", lang, k, s)
			}
			seen[s] = true
		}
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	var p fault.Problems
	p.Add("price", "money.letter_o", money.Cents(1200_00))
	p.Add("name", "fault.required")
	got := For(EN).Fields(fmt.Errorf("web: %w", p.Err()))
	want := map[string]string{"price": "This amount contains the letter O. Did you mean €1,200?", "name": "To be filled in."}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if For(EN).Fields(errors.New("x")) != nil || For(EN).Fields(nil) != nil {
		t.Error("fields out of nothing")
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]Lang{
		"": FR, "fr": FR, "en": EN, "en-GB,en;q=0.9,fr;q=0.8": EN, "fr-CH, fr;q=0.9, en;q=0.8": FR, "de,en;q=0.5": EN, "de": FR, "de, ja;q=0.3": FR,
		"fr;q=0.2, en;q=0.9": EN, "*": FR, ";;;": FR, "en-US": EN, "fr-CA": FR, strings.Repeat("en,", 5000): FR,
	} {
		if got := Match(header); got != want {
			t.Errorf("Match(%.40q) = %s, want %s", header, got, want)
		}
	}
}

func TestFor(t *testing.T) {
	t.Parallel()
	if p := For("xx"); p.Lang() != FR || p.Location().String() != "Europe/Paris" {
		t.Errorf("an unknown language gave %s at %s", p.Lang(), p.Location())
	}
	if l, ok := Known("en"); l != EN || !ok {
		t.Errorf("Known(en) = %s, %v", l, ok)
	}
	if l, ok := Known("EN"); l != FR || ok {
		t.Errorf("Known(EN) = %s, %v", l, ok)
	}
	p := For(EN)
	if p.WithLocation(time.UTC); p.Location() == time.UTC {
		t.Error("WithLocation changed its receiver")
	}
}
