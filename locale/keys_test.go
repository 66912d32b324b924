package locale

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// composed lists the prefixes of keys that code puts together at run time, so
// that no literal names the whole key. What is here is never reported as
// unused. A literal that itself ends in a dot, as in "stage."+name or
// {{print "stage." .Name}}, has the same effect and need not be listed.
var composed = []string{
	"activity.",                                                          // by activity of the trade
	"control.did_", "link.did_", "plan.did_", "return.did_", "work.did_", // by what a form did
	"measurement.impossible_",          // by figure
	"security.limit_", "security.why_", // by limit, by reason
	"setup.site_",       // by field of a site
	"tab.by_",           // by who is nobody employed here
	"calibre.disagree.", // by figure sources differ on
	"calibre.function.", // by function of a calibre
	"catalogue.",        // by remark of the catalogue of calibres
	"cause.",            // diagnosis: by cause
	"date.",             // months and weekdays, by number
	"entry.",            // by kind of entry
	"fault.",            // by kind of fault
	"finding.",          // diagnosis: by finding
	"notice.",           // by notice of a meter or a page
	"position.",         // CH, CB, 3H …
	"reason.",           // by reason a reading is refused
	"role.",             // by role of a person
	"stage.",            // by stage of an order
	"verdict.",          // by verdict on a reading
	"web.fault.",        // by kind of fault
	"winding.",          // by winding state
}

// strict makes the two tests of keys fail rather than tell.
func strict() bool { return os.Getenv("ETABLI_STRICT_KEYS") == "1" }

// report fails in strict mode, else tells.
func report(t *testing.T, format string, args ...any) {
	t.Helper()
	if strict() {
		t.Errorf(format, args...)
		return
	}
	t.Logf(format, args...)
}

// sources calls visit with every Go, HTML and JavaScript file of the house
// that is neither a test nor vendored nor hidden.
func sources(t *testing.T, visit func(name, text string)) {
	t.Helper()
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			if base != ".." && (strings.HasPrefix(base, ".") || base == "testdata" || base == "vendor" || base == "node_modules") {
				return filepath.SkipDir
			}
			return nil
		}
		ext := filepath.Ext(base)
		if !slices.Contains([]string{".go", ".html", ".js", ".gohtml", ".txt"}, ext) || strings.HasSuffix(base, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(name)
		visit(filepath.ToSlash(name), string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var quoted = regexp.MustCompile("[\"'`]([a-z_]+(?:\\.[A-Za-z0-9_]+)+)[\"'`]")

// stem finds the literals that keys are composed from.
var stem = regexp.MustCompile("[\"'`]((?:[a-z_]+\\.)+)[\"'`]")

// TestKeysUsed reports every key that no source names as a literal and no
// prefix of composed covers.
func TestKeysUsed(t *testing.T) {
	used, prefixes := map[string]bool{}, slices.Clone(composed)
	sources(t, func(_, text string) {
		for _, m := range stem.FindAllStringSubmatch(text, -1) {
			prefixes = append(prefixes, m[1])
		}
		for _, m := range quoted.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
	})
	if !used["unit.rate"] {
		t.Fatal("the scan did not even find unit.rate, which unit.go names")
	}
	var unused []string
	for key := range catalogues()[FR] {
		isComposed := slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
		if !used[key] && !isComposed {
			unused = append(unused, key)
		}
	}
	slices.Sort(unused)
	for _, key := range unused {
		report(t, "key %s is used nowhere", key)
	}
}

// asked matches the places where a literal can only be a key.
var asked = regexp.MustCompile(`(?:\bT\(\s*|\bT\s+|fault\.New\([\w.]+,\s*|\.Add\("[^"]*",\s*|\bKey:\s*|\bfault\.Message\{)"([a-z_]+(?:\.[A-Za-z0-9_]+)+)"`)

// TestKeysKnown reports every key that a source asks for and no catalogue has.
func TestKeysKnown(t *testing.T) {
	found, told := 0, map[string]bool{}
	sources(t, func(name, text string) {
		for _, m := range asked.FindAllStringSubmatch(text, -1) {
			if slices.Contains(composed, m[1]) {
				continue // a prefix, completed at run time
			}
			found++
			if _, known := catalogues()[FR][m[1]]; !known && !told[name+m[1]] {
				told[name+m[1]] = true
				report(t, "%s asks for %s, which no catalogue has", name, m[1])
			}
		}
	})
	if found == 0 {
		t.Fatal("the scan found no key at all")
	}
}

func TestAsked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`p.T("order.title", 3)`:                          "order.title",
		`{{.P.T "order.title"}}`:                         "order.title",
		`fault.New(fault.Invalid, "money.empty")`:        "money.empty",
		`problems.Add("price", "money.empty")`:           "money.empty",
		`fault.Error{Kind: k, Key: "order.wrong_stage"}`: "order.wrong_stage",
		`fault.Message{"order.wrong_stage", nil}`:        "order.wrong_stage",
		`slog.Info("store.append")`:                      "",
		`Op: "store.Append"`:                             "",
	} {
		got := ""
		if m := asked.FindStringSubmatch(text); m != nil {
			got = m[1]
		}
		if got != want {
			t.Errorf("%s: found %q, want %q", text, got, want)
		}
	}
}
