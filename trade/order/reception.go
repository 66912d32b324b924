package order

import (
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/money"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// Kinds of entry of activity A1, reception.
const (
	KindAnnounced   journal.Kind = "announced"
	KindReceived    journal.Kind = "received"
	KindCondition   journal.Kind = "condition"
	KindPhoto       journal.Kind = "photo"
	KindPromise     journal.Kind = "promise"
	KindAssigned    journal.Kind = "assigned"
	KindHandedOut   journal.Kind = "handed_out"
	KindCameBack    journal.Kind = "came_back"
	KindTransferred journal.Kind = "transferred"
	KindArrived     journal.Kind = "arrived"
)

// WatchFacts is the watch as it was described when the order was opened: copied
// into the entry, so that a later change of the watch's row changes no past.
type WatchFacts struct {
	Brand        string     `json:"brand"`
	Model        string     `json:"model,omitempty"`
	Reference    string     `json:"reference,omitempty"`
	CaseNo       string     `json:"case_no,omitempty"`
	MovementNo   string     `json:"movement_no,omitempty"`
	CalibreMaker string     `json:"calibre_maker,omitempty"`
	Calibre      string     `json:"calibre,omitempty"`
	Kind         watch.Kind `json:"kind"`
	BPH          float64    `json:"bph,omitempty"`
	LiftDeg      float64    `json:"lift_deg,omitempty"`
	WaterBar     float64    `json:"water_bar,omitempty"`
	Material     string     `json:"material,omitempty"`
	Functions    []string   `json:"functions,omitempty"`
	Year         int        `json:"year,omitempty"`
	// Beyond says why the watch is out of the technician's perimeter
	// (a complication, connected electronics); empty where it is not.
	Beyond string `json:"beyond,omitempty"`
	// Own are the workshop's own values of the calibre, ended ones too: beside the
	// sheet, not on it. A verdict copies the one it rests on.
	Own []horology.Own `json:"-"`
}

// FactsOf copies a watch's row.
func FactsOf(w watch.Watch, beyond string) WatchFacts {
	return WatchFacts{Brand: w.Brand, Model: w.Model, Reference: w.Reference, CaseNo: w.CaseNo, MovementNo: w.MovementNo,
		CalibreMaker: w.CalibreMaker, Calibre: w.Calibre, Kind: w.Kind, BPH: w.BPH, LiftDeg: w.LiftDeg, WaterBar: w.WaterBar,
		Material: w.Material, Functions: w.Functions, Year: w.Year, Beyond: beyond}
}

// Title is brand and model.
func (w WatchFacts) Title() string { return strings.TrimSpace(w.Brand + " " + w.Model) }

// CalibreTitle is maker and calibre, or empty.
func (w WatchFacts) CalibreTitle() string { return strings.TrimSpace(w.CalibreMaker + " " + w.Calibre) }

// Reception is the request to open an order.
type Reception struct {
	Number        string         `json:"number"`
	Site          string         `json:"site"`
	Customer      string         `json:"customer"`
	WatchID       string         `json:"watch_id"`
	Watch         WatchFacts     `json:"watch"`
	Purpose       string         `json:"purpose"` // "repair", "service", "battery", "warranty", "estimate"
	Channel       string         `json:"channel"` // "counter", "post", "retailer"
	Request       journal.Saying `json:"request"`
	ReadBack      bool           `json:"read_back"` // read back in one sentence and confirmed
	Wishes        []string       `json:"wishes,omitempty"`
	Accessories   []string       `json:"accessories,omitempty"`
	DeclaredValue money.Cents    `json:"declared_value,omitempty"`
	Ceiling       money.Cents    `json:"ceiling,omitempty"` // amount agreed at deposit under which work may start
	Promised      string         `json:"promised,omitempty"`
	WeightGrams   float64        `json:"weight_g,omitempty"`      // precious metal only
	Fineness      int            `json:"fineness,omitempty"`      // ‰, precious metal only
	Accommodation bool           `json:"accommodation,omitempty"` // something was offered; never what, never why
	Redo          string         `json:"redo_of,omitempty"`       // number of the first order of a warranty redo
}

// Purposes, Channels, Wishes and Accessories list what is offered on the page.
func Purposes() []string { return []string{"repair", "service", "battery", "warranty", "estimate"} }
func Channels() []string { return []string{"counter", "post", "retailer"} }
func WishesOffered() []string {
	return []string{"no_polish", "return_parts", "call_first", "keep_patina"}
}
func AccessoriesOffered() []string {
	return []string{"leather_strap", "bracelet", "box", "papers", "links"}
}

func (r Reception) check(f Facts) error {
	var bad fault.Problems
	if r.Customer == "" {
		bad.Add("customer", "order.no_customer")
	}
	if r.WatchID == "" || r.Watch.Brand == "" {
		bad.Add("watch", "order.no_watch")
	}
	if r.Request.ID == "" {
		bad.Add("request", "order.no_request")
	}
	if !r.ReadBack {
		bad.Add("read_back", "order.not_read_back")
	}
	if !slices.Contains(Purposes(), r.Purpose) {
		bad.Add("purpose", "order.unknown_choice")
	}
	if !slices.Contains(Channels(), r.Channel) {
		bad.Add("channel", "order.unknown_choice")
	}
	if r.DeclaredValue < 0 || r.DeclaredValue > 10_000_000_00 {
		bad.Add("declared_value", "order.amount_range")
	}
	if r.Ceiling < 0 || r.Ceiling > 100_000_00 {
		bad.Add("ceiling", "order.amount_range")
	}
	if r.Promised != "" {
		f.day(&bad, "promised", r.Promised)
	}
	if m := r.Watch.Material; (m == "gold" || m == "silver" || m == "platinum") && (r.WeightGrams <= 0 || r.Fineness <= 0) {
		// CGI ann. IV art. 56 J septdecies: the deposit slip that replaces the register names weight and fineness.
		bad.Add("weight", "order.precious_weight")
	}
	if r.Fineness < 0 || r.Fineness > 1000 {
		bad.Add("fineness", "order.fineness_range")
	}
	return bad.Err()
}

// Receive opens an order, or receives one that was announced.
func Receive(r Reception) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindReceived, f); err != nil {
			return nil, err
		}
		if err := r.check(f); err != nil {
			return nil, err
		}
		return s.move(f, KindReceived, []string{"reception"}, r)
	}
}

// Announce opens an order before the watch is here.
func Announce(r Reception) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if r.Customer == "" || r.Watch.Brand == "" {
			return nil, fault.New(fault.Invalid, "order.no_watch")
		}
		return s.move(f, KindAnnounced, []string{"reception"}, r)
	}
}

// Mark is one defect noted on the drawing of the watch.
type Mark struct {
	Zone   string `json:"zone"`   // "crystal", "bezel", "case", "lug_7", "crown", "back", "bracelet", "dial", "hands"
	Defect string `json:"defect"` // "scratch", "dent", "wear", "crack", "missing", "corrosion"
	Grade  int    `json:"grade"`  // 1 to 4
	Note   string `json:"note,omitempty"`
}

// Zones and Defects list what is offered.
func Zones() []string {
	return []string{"crystal", "bezel", "case", "lug_1", "lug_5", "lug_7", "lug_11", "crown", "back", "bracelet", "dial", "hands"}
}

// Defects lists the defects offered.
func Defects() []string { return []string{"scratch", "dent", "wear", "crack", "missing", "corrosion"} }

// Condition is the state of the watch as it arrived: the whole list, replacing the one before.
type Condition struct {
	Marks []Mark `json:"marks"`
}

// Describe records the condition on arrival.
func Describe(c Condition) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Receive); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		for _, m := range c.Marks {
			if !slices.Contains(Zones(), m.Zone) || !slices.Contains(Defects(), m.Defect) || m.Grade < 1 || m.Grade > 4 {
				bad.Add("marks", "order.mark_form")
			}
			bad.Text("marks", m.Note, 300)
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindCondition, []string{"condition"}, c)
	}
}

// Photo is a picture on the sheet.
type Photo struct {
	Seq     int64  `json:"-"`
	Hash    string `json:"hash"`
	Thumb   string `json:"thumb"`
	Width   int    `json:"w"`
	Height  int    `json:"h"`
	Moment  string `json:"moment"` // "intake", "movement", "finding", "out"
	Caption string `json:"caption,omitempty" max:"200"`
	// Part is the code of the diagnosed part the picture shows; "" for another.
	Part string `json:"part,omitempty" max:"40"`
}

// Moments lists when a photo can be taken.
func Moments() []string { return []string{"intake", "movement", "finding", "out"} }

// AddPhoto puts a picture on the sheet; its bytes must be durable already.
func AddPhoto(p Photo) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Note); err != nil {
			return nil, err
		}
		if s.Stage == None {
			return nil, fault.New(fault.Conflict, "order.not_received")
		}
		if p.Hash == "" || p.Thumb == "" || !slices.Contains(Moments(), p.Moment) {
			return nil, fault.New(fault.Invalid, "order.photo_form")
		}
		if p.Part != "" && !slices.ContainsFunc(s.DiagnosedParts(), func(x PartState) bool { return x.Code == p.Part }) {
			return nil, fault.New(fault.Invalid, "piece.which")
		}
		return f.one(KindPhoto, nil, p, p.Hash, p.Thumb)
	}
}

// mostYearsAhead is how far ahead a day can be promised: beyond, a finger slipped.
const mostYearsAhead = 20

// day notes what is wrong with a promised ISO date: none, past, or out of reach.
func (f Facts) day(bad *fault.Problems, field, date string) {
	at, err := time.Parse(time.DateOnly, date)
	switch {
	case err != nil:
		bad.Add(field, "fault.date")
	case date < f.Now.Format(time.DateOnly):
		bad.Add(field, "order.promise_past")
	case at.After(f.Now.AddDate(mostYearsAhead, 0, 0)):
		bad.Add(field, "order.date_far", mostYearsAhead)
	}
}

// Promise is a new promised date with its reason, which the customer is told.
type Promise struct {
	Date string `json:"date"`
	Why  string `json:"why,omitempty" max:"500"`
}

// RePromise changes the promised date.
func RePromise(p Promise) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if !f.Who.May(staff.Receive) && !f.Who.May(staff.Prepare) {
			return nil, f.Who.Must(staff.Receive)
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		f.day(&bad, "promised", p.Date)
		if s.Promised != "" && p.Why == "" {
			bad.Add("why", "order.why_needed")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindPromise, []string{"promise"}, p)
	}
}

// Assignment says who has the watch now.
type Assignment struct {
	Person string `json:"person"`
}

// Assign gives the watch to a person; whoever may work may take it.
func Assign(person string) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if !f.Who.May(staff.Work) && !f.Who.May(staff.Receive) {
			return nil, f.Who.Must(staff.Work)
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		if person == "" {
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		}
		return f.one(KindAssigned, []string{"custody"}, Assignment{person})
	}
}

// Routing is a watch leaving the house or coming back: to whom and why.
type Routing struct {
	To       string      `json:"to,omitempty" max:"200"`
	Why      string      `json:"why,omitempty" max:"500"`
	Tracking string      `json:"tracking,omitempty" max:"100"`
	Insured  money.Cents `json:"insured,omitempty"`
}

// Route moves the watch out, back, or to another site, by the kind named.
func Route(k journal.Kind, r Routing) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		switch k {
		case KindHandedOut, KindTransferred:
			if strings.TrimSpace(r.To) == "" {
				return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"to": {Key: "order.to_whom"}}}
			}
		case KindCameBack, KindArrived:
		default:
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		}
		return s.move(f, k, []string{"custody"}, r)
	}
}

func applyReceived(s *State, e journal.Entry, r Reception) {
	s.Number, s.Site, s.Customer, s.WatchID, s.Watch = r.Number, r.Site, r.Customer, r.WatchID, r.Watch
	s.Purpose, s.Request, s.ReadBack = r.Purpose, r.Request, r.ReadBack
	s.Wishes, s.Accessories, s.DeclaredValue, s.Ceiling = r.Wishes, r.Accessories, r.DeclaredValue, r.Ceiling
	s.Promised, s.PromisedFirst, s.Accommodation = r.Promised, r.Promised, r.Accommodation
	s.Weight, s.Fineness = r.WeightGrams, r.Fineness
	if s.Opened.IsZero() {
		s.Opened = e.Happened
	}
}
