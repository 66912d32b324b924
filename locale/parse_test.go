package locale

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"etabli.example/fault"
)

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]float64{
		"3,2": 3.2, "+3.2": 3.2, "−3,2": -3.2, "-3.2": -3.2, "–3,2": -3.2, "28 800": 28800, "28\u202f800": 28800,
		"1\u00a0234,5": 1234.5, "1,234.5": 1234.5, "1.234,5": 1234.5, "1.234.567": 1234567, "0": 0, "-0": 0, ",5": .5, "6,00": 6, " 287 ": 287,
	} {
		got, err := ParseNumber(s)
		if err != nil || got != want || math.Signbit(got) != (want < 0) {
			t.Errorf("ParseNumber(%q) = %v, %v; want %v", s, got, err, want)
		}
	}
}

func TestParseNumber_refuses(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]fault.Message{
		"":                      {Key: "number.empty"},
		"\u202f":                {Key: "number.empty"},
		"287°":                  {Key: "number.invalid"},
		"3,2 s/j":               {Key: "number.invalid"},
		"NaN":                   {Key: "number.invalid"},
		"Inf":                   {Key: "number.invalid"},
		"1e9":                   {Key: "number.invalid"},
		"0x1p4":                 {Key: "number.invalid"},
		"3,2,1":                 {Key: "number.invalid"},
		"28O":                   {Key: "number.letter_o", Args: []any{280.}},
		"-l,5":                  {Key: "number.letter_l", Args: []any{-1.5}},
		strings.Repeat("1", 65): {Key: "number.too_long"},
	} {
		v, err := ParseNumber(s)
		e, ok := err.(*fault.Error)
		if !ok || e.Kind != fault.Invalid || v != 0 {
			t.Errorf("ParseNumber(%q) = %v, %v; want %s", s, v, err, want.Key)
			continue
		}
		if d := cmp.Diff(want, fault.Message{Key: e.Key, Args: e.Args}); d != "" {
			t.Errorf("ParseNumber(%q): %s", s, d)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"3,2", "−3.2", "28 800", "28O", "1.234.567", "", ".", "1e9", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := ParseNumber(s)
		if err != nil {
			e, ok := err.(*fault.Error)
			if !ok || e.Kind != fault.Invalid || v != 0 {
				t.Fatalf("%q: %v, %v", s, v, err)
			}
			for _, lang := range Languages() {
				if !For(lang).Has(e.Key) {
					t.Fatalf("%q: no %s sentence for %s", s, lang, e.Key)
				}
			}
			return
		}
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Fatalf("%q gave %v", s, v)
		}
		plain := strconv.FormatFloat(v, 'f', -1, 64)
		if len(plain) > 64 {
			return // a long fraction: Read refuses what is longer than a person types
		}
		if again, err := ParseNumber(plain); err != nil || again != v {
			t.Fatalf("%q gave %v, then %v, %v", s, v, again, err)
		}
	})
}
