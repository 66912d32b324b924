package order

import (
	"time"

	"etabli.example/ident"
	"etabli.example/trade/watch"
)

// Row is an order's line on boards and lists: a pure function of its sheet. What
// depends on the clock (late, at risk) is computed when the row is read.
type Row struct {
	House, Sheet string
	Number       string
	Site         string
	Year, Ord    int // year and sequence within it, out of the number
	Stage        Stage
	StageSince   time.Time
	Opened       time.Time
	Last         time.Time
	Closed       bool
	Customer     string
	WatchID      string
	Brand, Model string
	Calibre      string
	Kind         watch.Kind
	CaseNo       string
	Technician   string
	Promised     string // ISO date or empty
	Purpose      string
	Beyond       bool // out of the technician's perimeter
	QuoteUntil   time.Time
	Alerts       int    // open ones
	Approval     string // until when the last quote waits for approval, RFC 3339; empty where it does not
	Alerted      string // when the oldest open one was raised, RFC 3339; empty where none is
	Seq          int64
}

// RowOf reads the row off the state.
func RowOf(s State) Row {
	r := Row{House: s.House, Sheet: s.Sheet, Number: s.Number, Site: s.Site, Stage: s.Stage, StageSince: s.StageSince,
		Opened: s.Opened, Last: s.Last, Closed: s.Stage.Closed(), Customer: s.Customer, WatchID: s.WatchID,
		Brand: s.Watch.Brand, Model: s.Watch.Model, Calibre: s.Watch.CalibreTitle(), Kind: s.Watch.Kind,
		CaseNo: s.Watch.CaseNo, Technician: s.Technician, Promised: s.Promised, Purpose: s.Purpose,
		Beyond: s.Watch.Beyond != "", Seq: s.Seq}
	if open := s.OpenAlerts(); len(open) > 0 {
		r.Alerts, r.Alerted = len(open), open[0].Since.UTC().Format(time.RFC3339)
	}
	if until := s.Awaiting(); !until.IsZero() {
		r.Approval = until.UTC().Format(time.RFC3339)
	}
	if n, err := ident.ParseNumber(s.Number); err == nil {
		r.Year, r.Ord = n.Year, n.Seq
	}
	if q := s.LastQuote(); q != nil && s.Stage == QuoteSent {
		r.QuoteUntil = q.Until
	}
	return r
}

// Late reports whether the promise is broken on the ISO date today.
func (r Row) Late(today string) bool {
	return !r.Closed && r.Stage != Ready && r.Promised != "" && r.Promised < today
}

// DueToday reports whether the watch is promised for the ISO date today.
func (r Row) DueToday(today string) bool { return !r.Closed && r.Stage != Ready && r.Promised == today }

// Terms are the words the order is found by, beside its customer's: number,
// brand, model, calibre, case number.
func (r Row) Terms() []string {
	return []string{r.Number, r.Brand, r.Model, r.Calibre, r.CaseNo}
}

// Query asks for a page of rows.
type Query struct {
	Stages     []Stage // any of; empty: every stage
	Open       bool    // only orders that are not closed
	Technician string
	Customer   string
	WatchID    string
	Site       string
	After      string // number of the last row of the page before; empty for the first page
	Limit      int    // at most 200; 0 means 50
}
