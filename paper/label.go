package paper

import (
	"strconv"
	"strings"
	"time"

	"github.com/boombuler/barcode"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/timing/strip"
)

// LabelInput is what stands on the label of an envelope or a tray: no name, no
// phone, no value.
type LabelInput struct {
	Number      string
	Watch       Watch
	Accessories []string // codes, as on the receipt
	Wishes      []string // codes; in reverse
	At          time.Time
	Promised    time.Time // zero where nothing was promised
	TrackURL    string    // in the QR code; the number where empty
	Parts       []string  // what the order may be split in: "movement", "case", "bracelet"; nil takes all three
}

// A label is 62 × 57 mm of 1-bit paper, printed at 300 dots to the inch. Bars
// and modules are whole dots, or they would come out uneven.
const (
	labelWidth, labelHeight = 62 * mm, 57 * mm
	dot                     = 96.0 / 300
	labelEdge               = 10.0
	numberCap               = 7 * mm // least height of the number's digits
	numberTop               = 9.0
	capRatio                = 0.698       // height of Plex's capitals and digits, in em
	leastQR                 = 20 * mm     // least side of the QR code without its quiet zone
	leastBar                = 0.25 * mm   // no line is thinner
	quietBars               = 10          // quiet zone of Code 128, in modules
	barsTop                 = 152.0       // where the bars begin
	barsHeight              = 15.0        // and how high they are
	flagsTop, flagHeight    = 170.0, 17.0 // wishes in reverse
	footLine                = 191.0
)

// Label returns the label as PDF, in lang.
func Label(in LabelInput, lang locale.Lang) ([]byte, error) {
	var bad fault.Problems
	if in.Number == "" {
		bad.Add("number", "paper.needed")
	}
	if in.At.IsZero() {
		bad.Add("at", "paper.needed")
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	qr, err := qrCode(or(in.TrackURL, in.Number))
	if err != nil {
		return nil, err
	}
	bars, err := code128Of(in.Number)
	if err != nil {
		return nil, err
	}
	p := locale.For(lang)
	return produce(func(total int) *sheet {
		s := newSheet(about{in.Number, "", in.At, labelWidth, labelHeight}, p, total)
		s.addPage()
		l := label{s, in}
		l.number()
		left := l.qr(qr)
		l.watch(left - labelEdge)
		l.bars(bars)
		l.wishes()
		l.foot()
		return s
	})
}

type label struct {
	*sheet
	in LabelInput
}

// split parts a number into what all orders of a year share and what tells
// them apart: "PAR-26-" and "004217-K".
func split(number string) (shared, own string) {
	last := strings.LastIndexByte(number, '-')
	if last <= 0 {
		return "", number
	}
	before := strings.LastIndexByte(number[:last], '-')
	return number[:before+1], number[before+1:]
}

// number writes the own part at least 7 mm high and the shared part beside it
// as large as there is room.
func (l label) number() {
	shared, own := split(l.in.Number)
	st := style{condHead, numberCap / capRatio, black}
	st.px += 0.4 // rounding of a renderer must not fall below the least
	w := l.width(st, own)
	x := labelWidth - labelEdge - w
	l.put(x, numberTop+numberCap, st, own)
	if shared != "" {
		small := l.fit(style{condHead, 14, black}, shared, x-labelEdge-4, 5)
		l.put(labelEdge, numberTop+numberCap, small, shared)
	}
}

// qr draws the code at the right with its quiet zone and returns the x that
// nothing else may pass.
func (l label) qr(code barcode.Barcode) float64 {
	modules := float64(code.Bounds().Dx())
	module := dot
	for module*modules < leastQR {
		module += dot
	}
	side := module * modules
	x := labelWidth - max(labelEdge, quietModules*module) - side
	y := max(48, numberTop+numberCap+quietModules*module+0.5)
	if y+side+quietModules*module > barsTop { // a long address in the code: it keeps its quiet zone
		y = max(numberTop+numberCap+quietModules*module, barsTop-side-quietModules*module)
	}
	l.drawCode(code, x, y, side, side)
	return x - quietModules*module
}

func (l label) watch(w float64) {
	in, p := l.in, l.p
	line, y := style{condStrong, 13, black}, 60.0
	left := 4 // lines above the promise
	put := func(st style, words string, most int) {
		lines := l.wrap(st, words, w)
		most = min(most, left)
		left -= min(len(lines), most)
		for i, part := range lines {
			if i == most {
				return
			}
			if i == most-1 && len(lines) > most {
				part = l.shorten(st, part+" "+lines[i+1], w)
			}
			l.put(labelEdge, y, st, part)
			y += st.px * 1.25
		}
	}
	put(style{condHead, 13, black}, in.Watch.name(), 2)
	if facts := joined(", ", in.Watch.Calibre, l.word("material", in.Watch.Material), strings.Join(l.words("accessory", in.Accessories), ", ")); facts != "" {
		most := left
		if in.Watch.Serial != "" {
			most-- // the serial number tells two such watches apart: it keeps its line
		}
		put(line, facts, most)
	}
	if in.Watch.Serial != "" {
		put(line, p.T("paper.label.case", in.Watch.Serial), 1)
	}
	if in.Promised.IsZero() {
		return
	}
	l.put(labelEdge, 128, style{condStrong, 12, black}, p.T("paper.label.promised"))
	day := p.DateShort(in.Promised)
	l.put(labelEdge, 146, l.fit(style{condHead, 19, black}, day, w, 9), day)
}

// shorten cuts words so that they end in "…" within w, between words where
// that keeps half of the line.
func (s *sheet) shorten(st style, words string, w float64) string {
	r := []rune(words)
	for ; len(r) > 0; r = r[:len(r)-1] {
		if s.width(st, strings.TrimRight(string(r), " ,")+"…") <= w {
			break
		}
	}
	out := string(r)
	if at := strings.LastIndexByte(out, ' '); at > len(out)/2 && len(r) < len([]rune(words)) {
		out = out[:at]
	}
	if out = strings.TrimRight(out, " ,"); out == "" {
		return ""
	}
	return out + "…"
}

// bars draws Code 128 in whole dots, never thinner than 0.25 mm, in the middle
// so that both quiet zones are there.
func (l label) bars(code barcode.Barcode) {
	modules := float64(code.Bounds().Dx())
	module := dot
	for module < leastBar {
		module += dot
	}
	for (modules+2*quietBars)*(module+dot) <= labelWidth {
		module += dot
	}
	if modules*module > labelWidth { // a number of another make: the QR code must do
		return
	}
	w := modules * module
	l.drawCode(code, (labelWidth-w)/2, barsTop, w, barsHeight)
}

func (l label) wishes() {
	x, st := labelEdge, style{condHead, 12, strip.Surface}
	words := l.words("wish", l.in.Wishes)
	need := -4.0
	for i, w := range words {
		words[i] = strings.ToUpper(w)
		need += l.width(st, words[i]) + 12 + 4
	}
	if room := labelWidth - 2*labelEdge; need > room {
		st.px = max(5.5, st.px*(room-16*float64(len(words)))/(need-16*float64(len(words))))
	}
	for _, w := range words {
		wide := l.width(st, w) + 12
		l.box(x, flagsTop, wide, flagHeight, black)
		l.put(x+6, flagsTop+flagHeight/2+st.px*capRatio/2, st, w)
		x += wide + 4
	}
}

func (l label) foot() {
	l.rule(labelEdge, footLine, labelWidth-labelEdge, footLine, 1.2, black)
	parts := l.in.Parts
	if parts == nil {
		parts = []string{"movement", "case", "bracelet"}
	}
	st := style{condHead, 11, black}
	at := l.in.At.In(l.p.Location())
	day := strconv.Itoa(at.Day()) + " " + l.p.T("date.short."+strconv.Itoa(int(at.Month())))
	l.right(labelWidth-labelEdge, 206, style{condStrong, 10.5, black}, day)
	x := labelEdge
	for _, part := range parts {
		l.frame(x+0.6, 197.5, 9, 9, 0, 1.3, black)
		x = l.put(x+13, 206, st, l.word("part", part)) + 5
	}
}
