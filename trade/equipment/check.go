package equipment

import (
	"math"

	"etabli.example/fault"
	"etabli.example/journal"
)

// Check is one reading of a test piece whose value does not change: a reference
// quartz on the timegrapher, a dummy case in the leak tester, a standard
// movement. Made often, it shows on a chart that an instrument drifts before
// its next verification would.
type Check struct {
	Date     string  `json:"date"`     // ISO
	Piece    string  `json:"piece"`    // the test piece, as people call it
	Quantity string  `json:"quantity"` // what was read: "marche"
	Value    float64 `json:"value"`    // in Unit
	Unit     string  `json:"unit"`     // as printed on the instrument

	Seq int64  `json:"-"` // of its entry
	By  string `json:"-"`
	Run int    `json:"-"` // how many good verifications came before it
}

// Series are the checks of one quantity of one test piece, oldest first.
type Series struct {
	Piece, Quantity, Unit string
	Checks                []Check
}

// mostCheck bounds a value: nothing on a bench reads a million of anything.
const mostCheck = 1e6

// CheckWith records a reading of a test piece. A quantity that was read before
// on the same piece must come in the same unit.
func CheckWith(c Check) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.may(f); err != nil {
			return nil, err
		}
		if s.Withdrawn {
			return nil, fault.New(fault.Conflict, "tool.is_withdrawn", s.Name)
		}
		if c.Date == "" {
			c.Date = f.Today
		}
		var bad fault.Problems
		notAfter(&bad, "date", c.Date, f.Today)
		length(&bad, "piece", c.Piece, 80, true)
		length(&bad, "quantity", c.Quantity, 60, true)
		length(&bad, "unit", c.Unit, 20, false)
		if math.IsNaN(c.Value) || math.Abs(c.Value) > mostCheck {
			bad.Add("value", "fault.out_of_range", -mostCheck, mostCheck)
		}
		for _, known := range s.Series() {
			if known.Piece != c.Piece || known.Quantity != c.Quantity {
				continue
			}
			if known.Unit != c.Unit {
				bad.Add("unit", "tool.other_unit", known.Unit)
			}
			if last := known.Checks[len(known.Checks)-1]; c.Date < last.Date {
				bad.Add("date", "tool.before_last_check", last.Date)
			}
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.write(KindChecked, c)
	}
}

// Series returns the checks on the sheet, by test piece and quantity, in the
// order each was first read.
func (s State) Series() []Series {
	var out []Series
	at := map[[2]string]int{}
	for _, c := range s.Checks {
		key := [2]string{c.Piece, c.Quantity}
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, Series{Piece: c.Piece, Quantity: c.Quantity, Unit: c.Unit})
		}
		out[i].Checks = append(out[i].Checks, c)
	}
	return out
}

// Drifts reports whether the chart of a test piece stands in alarm now: its
// last check is above the limit and no good verification came since.
func (s State) Drifts() bool {
	for _, series := range s.Series() {
		points := Chart(series.Checks)
		last := points[len(points)-1]
		if last.Alarm && last.Check.Run == s.Runs {
			return true
		}
	}
	return false
}
