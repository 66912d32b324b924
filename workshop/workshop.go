package workshop

import (
	"context"
	"crypto/ed25519"
	"io"
	"log/slog"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/competence"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Blobs keeps bytes by content hash; what Put returns is durable.
type Blobs interface {
	Put(ctx context.Context, r io.Reader, limit int64) (hash string, size int64, err error)
	Open(ctx context.Context, hash string) (io.ReadCloser, error)
}

// Workshop is one house at work. Every field is set once, before use.
type Workshop struct {
	Book   Book
	Blobs  Blobs
	Now    func() time.Time
	Zone   *time.Location
	Site   string // three letters, of the numbers this process gives
	Demo   bool   // people are chosen by a click; nothing is sent outside
	Base   string // address people reach the pages at, for links and QR codes
	Log    *slog.Logger
	Signer ed25519.PrivateKey // signs passports; nil: none are issued
	Secret []byte             // key that signs proofs given on the customer's page; nil: they end with the process

	// Erased notes outside the book that a person was erased, before it is done;
	// nil where nobody keeps such a list.
	Erased func(id string) error

	signIns   tries
	forecasts forecasts
	lessons   lessons
	setup     gate
	diagnosed readOff[*Confirmed]
	jobs      readOff[*order.Job]
	proofs    readOff[[]competence.Proof]
}

// Today is the date at the counter, ISO.
func (w *Workshop) Today() string { return w.Now().In(w.Zone).Format("2006-01-02") }

// Act says what a person saw when they acted, and names the entry they make:
// the same Entry sent twice is written once.
type Act struct {
	Who   staff.Actor
	Sheet string
	Seen  int64  // number of the last entry on the page they acted from; -1 where that does not matter
	Entry string // id made with the form; empty: a new one
	// Happened is when it was done, as claimed by a device that had no network; zero: now.
	Happened time.Time
	// Own are entries the same device made before this one and has sent already: they
	// were written after what the page saw, and are no news to whoever acts.
	Own []string
}

// prepare runs inside the unit of work, before the decision.
type prepare func(ctx context.Context, tx Tx, s order.State) error

// decide runs a decision on a sheet and writes what it says. After a lost race
// the decision runs on the new state, and is appended without asking only if it
// still passes and nobody touched the same keys since; moves and quotes never
// merge by themselves.
func (w *Workshop) decide(ctx context.Context, a Act, d order.Decision, before ...prepare) (order.State, error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	now := w.Now().UTC().Truncate(time.Microsecond)
	var out order.State
	err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		entries, err := tx.Sheet(ctx, a.Sheet)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		s, err := order.Fold(entries)
		if err != nil {
			return fault.Wrap("workshop.decide", err)
		}
		if wrote(entries, a.Entry) {
			out = s
			return nil
		}
		for _, p := range before {
			if err := p(ctx, tx, s); err != nil {
				return err
			}
		}
		drafts, err := d(s, order.Facts{Now: now, Who: a.Who, EntryID: a.Entry, Happened: a.claimed(now, entries)})
		if err != nil {
			return err
		}
		if raced(entries, a.Seen, a.Own, drafts) {
			return fault.New(fault.Stale, "order.stale")
		}
		out, err = w.write(ctx, tx, a.Sheet, s, drafts, now)
		return err
	})
	return out, err
}

// write appends the drafts and fills the lists, in the caller's unit of work.
func (w *Workshop) write(ctx context.Context, tx Tx, sheet string, s order.State, drafts []journal.Draft, now time.Time) (order.State, error) {
	for i := range drafts {
		if i > 0 {
			drafts[i].ID = drafts[0].ID + "-" + string(rune('a'+i))
		}
	}
	written, _, err := tx.Append(ctx, sheet, s.Seq, drafts, now)
	if err != nil {
		return s, err
	}
	for _, e := range written {
		if err := s.Apply(e); err != nil {
			return s, fault.Wrap("workshop.write", err)
		}
	}
	row := order.RowOf(s)
	if err := tx.PutOrder(ctx, row, row.Terms()); err != nil {
		return s, err
	}
	if row.Closed {
		return s, tx.PurgeAccommodation(ctx, sheet)
	}
	return s, nil
}

func wrote(entries []journal.Entry, id string) bool {
	for _, e := range entries {
		if e.ID == id {
			return true
		}
	}
	return false
}

// claimed is when the act happened: never before what opened the sheet, and never
// in the future whatever the device's clock says.
func (a Act) claimed(now time.Time, entries []journal.Entry) time.Time {
	switch {
	case a.Happened.IsZero() || a.Happened.After(now):
		return now
	case len(entries) > 0 && a.Happened.Before(entries[0].Recorded):
		return entries[0].Recorded
	}
	return a.Happened.UTC().Truncate(time.Microsecond)
}

// raced reports whether somebody touched the same keys since the page was shown;
// what the same device wrote meanwhile is no race.
func raced(entries []journal.Entry, seen int64, own []string, drafts []journal.Draft) bool {
	if seen < 0 || seen >= int64(len(entries)) {
		return false
	}
	since := entries[seen:]
	if len(own) > 0 {
		since = slices.DeleteFunc(slices.Clone(since), func(e journal.Entry) bool { return slices.Contains(own, e.ID) })
	}
	for _, d := range drafts {
		if journal.Touches(since, d.Keys) {
			return true
		}
	}
	return false
}

// state reads and folds one sheet, and puts the workshop's own values beside it.
func state(ctx context.Context, tx Tx, sheet string) (order.State, []journal.Entry, error) {
	entries, err := tx.Sheet(ctx, sheet)
	if err != nil {
		return order.State{}, nil, err
	}
	s, err := order.Fold(entries)
	if err != nil {
		return s, entries, fault.Wrap("workshop.state", err)
	}
	s.Watch.Own, err = ownValues(ctx, tx)
	return s, entries, err
}
