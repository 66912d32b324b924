package workshop

import (
	"context"
	"sort"
	"sync"
	"time"

	"etabli.example/diagnosis"
	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// standingYears is how far back confirmed diagnoses are looked at.
const standingYears = 3

// Confirmed is a diagnosis that a person established, beside what the machine
// had proposed at that moment, as the sheet keeps both.
type Confirmed struct {
	Kind  string // of the watch, as package diagnosis names it
	Cause string // the first that the person chose
	Place int    // of that cause among the proposals, from 1; 0 where it was not among them
	At    time.Time
	Found []string // findings the watch showed before the work, as the diagnosis reads them
}

// Standing is how often the machine's proposals were what people established.
type Standing struct {
	All     diagnosis.Standing
	ByCause []CauseStanding // most frequent first
	ByMonth []MonthStanding // oldest first
	Prior   int             // watches that the shipped frequencies count for
	PerRow  int             // watches with a cause that each shipped likelihood of it counts for
	Whole   bool            // false where more sheets were diagnosed than were read
}

// CauseStanding is the standing of one established cause.
type CauseStanding struct {
	Cause string
	diagnosis.Standing
}

// MonthStanding is the standing of one month, "2026-11".
type MonthStanding struct {
	Month string
	diagnosis.Standing
}

// OwnWeight is the share that the workshop's own diagnoses have in the
// frequencies, 0 to 1: as many watches as the shipped ones count for is a half.
func (s Standing) OwnWeight() float64 {
	return float64(s.All.Cases) / float64(s.All.Cases+s.Prior)
}

// lessons keeps what was read of the book for a while: every ranking asks for it.
type lessons struct {
	mu    sync.Mutex
	read  time.Time
	model *diagnosis.Model
}

// lessonsLast is how long the model learnt from the book stands before the book
// is read again.
const lessonsLast = 10 * time.Minute

// learnt returns the model that leans to this workshop's own diagnoses; where
// the book cannot be read, the one that ships.
func (w *Workshop) learnt(ctx context.Context) *diagnosis.Model {
	l := &w.lessons
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.model != nil && w.Now().Sub(l.read) < lessonsLast {
		return l.model
	}
	confirmed, _, err := w.confirmed(ctx)
	if err != nil {
		return diagnosis.Default()
	}
	var outcomes []diagnosis.Outcome
	for _, c := range confirmed {
		outcomes = append(outcomes, diagnosis.Outcome{Case: diagnosis.Case{Watch: diagnosis.Watch{Kind: c.Kind}}, Confirmed: c.Cause, Found: c.Found})
	}
	l.model, l.read = diagnosis.Default().With(outcomes), w.Now()
	return l.model
}

// confirmed reads the latest diagnoses of the book, the last of each sheet.
func (w *Workshop) confirmed(ctx context.Context) (out []Confirmed, whole bool, err error) {
	since := w.Now().AddDate(-standingYears, 0, 0)
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		sheets, err := tx.SheetsWith(ctx, order.KindDiagnosed, since)
		if err != nil {
			return err
		}
		n, err := tx.CountEntries(ctx, order.KindDiagnosed, since, mostStanding+1)
		if err != nil {
			return err
		}
		whole = n <= mostStanding
		for _, sheet := range sheets {
			c, err := w.diagnosed.of(ctx, tx, sheet, confirmedOn)
			if err != nil {
				return fault.Wrap("workshop.confirmed", err)
			}
			if c != nil {
				out = append(out, *c)
			}
		}
		return nil
	})
	return out, whole, err
}

// mostStanding is how many diagnoses the book hands out at most.
const mostStanding = 200

// confirmedOn reads the diagnosis that stands on a sheet; nil where the watch was
// out of the perimeter or no cause was named.
func confirmedOn(entries []journal.Entry) (*Confirmed, error) {
	s, err := order.Fold(entries)
	if err != nil || s.Diagnosis == nil || len(s.Diagnosis.Causes) == 0 || s.Diagnosis.Answer == diagnosis.AnswerOutOfPerimeter {
		return nil, err
	}
	c := &Confirmed{Kind: kindFor(s.Watch.Kind), Cause: s.Diagnosis.Causes[0], Found: diagnosis.Default().Found(CaseOf(s, ""))}
	for i, p := range s.Diagnosis.Proposed {
		if p.Cause == c.Cause {
			c.Place = i + 1
			break
		}
	}
	for _, e := range entries {
		if e.Kind == order.KindDiagnosed {
			c.At = e.Happened
		}
	}
	return c, nil
}

// Standing reads how often the first and the first three proposals were right.
func (w *Workshop) Standing(ctx context.Context, who staff.Actor) (Standing, error) {
	if err := who.Must(staff.SeeFigures); err != nil {
		return Standing{}, err
	}
	confirmed, whole, err := w.confirmed(ctx)
	if err != nil {
		return Standing{}, err
	}
	s := StandingOf(confirmed, w.Zone)
	s.Whole = whole
	return s, nil
}

// StandingOf counts confirmed diagnoses; months are those of the zone.
func StandingOf(confirmed []Confirmed, zone *time.Location) Standing {
	out := Standing{Prior: diagnosis.PriorWeight, PerRow: diagnosis.LikelihoodWeight}
	causes, months := map[string]*diagnosis.Standing{}, map[string]*diagnosis.Standing{}
	at := func(m map[string]*diagnosis.Standing, key string) *diagnosis.Standing {
		if m[key] == nil {
			m[key] = &diagnosis.Standing{}
		}
		return m[key]
	}
	for _, c := range confirmed {
		for _, s := range []*diagnosis.Standing{&out.All, at(causes, c.Cause), at(months, c.At.In(zone).Format("2006-01"))} {
			s.Cases++
			if c.Place == 1 {
				s.First++
			}
			if c.Place >= 1 && c.Place <= 3 {
				s.FirstThree++
			}
		}
	}
	for cause, s := range causes {
		out.ByCause = append(out.ByCause, CauseStanding{cause, *s})
	}
	sort.Slice(out.ByCause, func(i, j int) bool {
		a, b := out.ByCause[i], out.ByCause[j]
		return a.Cases > b.Cases || a.Cases == b.Cases && a.Cause < b.Cause
	})
	for month, s := range months {
		out.ByMonth = append(out.ByMonth, MonthStanding{month, *s})
	}
	sort.Slice(out.ByMonth, func(i, j int) bool { return out.ByMonth[i].Month < out.ByMonth[j].Month })
	return out
}
