package store

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"etabli.example/fault"
)

// unit is one unit of work in progress: a transaction and what follows it.
type unit struct {
	store    *Store
	pool     *pool
	tx       *sql.Tx
	readOnly bool
	writes   int
	doomed   error // a joined part that wrote has failed: the whole must not commit
	after    []func()
}

// Tx is one unit of work on the book of one house. It is good only inside the
// function it was given to, and not for use by several goroutines at once.
type Tx struct {
	u     *unit
	house string
}

// House returns the id of the house whose book this is.
func (t *Tx) House() string { return t.house }

// After has f called once the whole unit of work is committed, never when it
// is not, in the order of the calls. f must not fail: what must not be lost is an
// after row.
func (t *Tx) After(f func()) { t.u.after = append(t.u.after, f) }

type unitKey struct{ store *Store }

// After is Tx.After for whoever holds only the context of a unit of work. It
// reports false, and forgets f, where there is none.
func (h *House) After(ctx context.Context, f func()) bool {
	u, ok := ctx.Value(unitKey{h.store}).(*unit)
	if ok {
		u.after = append(u.after, f)
	}
	return ok
}

// Do runs a unit of work. Called inside another of the same store it joins that
// one, which commits or fails as a whole. After a lost race the outermost
// function is run again from its start, so it must do nothing but through tx.
func (h *House) Do(ctx context.Context, work func(context.Context, *Tx) error) error {
	u, ok := ctx.Value(unitKey{h.store}).(*unit)
	if !ok {
		return h.store.run(ctx, false, h.house, work)
	}
	if u.readOnly {
		return fault.Wrap("store.Do", errors.New("a unit of work inside a reading"))
	}
	before := u.writes
	err := work(ctx, &Tx{u, h.house})
	if err != nil && u.writes != before {
		u.doomed = err
	}
	return err
}

// View reads one snapshot. Inside a unit of work it sees what that wrote.
func (h *House) View(ctx context.Context, read func(context.Context, *Tx) error) error {
	if u, ok := ctx.Value(unitKey{h.store}).(*unit); ok {
		return read(ctx, &Tx{u, h.house})
	}
	return h.store.run(ctx, true, h.house, read)
}

// tries bounds how often a unit of work is run again after a lost race.
const tries = 8

func (s *Store) run(ctx context.Context, readOnly bool, house string, work func(context.Context, *Tx) error) error {
	for try := 1; ; try++ {
		u := &unit{store: s, pool: s.write, readOnly: readOnly}
		if readOnly {
			u.pool = s.read
		}
		err := s.once(ctx, u, house, work)
		if err == nil {
			for _, f := range u.after {
				f()
			}
			return nil
		}
		if try == tries || s.classOf(err) != again {
			return s.wrap("store.Do", err)
		}
		if err := pause(ctx, try); err != nil {
			return s.wrap("store.Do", err)
		}
	}
}

// once runs the work in one transaction.
func (s *Store) once(ctx context.Context, u *unit, house string, work func(context.Context, *Tx) error) (err error) {
	opts := s.engine.writeOpts
	if u.readOnly {
		opts = s.engine.readOpts
	}
	if u.tx, err = u.pool.begin(ctx, opts); err != nil {
		return err
	}
	defer func() { _ = u.tx.Rollback() }() // after a commit this does nothing
	if err = work(context.WithValue(ctx, unitKey{s}, u), &Tx{u, house}); err != nil {
		return err
	}
	if u.doomed != nil {
		return u.doomed
	}
	return u.tx.Commit()
}

// pause waits a little longer each time, not the same for everybody.
func pause(ctx context.Context, try int) error {
	d := time.Duration(1<<try) * time.Millisecond
	t := time.NewTimer(d/2 + rand.N(d))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
