package locale

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// update rewrites the catalogue files as TestTypography wants them.
var update = flag.Bool("update", false, "set the catalogues' typography right")

// rule is one typographic rule: what is found becomes with.
type rule struct {
	find *regexp.Regexp
	with string
}

// unit are the signs that a figure or a placeholder is never parted from.
const unit = `(?:s/j|s/d|A/h|vph|bph|ms|min|bar|mm|cm|Hz|kHz|dB|ppm|µA|°C|[kKMGT]?[oB]|h|j|€|%)`

var both = []rule{
	{regexp.MustCompile(`\.\.\.`), "…"},
	{regexp.MustCompile(`(\pL)'`), "$1’"},
	{regexp.MustCompile(`(^|[ (\x{a0}/±])-([0-9{])`), "${1}−$2"},                 // true minus
	{regexp.MustCompile(`([0-9}]) (` + unit + `)($|[^\pL0-9])`), "$1\u00a0$2$3"}, // figure and unit
}

var french = append([]rule{
	{regexp.MustCompile(`"([^"]*)"`), "« $1 »"},
	{regexp.MustCompile(`[ \x{202f}]([:;?!»])`), "\u00a0$1"},
	{regexp.MustCompile(`([\pL0-9})’»])([;?!»])`), "$1\u00a0$2"},
	{regexp.MustCompile(`([\pL})»]):( |$)`), "$1\u00a0:$2"},
	{regexp.MustCompile(`«[ \x{202f}]?([^\x{a0} \x{202f}])`), "«\u00a0$1"},
	{regexp.MustCompile(`([0-9])[ \x{a0}]([0-9]{3})($|[^0-9])`), "$1\u202f$2$3"},
	{regexp.MustCompile(`(^|[^\pL])([nN]°) ?([0-9{])`), "$1$2\u00a0$3"},
}, both...)

var english = append([]rule{
	{regexp.MustCompile(`"([^"]*)"`), "“$1”"},
	{regexp.MustCompile(`[ \x{a0}\x{202f}]([:;?!,])`), "$1"},
}, both...)

// typeset returns s as our typography wants it (LOOK.md, Typography).
// Addresses are left alone.
func typeset(lang Lang, s string) string {
	if strings.Contains(s, "://") {
		return s
	}
	rules := french
	if lang == EN {
		rules = english
	}
	for _, r := range rules {
		s = r.find.ReplaceAllString(s, r.with)
	}
	return s
}

func TestTypeset(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`Vouliez-vous dire {0} ?`:    "Vouliez-vous dire {0}\u00a0?",
		`Vraiment?`:                  "Vraiment\u00a0?",
		`Motif : aucun ; rien`:       "Motif\u00a0: aucun\u00a0; rien",
		`Motif:`:                     "Motif\u00a0:",
		`« Prêt »`:                   "«\u00a0Prêt\u00a0»",
		`"Prêt"`:                     "«\u00a0Prêt\u00a0»",
		`l'amplitude n'est pas`:      "l’amplitude n’est pas",
		`-3,2 s/j`:                   "−3,2\u00a0s/j",
		`de -3 à +5`:                 "de −3 à +5",
		`28 800 A/h`:                 "28\u202f800\u00a0A/h",
		`à 24 h`:                     "à 24\u00a0h",
		`{0} min`:                    "{0}\u00a0min",
		`{0} minutes`:                "{0} minutes",
		`n° {0}`:                     "n°\u00a0{0}",
		`PAR-26-004217-K`:            "PAR-26-004217-K",
		`12:30`:                      "12:30",
		`06 12 34 56 78`:             "06 12 34 56 78",
		`https://x.example/?a=1;b=2`: "https://x.example/?a=1;b=2",
		`Patientez...`:               "Patientez…",
	} {
		if got := typeset(FR, in); got != want {
			t.Errorf("typeset(fr, %q) = %q, want %q", in, got, want)
		}
		if again := typeset(FR, want); again != want {
			t.Errorf("typeset(fr) is not stable: %q became %q", want, again)
		}
	}
	for in, want := range map[string]string{
		`Did you mean {0} ?`: "Did you mean {0}?",
		`"Ready"`:            "“Ready”",
		`don't`:              "don’t",
		`-3 s/d`:             "−3\u00a0s/d",
	} {
		if got := typeset(EN, in); got != want {
			t.Errorf("typeset(en, %q) = %q, want %q", in, got, want)
		}
	}
}

// TestTypography holds every message to the rules; run it with -update to have
// the files corrected in place.
func TestTypography(t *testing.T) {
	for _, lang := range Languages() {
		byFile := map[string][]literal{}
		for _, l := range literals(t, lang) {
			if want := typeset(lang, l.text); want != l.text {
				byFile[l.file] = append(byFile[l.file], l)
				if !*update {
					t.Errorf("%s: %s: %q should read %q (go test ./locale -run TestTypography -update)", l.file, l.key, l.text, want)
				}
			}
		}
		if *update {
			for name, wrong := range byFile {
				rewrite(t, lang, name, wrong)
			}
		}
	}
}

// rewrite replaces the wrong literals of one file, from its end so that the
// places of the others stay right.
func rewrite(t *testing.T, lang Lang, name string, wrong []literal) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(wrong, func(a, b literal) int { return b.start - a.start })
	for _, l := range wrong {
		data = slices.Concat(data[:l.start], quote(t, typeset(lang, l.text)), data[l.end:])
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d messages set right", name, len(wrong))
}

func quote(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSpace(b.Bytes())
}

// TestTone holds messages to LOOK.md's tone of voice as far as a machine can.
func TestTone(t *testing.T) {
	t.Parallel()
	words := regexp.MustCompile(`(?i)(^|[^\pL])(oups|oops|désolé|sorry|veuillez patienter|ticket|log|logs|uuid|null|json|http)($|[^\pL])`)
	for _, lang := range Languages() {
		for _, l := range literals(t, lang) {
			if strings.Contains(l.text, "!") {
				t.Errorf("%s: %s has an exclamation mark: %s", l.file, l.key, l.text)
			}
			if path.Base(l.file) == "cli.json" { // whoever types a command writes --json and --log
				continue
			}
			if w := words.FindString(l.text); w != "" {
				t.Errorf("%s: %s says %q: %s", l.file, l.key, strings.TrimSpace(w), l.text)
			}
		}
	}
}
