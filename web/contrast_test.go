package web

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	blockRule = regexp.MustCompile(`(?s)(:root,\[data-theme="light"\]|\n\[data-theme="dark"\]|:root:not\(\[data-theme="light"\]\))\s*\{(.*?)\n\}`)
	colour    = regexp.MustCompile(`--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})`)
)

// palettes reads the three blocks of tokens.css: light, dark, dark by the system.
func palettes(t *testing.T) (light, dark, system map[string]string) {
	t.Helper()
	raw, err := fs.ReadFile(staticFiles, "static/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]map[string]string{}
	for _, b := range blockRule.FindAllStringSubmatch(string(raw), -1) {
		p := map[string]string{}
		for _, c := range colour.FindAllStringSubmatch(b[2], -1) {
			p[c[1]] = c[2]
		}
		read[strings.TrimSpace(b[1])] = p
	}
	light, dark, system = read[`:root,[data-theme="light"]`], read[`[data-theme="dark"]`], read[`:root:not([data-theme="light"])`]
	if len(light) < 20 || len(dark) < 20 || len(system) < 20 {
		t.Fatalf("tokens.css: %d light, %d dark, %d system colours", len(light), len(dark), len(system))
	}
	return light, dark, system
}

// luminance is WCAG 2.2's relative luminance of #RRGGBB.
func luminance(hex string) float64 {
	var c [3]float64
	for i := range c {
		n, _ := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		v := float64(n) / 255
		if c[i] = v / 12.92; v > 0.04045 {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// The table of LOOK.md: worst and best contrast of each colour on ground,
// surface and sunken, to one decimal.
func TestContrastTable(t *testing.T) {
	light, dark, _ := palettes(t)
	type span struct{ worst, best float64 }
	for name, want := range map[string][2]span{
		"edge":  {{3.1, 3.7}, {4.0, 4.7}},
		"ink":   {{14.4, 17.4}, {13.9, 16.6}},
		"ink2":  {{7.6, 9.2}, {8.8, 10.6}},
		"ink3":  {{5.1, 6.2}, {5.9, 7.1}},
		"blued": {{7.9, 9.6}, {8.1, 9.7}},
		"baize": {{6.0, 7.3}, {8.6, 10.3}},
		"ruby":  {{6.1, 7.4}, {7.2, 8.6}},
		"brass": {{6.1, 7.4}, {9.3, 11.1}},
		"tac":   {{4.7, 5.6}, {7.8, 9.4}},
	} {
		for i, p := range []map[string]string{light, dark} {
			got := span{math.Inf(1), 0}
			for _, ground := range []string{"ground", "surface", "sunken"} {
				c := contrast(p[name], p[ground])
				got.worst, got.best = math.Min(got.worst, c), math.Max(got.best, c)
			}
			if math.Abs(got.worst-want[i].worst) > 0.051 || math.Abs(got.best-want[i].best) > 0.051 {
				t.Errorf("%s in %s: %.2f to %.2f, LOOK.md says %v", name, [2]string{"light", "dark"}[i], got.worst, got.best, want[i])
			}
		}
	}
}

// The pairs that carry text on a colour of their own.
func TestContrastOfPairs(t *testing.T) {
	light, dark, _ := palettes(t)
	for _, w := range []struct {
		ink, ground string
		want        [2]float64
	}{
		{"on-blued", "blued", [2]float64{9.8, 9.3}}, {"blued", "blued-soft", [2]float64{8.0, 7.4}},
		{"baize", "baize-soft", [2]float64{6.1, 7.4}}, {"ruby", "ruby-soft", [2]float64{6.1, 7.0}}, {"brass", "brass-soft", [2]float64{6.2, 7.8}},
	} {
		for i, p := range []map[string]string{light, dark} {
			if got := contrast(p[w.ink], p[w.ground]); math.Abs(got-w.want[i]) > 0.051 {
				t.Errorf("%s on %s: %.2f, LOOK.md says %.1f", w.ink, w.ground, got, w.want[i])
			}
		}
	}
	for i, p := range []map[string]string{light, dark} {
		if c := contrast(p["ink"], p["blued-soft"]); c < 7 {
			t.Errorf("palette %d: text on the current row has %.1f", i, c)
		}
		if c := contrast(p["on-blued"], p["blued-hover"]); c < 4.5 {
			t.Errorf("palette %d: a hovered primary button has %.1f", i, c)
		}
	}
}

// Baize and ruby are equally light on purpose: colour alone must not tell them apart.
func TestVerdictsAreEquallyLight(t *testing.T) {
	light, dark, _ := palettes(t)
	for i, p := range []map[string]string{light, dark} {
		if c := contrast(p["baize"], p["ruby"]); c > 1.25 {
			t.Errorf("palette %d: baize and ruby differ by %.2f", i, c)
		}
	}
}

// Dark by choice and dark by the system are the same dark.
func TestDarkIsOneDark(t *testing.T) {
	_, dark, system := palettes(t)
	for name, c := range dark {
		if system[name] != c {
			t.Errorf("--%s: %s by choice, %s by the system", name, c, system[name])
		}
	}
}
