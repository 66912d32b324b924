package web

import (
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
)

func (s *Server) pieceRoutes() {
	s.handle("GET /orders/{number}/pieces", s.needs(s.pieces))
	s.handle("POST /orders/{number}/pieces", s.needs(s.movePiece))
	s.handle("POST /orders/{number}/pieces/photo", s.needs(s.partPhoto))
	s.handle("GET /orders/{number}/piece.pdf", s.document("piece", func(r *http.Request, who staff.Actor, sheet string, lang locale.Lang) ([]byte, error) {
		return s.shop.PieceLabel(r.Context(), who, sheet, r.FormValue("piece"), lang)
	}))
}

// piecesPage is where the movement, the case, the bracelet and the diagnosed parts
// are, and the label each carries.
type piecesPage struct {
	orderHead
	Rows    []pieceRow
	Parts   []partView
	Piece   string
	Place   string
	Refused string // the code of the part whose picture was refused
}

// partView is a diagnosed part as whoever bags or prices it sees it.
type partView struct {
	pieceRow
	Part, State string
	Missing     bool // there is nothing to bag
	Photos      []component.Photo
}

// pieceRow is one piece. QR draws its label.
type pieceRow struct {
	Code, Name, Label, Print string
	order.PieceState
	Known bool
	When  string
	QR    template.HTML
}

func (s *Server) piecesPage(r *http.Request) (*piecesPage, error) {
	head, err := s.orderHead(r, true)
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	p := &piecesPage{orderHead: head, Place: head.Who.Bench}
	for _, code := range order.Pieces() {
		row, err := p.row(t, code, t.T("piece."+code))
		if err != nil {
			return nil, err
		}
		p.Rows = append(p.Rows, row)
	}
	p.Parts, err = p.partsOf(t)
	return p, err
}

// row is one piece with its label.
func (p *orderHead) row(t *locale.Printer, code, name string) (row pieceRow, err error) {
	row = pieceRow{Code: code, Name: name, Label: order.PieceCode(p.View.Number, code), Print: p.At("/piece.pdf?piece=" + url.QueryEscape(code))}
	if row.PieceState, row.Known = p.View.Pieces[code]; row.Known {
		row.When = t.DateTime(row.Since)
	}
	row.QR, err = qrCode(row.Label, row.Name)
	return row, err
}

// partsOf lists the diagnosed parts with their state and their pictures.
func (p *orderHead) partsOf(t *locale.Printer) ([]partView, error) {
	var out []partView
	for _, x := range p.View.DiagnosedParts() {
		row, err := p.row(t, order.PartPiece(x.Code), partName(t, x.Code))
		if err != nil {
			return nil, err
		}
		v := partView{pieceRow: row, Part: x.Code, Missing: x.State == "missing"}
		if x.State != "" {
			v.State = t.T("diagnosis.part." + x.State)
		}
		for _, ph := range x.Photos {
			if !p.View.Erased[ph.Hash] {
				v.Photos = append(v.Photos, component.Photo{Href: "/blob/" + ph.Hash, Src: "/blob/" + ph.Thumb, Caption: v.Name, Alt: v.Name + ", " + v.State})
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// Choices are the pieces to choose from; what is missing cannot be bagged.
func (p *piecesPage) Choices() []component.Choice {
	var out []component.Choice
	for _, row := range p.Rows {
		out = append(out, component.Choice{Value: row.Code, Label: row.Name, Chosen: row.Code == p.Piece})
	}
	for _, x := range p.Parts {
		if !x.Missing {
			out = append(out, component.Choice{Value: x.Code, Label: x.Name, Chosen: x.Code == p.Piece})
		}
	}
	return out
}

func (s *Server) pieces(w http.ResponseWriter, r *http.Request) error {
	p, err := s.piecesPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "piece/pieces", p)
}

// movePiece is POST …/pieces: scan (a label), or piece, and place.
func (s *Server) movePiece(w http.ResponseWriter, r *http.Request) error {
	p, err := s.piecesPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	m := order.PieceMove{Piece: entered(r, "piece"), Place: entered(r, "place")}
	if number, piece, ok := order.ParsePiece(entered(r, "scan")); ok && number == p.View.Number {
		m.Piece, m.Scan = piece, true
	} else if entered(r, "scan") != "" {
		m.Piece = "" // a label of another order: nothing is moved by it
	}
	p.Piece, p.Place = m.Piece, m.Place
	if _, err := s.shop.MovePiece(r.Context(), a, m); err != nil {
		return s.again(w, r, err, "piece/pieces", p)
	}
	return s.done(w, r, p.At("/pieces"), "piece.did")
}

// partPhoto is POST …/pieces/photo: part, photos.
func (s *Server) partPhoto(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	p, err := s.piecesPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	t, part, entry := s.printer(r), entered(r, "part"), a.Entry
	kept, refused, err := eachPhoto(r, t, func(i int, f photoFile) error {
		a.Entry, a.Seen = entry+"-p"+strconv.Itoa(i), -1
		_, err := s.shop.AddPartPhoto(r.Context(), a, f, part, partName(t, part))
		return err
	})
	switch {
	case err != nil:
	case len(refused) > 0:
		err = &fault.Error{Kind: fault.Invalid, Key: "order.photo_refused", Args: []any{strings.Join(refused, " "), kept},
			Fields: fault.Problems{"photos": {Key: "order.photo_refused", Args: []any{strings.Join(refused, " "), kept}}}}
	case kept == 0:
		err = &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"photos": {Key: "order.photo_none"}}}
	}
	if err != nil {
		p.Refused = part
		return s.again(w, r, err, "piece/pieces", p)
	}
	return s.done(w, r, p.At("/pieces"), "piece.photo_kept")
}
