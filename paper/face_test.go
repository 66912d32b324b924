package paper

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"etabli.example/locale"
	"etabli.example/timing/strip"
)

func blank() *sheet {
	s := newSheet(about{at: story, w: a4Width, h: a4Height}, locale.For(locale.FR), 1)
	s.addPage()
	return s
}

// The fonts are the files their maker ships, to the byte.
func TestFontsAreThoseOfTheManifest(t *testing.T) {
	data, err := os.ReadFile("font/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct{ File, Package, Version, SHA256 string }
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, f := range manifest.Files {
		font, err := os.ReadFile("font/" + f.File)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(font); hex.EncodeToString(sum[:]) != f.SHA256 || f.Package == "" || f.Version == "" {
			t.Errorf("%s is not the file of %s %s", f.File, f.Package, f.Version)
		}
		listed[strings.TrimSuffix(f.File, ".woff")] = true
	}
	for _, name := range faceFiles {
		if !listed[name] {
			t.Errorf("%s is used and not in the manifest", name)
		}
	}
}

// All that our documents write can be drawn by every face it may be set in.
func TestFacesHaveTheHousesSigns(t *testing.T) {
	for f := range faces {
		for _, r := range "aàâçéèêëîïôœùûüÿÀÇÉÈÊŒ0123456789+−±×°€%«»’“”…–—:;?!/ \u00a0µ" {
			if !cuts[f]().has(r) {
				t.Errorf("%s lacks %q", faceFiles[f], r)
			}
		}
	}
	for _, r := range "ΔΦσЖŁ" + string(missing) {
		if !cuts[text]().has(r) {
			t.Errorf("the text face lacks %q", r)
		}
	}
}

// Digits, plus and true minus are equally wide at every weight: columns stand.
func TestFiguresAreTabular(t *testing.T) {
	s := blank()
	for f := range faces {
		want := s.width(style{f, 100, strip.Main}, "0")
		for _, r := range "123456789+−" {
			if got := s.width(style{f, 100, strip.Main}, string(r)); math.Abs(got-want) > 0.01 {
				t.Errorf("%s: %q is %v wide, a zero %v", faceFiles[f], r, got, want)
			}
		}
	}
}

func TestThinSpaceIsAFifthOfAnEm(t *testing.T) {
	s := blank()
	for f := range faces {
		st := style{f, 50, strip.Main}
		apart := s.width(st, "28\u202f800") - s.width(st, "28") - s.width(st, "800")
		if math.Abs(apart-10) > 0.01 {
			t.Errorf("%s: U+202F advances %v at 50 px, want 10", faceFiles[f], apart)
		}
		if end := s.put(0, 0, st, "28\u202f800"); math.Abs(end-s.width(st, "28\u202f800")) > 0.01 {
			t.Errorf("%s: drawn %v wide, measured %v", faceFiles[f], end, s.width(st, "28\u202f800"))
		}
	}
}

// What no face can draw is a box, and does not break the document.
func TestCharactersWithoutGlyph(t *testing.T) {
	for in, want := range map[string]string{"中": "\ufffd", "😀": "\ufffd", "e\u0301": "é", "a\tb": "a b", "Ж": "Ж"} {
		var got string
		for _, sp := range spans(condHead, in) {
			got += sp.text
		}
		if got != want {
			t.Errorf("%q is drawn as %q, want %q", in, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	s := blank()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zé]{1,14}(\x{00a0}€|\x{202f}[0-9]{3})?`), 1, 30).Draw(t, "words")
		w := rapid.Float64Range(20, 400).Draw(t, "w")
		st := style{text, 12.5, strip.Main}
		lines := s.wrap(st, strings.Join(words, " "), w)
		if got := strings.Join(strings.FieldsFunc(strings.Join(lines, ""), func(r rune) bool { return r == ' ' }), ""); got != strings.Join(words, "") {
			t.Fatalf("letters changed: %q", lines)
		}
		for _, line := range lines {
			if s.width(st, line) > w+0.01 && len([]rune(line)) > 1 {
				t.Fatalf("%q is %v wide, room %v", line, s.width(st, line), w)
			}
		}
		for i, line := range lines[:len(lines)-1] {
			whole := s.width(st, strings.Fields(lines[i+1])[0]) < w
			if whole && (strings.HasSuffix(line, "\u00a0") || strings.HasPrefix(lines[i+1], "\u00a0")) && s.width(st, lastWord(line)+firstWord(lines[i+1])) <= w {
				t.Fatalf("broken at a hard space: %q | %q", line, lines[i+1])
			}
		}
	})
}

func lastWord(s string) string  { return s[strings.LastIndexByte(s, ' ')+1:] }
func firstWord(s string) string { return strings.SplitN(s, " ", 2)[0] }

func FuzzUnwrap(f *testing.F) {
	font, err := os.ReadFile("font/IBMPlexSans-Regular.woff")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(font[:400])
	f.Add([]byte("wOFF"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ttf, err := unwrap(data)
		if err == nil && len(ttf) < sfntHeader {
			t.Fatalf("%d bytes taken for a font", len(ttf))
		}
		coverage(ttf)
	})
}
