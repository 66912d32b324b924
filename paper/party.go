package paper

import (
	"math"
	"strings"
	"time"

	"etabli.example/timing/strip"
)

// Firm is who repairs, as every document must name them.
type Firm struct {
	Name     string
	Trade    string   // "horlogers"; after the name, may be empty
	Address  []string // street, then postcode and town
	Phone    string
	Email    string
	Site     string // web address
	Seal     string // the last seal of the book, short; empty where there is none
	SealedOn time.Time
	Legal    string // legal form, capital, register: "SARL au capital de 8 000 €, RCS Paris 123 456 789"
	SIREN    string
	VAT      string // VAT number; empty where the firm is not subject to it
	// Mediator is the consumer mediator the firm answers to (C. conso. L612-1):
	// a consumer's document is refused without one.
	Mediator   Mediator
	Conditions []string // the house's own terms, on the deposit receipt
}

// Mediator is a consumer mediator, by name and web or postal address.
type Mediator struct{ Name, Site, Address string }

// Person is a customer. Where the law lets someone refuse to be named, Name is
// empty.
type Person struct {
	Name    string
	Address []string
	Phone   string
	Email   string
	Channel string // how to reach them: "sms", "email", "phone", "post"
}

// Watch is the object, with codes of the trade for what is chosen from a list.
type Watch struct {
	Brand, Model, Reference string
	Serial                  string // on the case
	Calibre                 string
	Kind                    string // "automatic", "manual", "quartz", "unknown"
	Material                string // "steel", "titanium", "gold", "silver", "platinum", "plated", "other"
	BPH                     float64
	LiftDeg                 float64
	WaterBar                float64 // marked on the case; 0 where nothing is
	// Of precious metal only, where the receipt is the repairer's register
	// (CGI ann. IV 56 J septdecies): total weight and fineness in thousandths.
	WeightGrams float64
	Fineness    int
}

// name returns brand and model.
func (w Watch) name() string { return joined(" ", w.Brand, w.Model) }

// precious reports whether the case is of a metal that the register covers.
func (w Watch) precious() bool {
	return w.Material == "gold" || w.Material == "silver" || w.Material == "platinum"
}

// joined joins the parts that are not empty.
func joined(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}

// word translates a code of the trade; a code no list has is shown as it is,
// since a document is still wanted. What is unknown is left out.
func (s *sheet) word(prefix, code string) string {
	if code == "unknown" {
		return ""
	}
	if key := "paper." + prefix + "." + code; code != "" && s.p.Has(key) {
		return s.p.T(key)
	}
	return code
}

// words translates a list of codes.
func (s *sheet) words(prefix string, codes []string) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = s.word(prefix, c)
	}
	return out
}

// sentence gives words a capital and a full stop.
func sentence(words string) string {
	for i, r := range words {
		return strings.ToUpper(string(r)) + words[i+len(string(r)):] + "."
	}
	return ""
}

// mark draws the house's mark, the bench seen from above, w wide.
func (s *sheet) mark(x, y, w float64) {
	k := w / 24
	s.box(x, y+k, w, 18*k, strip.Main)
	s.fill(strip.Surface)
	s.pdf.Circle((x+12*k)*point, (y+19*k)*point, 6.4*k*point, "F")
	s.fill(strip.Tic)
	s.pdf.Circle((x+12*k)*point, (y+17*k)*point, 2.2*k*point, "F")
}

// verdict draws the chip of v: a shape, then its word on a tint; it returns
// where it ends. The shape and the word stand without the tint.
func (s *sheet) verdict(x, y float64, v strip.Verdict, word string) float64 {
	const h, side = 20, 13
	st := style{condStrong, 13, v.Ink()}
	w := 4 + side + 4 + s.width(st, word) + 6
	s.box(x, y, w, h, map[strip.Verdict]strip.Ink{strip.InTolerance: strip.BaizeSoft, strip.OutOfTolerance: rubySoft, strip.Inconclusive: brassSoft}[v])
	s.sign(x+4, y+(h-side)/2, side, v)
	s.put(x+4+side+4, y+14.3, st, word)
	return x + w
}

// sign draws the shape of a verdict: disc and tick, square and cross, or open
// lozenge and bar.
func (s *sheet) sign(x, y, side float64, v strip.Verdict) {
	k := side / 16
	at := func(px, py float64) strip.Point { return strip.Point{X: px, Y: py} }
	white := func(pts ...strip.Point) strip.Polyline {
		return strip.Polyline{Points: pts, Ink: strip.Surface, Width: 1.8}
	}
	ink := v.Ink()
	switch v {
	case strip.InTolerance:
		s.shape(strip.Circle{X: 8, Y: 8, R: 7, Ink: ink}, x, y, k)
		s.shape(white(at(4.7, 8.3), at(7, 10.6), at(11.3, 5.7)), x, y, k)
	case strip.OutOfTolerance:
		s.shape(strip.Rect{X: 1.5, Y: 1.5, W: 13, H: 13, Ink: ink}, x, y, k)
		s.shape(white(at(5, 5), at(11, 11)), x, y, k)
		s.shape(white(at(11, 5), at(5, 11)), x, y, k)
	default:
		s.shape(strip.Lozenge{X: 8, Y: 8, R: 7, Ink: ink, Width: 1.6}, x, y, k)
		s.shape(strip.Line{X1: 5, Y1: 8, X2: 11, Y2: 8, Ink: ink, Width: 1.8}, x, y, k)
	}
}

// finite keeps what is a number.
func finite(v *float64) bool { return v != nil && !math.IsNaN(*v) && !math.IsInf(*v, 0) }
