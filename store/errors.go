package store

import (
	"context"
	"database/sql"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"etabli.example/fault"
)

// class is what an engine's error means to us.
type class uint8

const (
	internal  class = iota
	again           // a lost race: run the unit of work again
	duplicate       // a key that is taken
	away            // the engine cannot be reached, or is held by another process
	full            // no space left, or not writable
)

// sqliteClass reads SQLite's result codes.
func sqliteClass(err error) class {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return internal
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return duplicate
	case sqlite3.SQLITE_BUSY_SNAPSHOT:
		return again
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return again
	case sqlite3.SQLITE_CANTOPEN:
		return away
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR:
		return full
	}
	return internal
}

func (s *Store) classOf(err error) class {
	if errors.Is(err, sql.ErrConnDone) {
		return away
	}
	return s.engine.classify(err)
}

// wrap turns an engine's error into the house's, once; faults pass unchanged.
func (s *Store) wrap(op string, err error) error {
	var known *fault.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	kind, key := fault.Internal, "fault.internal"
	switch s.classOf(err) {
	case duplicate:
		kind, key = fault.Conflict, "fault.conflict"
	case again, away, full:
		kind, key = fault.Unavailable, "fault.unavailable"
	case internal:
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			kind, key = fault.Unavailable, "fault.unavailable"
		}
	}
	return &fault.Error{Kind: kind, Op: op, Key: key, Err: err}
}
