package money

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"etabli.example/fault"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Cents{
		"0": 0, "0,00 €": 0, "-0": 0, "7": 7_00, "7,5": 7_50, "7.50": 7_50, ",5": 50, "12,": 12_00,
		"1 234,56 €":           1234_56,
		"1\u202f234,56\u00a0€": 1234_56,
		"1\u2009234,56":        1234_56,
		"1234.56":              1234_56,
		"€1,234.56":            1234_56,
		"€ 1234":               1234_00,
		"1.234,56":             1234_56,
		"1'234.50":             1234_50,
		"1’234.50":             1234_50,
		"1,234,567.89":         1234567_89,
		"1.234.567":            1234567_00,
		"EUR 12":               12_00,
		"12 EUR":               12_00,
		"12 euros":             12_00,
		"+12":                  12_00,
		"  00012,30 ":          12_30,
		"10000000":             Most,
	} {
		got, err := Parse(s)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %d, %v; want %d", s, got, err, want)
		}
	}
}

func TestParse_refuses(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]fault.Message{
		"":                       {Key: "money.empty"},
		" \u00a0":                {Key: "money.empty"},
		"€":                      {Key: "money.empty"},
		"douze":                  {Key: "money.invalid"},
		"12 $":                   {Key: "money.invalid"},
		"1e3":                    {Key: "money.invalid"},
		"NaN":                    {Key: "money.invalid"},
		"--1":                    {Key: "money.invalid"},
		"1-2":                    {Key: "money.invalid"},
		",":                      {Key: "money.invalid"},
		"-":                      {Key: "money.invalid"},
		"1,2,3":                  {Key: "money.invalid"},
		"1.23,456.7":             {Key: "money.invalid"},
		"12.34.56":               {Key: "money.invalid"},
		"12OO":                   {Key: "money.letter_o", Args: []any{Cents(1200_00)}},
		"1 2oo €":                {Key: "money.letter_o", Args: []any{Cents(1200_00)}},
		"l2,5O":                  {Key: "money.letter_l", Args: []any{Cents(12_50)}},
		"I2":                     {Key: "money.letter_l", Args: []any{Cents(12_00)}},
		"O":                      {Key: "money.letter_o", Args: []any{Cents(0)}},
		"Oslo":                   {Key: "money.invalid"},
		"1,234":                  {Key: "money.ambiguous", Args: []any{Cents(1234_00)}},
		"1.234":                  {Key: "money.ambiguous", Args: []any{Cents(1234_00)}},
		"0,125":                  {Key: "money.decimals", Args: []any{Cents(13)}},
		"1234,999":               {Key: "money.decimals", Args: []any{Cents(1235_00)}},
		"12,3456":                {Key: "money.decimals", Args: []any{Cents(12_35)}},
		"-12":                    {Key: "money.negative", Args: []any{Cents(12_00)}},
		"−12,50 €":               {Key: "money.negative", Args: []any{Cents(12_50)}},
		"10000000,01":            {Key: "money.too_much", Args: []any{Most}},
		"99999999999999999999":   {Key: "money.too_much", Args: []any{Most}},
		strings.Repeat("9", 1e5): {Key: "money.invalid"},
	} {
		c, err := Parse(s)
		e, ok := err.(*fault.Error)
		if !ok || e.Kind != fault.Invalid || c != 0 {
			t.Errorf("Parse(%.30q) = %d, %v; want %s", s, c, err, want.Key)
			continue
		}
		if d := cmp.Diff(want, fault.Message{Key: e.Key, Args: e.Args}); d != "" {
			t.Errorf("Parse(%.30q): %s", s, d)
		}
	}
}

func TestParse_roundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := Cents(rapid.Int64Range(0, int64(Most)).Draw(t, "cents"))
		for _, form := range []string{"%d.%02d", "%d,%02d €", "€%d.%02d", " %d,%02d EUR"} {
			s := fmt.Sprintf(form, want/100, want%100)
			if got, err := Parse(s); err != nil || got != want {
				t.Fatalf("Parse(%q) = %d, %v; want %d", s, got, err, want)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1 234,56 €", "€1,234.56", "12OO", "-12", "1.234", "", "1'234", "0,125", "\xff€"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := Parse(s)
		if err != nil {
			if e, ok := err.(*fault.Error); !ok || e.Kind != fault.Invalid || c != 0 {
				t.Fatalf("%q: %d, %v", s, c, err)
			}
			return
		}
		if c < 0 || c > Most {
			t.Fatalf("%q gave %d", s, c)
		}
		again, err := Parse(fmt.Sprintf("%d.%02d", c/100, c%100))
		if err != nil || again != c {
			t.Fatalf("%q gave %d, then %d, %v", s, c, again, err)
		}
	})
}
