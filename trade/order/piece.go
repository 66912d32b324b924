package order

import (
	"maps"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// KindPieceMoved is a piece of a watch taken somewhere: the movement, the case and
// the bracelet travel apart, and so does each diagnosed part in its bag.
const KindPieceMoved journal.Kind = "piece_moved"

// Pieces lists what travels apart.
func Pieces() []string { return []string{"movement", "case", "bracelet"} }

// pieceSigns are the letters that follow an order's number on a piece's label.
var pieceSigns = map[string]string{"M": "movement", "C": "case", "B": "bracelet"}

// A part diagnosed is a piece of its own once it is in its bag: partPiece + its code.
const partPiece = "part."

// partSign begins a part's code on its label.
const partSign = "P-"

// PartPiece is the piece that a diagnosed part is.
func PartPiece(code string) string { return partPiece + code }

// PartOf is the code of the part that a piece is; false for movement, case and bracelet.
func PartOf(piece string) (code string, ok bool) { return strings.CutPrefix(piece, partPiece) }

// PieceCode is what a piece's label says: the order's number and one letter, for a
// diagnosed part its code.
func PieceCode(number, piece string) string {
	if code, ok := PartOf(piece); ok {
		return number + "/" + partSign + code
	}
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
	if part, ok := strings.CutPrefix(sign, partSign); ok {
		return number, PartPiece(part), number != "" && part != ""
	}
	piece, known := pieceSigns[sign]
	return number, piece, found && known && number != ""
}

// PieceMove is a piece taken to a place.
type PieceMove struct {
	Piece string `json:"piece"`
	Place string `json:"place" max:"60"` // bench, tray, safe, workshop outside
	Scan  bool   `json:"scan,omitempty"` // its label was scanned
	// Bagged is set by the first move of a diagnosed part: from then on it lies in a
	// bag of its own, under its own label.
	Bagged bool `json:"bagged,omitempty"`
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
		code, part := PartOf(m.Piece)
		if part && !s.hasPart(code) || !part && !slices.Contains(Pieces(), m.Piece) {
			bad.Add("piece", "piece.which")
		}
		_, moved := s.Pieces[m.Piece]
		m.Bagged = part && !moved
		if m.Place == "" {
			bad.Add("place", "piece.place")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindPieceMoved, []string{"piece/" + m.Piece}, m)
	}
}

// hasPart reports whether the diagnosis names the part, or it was bagged under an
// earlier one.
func (s State) hasPart(code string) bool {
	if s.Diagnosis != nil && slices.ContainsFunc(s.Diagnosis.Parts, func(p PartNeeded) bool { return p.Code == code && p.State != "missing" }) {
		return true
	}
	_, bagged := s.Pieces[PartPiece(code)]
	return bagged
}

// PartState is a diagnosed part, where its bag lies and its pictures.
type PartState struct {
	PartNeeded
	PieceState
	Bagged bool
	Photos []Photo
}

// DiagnosedParts lists the parts of the diagnosis as they were found, and those
// bagged under an earlier one.
func (s State) DiagnosedParts() []PartState {
	var out []PartState
	put := func(p PartNeeded) {
		one := PartState{PartNeeded: p}
		one.PieceState, one.Bagged = s.Pieces[PartPiece(p.Code)]
		for _, x := range s.Photos {
			if x.Part == p.Code {
				one.Photos = append(one.Photos, x)
			}
		}
		out = append(out, one)
	}
	if s.Diagnosis != nil {
		for _, p := range s.Diagnosis.Parts {
			put(p)
		}
	}
	for _, piece := range slices.Sorted(maps.Keys(s.Pieces)) {
		code, part := PartOf(piece)
		if part && !slices.ContainsFunc(out, func(p PartState) bool { return p.Code == code }) {
			put(PartNeeded{Code: code})
		}
	}
	return out
}

// Apart reports whether movement, case and bracelet were last seen at different
// places; a bagged part is apart by nature.
func (s State) Apart() bool {
	places := map[string]bool{}
	for _, piece := range Pieces() {
		if p, ok := s.Pieces[piece]; ok {
			places[strings.ToLower(p.Place)] = true
		}
	}
	return len(places) > 1
}
