package register

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Waste is a quantity handed over to whoever collects it, with its slip.
type Waste struct {
	Seq       int64   `json:"-"`
	By        string  `json:"-"`
	Kind      string  `json:"kind"` // one of WasteKinds
	Quantity  float64 `json:"quantity"`
	Unit      string  `json:"unit"`      // one of WasteUnits
	Date      string  `json:"date"`      // ISO, when it was handed over
	Collector string  `json:"collector"` // who took it
	Slip      string  `json:"slip"`      // number of the slip
	Note      string  `json:"note,omitempty"`

	Struck    int64  `json:"-"` // entry that says the line is wrong; 0: it holds
	StruckWhy string `json:"-"`
}

// WasteKinds lists what a watch workshop hands over, the most frequent first.
func WasteKinds() []string {
	return []string{"cells", "lithium", "solvents", "oils", "radium", "electronic", "metal_dust", "other"}
}

// WasteUnits lists the units offered, in the order they are shown.
func WasteUnits() []string { return []string{"pieces", "kg", "g", "l"} }

// mostWaste is more than a workshop ever hands over at once, in any unit.
const mostWaste = 100_000

// HandOver records waste handed over. The slip's number is what proves it.
func HandOver(w Waste) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.ManageStock); err != nil {
			return nil, err
		}
		w.Collector, w.Slip, w.Note = strings.TrimSpace(w.Collector), strings.TrimSpace(w.Slip), strings.TrimSpace(w.Note)
		var bad fault.Problems
		if !slices.Contains(WasteKinds(), w.Kind) {
			bad.Add("kind", "order.unknown_choice")
		}
		if !slices.Contains(WasteUnits(), w.Unit) {
			bad.Add("unit", "order.unknown_choice")
		}
		switch {
		case !(w.Quantity > 0) || w.Quantity > mostWaste:
			bad.Add("quantity", "register.quantity", mostWaste)
		case w.Unit == "pieces" && w.Quantity != math.Trunc(w.Quantity):
			bad.Add("quantity", "stock.whole")
		}
		at, err := time.Parse(time.DateOnly, w.Date)
		if err != nil || w.Date > f.Today || at.Year() != f.Year {
			bad.Add("date", "register.date")
		}
		if w.Collector == "" {
			bad.Add("collector", "register.collector_needed")
		}
		if w.Slip == "" {
			bad.Add("slip", "register.slip_needed")
		}
		bad.Text("collector", w.Collector, fault.Line)
		bad.Text("slip", w.Slip, 60)
		bad.Text("note", w.Note, 300)
		for _, x := range s.Waste {
			if w.Slip != "" && x.Struck == 0 && x.Slip == w.Slip && x.Kind == w.Kind && x.Collector == w.Collector {
				bad.Add("slip", "register.slip_twice", x.Date)
			}
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.write(KindWaste, "", w)
	}
}

// Strike says that a line is wrong, and why; the line stays legible.
type Strike struct {
	Of  int64  `json:"of"`
	Why string `json:"why"`
}

// StrikeOut strikes a line of the register.
func StrikeOut(x Strike) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Correct); err != nil {
			return nil, err
		}
		i := slices.IndexFunc(s.Waste, func(w Waste) bool { return w.Seq == x.Of })
		switch {
		case i < 0:
			return nil, fault.New(fault.NotFound, "register.unknown_line")
		case s.Waste[i].Struck != 0:
			return nil, fault.New(fault.Conflict, "correction.already")
		}
		x.Why = strings.TrimSpace(x.Why)
		var bad fault.Problems
		reasoned(&bad, "why", x.Why, 300)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.write(KindStruck, "waste/"+strconv.FormatInt(x.Of, 10), x)
	}
}

// Total is what was handed over of one kind, in one unit.
type Total struct {
	Kind, Unit string
	Quantity   float64
	Slips      int
}

// Totals sums the lines that hold, in the order of WasteKinds and WasteUnits.
func (s State) Totals() []Total {
	var out []Total
	for _, kind := range WasteKinds() {
		for _, unit := range WasteUnits() {
			t := Total{Kind: kind, Unit: unit}
			for _, w := range s.Waste {
				if w.Struck == 0 && w.Kind == kind && w.Unit == unit {
					t.Quantity += w.Quantity
					t.Slips++
				}
			}
			if t.Slips > 0 {
				out = append(out, t)
			}
		}
	}
	return out
}
