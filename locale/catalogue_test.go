package locale

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// literal is one string value of a catalogue file, where it stands in it.
type literal struct {
	file, key  string // key names the plural form too: "date.days/one"
	text       string
	start, end int // of the quoted text in the file
}

// literals reads every string value of every file of lang, and reports keys
// that occur twice or stand in the wrong file.
func literals(t *testing.T, lang Lang) []literal {
	t.Helper()
	entries, err := files.ReadDir(string(lang))
	if err != nil {
		t.Fatal(err)
	}
	var all []literal
	seen := map[string]string{}
	for _, e := range entries {
		name := path.Join(string(lang), e.Name())
		found, keys := literalsOf(t, name)
		all = append(all, found...)
		for _, k := range keys {
			if in, twice := seen[k]; twice {
				t.Errorf("%s: key %s already stands in %s", name, k, in)
			}
			seen[k] = name
			if noun := strings.TrimSuffix(e.Name(), ".json"); !strings.HasPrefix(k, noun+".") {
				t.Errorf("%s: key %s does not begin with %q", name, k, noun+".")
			}
			if !wellFormedKey.MatchString(k) {
				t.Errorf("%s: key %q is not lower-case words, digits and underscores between dots", name, k)
			}
		}
	}
	return all
}

// wellFormedKey allows capitals after the first dot: positions are CH, 12H.
var wellFormedKey = regexp.MustCompile(`^[a-z_]+(\.[A-Za-z0-9_]+)+$`)

// literalsOf reads one file token by token, since a decoded map no longer
// knows what occurred twice or where.
func literalsOf(t *testing.T, name string) (found []literal, keys []string) {
	t.Helper()
	data, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	depth, atKey, outer := 0, true, ""
	inner := ""
	for {
		tok, err := dec.Token()
		if err != nil {
			return found, keys
		}
		switch v := tok.(type) {
		case json.Delim:
			if v == '{' {
				depth, atKey = depth+1, true
			} else {
				depth, atKey = depth-1, true
			}
		case string:
			switch {
			case atKey && depth == 1:
				outer, inner, keys = v, "", append(keys, v)
			case atKey:
				inner = "/" + v
			default:
				end := int(dec.InputOffset())
				start := end - len(rawBefore(data[:end]))
				found = append(found, literal{name, outer + inner, v, start, end})
			}
			atKey = !atKey
		default:
			t.Errorf("%s: %v is neither text nor plural", name, tok)
			atKey = true
		}
	}
}

// rawBefore returns the quoted string that data ends with.
func rawBefore(data []byte) []byte {
	for i := len(data) - 2; i >= 0; i-- {
		if data[i] != '"' {
			continue
		}
		slashes := 0
		for j := i - 1; j >= 0 && data[j] == '\\'; j-- {
			slashes++
		}
		if slashes%2 == 0 {
			return data[i:]
		}
	}
	return data
}

func TestCatalogue_everyLanguageHasTheSameFilesAndKeys(t *testing.T) {
	t.Parallel()
	names := func(lang Lang) (out []string) {
		entries, err := files.ReadDir(string(lang))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			out = append(out, e.Name())
		}
		return out
	}
	for _, lang := range Languages()[1:] {
		if d := cmp.Diff(names(FR), names(lang)); d != "" {
			t.Errorf("files of %s (−fr +%s): %s", lang, lang, d)
		}
		fr := slices.Sorted(maps.Keys(catalogues()[FR]))
		if d := cmp.Diff(fr, slices.Sorted(maps.Keys(catalogues()[lang]))); d != "" {
			t.Errorf("keys of %s (−fr +%s): %s", lang, lang, d)
		}
	}
}

func TestCatalogue_everyMessageIsWhole(t *testing.T) {
	t.Parallel()
	for _, lang := range Languages() {
		for _, l := range literals(t, lang) {
			if strings.TrimSpace(l.text) == "" {
				t.Errorf("%s: %s is empty", l.file, l.key)
			}
			if l.text != strings.TrimSpace(l.text) {
				t.Errorf("%s: %s begins or ends with a space", l.file, l.key)
			}
			if rest := placeholder.ReplaceAllString(l.text, ""); strings.ContainsAny(rest, "{}⟦⟧") {
				t.Errorf("%s: %s has a brace that is no placeholder: %s", l.file, l.key, l.text)
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{[0-9]\}`)

// holes returns the placeholders of s, sorted, each once.
func holes(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestCatalogue_placeholdersAndPluralsAgree(t *testing.T) {
	t.Parallel()
	for key, fr := range catalogues()[FR] {
		for _, lang := range Languages() {
			m, ok := catalogues()[lang][key]
			if !ok {
				continue // reported above
			}
			if d := cmp.Diff(holes(fr.other), holes(m.other)); d != "" {
				t.Errorf("%s %s: other placeholders than French: %s", lang, key, d)
			}
			if (m.one == "") != (fr.one == "") {
				t.Errorf("%s %s: plural in one language only", lang, key)
			}
			for _, h := range holes(m.one) {
				if !slices.Contains(holes(m.other), h) {
					t.Errorf("%s %s: %s occurs in the singular only", lang, key, h)
				}
			}
			for i, h := range holes(m.other) {
				if h[1] != byte('0'+i) {
					t.Errorf("%s %s: placeholders %v leave a gap", lang, key, holes(m.other))
					break
				}
			}
		}
	}
}

func TestMessage_refusesHalfAPlural(t *testing.T) {
	t.Parallel()
	for _, s := range []string{`{"one":"a"}`, `{"one":"","other":"b"}`, `{"one":"a","other":"b","few":"c"}`, `{}`, `3`, `null`, `["a"]`} {
		var m message
		if err := m.UnmarshalJSON([]byte(s)); err == nil {
			t.Errorf("%s accepted as %+v", s, m)
		}
	}
}
