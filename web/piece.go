package web

import (
	"html/template"
	"net/http"

	"etabli.example/trade/order"
	"etabli.example/web/component"
)

func (s *Server) pieceRoutes() {
	s.handle("GET /orders/{number}/pieces", s.needs(s.pieces))
	s.handle("POST /orders/{number}/pieces", s.needs(s.movePiece))
}

// piecesPage is where the movement, the case and the bracelet are, and the label
// each carries.
type piecesPage struct {
	orderHead
	Rows  []pieceRow
	Piece string
	Place string
}

// pieceRow is one piece. QR draws its label.
type pieceRow struct {
	Code, Name, Label string
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
		row := pieceRow{Code: code, Name: t.T("piece." + code), Label: order.PieceCode(head.View.Number, code)}
		if row.PieceState, row.Known = head.View.Pieces[code]; row.Known {
			row.When = t.DateTime(row.Since)
		}
		if row.QR, err = qrCode(row.Label, row.Name); err != nil {
			return nil, err
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// Choices are the pieces to choose from.
func (p *piecesPage) Choices() []component.Choice {
	var out []component.Choice
	for _, row := range p.Rows {
		out = append(out, component.Choice{Value: row.Code, Label: row.Name, Chosen: row.Code == p.Piece})
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
