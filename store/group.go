package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// group makes units of work durable together on SQLite, which has one writer
// and pays one flush of the disk a commit: those that wait while one is being
// written join its transaction, each behind a savepoint of its own, and all are
// acknowledged by one commit. A unit of work still sees all that came before it
// and nothing half done, and fails alone.
//
// The baton is held by the one that writes. Whoever finishes passes it on if
// somebody waits, and commits if nobody does, or if the batch is full.
type group struct {
	store   *Store
	baton   sync.Mutex
	waiting atomic.Int64
	open    *together     // under the baton: the batch that is being written
	flush   time.Duration // under the baton: what the last commit took
}

// together is one batch.
type together struct {
	tx    *sql.Tx
	began time.Time
	units int
	done  chan struct{} // closed when err is known
	err   error
}

// A batch is committed when it has so many units of work, or lasts longer than
// two flushes of this disk take, within limits: nobody waits much longer for
// others than for the disk.
const (
	mostTogether     = 64
	shortestTogether = 10 * time.Millisecond
	longestTogether  = 100 * time.Millisecond
)

// Statements of SQLite alone, outside the portable subset.
const (
	sqliteSave    = `savepoint unit`
	sqliteRelease = `release unit`
	sqliteUndo    = `rollback to unit`
)

// errGroup is a batch that failed for another's sake: begin again.
var errGroup = errors.New("store: written together with what failed")

func newGroup(s *Store) *group { return &group{store: s} }

// once runs the work as one of a batch and returns when that is durable.
func (g *group) once(ctx context.Context, u *unit, house string, work func(context.Context, *Tx) error) error {
	b, err := g.write(ctx, u, house, work)
	if err != nil {
		return err
	}
	<-b.done
	return b.err
}

// write takes the baton, runs the work in the batch, and passes the baton on.
func (g *group) write(ctx context.Context, u *unit, house string, work func(context.Context, *Tx) error) (b *together, err error) {
	g.waiting.Add(1)
	g.baton.Lock()
	g.waiting.Add(-1)
	defer g.baton.Unlock()
	if g.open == nil {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := g.begin(ctx); err != nil {
			return nil, err
		}
	}
	b = g.open
	kept := false
	defer func() { // also where the work panics
		if !kept {
			g.undo(b)
		}
		if g.open == b && (g.waiting.Load() == 0 || g.full(b)) {
			g.commit(b)
		}
	}()
	if err := b.save(); err != nil {
		return b, g.fail(b, err)
	}
	b.units++
	u.tx, u.shared = b.tx, true
	if err := u.do(ctx, house, work); err != nil {
		return b, err
	}
	if err := ctx.Err(); err != nil {
		return b, err
	}
	if err := b.release(); err != nil {
		return b, g.fail(b, err)
	}
	kept = true
	return b, nil
}

// full reports whether a batch has waited, or grown, enough.
func (g *group) full(b *together) bool {
	return b.units >= mostTogether || time.Since(b.began) > min(max(2*g.flush, shortestTogether), longestTogether)
}

// begin opens a batch. It outlives the one who began it.
func (g *group) begin(ctx context.Context) error {
	tx, err := g.store.write.begin(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	g.open = &together{tx: tx, began: time.Now(), done: make(chan struct{})}
	return nil
}

// save marks where a unit of work begins. The first of a batch needs no mark (it
// takes back the transaction), and its writing costs no copy of each page it
// touches, which is most of the price of a large one.
func (b *together) save() error {
	if b.units == 0 {
		return nil
	}
	_, err := b.tx.ExecContext(context.Background(), sqliteSave)
	return err
}

// release forgets the mark of a unit of work that is done.
func (b *together) release() error {
	if b.units <= 1 {
		return nil
	}
	_, err := b.tx.ExecContext(context.Background(), sqliteRelease)
	return err
}

// undo takes back one unit of work and leaves the others of its batch. Where it
// is the first there is nothing to leave: the batch ends, and nobody waits for it.
func (g *group) undo(b *together) {
	switch {
	case b.err != nil:
		return
	case b.units <= 1:
		_ = b.tx.Rollback()
		g.open = nil
		close(b.done)
		return
	}
	for _, text := range []string{sqliteUndo, sqliteRelease} {
		if _, err := b.tx.ExecContext(context.Background(), text); err != nil {
			_ = g.fail(b, err)
			return
		}
	}
}

// fail ends a batch that the engine gave up: a full disk takes back the whole
// transaction. The others begin again; err is for the one who met it.
func (g *group) fail(b *together, err error) error {
	if b.err == nil {
		b.err = errors.Join(errGroup, err)
		_ = b.tx.Rollback()
		g.open = nil
		close(b.done)
	}
	return err
}

// commit makes a batch durable and tells everybody in it.
func (g *group) commit(b *together) {
	began := time.Now()
	b.err = b.tx.Commit()
	g.flush = time.Since(began)
	if b.err != nil {
		_ = b.tx.Rollback()
	}
	g.open = nil
	close(b.done)
}
