package ident

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"etabli.example/fault"
)

func drawNumber(t *rapid.T) Number {
	return Number{
		Site: rapid.StringMatching(`[A-Z]{2,5}`).Draw(t, "site"),
		Year: rapid.IntRange(2000, 2099).Draw(t, "year"),
		Seq:  rapid.IntRange(1, maxSeq).Draw(t, "seq"),
	}
}

func TestNumber_String(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		n           Number
		long, short string
	}{
		{Number{"PAR", 2026, 4217}, "PAR-26-004217-K", "004217-K"},
		{Number{"PAR", 2026, 4218}, "PAR-26-004218-H", "004218-H"},
		{Number{"LYO", 2026, 12}, "LYO-26-000012-N", "000012-N"},
		{Number{"PAR", 2027, 4217}, "PAR-27-004217-3", "004217-3"},
		{Number{"PAR", 2026, maxSeq}, "PAR-26-999999-T", "999999-T"},
		{Number{}, "", ""},
	} {
		if got := tt.n.String(); got != tt.long {
			t.Errorf("String(%+v) = %q, want %q", tt.n, got, tt.long)
		}
		if got := tt.n.Short(); got != tt.short {
			t.Errorf("Short(%+v) = %q, want %q", tt.n, got, tt.short)
		}
	}
}

func TestCheckTable(t *testing.T) {
	t.Parallel()
	if len(checkTable) != checkPrime {
		t.Fatalf("table has %d characters, want %d", len(checkTable), checkPrime)
	}
	if strings.ContainsAny(checkTable, "IOU01") {
		t.Error("table holds a character that is misread")
	}
	for i := range len(checkTable) {
		c := checkTable[i]
		if strings.IndexByte(checkTable, c) != i {
			t.Errorf("%c occurs twice", c)
		}
		if c <= '9' && int(c-'0') != i {
			t.Errorf("digit %c has value %d", c, i)
		}
	}
}

// The weights are what the claims in check.go rest on.
func TestCheckWeights(t *testing.T) {
	t.Parallel()
	const longest = 1 + seqDigits + 2 + maxSite
	var weights []int
	for w := 1; len(weights) < longest; w = w * 2 % checkPrime {
		for _, v := range weights {
			if v == w || v+w == checkPrime {
				t.Fatalf("weights %d and %d cancel out", v, w)
			}
		}
		weights = append(weights, w)
	}
}

func TestParseNumber(t *testing.T) {
	t.Parallel()
	want := Number{"PAR", 2026, 4217}
	for _, s := range []string{
		"PAR-26-004217-K", "par-26-004217-k", " PAR 26 004217 K ", "par26004217k", "PAR26-004217K",
		"PAR–26—004217−K", "PAR\u00a026\u202f004217 K\r\n", "PAR/26/004217/K", "par.26.004.217.k", "PAR_26_004217_K",
	} {
		got, err := ParseNumber(s)
		if err != nil || got != want {
			t.Errorf("ParseNumber(%q) = %+v, %v", s, got, err)
		}
	}
}

func TestParseNumber_refuses(t *testing.T) {
	t.Parallel()
	for s, key := range map[string]string{
		"":                       "ident.number_format",
		"PAR":                    "ident.number_format",
		"PAR-26-004217":          "ident.number_format",
		"PAR-26-4217-K":          "ident.number_format",
		"P-26-004217-K":          "ident.number_format",
		"PARISIEN-26-004217-K":   "ident.number_format",
		"PAR-26-OO4217-K":        "ident.number_format",
		"ÉAR-26-004217-K":        "ident.number_format",
		"PAR-26-004217-KK":       "ident.number_format",
		"PAR-26-004217-L":        "ident.number_check",
		"PAR-26-004217-O":        "ident.number_check",
		"PAR-26-002417-K":        "ident.number_check",
		"PRA-26-004217-K":        "ident.number_check",
		"PAR-62-004217-K":        "ident.number_check",
		"PAR-27-004217-K":        "ident.number_check",
		strings.Repeat("9", 1e6): "ident.number_format",
	} {
		_, err := ParseNumber(s)
		e, ok := err.(*fault.Error)
		if !ok || e.Kind != fault.Invalid || e.Key != key {
			t.Errorf("ParseNumber(%.20q) = %v, want %s", s, err, key)
			continue
		}
		if said := e.Args[0].(string); len(said) > 64 {
			t.Errorf("ParseNumber(%.20q) echoes %d bytes", s, len(said))
		}
	}
	if _, err := ParseNumber(Number{"PAR", 2026, 0}.String()); err == nil {
		t.Error("sequence 0 was accepted")
	}
}

func TestNumber_roundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := drawNumber(t)
		if !n.Valid() {
			t.Fatalf("%+v is not valid", n)
		}
		got, err := ParseNumber(n.String())
		if err != nil || got != n {
			t.Fatalf("%s came back as %+v, %v", n, got, err)
		}
		seq, check, ok := ParseShort(n.Short())
		if !ok || seq != n.Seq || check != string(n.Check()) {
			t.Fatalf("%s came back as %d %q %v", n.Short(), seq, check, ok)
		}
		text, err := json.Marshal(map[string]Number{"n": n})
		if err != nil {
			t.Fatal(err)
		}
		var back map[string]Number
		if err := json.Unmarshal(text, &back); err != nil || back["n"] != n {
			t.Fatalf("%s came back as %+v, %v", text, back, err)
		}
	})
}

// refused says whether the changed text is no longer taken for an order number.
func refused(changed string) bool { _, err := ParseNumber(changed); return err != nil }

// covered lists the positions of s that are not dashes.
func covered(s string) (at []int) {
	for i := range len(s) {
		if s[i] != '-' {
			at = append(at, i)
		}
	}
	return at
}

func TestNumber_everySingleErrorIsCaught(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789*"
	rapid.Check(t, func(t *rapid.T) {
		s := drawNumber(t).String()
		for _, i := range covered(s) {
			for j := range len(alphabet) {
				if alphabet[j] == s[i] {
					continue
				}
				if changed := s[:i] + alphabet[j:j+1] + s[i+1:]; !refused(changed) {
					t.Fatalf("%s was taken for %s", changed, s)
				}
			}
		}
	})
}

func TestNumber_everySwapOfNeighboursIsCaught(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ReplaceAll(drawNumber(t).String(), "-", "")
		for i := range len(s) - 1 {
			if s[i] == s[i+1] {
				continue
			}
			if changed := s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]; !refused(changed) {
				t.Fatalf("%s was taken for %s", changed, s)
			}
		}
	})
}

func TestNumber_everyTwinErrorIsCaught(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := drawNumber(t)
		twin := rapid.SampledFrom([]string{"00", "11", "22", "55", "77", "99"}).Draw(t, "twin")
		s := n.Site + "26" + "01" + twin + "23"
		good := Number{n.Site, 2026, 0}
		for _, c := range s[len(n.Site)+2:] {
			good.Seq = good.Seq*10 + int(c-'0')
		}
		for d := '0'; d <= '9'; d++ {
			other := string([]rune{d, d})
			if other == twin {
				continue
			}
			changed := n.Site + "26" + "01" + other + "23" + string(good.Check())
			if !refused(changed) {
				t.Fatalf("%s was taken for %s", changed, good)
			}
		}
	})
}

func TestParseShort(t *testing.T) {
	t.Parallel()
	type result struct {
		Seq   int
		Check string
		OK    bool
	}
	for s, want := range map[string]result{
		"004217-K":        {4217, "K", true},
		"004217k":         {4217, "K", true},
		"4217":            {4217, "", true},
		"004217":          {4217, "", true},
		"4217-k":          {4217, "K", true},
		"4217 K":          {4217, "K", true},
		"0042174":         {4217, "4", true},
		"4217-4":          {4217, "4", true},
		" 004 217 – K ":   {4217, "K", true},
		"":                {},
		"K":               {},
		"-K":              {},
		"0":               {},
		"004217-":         {},
		"004217-KK":       {},
		"004217-O":        {},
		"004217-1":        {},
		"00421789":        {},
		"Tissot":          {},
		"PAR-26-004217-K": {},
	} {
		seq, check, ok := ParseShort(s)
		got := result{seq, check, ok}
		if !ok {
			got = result{}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("ParseShort(%q): %s", s, d)
		}
	}
}

func TestNumber_Check_outOfRangeDoesNotPanic(t *testing.T) {
	t.Parallel()
	for _, n := range []Number{{"", 0, 0}, {"!", -7, -123456}, {"éà", 1 << 40, 1 << 50}} {
		if n.Valid() {
			t.Errorf("%+v is valid", n)
		}
		_ = n.Check()
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"PAR-26-004217-K", "par26004217k", "", "é-26-004217-K", "LYO 26 000001 Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseNumber(s)
		if err != nil {
			return
		}
		if again, err := ParseNumber(n.String()); err != nil || again != n || !n.Valid() {
			t.Fatalf("%q gave %+v, which gave %+v, %v", s, n, again, err)
		}
	})
}
