package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
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
	readOnly        // the disk, or the database, takes no writes
	repeated        // an entry's id is taken: begin again and look whose it is
	unsure          // the connection was lost while committing: it may be written
)

// postgresClass reads PostgreSQL's SQLSTATE codes, and what the connection says.
func postgresClass(err error) class {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		switch e.Code {
		case "23505": // unique_violation
			return duplicate
		case "40001", "40P01", "55P03": // serialization_failure, deadlock_detected, lock_not_available
			return again
		case "53100": // disk_full
			return full
		case "25006": // read_only_sql_transaction
			return readOnly
		case "57P01", "57P02", "57P03", "57P05", "53300", "25P03", // shutdown, crash, starting, idle; too many; idle in transaction
			"3D000", "28P01", "28000": // no such database; not let in
			return away
		}
		if strings.HasPrefix(e.Code, "08") { // connection_exception
			return away
		}
		return internal
	}
	var connect *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) {
		return away
	}
	return internal
}

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

// Damaged reports whether an error says that the SQLite file itself is no
// database any more, or has pages that cannot be read.
func Damaged(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	code := e.Code() & 0xff
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

func (s *Store) classOf(err error) class {
	switch {
	case errors.Is(err, errRepeated):
		return repeated
	case errors.Is(err, errGroup):
		return again
	case errors.Is(err, errUnsure):
		return unsure
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return internal // whoever asked has gone
	case errors.Is(err, sql.ErrConnDone):
		return away
	case errors.Is(err, syscall.ENOSPC):
		return full
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return readOnly
	}
	return s.engine.classify(err)
}

var (
	// errRepeated is an append that met its own id.
	errRepeated = errors.New("store: an entry's id is taken")
	// errUnsure is a commit whose answer was lost. It is not begun again: the
	// person is told, and an append that is repeated is recognised by its id.
	errUnsure = errors.New("store: the connection was lost while committing")
)

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
	case unsure:
		e.Key = "store.unsure"
	case repeated:
		e.Kind, e.Key = fault.Conflict, "fault.conflict"
	case internal:
		if !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
			e.Kind, e.Key = fault.Internal, "fault.internal"
		}
	case away:
	}
	return e
}
