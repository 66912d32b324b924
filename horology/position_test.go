package horology

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParsePosition(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Position{
		"CH": CH, "ch": CH, " Ch ": CH, "DU": CH, "dial up": CH, "cadran haut": CH, "cadran en haut": CH,
		"CB": CB, "FH": CB, "fh": CB, "DD": CB, "Dial Down": CB, "fond haut": CB,
		"3H": H3, "3 h": H3, "CU": H3, "crown up": H3, "6H": H6, "CL": H6, "9H": H9, "CD": H9, "12H": H12, "CR": H12,
		"12 h": H12, "3 up": H3, "1H30": H1H30, "1 h 30": H1H30, "4H30": H4H30, "7h30": H7H30, "10H30": H10H30, "10:30 up": H10H30,
		"6 heures en haut": H6, "9 o'clock up": H9,
	} {
		if got, ok := ParsePosition(in); !ok || got != want {
			t.Errorf("%q = %q %v, want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", " ", "5H", "H", "12", "haut", "XX", "CHB"} {
		if got, ok := ParsePosition(in); ok {
			t.Errorf("%q must not be read as %s", in, got)
		}
	}
}

func TestPositions(t *testing.T) {
	t.Parallel()
	for _, p := range Positions() {
		if got, ok := ParsePosition(string(p.Position)); !ok || got != p.Position {
			t.Errorf("%s does not read back", p.Position)
		}
		if p.Position.Horizontal() == p.Position.Vertical() || p.Position.Horizontal() != (p.Plane == "horizontal") {
			t.Errorf("%s: plane %q", p.Position, p.Plane)
		}
	}
	for size, want := range map[int][]Position{
		2: {CH, H6}, 3: {CH, H6, H9}, 5: {CH, CB, H3, H6, H9}, 6: {CH, CB, H3, H6, H9, H12},
		10: {CH, CB, H3, H6, H9, H12, H1H30, H4H30, H7H30, H10H30}, 4: nil, 0: nil,
	} {
		if d := cmp.Diff(want, PositionSet(size)); d != "" {
			t.Errorf("set of %d: %s", size, d)
		}
	}
}

func FuzzParsePosition(f *testing.F) {
	for _, s := range []string{"CH", "fh", "10:30 up", "cadran en haut", "é", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := ParsePosition(s)
		if ok != (p != "") {
			t.Fatalf("%q: %q %v", s, p, ok)
		}
		if again, _ := ParsePosition(string(p)); ok && again != p {
			t.Fatalf("%q reads as %s, which reads as %s", s, p, again)
		}
	})
}
