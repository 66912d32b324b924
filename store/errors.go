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
	full            // no space left
	readOnly        // the disk takes no writes
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
	case sqlite3.SQLITE_FULL:
		return full
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR:
		return readOnly
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
	e := &fault.Error{Kind: fault.Unavailable, Op: op, Key: "fault.unavailable", Err: err}
	switch s.classOf(err) {
	case duplicate:
		e.Kind, e.Key = fault.Conflict, "fault.conflict"
	case again:
		e.Key = "store.held"
	case full:
		e.Key = "store.disk_full"
	case readOnly:
		e.Key = "store.read_only"
	case internal:
		if !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
			e.Kind, e.Key = fault.Internal, "fault.internal"
		}
	case away:
	}
	return e
}
