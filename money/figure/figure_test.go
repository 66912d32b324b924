package figure

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Figure{
		"0":                   {Whole: "0"},
		"+3,2":                {Whole: "3", Fraction: "2", Separator: ','},
		"−3.20":               {Negative: true, Whole: "3", Fraction: "20", Separator: '.'},
		"–0,5":                {Negative: true, Whole: "0", Fraction: "5", Separator: ','},
		"28\u202f800":         {Whole: "28800"},
		"1.234,5":             {Whole: "1234", Fraction: "5", Separator: ',', Grouped: true},
		"1,234.5":             {Whole: "1234", Fraction: "5", Separator: '.', Grouped: true},
		"1,234,567":           {Whole: "1234567", Grouped: true},
		"1’234’567.5":         {Whole: "1234567", Fraction: "5", Separator: '.', Grouped: true},
		".5":                  {Whole: "0", Fraction: "5", Separator: '.'},
		"000":                 {Whole: "0"},
		"12\u200b3\ufeff\r\n": {Whole: "123"},
	} {
		got, err := Read(s)
		if err != nil {
			t.Errorf("Read(%q): %v", s, err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("Read(%q): %s", s, d)
		}
	}
}

func TestRead_refuses(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]error{
		"": ErrEmpty, " \t": ErrEmpty, "-": ErrForm, "+-1": ErrForm, "1,2.3,4": ErrForm, "1,23,456": ErrForm,
		"1234,567.8": ErrForm, ",234.5": ErrForm, "0x10": ErrForm, "१२": ErrForm, "5 %": ErrForm, "\xff": ErrForm,
		strings.Repeat("1", 65): ErrLong,
	} {
		if _, err := Read(s); !errors.Is(err, want) {
			t.Errorf("Read(%q) = %v, want %v", s, err, want)
		}
	}
}

func TestRead_letters(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]struct {
		Whole string
		Digit int
	}{
		"1O": {"10", 0}, "3oo": {"300", 0}, "l5": {"15", 1}, "2I": {"21", 1}, "|": {"1", 1}, "1О": {"10", 0}, "Ol": {"1", 0},
	} {
		_, err := Read(s)
		var e *LetterError
		if !errors.As(err, &e) {
			t.Errorf("Read(%q) = %v, want a letter", s, err)
			continue
		}
		if e.Repaired.Whole != want.Whole || e.Digit() != want.Digit {
			t.Errorf("Read(%q) repaired to %q, digit %d; want %+v", s, e.Repaired.Whole, e.Digit(), want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"1 234,56", "−3.2", "12OO", "1.234.567", "'", ",.", "1,\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Read(s)
		if err != nil {
			return
		}
		plain := got.Whole
		if got.Negative {
			plain = "-" + plain
		}
		if got.Fraction != "" {
			plain += "." + got.Fraction
		}
		again, err := Read(plain)
		if err != nil || again.Whole != got.Whole || again.Fraction != got.Fraction || again.Negative != got.Negative {
			t.Fatalf("%q gave %+v, then %+v, %v", s, got, again, err)
		}
	})
}
