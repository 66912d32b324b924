// Package paper makes the documents people hold in their hands: the deposit
// receipt, the label, the quote and the service report, as PDF from plain
// input. It is not a store, decides nothing of the trade (verdicts and totals
// of readings come in), sends nothing, and its words live in package locale.
//
// Lengths are CSS pixels (1/96 inch), the unit of the look: 12.5 px are 9.4 pt.
package paper

import (
	"bytes"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"etabli.example/locale"
	"etabli.example/timing/strip"
)

// point is how many PostScript points a pixel is.
const point = 0.75

// mm is how many pixels a millimetre is.
const mm = 96 / 25.4

// Sizes of paper in pixels.
const (
	a4Width, a4Height = 210 * mm, 297 * mm
	a5Width, a5Height = 210 * mm, 148 * mm // landscape
)

// about is what a document says of itself to those who cannot see it.
type about struct {
	title, author string
	at            time.Time
	w, h          float64
}

// sheet is a document being drawn: a PDF in pixels with the house's faces.
type sheet struct {
	pdf    *fpdf.Fpdf
	p      *locale.Printer
	w, h   float64
	loaded [faces]bool
	page   int
	total  int     // pages of the whole document, known on the second drawing
	zoom   float64 // of a large print: everything drawn is this much larger; 0 is 1
}

func newSheet(a about, p *locale.Printer, total int) *sheet {
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: a.w * point, Ht: a.h * point}})
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCatalogSort(true) // the same input gives the same bytes
	pdf.SetCreationDate(a.at.UTC())
	pdf.SetModificationDate(a.at.UTC())
	pdf.SetTitle(a.title, true)
	pdf.SetAuthor(a.author, true)
	pdf.SetCreator("Établi", true)
	pdf.SetLang(string(p.Lang()))
	return &sheet{pdf: pdf, p: p, w: a.w, h: a.h, total: total}
}

// addPage begins a page, and ends the enlargement of the one before.
func (s *sheet) addPage() {
	s.end()
	s.pdf.AddPage()
	s.page++
	if s.zoom > 0 {
		s.pdf.TransformBegin()
		s.pdf.TransformScale(s.zoom*100, s.zoom*100, 0, 0)
	}
}

func (s *sheet) end() {
	if s.zoom > 0 && s.page > 0 {
		s.pdf.TransformEnd()
	}
}

// produce draws a document, a second time where it turned out to have more
// than one page, since every page says how many there are.
func produce(draw func(total int) *sheet) ([]byte, error) {
	s := draw(1)
	if s.page > 1 {
		s = draw(s.page)
	}
	s.end()
	var out bytes.Buffer
	if err := s.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return out.Bytes(), nil
}

// palette is the light theme of the look on white paper.
var palette = map[strip.Ink][3]int{
	strip.Main: {0x14, 0x19, 0x1A}, strip.Second: {0x3F, 0x48, 0x46}, strip.Third: {0x59, 0x62, 0x5F},
	strip.Edge: {0x7D, 0x85, 0x81}, strip.Hairline: {0xD3, 0xD7, 0xD3}, strip.Grid: {0xDF, 0xE3, 0xDF},
	strip.Tic: {0x1F, 0x3C, 0x96}, strip.Tac: {0xA8, 0x4A, 0x12},
	strip.Baize: {0x0E, 0x61, 0x45}, strip.BaizeSoft: {0xD9, 0xED, 0xE2},
	strip.Ruby: {0xA8, 0x0F, 0x3C}, strip.Brass: {0x6F, 0x4E, 0x00}, strip.Surface: {255, 255, 255},
	rubySoft: {0xFA, 0xE1, 0xE7}, brassSoft: {0xF5, 0xE8, 0xC4}, black: {0, 0, 0},
}

// Inks that charts do not use.
const (
	rubySoft strip.Ink = 200 + iota
	brassSoft
	black
)

func (s *sheet) fill(k strip.Ink)   { c := palette[k]; s.pdf.SetFillColor(c[0], c[1], c[2]) }
func (s *sheet) stroke(k strip.Ink) { c := palette[k]; s.pdf.SetDrawColor(c[0], c[1], c[2]) }

// rule draws a straight line.
func (s *sheet) rule(x1, y1, x2, y2, width float64, k strip.Ink) {
	s.stroke(k)
	s.pdf.SetLineWidth(width * point)
	s.pdf.Line(x1*point, y1*point, x2*point, y2*point)
}

// box fills a rectangle.
func (s *sheet) box(x, y, w, h float64, k strip.Ink) {
	s.fill(k)
	s.pdf.Rect(x*point, y*point, w*point, h*point, "F")
}

// frame outlines a rectangle with round corners.
func (s *sheet) frame(x, y, w, h, r, width float64, k strip.Ink) {
	s.stroke(k)
	s.pdf.SetLineWidth(width * point)
	if r == 0 {
		s.pdf.Rect(x*point, y*point, w*point, h*point, "D")
		return
	}
	s.pdf.RoundedRect(x*point, y*point, w*point, h*point, r*point, "1234", "D")
}
