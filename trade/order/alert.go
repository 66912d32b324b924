package order

import (
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Kinds of entry of alerts to the hierarchy (C13). An alert stays open until
// somebody settles it: no page can close it by being left.
const (
	KindAlertRaised       journal.Kind = "alert_raised"
	KindAlertAcknowledged journal.Kind = "alert_acknowledged"
	KindAlertEscalated    journal.Kind = "alert_escalated"
	KindAlertSettled      journal.Kind = "alert_settled"
)

// What an alert is about.
const (
	RepairNeeded = "repair_needed" // a repair beyond replacement: pauses the branch of its step
	Overdue      = "overdue"       // promised for a day that is over; raised by the house's clockwork
)

// AlertAbouts lists what a person can raise an alert about, the usual one first.
func AlertAbouts() []string {
	return []string{RepairNeeded, "part_missing", "damage", "wrong_quote", "lost_piece", "other"}
}

// AlertOutcomes lists how an alert can be settled.
func AlertOutcomes() []string {
	return []string{"go_on", "repaired", "outside", "stopped", "unfounded"}
}

// AlertPatience is how long an alert waits for its first reader before it goes
// to the manager.
const AlertPatience = 4 * time.Hour

// Alert is what is raised.
type Alert struct {
	About string     `json:"about"`
	To    staff.Role `json:"to"`
	Step  string     `json:"step,omitempty"` // the step it was met at
	Note  string     `json:"note,omitempty" max:"500"`
	Day   string     `json:"day,omitempty"` // of an overdue one: the promise that was broken, ISO
}

// AlertAnswer acknowledges or settles an alert, or sends it further.
type AlertAnswer struct {
	Of      int64      `json:"of"` // number of the entry that raised it
	Outcome string     `json:"outcome,omitempty"`
	To      staff.Role `json:"to,omitempty"` // of an escalation
	Note    string     `json:"note,omitempty" max:"500"`
}

// AlertState is where an alert stands.
type AlertState struct {
	Alert
	Seq          int64
	By           string
	Since        time.Time
	Told         staff.Role // who has it now
	Acknowledged time.Time  // zero: nobody read it yet
	AckBy        string
	Escalated    time.Time
	Settled      time.Time // zero: open
	SettledBy    string
	Outcome      string
	Answer       string
}

// Open reports whether nobody settled it yet.
func (a AlertState) Open() bool { return a.Settled.IsZero() }

// RaiseAlert raises an alert. A repair beyond replacement names the step it was
// met at, whose branch of the work stops until it is settled.
func RaiseAlert(x Alert) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		clock := f.Who.ID == staff.SystemID && x.About == Overdue
		if !clock && !f.Who.May(staff.Work) {
			if err := f.Who.Must(staff.Note); err != nil {
				return nil, err
			}
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		if x.To == "" {
			x.To = staff.Watchmaker
			if x.About != RepairNeeded {
				x.To = staff.Manager
			}
		}
		var bad fault.Problems
		if !clock && !slices.Contains(AlertAbouts(), x.About) || !slices.Contains(staff.Roles(), x.To) {
			bad.Add("about", "order.unknown_choice")
		}
		if x.About == RepairNeeded && s.Stage == InWork && !s.hasStep(x.Step) {
			bad.Add("step", "alert.which_step")
		}
		if x.About == "other" && strings.TrimSpace(x.Note) == "" {
			bad.Add("note", "alert.note_needed")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		for _, a := range s.Alerts {
			if a.Open() && a.About == x.About && a.Step == x.Step && a.Day == x.Day && a.Note == x.Note {
				return nil, fault.New(fault.Conflict, "alert.already")
			}
		}
		keys := []string{"alert"}
		if x.Step != "" {
			keys = append(keys, "step/"+x.Step)
		}
		return f.one(KindAlertRaised, keys, x)
	}
}

// AcknowledgeAlert says that somebody it is for has read it.
func AcknowledgeAlert(x AlertAnswer) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		a, err := s.alertFor(x, f)
		if err != nil {
			return nil, err
		}
		if !a.Acknowledged.IsZero() {
			return nil, fault.New(fault.Conflict, "alert.acknowledged_already")
		}
		return f.one(KindAlertAcknowledged, []string{"alert"}, AlertAnswer{Of: x.Of})
	}
}

// SettleAlert ends an alert with what was decided.
func SettleAlert(x AlertAnswer) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		a, err := s.alertFor(x, f)
		if err != nil {
			return nil, err
		}
		var bad fault.Problems
		if !slices.Contains(AlertOutcomes(), x.Outcome) {
			bad.Add("outcome", "order.unknown_choice")
		}
		if strings.TrimSpace(x.Note) == "" {
			bad.Add("note", "order.why_needed")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		keys := []string{"alert"}
		if a.Step != "" {
			keys = append(keys, "step/"+a.Step)
		}
		return f.one(KindAlertSettled, keys, AlertAnswer{Of: x.Of, Outcome: x.Outcome, Note: x.Note})
	}
}

// EscalateAlert is the clockwork's: an alert nobody read in time goes further up.
func EscalateAlert(of int64) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		a := s.alert(of)
		if f.Who.ID != staff.SystemID || a == nil || !a.Due(f.Now) {
			return nil, fault.New(fault.Conflict, "alert.not_due")
		}
		return f.one(KindAlertEscalated, []string{"alert"}, AlertAnswer{Of: of, To: staff.Manager})
	}
}

// Due reports whether an alert that nobody read must go further up now.
func (a AlertState) Due(now time.Time) bool {
	return a.Open() && a.Acknowledged.IsZero() && a.Escalated.IsZero() && !now.Before(a.Since.Add(AlertPatience))
}

// For reports whether the alert is this person's to answer.
func (a AlertState) For(who staff.Actor) bool {
	return slices.Contains(who.Roles, staff.Manager) || slices.Contains(who.Roles, a.Told)
}

// alertFor finds an open alert that the actor may answer.
func (s State) alertFor(x AlertAnswer, f Facts) (*AlertState, error) {
	a := s.alert(x.Of)
	switch {
	case a == nil:
		return nil, fault.New(fault.NotFound, "alert.unknown")
	case !a.For(f.Who):
		return nil, fault.New(fault.Denied, "alert.not_yours", fault.Word("role."+string(a.Told)))
	case !a.Open():
		return nil, fault.New(fault.Conflict, "alert.settled_already")
	}
	return a, nil
}

func (s State) alert(of int64) *AlertState {
	for i := range s.Alerts {
		if s.Alerts[i].Seq == of {
			return &s.Alerts[i]
		}
	}
	return nil
}

// OpenAlerts lists those nobody settled yet, in order.
func (s State) OpenAlerts() []AlertState {
	var out []AlertState
	for _, a := range s.Alerts {
		if a.Open() && s.Corrected[a.Seq] == 0 {
			out = append(out, a)
		}
	}
	return out
}

// change applies f to a copy of the alert: a state once handed out stays as it was.
func (s *State) changeAlert(of int64, f func(*AlertState)) {
	s.Alerts = slices.Clone(s.Alerts)
	if a := s.alert(of); a != nil {
		f(a)
	}
}
