package register

import (
	"slices"
	"strconv"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Incident is something that hurt somebody or something, or nearly did. Where and
// by whom it was reported are the entry's.
type Incident struct {
	Seq   int64     `json:"-"`
	By    string    `json:"-"`
	At    time.Time `json:"-"`
	Bench string    `json:"-"`
	What  string    `json:"what"`            // one of IncidentKinds
	Near  bool      `json:"near,omitempty"`  // nothing came of it
	Order string    `json:"order,omitempty"` // number of the order at hand

	Followed []FollowUp `json:"-"`
	Closed   bool       `json:"-"`
}

// IncidentKinds lists what can happen at a bench, the most frequent first.
func IncidentKinds() []string {
	return []string{"cut", "eye", "chemical", "breath", "burn", "cell", "dust", "watch", "other"}
}

// FollowUp is what is said of an incident afterwards: how it came, what was done.
// The words are a saying: they may be about a person.
type FollowUp struct {
	By    string         `json:"-"`
	At    time.Time      `json:"-"`
	Of    int64          `json:"of"`
	Words journal.Saying `json:"words"`
	Close bool           `json:"close,omitempty"` // measures are taken; nothing more is expected
}

// Report records an incident or a near-miss: what, and nothing to write. Whoever
// may see the workshop may report.
func Report(x Incident) Decision {
	return func(_ State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.See); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if !slices.Contains(IncidentKinds(), x.What) {
			bad.Add("what", "order.unknown_choice")
		}
		bad.Text("order", x.Order, 40)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.write(KindIncident, "", x)
	}
}

// Follow adds to an incident: whoever reported it may tell more, whoever keeps the
// house's rules may say what was done and close it. worded says whether there are
// words.
func Follow(x FollowUp, worded bool) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		i := slices.IndexFunc(s.Incidents, func(y Incident) bool { return y.Seq == x.Of })
		switch {
		case i < 0:
			return nil, fault.New(fault.NotFound, "register.unknown_incident")
		case !f.Who.May(staff.ManageRules) && (x.Close || s.Incidents[i].By != f.Who.ID):
			return nil, f.Who.Must(staff.ManageRules)
		case s.Incidents[i].Closed:
			return nil, fault.New(fault.Conflict, "register.closed_already")
		case !worded:
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"words": {Key: "register.words_needed"}}}
		}
		return f.write(KindFollowed, "incident/"+strconv.FormatInt(x.Of, 10), x)
	}
}

// SeenBy lists the incidents a person may read, the latest first: all of them for
// whoever keeps the house's rules, their own for everybody else.
func (s State) SeenBy(who staff.Actor) []Incident {
	var out []Incident
	for _, x := range slices.Backward(s.Incidents) {
		if x.By == who.ID || who.May(staff.ManageRules) {
			out = append(out, x)
		}
	}
	return out
}

// Open counts the incidents nobody closed yet.
func (s State) Open() int {
	n := 0
	for _, x := range s.Incidents {
		if !x.Closed {
			n++
		}
	}
	return n
}
