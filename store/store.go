// Package store keeps the book, the lists read off it and the people beside it,
// on SQLite or PostgreSQL, with one SQL text for both: a portable subset. It
// decides nothing: who may do what and what an entry means belong to the trade
// and the workshop, and it never sees either floor above. It is no object-
// relational mapper: each statement stands next to the function that scans it.
package store

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"sync"

	"etabli.example/fault"
)

// Options says where the book lies: in a file or in a database.
type Options struct {
	Path    string // the SQLite file; made if it is not there
	URL     string // of a PostgreSQL database: postgres://…; then Path is not used
	Readers int    // most readers at once; 0 means twice the processors, at least 4
	Writers int    // PostgreSQL: most units of work at once; 0 means 4. SQLite has one
}

// Store is an open book of any number of houses. It is safe for concurrent use.
type Store struct {
	engine engine
	write  *pool
	read   *pool
	alone  sync.RWMutex // PostgreSQL: a unit of work that lost a race has its process to itself
	group  *group       // SQLite: units of work that are made durable together
}

// engine is what differs between SQLite and PostgreSQL: never the SQL of a statement.
type engine struct {
	name      string            // "sqlite" or "postgres"
	path      string            // of the SQLite file
	tries     int               // how often a unit of work is begun
	classify  func(error) class // by code, never by text
	writeOpts *sql.TxOptions
	readOpts  *sql.TxOptions
}

// Open opens the book and brings its tables up to date. The faults are
// Unavailable where it cannot be reached or another process holds it, Conflict
// ("store.newer") where it was written by a later version, and Invalid
// ("store.collation") where a database does not order text as we do.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Path == "" && o.URL == "" {
		return nil, errors.New("store: neither path nor URL")
	}
	if o.Readers <= 0 {
		o.Readers = max(4, 2*runtime.GOMAXPROCS(0))
	}
	if o.URL != "" {
		return openPostgres(ctx, o)
	}
	return openSQLite(ctx, o)
}

// Close waits for running units of work and closes the book.
func (s *Store) Close() error { return errors.Join(s.read.close(), s.write.close()) }

// House returns the book of one house. The id of a house is part of every key.
func (s *Store) House(house string) *House { return &House{store: s, house: house} }

// Ready returns nil where the book answers.
func (s *Store) Ready(ctx context.Context) error {
	return s.wrap("store.Ready", s.read.db.PingContext(ctx))
}

// House is the book of one house.
type House struct {
	store *Store
	house string
}

// Name returns the house's id.
func (h *House) Name() string { return h.house }

// notFound is the answer where one thing was asked for and is not there.
func notFound(op string) error {
	return &fault.Error{Kind: fault.NotFound, Op: op, Key: "fault.not_found"}
}
