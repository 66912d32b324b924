package equipment

import (
	"strings"
	"time"
)

// Row is a tool's line on lists: a pure function of its sheet.
type Row struct {
	House, Sheet string
	Name, Kind   string
	Serial       string
	Place        string
	Due          string // ISO date; empty where no verification is needed
	Interval     int    // days
	Instrument   bool
	Stopped      bool
	Drifts       bool // a control chart stands in alarm
	Withdrawn    bool
	Last         time.Time
	Seq          int64
}

// RowOf reads the row off the state.
func RowOf(s State) Row {
	return Row{House: s.House, Sheet: s.Sheet, Name: s.Name, Kind: s.Kind, Serial: s.Serial, Place: s.Place, Due: s.Due(),
		Interval: s.Interval, Instrument: s.Instrument, Stopped: s.Stopped, Drifts: s.Drifts(), Withdrawn: s.Withdrawn, Last: s.Last, Seq: s.Seq}
}

// mostCalled is how many signs an entry says of the instrument a figure came from.
const mostCalled = 80

// Called is how an instrument stands in the entries of what it measured: its name
// and its serial number, as they are on its sheet that day.
func (r Row) Called() string {
	name := r.Name
	if r.Serial != "" {
		name += ", " + r.Serial
	}
	runes := []rune(name)
	return strings.TrimSpace(string(runes[:min(len(runes), mostCalled)]))
}

// Status is how a tool stands on a day.
type Status string

// The states of a tool, most urgent first.
const (
	StatusWithdrawn Status = "withdrawn"
	StatusStopped   Status = "stopped"
	StatusOverdue   Status = "overdue"
	StatusSoon      Status = "soon" // due within SoonDays
	StatusInDate    Status = "in_date"
	StatusFree      Status = "free" // needs no verification
)

// SoonDays is how long before its due date a tool is announced.
const SoonDays = 30

// StatusOn says how the tool stands on the ISO date today. On its due date
// itself it may still be relied on.
func (r Row) StatusOn(today string) Status {
	switch {
	case r.Withdrawn:
		return StatusWithdrawn
	case r.Stopped:
		return StatusStopped
	case r.Due == "":
		return StatusFree
	case r.Due < today:
		return StatusOverdue
	}
	at, err := time.Parse(time.DateOnly, today)
	if err == nil && r.Due <= at.AddDate(0, 0, SoonDays).Format(time.DateOnly) {
		return StatusSoon
	}
	return StatusInDate
}

// Usable reports whether a figure of the tool may be relied on that day.
func (r Row) Usable(today string) bool {
	switch r.StatusOn(today) {
	case StatusSoon, StatusInDate, StatusFree:
		return true
	}
	return false
}
