package workshop

import (
	"context"
	"slices"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/paper"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// PieceLabel is the label of the bag or tray of one piece: the movement, the case,
// the bracelet or a diagnosed part.
func (w *Workshop) PieceLabel(ctx context.Context, who staff.Actor, sheet, piece string, lang locale.Lang) ([]byte, error) {
	f, err := w.file(ctx, who, sheet)
	if err != nil {
		return nil, err
	}
	t := locale.For(lang)
	in := paper.PieceLabelInput{Number: f.Number, Code: order.PieceCode(f.Number, piece), Watch: f.piece(), At: w.Now()}
	code, part := order.PartOf(piece)
	switch {
	case part:
		i := slices.IndexFunc(f.DiagnosedParts(), func(p order.PartState) bool { return p.Code == code })
		x, known := horology.PartByCode(code)
		if i < 0 || !known {
			return nil, fault.New(fault.NotFound, "piece.which")
		}
		in.Name, in.Place = capital(map[bool]string{true: x.EN, false: x.FR}[lang == locale.EN]), f.DiagnosedParts()[i].Place
		if st := f.DiagnosedParts()[i].State; st != "" {
			in.State = t.T("diagnosis.part." + st)
		}
	case slices.Contains(order.Pieces(), piece):
		in.Name, in.Place = t.T("piece."+piece), f.Pieces[piece].Place
	default:
		return nil, fault.New(fault.NotFound, "piece.which")
	}
	return paper.PieceLabel(in, lang)
}
