package equipment

import (
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// longestInterval is ten years: no instrument is trusted for longer.
const longestInterval = 3653

// Registration is a tool as it enters the house. Procedure and acceptance are
// copied from the catalogue of kinds, so that a later edition changes no sheet.
type Registration struct {
	Name       string `json:"name"` // as people call it: "chronocomparateur, poste 2"
	Kind       string `json:"kind"` // of horology's tools, French
	Serial     string `json:"serial,omitempty"`
	Place      string `json:"place,omitempty"`
	Interval   int    `json:"interval_days"` // between verifications; 0: none needed
	Procedure  string `json:"procedure,omitempty"`
	Acceptance string `json:"acceptance,omitempty"`
	Instrument bool   `json:"instrument"` // gives figures that are kept on orders' sheets
	Since      string `json:"since"`      // ISO date it entered service
}

// Register opens the sheet of a tool.
func Register(r Registration) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.ManageTools); err != nil {
			return nil, err
		}
		if s.Seq > 0 {
			return nil, fault.New(fault.Conflict, "tool.registered_already", s.Name)
		}
		if r.Since == "" {
			r.Since = f.Today
		}
		var bad fault.Problems
		length(&bad, "name", r.Name, 80, true)
		length(&bad, "kind", r.Kind, 120, true)
		length(&bad, "serial", r.Serial, 60, false)
		length(&bad, "place", r.Place, 60, false)
		if r.Interval < 0 || r.Interval > longestInterval {
			bad.Add("interval", "fault.out_of_range", 0, longestInterval)
		}
		notAfter(&bad, "since", r.Since, f.Today)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.write(KindRegistered, r)
	}
}

// The results of a verification.
const (
	Passed = "pass"
	Failed = "fail"
)

// Verification is one check of a tool against its acceptance criteria.
type Verification struct {
	Seq         int64  `json:"-"`
	By          string `json:"-"`
	Date        string `json:"date"`   // ISO
	Result      string `json:"result"` // "pass", "fail"
	Values      string `json:"values"` // what was found, in words and figures
	Certificate string `json:"certificate,omitempty"`
	Who         string `json:"by,omitempty"` // laboratory or person outside the house; empty: whoever writes
}

// Verify records a verification: a failed one stops the tool, a good one puts
// it back in date.
func Verify(v Verification) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.may(f); err != nil {
			return nil, err
		}
		if s.Withdrawn {
			return nil, fault.New(fault.Conflict, "tool.is_withdrawn", s.Name)
		}
		var bad fault.Problems
		if v.Date == "" {
			v.Date = f.Today
		}
		notAfter(&bad, "date", v.Date, f.Today)
		if !slices.Contains([]string{Passed, Failed}, v.Result) {
			bad.Add("result", "fault.choice")
		}
		length(&bad, "values", v.Values, 500, true)
		length(&bad, "certificate", v.Certificate, 80, false)
		length(&bad, "by", v.Who, 80, false)
		if s.Verified != nil && v.Date < s.Verified.Date {
			bad.Add("date", "tool.before_last", s.Verified.Date)
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.write(KindVerified, v)
	}
}

// Incident is a fall, a shock, a figure that made no sense.
type Incident struct {
	What string `json:"what"`
	Stop bool   `json:"stop"` // not to be used before a good verification
}

// Report records an incident.
func Report(x Incident) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.may(f); err != nil {
			return nil, err
		}
		var bad fault.Problems
		length(&bad, "what", x.What, 500, true)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.write(KindIncident, x)
	}
}

// Change is why a tool leaves or comes back.
type Change struct {
	Why string `json:"why"`
}

// Withdraw takes a tool out of service.
func Withdraw(x Change) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.may(f); err != nil {
			return nil, err
		}
		if s.Withdrawn {
			return nil, fault.New(fault.Conflict, "tool.is_withdrawn", s.Name)
		}
		return f.change(KindWithdrawn, x)
	}
}

// BringBack puts a tool back in service; its due date has not moved.
func BringBack(x Change) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.may(f); err != nil {
			return nil, err
		}
		if !s.Withdrawn {
			return nil, fault.New(fault.Conflict, "tool.is_in_service", s.Name)
		}
		return f.change(KindBack, x)
	}
}

func (f Facts) change(k journal.Kind, x Change) ([]journal.Draft, error) {
	var bad fault.Problems
	length(&bad, "why", x.Why, 300, true)
	if err := bad.Err(); err != nil {
		return nil, err
	}
	return f.write(k, x)
}

func length(bad *fault.Problems, field, text string, most int, needed bool) {
	n := len([]rune(strings.TrimSpace(text)))
	if needed && n == 0 {
		bad.Add(field, "fault.required")
	}
	bad.Text(field, text, most)
}

func notAfter(bad *fault.Problems, field, date, today string) {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		bad.Add(field, "fault.date")
	} else if date > today {
		bad.Add(field, "tool.in_future")
	}
}
