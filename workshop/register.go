package workshop

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/register"
	"etabli.example/trade/staff"
)

// RegisterView is a year's register as one person may read it.
type RegisterView struct {
	register.State
	Year      int
	Years     []int               // that have a register, the latest first; the one shown is among them
	Incidents []register.Incident // those the person may read, the latest first
	Words     map[string]string   // saying id → text
	People    map[string]string
	Broken    error // nil where the chain is whole
}

// Register reads the register of a year; 0 is this one. A year nobody wrote in is
// empty.
func (w *Workshop) Register(ctx context.Context, who staff.Actor, year int) (v RegisterView, err error) {
	if err := who.Must(staff.See); err != nil {
		return v, err
	}
	if year == 0 {
		year = w.Now().In(w.Zone).Year()
	}
	v.Year = year
	sheet := register.SheetOf(year)
	var entries []journal.Entry
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		v.Years = nil
		if entries, err = tx.Sheet(ctx, sheet); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if v.State, err = register.Fold(entries); err != nil {
			return fault.Wrap("workshop.Register", err)
		}
		if v.People, err = names(ctx, tx); err != nil {
			return err
		}
		v.Incidents, v.Words = v.State.SeenBy(who), map[string]string{}
		for _, x := range v.Incidents {
			for _, f := range x.Followed {
				said, err := tx.Said(ctx, f.Words.ID)
				if err != nil && !fault.Is(err, fault.NotFound) {
					return err
				}
				v.Words[f.Words.ID] = said.Text
			}
		}
		v.Years, err = registerYears(ctx, tx, year)
		return err
	})
	v.Broken = journal.Check(v.House, sheet, entries)
	return v, err
}

func registerYears(ctx context.Context, tx Tx, shown int) ([]int, error) {
	out := []int{shown}
	for _, k := range register.Kinds() {
		sheets, err := tx.SheetsWith(ctx, k, time.Time{})
		if err != nil {
			return nil, err
		}
		for _, s := range sheets {
			if y, err := strconv.Atoi(register.YearOf(s)); err == nil && !slices.Contains(out, y) {
				out = append(out, y)
			}
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out, nil
}

// OpenIncidents counts the incidents of this year and the last that nobody closed.
func (w *Workshop) OpenIncidents(ctx context.Context) (n int, err error) {
	year := w.Now().In(w.Zone).Year()
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		n = 0
		for _, y := range []int{year - 1, year} {
			entries, err := tx.Sheet(ctx, register.SheetOf(y))
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			s, err := register.Fold(entries)
			if err != nil {
				return fault.Wrap("workshop.OpenIncidents", err)
			}
			n += s.Open()
		}
		return nil
	})
	return n, err
}

// HandOverWaste records waste handed over, in the register of the year it was
// handed over in.
func (w *Workshop) HandOverWaste(ctx context.Context, a Act, x register.Waste) (register.State, error) {
	year := w.Now().In(w.Zone).Year()
	if at, err := time.Parse(time.DateOnly, x.Date); err == nil && at.Year() > year-10 && at.Year() <= year {
		year = at.Year()
	}
	return w.decideRegister(ctx, a, year, register.HandOver(x))
}

// StrikeWaste strikes a line of a year's register.
func (w *Workshop) StrikeWaste(ctx context.Context, a Act, year int, x register.Strike) (register.State, error) {
	return w.decideRegister(ctx, a, year, register.StrikeOut(x))
}

// ReportIncident records an incident or a near-miss in this year's register.
func (w *Workshop) ReportIncident(ctx context.Context, a Act, x register.Incident) (register.State, error) {
	return w.decideRegister(ctx, a, w.Now().In(w.Zone).Year(), register.Report(x))
}

// FollowIncident adds words to an incident, and closes it where asked.
func (w *Workshop) FollowIncident(ctx context.Context, a Act, year int, of int64, words string, done bool) (register.State, error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	words = strings.TrimSpace(words)
	var bad fault.Problems
	if bad.Text("words", words, fault.Page); len(bad) > 0 {
		return register.State{}, bad.Err()
	}
	said := journal.Said{ID: a.Entry + "-q", Person: a.Who.ID, Text: words, Salt: ident.Token()}
	return w.decideRegister(ctx, a, year, register.Follow(register.FollowUp{Of: of, Words: said.Saying(), Close: done}, words != ""),
		func(ctx context.Context, tx Tx) error { return tx.PutSaid(ctx, said) })
}

// decideRegister runs a decision on a year's register; with runs in the same unit
// of work once the decision has passed.
func (w *Workshop) decideRegister(ctx context.Context, a Act, year int, d register.Decision, with ...func(context.Context, Tx) error) (register.State, error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	a.Sheet = register.SheetOf(year)
	now := w.Now().UTC().Truncate(time.Microsecond)
	var s register.State
	err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		entries, err := tx.Sheet(ctx, a.Sheet)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if s, err = register.Fold(entries); err != nil {
			return fault.Wrap("workshop.decideRegister", err)
		}
		if wrote(entries, a.Entry) {
			return nil
		}
		drafts, err := d(s, register.Facts{Now: now, Today: w.Today(), Year: year, Who: a.Who, EntryID: a.Entry})
		if err != nil {
			return err
		}
		if raced(entries, a.Seen, a.Own, drafts) {
			return fault.New(fault.Stale, "register.stale")
		}
		for _, f := range with {
			if err := f(ctx, tx); err != nil {
				return err
			}
		}
		written, _, err := tx.Append(ctx, a.Sheet, s.Seq, drafts, now)
		if err != nil {
			return err
		}
		for _, e := range written {
			if err := s.Apply(e); err != nil {
				return fault.Wrap("workshop.decideRegister", err)
			}
		}
		return nil
	})
	return s, err
}
