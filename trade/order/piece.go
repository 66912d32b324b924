package order

import (
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// KindPieceMoved is one of the three pieces of a watch taken somewhere: the
// movement, the case and the bracelet travel apart, and are never lost together.
const KindPieceMoved journal.Kind = "piece_moved"

// Pieces lists what travels apart.
func Pieces() []string { return []string{"movement", "case", "bracelet"} }

// pieceSigns are the letters that follow an order's number on a piece's label.
var pieceSigns = map[string]string{"M": "movement", "C": "case", "B": "bracelet"}

// PieceCode is what a piece's label says: the order's number and one letter.
func PieceCode(number, piece string) string {
	for sign, p := range pieceSigns {
		if p == piece {
			return number + "/" + sign
		}
	}
	return number
}

// ParsePiece reads a piece's label: the number of its order, and which piece.
func ParsePiece(code string) (number, piece string, ok bool) {
	number, sign, found := strings.Cut(strings.ToUpper(strings.TrimSpace(code)), "/")
	piece, known := pieceSigns[sign]
	return number, piece, found && known && number != ""
}

// PieceMove is a piece taken to a place.
type PieceMove struct {
	Piece string `json:"piece"`
	Place string `json:"place" max:"60"` // bench, tray, safe, workshop outside
	Scan  bool   `json:"scan,omitempty"` // its label was scanned
}

// PieceState is where a piece is.
type PieceState struct {
	Place string
	By    string
	Since time.Time
	Scan  bool
	Seq   int64
}

// MovePiece records where a piece was taken and by whom.
func MovePiece(m PieceMove) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if !f.Who.May(staff.Work) && !f.Who.May(staff.Receive) {
			return nil, f.Who.Must(staff.Work)
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		m.Place = strings.TrimSpace(m.Place)
		var bad fault.Problems
		if !slices.Contains(Pieces(), m.Piece) {
			bad.Add("piece", "piece.which")
		}
		if m.Place == "" {
			bad.Add("place", "piece.place")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindPieceMoved, []string{"piece/" + m.Piece}, m)
	}
}

// Apart reports whether the pieces were last seen at different places.
func (s State) Apart() bool {
	places := map[string]bool{}
	for _, p := range s.Pieces {
		places[strings.ToLower(p.Place)] = true
	}
	return len(places) > 1
}
