package store

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"etabli.example/fault"
)

// unit is one unit of work in progress: a transaction and what follows it.
type unit struct {
	store    *Store
	pool     *pool
	tx       *sql.Tx
	readOnly bool
	shared   bool // the transaction is others' as well
	careful  bool // an append met its own id last time: look first
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

// calm is the context of a statement. Where others write in the same
// transaction a statement is never interrupted half-way, which would take back
// theirs as well; whether the person has gone is looked at before the end.
func (u *unit) calm(ctx context.Context) context.Context {
	if u.shared {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

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

func (s *Store) run(ctx context.Context, readOnly bool, house string, work func(context.Context, *Tx) error) error {
	careful := false
	for try, lost := 1, 0; ; try++ {
		u := &unit{store: s, pool: s.write, readOnly: readOnly, careful: careful}
		once := s.once
		switch {
		case readOnly:
			u.pool = s.read
		case s.group != nil:
			once = s.group.once
		}
		err := s.turn(try, readOnly, func() error { return once(ctx, u, house, work) })
		if err == nil {
			for _, f := range u.after {
				f()
			}
			return nil
		}
		switch s.classOf(err) {
		case again:
		case repeated:
			careful = true
			continue // the careful run looks before it writes, and cannot meet this again
		case away:
			if lost++; lost == lostTries {
				return s.wrap("store.Do", err)
			}
		default:
			return s.wrap("store.Do", err)
		}
		if try >= s.engine.tries {
			return s.wrap("store.Do", err)
		}
		if err := pause(ctx, try); err != nil {
			return s.wrap("store.Do", err)
		}
	}
}

// turn runs one try of a unit of work: the first beside others, the next ones
// alone in this process, so that a race is lost once and not again and again. On
// SQLite the writer is alone anyway.
func (s *Store) turn(try int, readOnly bool, once func() error) error {
	switch {
	case readOnly || s.group != nil:
	case try == 1:
		s.alone.RLock()
		defer s.alone.RUnlock()
	default:
		s.alone.Lock()
		defer s.alone.Unlock()
	}
	return once()
}

// lostTries is how often a unit of work is begun on an engine that is away: long
// enough for one connection that broke, not for a person to wait on a dead server.
const lostTries = 6

// once runs the work in one transaction of its own.
func (s *Store) once(ctx context.Context, u *unit, house string, work func(context.Context, *Tx) error) (err error) {
	opts := s.engine.writeOpts
	if u.readOnly {
		opts = s.engine.readOpts
	}
	if u.tx, err = u.pool.begin(ctx, opts); err != nil {
		return err
	}
	defer func() { _ = u.tx.Rollback() }() // after a commit this does nothing
	if err = u.do(ctx, house, work); err != nil {
		return err
	}
	if err = ctx.Err(); err != nil {
		return err
	}
	return s.settled(u.tx.Commit(), u.readOnly)
}

// do runs the work. What an engine refused dooms the whole unit of work, and
// tells what is to be done, whatever the work makes of it: PostgreSQL takes no
// further statement after it.
func (u *unit) do(ctx context.Context, house string, work func(context.Context, *Tx) error) error {
	err := work(context.WithValue(ctx, unitKey{u.store}, u), &Tx{u, house})
	if u.doomed != nil && (err == nil || u.store.classOf(err) == internal && u.store.classOf(u.doomed) != internal) {
		return u.doomed
	}
	return err
}

// settled reads the answer to a commit. A lost race is an answer; a lost
// connection is none.
func (s *Store) settled(err error, readOnly bool) error {
	if err == nil || readOnly || s.engine.name == "sqlite" {
		return err
	}
	var answer *pgconn.PgError
	if errors.As(err, &answer) && s.classOf(err) != away || errors.Is(err, pgx.ErrTxCommitRollback) || errors.Is(err, sql.ErrTxDone) {
		return err
	}
	return errors.Join(errUnsure, err)
}

// pause waits a little longer each time, up to a limit, not the same for everybody.
func pause(ctx context.Context, try int) error {
	d := time.Duration(1<<min(try, longestPause)) * time.Millisecond
	t := time.NewTimer(d/2 + rand.N(d))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// longestPause is a power of two, in milliseconds.
const longestPause = 8
