package etabli

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "etabli.example"

// floors says on which floor each room stands; a room not named here belongs
// to the longest prefix that is.
var floors = map[string]int{
	"fault": 0, "ident": 0, "money": 0, "locale": 0,
	"journal": 1, "diagnosis": 1, "horology": 1, "timing": 1,
	"trade":     2,
	"authority": 3, "store": 3, "blob": 3, "paper": 3, "mail": 3, "photo": 3,
	"workshop": 4,
	"web":      5, "api": 5, "live": 5,
	"cli": 6,
	"cmd": 7,
}

// sideways lists the imports on one floor that are meant, with the reason.
var sideways = map[string]string{
	"locale -> fault":                     "turns faults into sentences",
	"locale -> money":                     "writes amounts",
	"money -> fault":                      "refuses amounts",
	"ident -> fault":                      "refuses numbers",
	"trade/order -> trade/staff":          "rights are checked where decisions are made",
	"trade/order -> trade/watch":          "an order copies the facts of its watch",
	"trade/competence -> trade/order":     "reads what each kind of entry is evidence of",
	"trade/stock -> trade/staff":          "rights are checked where decisions are made",
	"trade/equipment -> trade/staff":      "rights are checked where decisions are made",
	"trade/competence -> trade/staff":     "leaves out what nobody employed here wrote",
	"trade/competence -> trade/equipment": "verifications are evidence of C12",
	"trade/competence -> trade/stock":     "movements are evidence of C11",
	"trade/register -> trade/staff":       "rights are checked where decisions are made",
	"trade/competence -> trade/register":  "waste and incidents are evidence of C14",
}

// bans are imports that a floor would allow and the house does not.
var bans = []struct{ from, to, why string }{
	{"web", "store", "pages act through the workshop; cli alone opens the store"},
	{"web", "blob", "pages act through the workshop; cli alone opens the blobs"},
	{"api", "store", "the API acts through the workshop"},
	{"api", "blob", "the API acts through the workshop"},
	{"live", "store", "sound acts through the workshop"},
	{"live", "blob", "sound acts through the workshop"},
	{"workshop", "store", "the workshop says what it needs by interface; cli wires it"},
	{"workshop", "blob", "the workshop says what it needs by interface; cli wires it"},
}

// bare rooms have no third-party imports, but for the prefix named.
var bare = map[string][]string{
	"timing":    {"github.com/mewkiz/"},
	"horology":  nil,
	"diagnosis": nil,
	"journal":   nil,
	"fault":     nil,
	"trade":     {"gonum.org/v1/gonum/"}, // distributions, for the control charts of instruments
}

type room struct {
	ImportPath string
	Dir        string
	Imports    []string
	Doc        string
	Name       string
	GoFiles    []string
}

func rooms(t *testing.T) []room {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,Doc,Name,GoFiles", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []room
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var r room
		if err := dec.Decode(&r); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		if len(r.GoFiles) > 0 {
			all = append(all, r)
		}
	}
}

// local returns the path inside the module, and whether it is inside.
func local(path string) (string, bool) { return strings.CutPrefix(path, module+"/") }

// top is the room that has a floor: trade/order keeps both words, others the first.
func top(path string) string {
	parts := strings.SplitN(path, "/", 3)
	if parts[0] == "trade" && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

func floor(path string) (int, bool) {
	f, ok := floors[strings.SplitN(path, "/", 2)[0]]
	return f, ok
}

func TestImportsGoDown(t *testing.T) {
	for _, r := range rooms(t) {
		from, inside := local(r.ImportPath)
		if !inside || from == "e2e" || strings.HasPrefix(from, "e2e/") {
			continue
		}
		ff, ok := floor(from)
		if !ok {
			t.Errorf("%s stands on no floor: name it in floors, and in doc/architecture.md", from)
			continue
		}
		for _, imp := range r.Imports {
			to, inside := local(imp)
			if !inside {
				checkBare(t, from, imp)
				continue
			}
			tf, ok := floor(to)
			switch {
			case !ok:
				t.Errorf("%s imports %s, which stands on no floor", from, to)
			case tf > ff:
				t.Errorf("%s (floor %d) imports %s (floor %d): an import only goes down", from, ff, to, tf)
			case tf == ff && top(from) != top(to) && ff != 6:
				if _, meant := sideways[top(from)+" -> "+top(to)]; !meant {
					t.Errorf("%s imports %s on the same floor, which is not listed in sideways", from, to)
				}
			}
			for _, b := range bans {
				if top(from) == b.from && top(to) == b.to {
					t.Errorf("%s imports %s: %s", from, to, b.why)
				}
			}
		}
	}
}

func checkBare(t *testing.T, from, imp string) {
	t.Helper()
	allowed, isBare := bare[strings.SplitN(from, "/", 2)[0]]
	if !isBare || !strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
		return
	}
	if !slices.ContainsFunc(allowed, func(p string) bool { return strings.HasPrefix(imp, p) }) {
		t.Errorf("%s imports %s: this room has no third-party imports", from, imp)
	}
}

func TestEveryRoomSaysWhatItIs(t *testing.T) {
	for _, r := range rooms(t) {
		if len(strings.Fields(r.Doc)) < 5 {
			t.Errorf("%s has no sentence saying what it is and is not", r.ImportPath)
		}
	}
}

func TestRoofIsSmall(t *testing.T) {
	b, err := os.ReadFile("cmd/etabli/main.go")
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("\n")); n >= 60 {
		t.Errorf("cmd/etabli/main.go has %d lines, not under 60", n)
	}
}

// Junk drawers are where a line goes that belongs nowhere.
func TestNoJunkDrawers(t *testing.T) {
	walk(t, func(path string) {
		for _, bad := range []string{"util", "utils", "helper", "helpers", "common", "manager", "misc"} {
			base := strings.TrimSuffix(filepath.Base(path), ".go")
			if base == bad {
				t.Errorf("%s is a junk drawer", path)
			}
		}
	})
}

// Long files are where everything lands; tables and tests apart.
func TestRoomsAreSmall(t *testing.T) {
	walk(t, func(path string) {
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(b, []byte("\n")); n > 500 {
			t.Errorf("%s has %d lines: more than one subject?", path, n)
		}
	})
}

// No cgo: one static binary for every system.
func TestNoCgo(t *testing.T) {
	walk(t, func(path string) {
		if !strings.HasSuffix(path, ".go") {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			if i.Path.Value == `"C"` {
				t.Errorf("%s uses cgo", path)
			}
		}
	})
}

// What CSP forbids is not written either.
func TestNoInlineScriptOrStyle(t *testing.T) {
	walk(t, func(path string) {
		if !strings.HasSuffix(path, ".html") || strings.HasPrefix(path, "mail/") {
			return
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{" style=\"", "<style", " onclick=", " onload=", "javascript:", "hx-on"} {
			if bytes.Contains(b, []byte(bad)) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
	})
}

func walk(t *testing.T, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if n := d.Name(); n != "." && (strings.HasPrefix(n, ".") || n == "node_modules" || n == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		visit(path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
