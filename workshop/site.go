package workshop

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/staff"
)

// Site is a place of the house where watches are received and repaired.
type Site struct {
	Code    string   `json:"code"` // of the numbers given here: "PAR"
	Name    string   `json:"name"`
	Address []string `json:"address,omitempty"`
	Days    [7]Hours `json:"days"`             // Monday first
	Closed  []string `json:"closed,omitempty"` // ISO dates on which it is shut all the same
	Benches []string `json:"benches,omitempty"`

	ReceiptPrinter string `json:"receipt_printer,omitempty"` // as people call it
	LabelPrinter   string `json:"label_printer,omitempty"`
}

// Hours is when a site is open on one day of the week, "09:30" to "19:00"; both
// empty where it is not.
type Hours struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// Shut reports whether the site is not open at all that day.
func (h Hours) Shut() bool { return h.From == "" && h.To == "" }

func (h Hours) ok() bool {
	from, errFrom := time.Parse("15:04", h.From)
	to, errTo := time.Parse("15:04", h.To)
	return h.Shut() || errFrom == nil && errTo == nil && from.Before(to)
}

// OpenOn reports whether the site is open on a day. One that never said its
// days is open but on Sundays.
func (s Site) OpenOn(day time.Time) bool {
	at := (int(day.Weekday()) + 6) % 7
	if s.Days == ([7]Hours{}) {
		return at != 6
	}
	return !s.Days[at].Shut() && !slices.Contains(s.Closed, day.Format(time.DateOnly))
}

const (
	sitesKey     = "sites"
	mostSites    = 100
	mostBenches  = 200
	mostClosed   = 400
	longestFound = 60 // days to look ahead for one that is open
)

// Sites returns the places of the house, the main one first; none where nobody
// entered them.
func (w *Workshop) Sites(ctx context.Context) (sites []Site, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { sites, err = sitesIn(ctx, tx); return err })
	return sites, err
}

func sitesIn(ctx context.Context, tx Tx) (sites []Site, err error) {
	text, err := tx.Setting(ctx, sitesKey)
	if err != nil || text == "" {
		return nil, err
	}
	return sites, fault.Wrap("workshop.sites", json.Unmarshal([]byte(text), &sites))
}

// SaveSites changes the places of the house. A fault's fields are named
// field.N, N from 0.
func (w *Workshop) SaveSites(ctx context.Context, who staff.Actor, sites []Site) error {
	if err := who.Must(staff.ManagePeople); err != nil {
		return err
	}
	if err := checkSites(sites); err != nil {
		return err
	}
	text, err := json.Marshal(sites)
	if err != nil {
		return fault.Wrap("workshop.SaveSites", err)
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutSetting(ctx, sitesKey, string(text)) })
}

func checkSites(sites []Site) error {
	var bad fault.Problems
	seen, benches := map[string]bool{}, map[string]bool{}
	if len(sites) == 0 {
		bad.Add("code.0", "site.needed")
	}
	if len(sites) > mostSites {
		bad.Add("code.0", "site.too_many", mostSites)
	}
	for i, s := range sites {
		at := "." + strconv.Itoa(i)
		switch {
		case !ident.ValidSite(s.Code):
			bad.Add("code"+at, "site.code_form")
		case seen[s.Code]:
			bad.Add("code"+at, "site.code_twice", s.Code)
		}
		seen[s.Code] = true
		if n := len([]rune(s.Name)); n < 2 || n > 80 {
			bad.Add("name"+at, "site.name_length")
		}
		for d, h := range s.Days {
			if !h.ok() {
				bad.Add("day"+at+"."+strconv.Itoa(d), "site.hours_form")
			}
		}
		for _, day := range s.Closed {
			if _, err := time.Parse(time.DateOnly, day); err != nil {
				bad.Add("closed"+at, "site.closed_form", day)
			}
		}
		if len(s.Benches) > mostBenches || len(s.Closed) > mostClosed {
			bad.Add("benches"+at, "site.too_many", mostBenches)
		}
		for _, b := range s.Benches {
			if len([]rune(b)) > 40 {
				bad.Add("benches"+at, "site.bench_length")
			}
			if benches[strings.ToLower(b)] {
				bad.Add("benches"+at, "site.bench_twice", b)
			}
			benches[strings.ToLower(b)] = true
		}
	}
	return bad.Err()
}

// siteAt is the site whose bench somebody works at, the main one where it is
// nobody's.
func siteAt(sites []Site, bench string) Site {
	for _, s := range sites {
		if slices.Contains(s.Benches, bench) {
			return s
		}
	}
	if len(sites) > 0 {
		return sites[0]
	}
	return Site{}
}

// siteCode is the letters of the numbers that somebody's act takes.
func (w *Workshop) siteCode(ctx context.Context, tx Tx, who staff.Actor) (string, error) {
	sites, err := sitesIn(ctx, tx)
	if code := siteAt(sites, who.Bench).Code; code != "" {
		return code, err
	}
	return w.Site, err
}

// SiteOf returns the site somebody works at; its zero value where the house
// never said its sites.
func (w *Workshop) SiteOf(ctx context.Context, who staff.Actor) (Site, error) {
	sites, err := w.Sites(ctx)
	return siteAt(sites, who.Bench), err
}

// OpenDay is the first day from a day on, at which the site somebody works at
// is open.
func (w *Workshop) OpenDay(ctx context.Context, who staff.Actor, from time.Time) (time.Time, error) {
	s, err := w.SiteOf(ctx, who)
	if err != nil {
		return from, err
	}
	for day, n := from, 0; n < longestFound; day, n = day.AddDate(0, 0, 1), n+1 {
		if s.OpenOn(day) {
			return day, nil
		}
	}
	return from, nil
}

// FirstNumber returns the number the next order of a site gets this year.
func (w *Workshop) FirstNumber(site string, last int) string {
	return ident.Number{Site: site, Year: w.Now().In(w.Zone).Year(), Seq: last + 1}.String()
}

// mostLast leaves room for a year's orders after whatever an old book ended with.
const mostLast = 900_000

// BeginNumbers continues an older series: the next order of the site gets the
// number after last. Once the house has an order the series has begun and
// stays as it is, since numbers have no gaps.
func (w *Workshop) BeginNumbers(ctx context.Context, who staff.Actor, site string, last int) error {
	if err := who.Must(staff.ManagePeople); err != nil {
		return err
	}
	if last < 0 || last > mostLast {
		var bad fault.Problems
		bad.Add("last", "site.last_form", mostLast)
		return bad.Err()
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		begun, err := tx.LastNumber(ctx, site, w.Now().In(w.Zone).Year(), "order")
		if err != nil || begun == last {
			return err
		}
		given, err := anyOrder(ctx, tx)
		if err != nil {
			return err
		}
		if given {
			var bad fault.Problems
			bad.Add("last", "site.begun")
			return bad.Err()
		}
		return tx.BeginNumber(ctx, site, w.Now().In(w.Zone).Year(), "order", last)
	})
}

// LastNumber is the last number a site gave this year; 0 before the first.
func (w *Workshop) LastNumber(ctx context.Context, site string) (last int, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		last, err = tx.LastNumber(ctx, site, w.Now().In(w.Zone).Year(), "order")
		return err
	})
	return last, err
}
