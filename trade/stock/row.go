package stock

import "time"

// Row is a lot's line on lists: a pure function of its sheet. What depends on
// the clock (expired) is computed when the row is read.
type Row struct {
	House, Sheet string
	Receipt           // Quantity is what came in
	OnHand       int  // what there is now
	Ended        bool // nothing more is expected of it
	Last         time.Time
	Seq          int64
}

// RowOf reads the row off the state.
func RowOf(s State) Row {
	return Row{House: s.House, Sheet: s.Sheet, Receipt: s.Receipt, OnHand: s.OnHand, Ended: s.Ended, Last: s.Last, Seq: s.Seq}
}

// Expired reports whether the lot is past its date on the ISO date today.
func (r Row) Expired(today string) bool { return r.Expiry != "" && r.Expiry < today }

// Minimum is how many pieces of a part the house wants to have, below which the
// part is to be ordered. It is a setting, not a fact of any sheet.
type Minimum struct {
	House string
	Code  string
	Label string
	Level int
}

// Part is what the house has of one part over all its lots that are not over.
type Part struct {
	Code, Label string
	OnHand      int // expired lots are not counted
	Level       int // minimum; 0 where none is set
	Unit        string
	Lots        []Row // soonest expiry first
}

// Low reports whether the part is below its minimum.
func (p Part) Low() bool { return p.OnHand < p.Level }

// Parts gathers lots by part (its code and what it is called: cells of every size
// are one component of a watch), in the order of the rows; parts with a minimum
// and no lot are there as well, last.
func Parts(rows []Row, levels []Minimum, today string) []Part {
	at := map[string]int{}
	var out []Part
	part := func(code, label, unit string) *Part {
		i, ok := at[code+"\x00"+label]
		if !ok {
			i = len(out)
			at[code+"\x00"+label] = i
			out = append(out, Part{Code: code, Label: label, Unit: unit})
		}
		return &out[i]
	}
	for _, r := range rows {
		p := part(r.Code, r.Label, r.Unit)
		p.Lots = append(p.Lots, r)
		if !r.Expired(today) {
			p.OnHand += r.OnHand
		}
	}
	for _, m := range levels {
		part(m.Code, m.Label, "piece").Level = m.Level
	}
	return out
}
