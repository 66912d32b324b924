package paper

import (
	"time"

	"etabli.example/fault"
	"etabli.example/locale"
)

// PieceLabelInput is what stands on the bag of one piece of a watch: no name, no
// phone, no value.
type PieceLabelInput struct {
	Number string // of the order
	Code   string // in the QR code: the order's number and the piece
	Name   string // "Tige de remontoir"
	State  string // as it was found; "" for a whole piece
	Place  string // where its bag lies; "" where nobody said
	Watch  Watch
	At     time.Time
}

// PieceLabel returns the label of a bag as PDF, in lang: the size of the order's
// own label, so that one roll serves both.
func PieceLabel(in PieceLabelInput, lang locale.Lang) ([]byte, error) {
	var bad fault.Problems
	if in.Number == "" || in.Code == "" {
		bad.Add("number", "paper.needed")
	}
	if in.At.IsZero() {
		bad.Add("at", "paper.needed")
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	qr, err := qrCode(in.Code)
	if err != nil {
		return nil, err
	}
	return produce(func(total int) *sheet {
		s := newSheet(about{in.Code, "", in.At, labelWidth, labelHeight}, locale.For(lang), total)
		s.addPage()
		l := label{s, LabelInput{Number: in.Number, Watch: in.Watch, At: in.At}}
		l.number()
		left := l.qr(qr)
		l.piece(in, left-labelEdge)
		return s
	})
}

// piece writes what is in the bag, in w beside the code, and the code below.
func (l label) piece(in PieceLabelInput, w float64) {
	y := 62.0
	put := func(st style, words string, most int) {
		for i, line := range l.wrap(st, words, w) {
			if i == most {
				return
			}
			l.put(labelEdge, y, st, line)
			y += st.px * 1.25
		}
	}
	put(style{condHead, 16, black}, in.Name, 3)
	put(style{condHead, 14, black}, in.State, 1)
	put(style{condStrong, 12, black}, in.Watch.name(), 2)
	put(style{condStrong, 12, black}, in.Place, 2)
	l.rule(labelEdge, footLine, labelWidth-labelEdge, footLine, 1.2, black)
	l.put(labelEdge, 206, l.fit(style{condHead, 12, black}, in.Code, labelWidth-2*labelEdge-70, 6), in.Code)
	l.right(labelWidth-labelEdge, 206, style{condStrong, 10.5, black}, l.p.DateShort(in.At))
}
