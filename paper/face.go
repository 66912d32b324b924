package paper

import (
	"embed"
	"encoding/binary"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"etabli.example/timing/strip"
)

//go:embed font/*.woff
var fontFiles embed.FS

// face is one of the six cuts of the house's two families.
type face uint8

const (
	text       face = iota // Sans 400: reading, figures
	strong                 // Sans 500: what matters
	head                   // Sans 600: titles
	condText               // Condensed 400: dense lists
	condStrong             // Condensed 500
	condHead               // Condensed 600: numbers of orders
	faces
)

var faceFiles = [faces]string{"IBMPlexSans-Regular", "IBMPlexSans-Medium", "IBMPlexSans-SemiBold",
	"IBMPlexSansCondensed-Regular", "IBMPlexSansCondensed-Medium", "IBMPlexSansCondensed-SemiBold"}

// style is a face, its size in pixels and its ink.
type style struct {
	face face
	px   float64
	ink  strip.Ink
}

// lead is the height of a line of running text in st.
func (st style) lead() float64 { return st.px * 1.42 }

// cut is a face ready for a PDF: the TrueType font and the characters it has.
type cut struct {
	ttf  []byte
	runs [][2]rune
}

// has reports whether the face draws r.
func (c *cut) has(r rune) bool {
	for _, run := range c.runs {
		if r >= run[0] && r <= run[1] {
			return true
		}
	}
	return false
}

// cuts unwraps each face once, when a document first needs it.
var cuts [faces]func() *cut

func init() {
	for f := range faces {
		cuts[f] = sync.OnceValue(func() *cut {
			woff, err := fontFiles.ReadFile("font/" + faceFiles[f] + ".woff")
			if err != nil {
				panic("paper: " + err.Error()) // a defect of the build, which the tests catch
			}
			ttf, err := unwrap(woff)
			if err != nil {
				panic(err.Error() + " in " + faceFiles[f])
			}
			return &cut{ttf: ttf, runs: coverage(ttf)}
		})
	}
}

// coverage returns the ranges of characters in a font's cmap of format 4 (the
// OpenType specification, "cmap"); none where it has no such table.
func coverage(ttf []byte) [][2]rune {
	u16 := func(at int) int {
		if at < 0 || at+2 > len(ttf) {
			return 0
		}
		return int(binary.BigEndian.Uint16(ttf[at:]))
	}
	u32 := func(at int) int { return u16(at)<<16 | u16(at+2) }
	for i := range u16(4) {
		rec := sfntHeader + i*sfntRecord
		if rec+sfntRecord > len(ttf) || string(ttf[rec:rec+4]) != "cmap" {
			continue
		}
		cmap := u32(rec + 8)
		for j := range u16(cmap + 2) {
			sub := cmap + u32(cmap+4+j*8+4)
			if u16(sub) != 4 {
				continue
			}
			var out [][2]rune
			segments := u16(sub+6) / 2
			for k := range segments {
				from, to := u16(sub+16+2*segments+2*k), u16(sub+14+2*k)
				if from <= to && from != 0xFFFF {
					out = append(out, [2]rune{rune(from), rune(to)})
				}
			}
			return out
		}
	}
	return nil
}

// missing stands for what no face of ours can draw, so that it is seen to be
// missing.
const missing = '\ufffd'

// thinSpace is not in every face; it is advanced by hand, as wide as the
// page's own glyph for it.
const (
	thinSpace = '\u202f'
	thinWidth = 0.2 // em
)

// span is a piece of a line that one face can draw; thin is the U+202F before it.
type span struct {
	face face
	text string
	thin int
}

// spans cuts a line at thin spaces and at characters that st's face lacks,
// which the regular face draws where it can.
func spans(f face, line string) []span {
	var out []span
	cur := span{face: f}
	flush := func(next face) {
		if cur.text != "" {
			out = append(out, cur)
			cur = span{}
		}
		cur.face = next
	}
	for _, r := range norm.NFC.String(line) {
		if r == thinSpace {
			flush(f)
			cur.thin++
			continue
		}
		use := f
		if r < ' ' {
			r = ' '
		}
		if r > 0xFFFF || !cuts[f]().has(r) {
			use = text
			if r > 0xFFFF || !cuts[text]().has(r) {
				r = missing
			}
		}
		if use != cur.face {
			flush(use)
		}
		cur.text += string(r)
	}
	if cur.text != "" || cur.thin > 0 {
		out = append(out, cur)
	}
	return out
}

// grown is st no smaller than a large print allows.
func (s *sheet) grown(st style) style {
	if s.zoom > 0 {
		st.px = max(st.px, body.px)
	}
	return st
}

func (s *sheet) set(f face, px float64) {
	name := faceFiles[f]
	if !s.loaded[f] {
		s.pdf.AddUTF8FontFromBytes(name, "", cuts[f]().ttf)
		s.loaded[f] = true
	}
	s.pdf.SetFont(name, "", px*point)
}

// width is how wide line is in st.
func (s *sheet) width(st style, line string) float64 {
	st = s.grown(st)
	w := 0.0
	for _, sp := range spans(st.face, line) {
		s.set(sp.face, st.px)
		w += float64(sp.thin)*thinWidth*st.px + s.pdf.GetStringWidth(sp.text)/point
	}
	return w
}

// put writes line with its baseline at y and returns where it ends.
func (s *sheet) put(x, y float64, st style, line string) float64 {
	st = s.grown(st)
	c := palette[st.ink]
	s.pdf.SetTextColor(c[0], c[1], c[2])
	for _, sp := range spans(st.face, line) {
		s.set(sp.face, st.px)
		x += float64(sp.thin) * thinWidth * st.px
		if sp.text != "" {
			s.pdf.Text(x*point, y*point, sp.text)
			x += s.pdf.GetStringWidth(sp.text) / point
		}
	}
	return x
}

// right writes line so that it ends at x.
func (s *sheet) right(x, y float64, st style, line string) { s.put(x-s.width(st, line), y, st, line) }

// centre writes line so that its middle is at x.
func (s *sheet) centre(x, y float64, st style, line string) {
	s.put(x-s.width(st, line)/2, y, st, line)
}

// fit returns st made smaller until line is no wider than w, but not below least.
func (s *sheet) fit(st style, line string, w, least float64) style {
	if have := s.width(st, line); have > w && have > 0 {
		st.px = max(least, st.px*w/have)
	}
	return st
}

// wrap breaks words into lines no wider than w. It breaks at plain spaces
// only (never at the hard ones before a unit), and inside a word only where
// the word alone is too wide.
func (s *sheet) wrap(st style, words string, w float64) []string {
	var out []string
	for _, para := range strings.Split(strings.ReplaceAll(words, "\r\n", "\n"), "\n") {
		line := ""
		for _, word := range strings.FieldsFunc(para, func(r rune) bool { return r == ' ' || r == '\t' }) {
			next := word
			if line != "" {
				next = line + " " + word
			}
			if s.width(st, next) <= w {
				line = next
				continue
			}
			if line != "" {
				out = append(out, line)
			}
			for line = word; s.width(st, line) > w; {
				cut := s.cutAt(st, line, w)
				out, line = append(out, line[:cut]), line[cut:]
			}
		}
		out = append(out, line)
	}
	return out
}

// cutAt returns how many bytes of word fit in w, at least one character.
func (s *sheet) cutAt(st style, word string, w float64) int {
	end := 0
	for i, r := range word {
		next := i + len(string(r))
		if end > 0 && s.width(st, word[:next]) > w {
			break
		}
		end = next
	}
	return end
}
