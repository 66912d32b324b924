package order

import (
	"slices"
	"strconv"

	"etabli.example/money"
	"etabli.example/trade/watch"
)

// The solutions there are for a watch that does not do what it should, from the
// lightest to none at all.
const (
	Regulate = "regulate" // adjusted as it is
	Repair   = "repair"   // what is broken is repaired, the rest is left
	Service  = "service"  // taken apart, cleaned, oiled, adjusted
	Exchange = "exchange" // another movement
	NoRepair = "none"     // given back as it is
)

// SolutionKinds lists them in the order they are shown.
func SolutionKinds() []string { return []string{Regulate, Repair, Service, Exchange, NoRepair} }

// Solution is one way of answering a request, with what it costs, how long it takes,
// how long it is guaranteed and what is given up by it.
type Solution struct {
	Kind  string      `json:"kind"`
	Lines []QuoteLine `json:"lines,omitempty"`
	Min   money.Cents `json:"min"` // VAT included
	Max   money.Cents `json:"max"`
	// Chance is the probability that the price of a job like this one falls from Min
	// to Max; 0 where too few were done to say.
	Chance    float64  `json:"chance,omitempty"`
	Jobs      int      `json:"jobs,omitempty"` // past jobs the range comes from; 0: the price list and the catalogue
	Days      int      `json:"days,omitempty"` // of a past job, the middle one; 0: not known
	Guarantee int      `json:"guarantee,omitempty"`
	Loses     []string `json:"loses,omitempty"` // what is lost or stays, as keys
	Unpriced  []string `json:"unpriced,omitempty"`
}

// Firm reports whether every line has a price of the house: only such a solution
// becomes a quote without anything being typed.
func (s Solution) Firm() bool { return len(s.Lines) > 0 && len(s.Unpriced) == 0 }

// Wanted is what solutions are found for.
type Wanted struct {
	Watch      WatchFacts
	Wishes     []string
	Operations []string // candidates of the pre-diagnosis, or those of the diagnosis
	Parts      []string
	Diagnosed  bool
	Guarantees map[string]int // months, by kind of solution
	Past       []Job
}

// Priced is what the house asks for an operation or a part, and the catalogue where
// it asks nothing yet. A code that is unknown has no label.
type Priced struct {
	Labels   Text
	Own      bool
	Min, Max money.Cents // equal where Own
	VAT      money.VATRate
}

// solutionOf says which solution an operation belongs to; "" where it is of none by
// itself: what is advised beside, and what the house does in any case.
func solutionOf(code string) string {
	switch code {
	case "REG", "DEM":
		return Regulate
	case "REV-MAN", "REV-AUTO", "REV-CHR", "REV-QTZ":
		return Service
	case "ECH-QTZ", "ECH-AUTO":
		return Exchange
	case "ACC", "DIA-Q", "DIA-M", "ET", "POL", "RAF", "NET", "VIN", "RST", "GAR":
		return ""
	}
	return Repair
}

// service is the operation that takes the whole movement in hand; "" where the
// trade knows none.
func service(k watch.Kind) string {
	return map[watch.Kind]string{watch.Manual: "REV-MAN", watch.Automatic: "REV-AUTO", watch.Quartz: "REV-QTZ"}[k]
}

// exchange is the operation that replaces the movement.
func exchange(k watch.Kind) string {
	return map[watch.Kind]string{watch.Automatic: "ECH-AUTO", watch.Quartz: "ECH-QTZ"}[k]
}

// coveredByService are repairs that a full service holds already.
var coveredByService = []string{"DEM", "REG", "JOI", "RES", "AUT", "PIL", "PIL-ET"}

// Solutions finds the ways there are, at least one beside giving the watch back as
// it is wherever the trade knows one.
func Solutions(x Wanted, priced func(code string) Priced) []Solution {
	by := map[string][]string{}
	for _, code := range x.Operations {
		if kind := solutionOf(code); kind != "" && !slices.Contains(by[kind], code) {
			by[kind] = append(by[kind], code)
		}
	}
	if code := service(x.Watch.Kind); code != "" && len(by[Service]) == 0 {
		by[Service] = []string{code}
	}
	if code := exchange(x.Watch.Kind); code != "" && len(by[Exchange]) == 0 && len(by[Regulate]) < len(x.Operations) {
		by[Exchange] = []string{code}
	}
	var out []Solution
	for _, kind := range []string{Regulate, Repair, Service, Exchange} {
		codes := by[kind]
		switch {
		case len(codes) == 0:
			continue
		case kind == Service: // the rest of what is broken does not heal by cleaning
			codes = append(slices.Clone(codes), leaving(by[Repair], coveredByService)...)
		case kind == Exchange: // a new movement keeps case, crystal and crown as they are
			codes = append(slices.Clone(codes), keeping(by[Repair], outsideMovement)...)
		}
		if kind == Repair || kind == Service {
			codes = append(slices.Clone(codes), x.Parts...)
		}
		out = append(out, x.solution(kind, codes, priced))
	}
	return append(out, Solution{Kind: NoRepair, Loses: losses(NoRepair, x)})
}

// outsideMovement are repairs that a new movement does not make needless.
var outsideMovement = []string{"GLA-M", "GLA-S", "GLA-A", "COU", "TUB", "POU", "AIG", "CAD", "BRA", "BRC", "BOU", "JOI"}

func leaving(codes, leave []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(c string) bool { return slices.Contains(leave, c) })
}

func keeping(codes, keep []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(c string) bool { return !slices.Contains(keep, c) })
}

// solution prices one way: what it needs is obligatory, what is wise beside it is
// recommended, what is for the eye is cosmetic and left out where the customer
// asked for it.
func (x Wanted) solution(kind string, codes []string, priced func(string) Priced) Solution {
	s := Solution{Kind: kind, Guarantee: x.Guarantees[kind], Loses: losses(kind, x)}
	for _, code := range codes {
		s.add(Obligatory, code, priced)
	}
	if opened := kind != Regulate; opened && x.Watch.WaterBar > 0 {
		for _, code := range leaving([]string{"JOI", "ET"}, codes) {
			s.add(Recommended, code, priced)
		}
	}
	if (kind == Service || kind == Exchange) && !slices.Contains(x.Wishes, "no_polish") && !slices.Contains(x.Wishes, "keep_patina") {
		s.add(Cosmetic, "POL", priced)
	}
	like := x.like(s)
	if low, high, chance, ok := Spread(totals(like)); ok && !(x.Diagnosed && s.Firm()) {
		s.Min, s.Max, s.Chance, s.Jobs = low, high, chance, len(like)
	}
	s.Days = middleDays(like)
	return s
}

// add appends a line. A line that the house has no price for stands at nothing, and
// is named: it is for somebody to price, never for the catalogue.
func (s *Solution) add(kind, code string, priced func(string) Priced) {
	p := priced(code)
	if p.Labels.FR == "" {
		return
	}
	l := QuoteLine{ID: strconv.Itoa(len(s.Lines) + 1), Kind: kind, Operation: code, LabelFR: p.Labels.FR, LabelEN: p.Labels.EN, Quantity: 1, VAT: p.VAT}
	if p.Own {
		l.UnitGross = p.Min
	} else if kind == Obligatory {
		s.Unpriced = append(s.Unpriced, code)
	} else {
		return // what is only advised is not offered without a price
	}
	s.Lines = append(s.Lines, l)
	if kind == Obligatory {
		s.Min, s.Max = s.Min.Add(p.Min), s.Max.Add(p.Max)
	}
}

// losses says what is given up: keys of the sentences the customer is told.
func losses(kind string, x Wanted) []string {
	switch kind {
	case Regulate:
		return []string{"oils_stay", "cause_stays"}
	case Repair:
		if !x.Watch.Kind.Mechanical() {
			return []string{"rest_stays"}
		}
		return []string{"rest_stays", "oils_stay"}
	case Service:
		return []string{"worn_parts_go", "longest"}
	case Exchange:
		return []string{"movement_goes", "number_changes", "value"}
	}
	out := []string{"fault_stays", "no_guarantee"}
	if x.Watch.WaterBar > 0 {
		out = append(out, "water_unsure")
	}
	return out
}
