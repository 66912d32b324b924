package stock

import (
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// mostYearsGood is how long a lot can be good for: beyond, a finger slipped.
const mostYearsGood = 50

// mostPieces is the most one lot can hold: beyond it, a finger slipped.
const mostPieces = 100_000

// Receipt is a lot as it came in.
type Receipt struct {
	Code     string `json:"code"`  // of horology's parts, or the house's own
	Label    string `json:"label"` // as people call it: "Pile 377 (SR626SW)"
	Lot      string `json:"lot"`   // printed on the bag, or given by the house
	Place    string `json:"place"` // drawer, cabinet
	Quantity int    `json:"qty"`   // in Unit
	Unit     string `json:"unit"`
	Expiry   string `json:"expiry,omitempty"` // ISO date; empty: does not expire
	Supplier string `json:"supplier,omitempty"`
	Origin   string `json:"origin"` // of Origins
}

// Origins says where a part comes from, as the service report names it.
func Origins() []string { return []string{"maker", "generic", "donor", "customer"} }

// Units are what lots are counted in.
func Units() []string { return []string{"piece", "set", "bottle", "dose"} }

// Receive opens the sheet of a lot.
func Receive(r Receipt) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.ManageStock); err != nil {
			return nil, err
		}
		if s.Seq > 0 {
			return nil, fault.New(fault.Conflict, "stock.received_already", s.Lot)
		}
		if err := r.check(f.Now); err != nil {
			return nil, err
		}
		return one(f.write(KindReceived, r))
	}
}

func (r Receipt) check(now time.Time) error {
	var bad fault.Problems
	for _, x := range []struct {
		field, text string
		most        int
		needed      bool
	}{{"code", r.Code, 40, true}, {"label", r.Label, 120, true}, {"lot", r.Lot, 60, true}, {"place", r.Place, 60, true}, {"supplier", r.Supplier, 120, false}} {
		n := len([]rune(strings.TrimSpace(x.text)))
		if x.needed && n == 0 {
			bad.Add(x.field, "fault.required")
		}
		bad.Text(x.field, x.text, x.most)
	}
	if r.Quantity < 1 || r.Quantity > mostPieces {
		bad.Add("qty", "fault.out_of_range", 1, mostPieces)
	}
	if !slices.Contains(Units(), r.Unit) {
		bad.Add("unit", "fault.choice")
	}
	if !slices.Contains(Origins(), r.Origin) {
		bad.Add("origin", "fault.choice")
	}
	if r.Expiry != "" {
		at, err := time.Parse(time.DateOnly, r.Expiry)
		switch {
		case err != nil:
			bad.Add("expiry", "fault.date")
		case at.Before(now.AddDate(0, 0, -1)):
			bad.Add("expiry", "stock.expired_on_receipt")
		case at.After(now.AddDate(mostYearsGood, 0, 0)):
			bad.Add("expiry", "order.date_far", mostYearsGood)
		}
	}
	return bad.Err()
}

// Use is pieces taken for an order.
type Use struct {
	Quantity int    `json:"qty"`
	Order    string `json:"order"` // its number
	Step     string `json:"step,omitempty"`
	Code     string `json:"-"` // the component replaced; empty: whatever the lot holds
}

// Take takes pieces out of a lot; one that this empties ends. The fault is
// Conflict ("stock.not_enough", beside the field "lot") where it does not hold
// as many.
func Take(u Use) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Work); err != nil {
			return nil, err
		}
		if s.Seq > 0 && s.OnHand < u.Quantity {
			return nil, NotEnough(s.Lot, s.OnHand)
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if u.Quantity < 1 || u.Quantity > mostPieces {
			bad.Add("qty", "fault.out_of_range", 1, mostPieces)
		}
		if u.Order == "" {
			bad.Add("order", "fault.required")
		}
		if s.Expiry != "" && s.Expiry < f.Today {
			until, _ := time.Parse(time.DateOnly, s.Expiry) // checked when the lot came
			bad.Add("lot", "stock.lot_expired", s.Lot, until)
		}
		if u.Code != "" && u.Code != s.Code {
			bad.Add("lot", "stock.other_part", s.Lot, s.Label)
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		used, err := f.write(KindUsed, u)
		if err != nil || s.OnHand > u.Quantity {
			return []journal.Draft{used}, err
		}
		ended, err := f.write(KindEnded, End{Why: emptied})
		return []journal.Draft{used, ended}, err
	}
}

// PutBack puts pieces back that were not used after all: the order's entry that took
// them was corrected. A lot that they had emptied is open again; one that was ended
// for another reason stays over, and the pieces with it.
func PutBack(u Use) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Correct); err != nil {
			return nil, err
		}
		if s.Seq == 0 {
			return nil, fault.New(fault.NotFound, "stock.unknown_lot")
		}
		if s.Ended && s.Why != emptied {
			return nil, fault.New(fault.Conflict, "stock.ended", s.Lot)
		}
		if u.Quantity < 1 || u.Quantity > s.Used {
			return nil, fault.New(fault.Conflict, "stock.not_taken", s.Lot)
		}
		return one(f.write(KindPutBack, u))
	}
}

// emptied is why a lot ends when its last piece is taken.
const emptied = "empty"

// NotEnough is the refusal of a lot that holds only so many pieces.
func NotEnough(lot string, onHand int) error {
	e := fault.New(fault.Conflict, "stock.not_enough", lot, onHand)
	e.Fields = fault.Problems{"lot": {Key: e.Key, Args: e.Args}}
	return e
}

// Count is what was found in the drawer.
type Count struct {
	Found int    `json:"found"`
	Why   string `json:"why,omitempty"` // needed where it is not what the sheet says
}

// CountLot records a count. A difference says why.
func CountLot(c Count) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.ManageStock); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if c.Found < 0 || c.Found > mostPieces {
			bad.Add("found", "fault.out_of_range", 0, mostPieces)
		}
		if c.Found != s.OnHand && strings.TrimSpace(c.Why) == "" {
			bad.Add("why", "stock.why_differs", s.OnHand)
		}
		bad.Text("why", c.Why, 300)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return one(f.write(KindCounted, c))
	}
}

// End is why a lot is over.
type End struct {
	Why string `json:"why"` // "empty", or one of EndReasons
}

// EndReasons are the reasons to end a lot that still holds something.
func EndReasons() []string { return []string{"expired", "damaged", "returned", "moved"} }

// EndLot ends a lot: what it held is no longer on hand.
func EndLot(x End) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.ManageStock); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		if !slices.Contains(EndReasons(), x.Why) && !(x.Why == "empty" && s.OnHand == 0) {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"why": {Key: "fault.choice"}}}
		}
		return one(f.write(KindEnded, x))
	}
}

func one(d journal.Draft, err error) ([]journal.Draft, error) {
	if err != nil {
		return nil, err
	}
	return []journal.Draft{d}, nil
}
