package workshop

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/mail"
)

// Leases and tries of what follows an entry.
const (
	followLease   = time.Minute
	followPatient = followLease / 2 // for one row, so that its lease outlives it
	followMost    = 8               // tries before a row waits for somebody to decide
	followAtOnce  = 8
	followWait    = 30 * time.Second // after the first failure, doubled each time
)

// Follow does what is due after entries, until there is nothing more, and
// returns how much was done. Several processes may follow one book: each row is
// leased to one of them, rows of one sheet are done one after another, and each is
// harmless when repeated.
func (w *Workshop) Follow(ctx context.Context, send mail.Sender) (done int, err error) {
	for {
		var due []journal.After
		err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) (err error) {
			due, err = tx.ClaimAfter(ctx, w.Now().UTC(), followLease, followAtOnce)
			return err
		})
		if err != nil || len(due) == 0 {
			return done, err
		}
		failed := make([]error, len(due))
		var group sync.WaitGroup
		for i, a := range due {
			group.Go(func() { failed[i] = w.followOne(ctx, a, send) })
		}
		group.Wait()
		if err := errors.Join(failed...); err != nil {
			return done, err
		}
		done += len(due)
	}
}

// followOne does one row; a failure puts it back with a longer wait.
func (w *Workshop) followOne(ctx context.Context, a journal.After, send mail.Sender) error {
	failed := w.attempt(ctx, a, send)
	if failed != nil && ctx.Err() != nil {
		return ctx.Err() // stopping is not the row's failure: its lease runs out
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		if failed == nil {
			return tx.DoneAfter(ctx, a)
		}
		wait := followWait << min(a.Tries, 10)
		return tx.RetryAfter(ctx, a, w.Now().UTC().Add(wait), reason(failed), a.Tries+1 >= followMost)
	})
}

// reason is what the page of what failed says: the sentence's key where there is one.
func reason(err error) string {
	var f *fault.Error
	if errors.As(err, &f) && f.Key != "" && f.Kind != fault.Internal {
		return f.Key
	}
	return err.Error()
}

// attempt does what the row asks for. A panic is its failure, not the process's.
func (w *Workshop) attempt(ctx context.Context, a journal.After, send mail.Sender) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("workshop.follow: %v\n%s", p, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, followPatient)
	defer cancel()
	switch a.Kind {
	case afterQuote, afterRemind, afterMore, afterQuit, afterWatch:
		return w.tell(ctx, a, send)
	case afterAlert:
		return w.alert(ctx, a, send)
	case afterRaised:
		return w.tellRaised(ctx, a, send)
	case afterReport:
		return w.keepReport(ctx, a)
	}
	return fault.New(fault.Internal, "fault.internal", a.Kind)
}
