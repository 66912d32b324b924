package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// openSQLite opens the file with one writer and a pool of readers: SQLite has
// one writer at a time anyway, and waiting for it in Go is fair where SQLite's
// own waiting is not.
func openSQLite(ctx context.Context, o Options) (*Store, error) {
	s := &Store{engine: engine{name: "sqlite", path: o.Path, tries: 8, classify: sqliteClass}}
	s.group = newGroup(s)
	f, err := os.OpenFile(o.Path, os.O_CREATE|os.O_RDWR, 0o600) // names and phones: for the owner only
	if err != nil {
		return nil, s.wrap("store.Open", fmt.Errorf("%s: %w", o.Path, err))
	}
	if err := f.Close(); err != nil {
		return nil, s.wrap("store.Open", err)
	}
	write, err := sql.Open("sqlite", dsn(o.Path, false))
	if err != nil {
		return nil, s.wrap("store.Open", err)
	}
	write.SetMaxOpenConns(1)
	s.write = newPool(write)
	if err := s.migrate(ctx); err != nil {
		_ = write.Close()
		return nil, err
	}
	read, err := sql.Open("sqlite", dsn(o.Path, true))
	if err != nil {
		_ = write.Close()
		return nil, s.wrap("store.Open", err)
	}
	read.SetMaxOpenConns(o.Readers)
	read.SetMaxIdleConns(o.Readers)
	s.read = newPool(read)
	return s, nil
}

// How much of the file a connection keeps, in KiB: the one writer what a large
// unit of work touches, each of many readers a little.
const writerCache, readerCache = "64000", "8000"

// dsn names the file and how a connection is set up. The driver sets the busy
// timeout before anything else, so that no later pragma fails because another
// process is starting as well.
func dsn(path string, readOnly bool) string {
	slash := filepath.ToSlash(path)
	if filepath.IsAbs(path) && !strings.HasPrefix(slash, "/") {
		slash = "/" + slash // C:/… must be written /C:/… in a URI
	}
	q, kept := url.Values{}, writerCache
	if readOnly {
		kept = readerCache
	}
	q.Set("_busy_timeout", "3000")
	q.Set("_dqs", "0")
	q.Set("_defensive", "1")
	q.Add("_pragma", "cache_size(-"+kept+")")
	q.Add("_pragma", "temp_store(memory)")
	q.Set("_journal_mode", "WAL")
	q.Set("_synchronous", "FULL") // an acknowledged entry survives a power cut
	if readOnly {
		q.Set("_query_only", "1")
	} else {
		q.Set("_txlock", "immediate") // a unit of work never finds out half-way that it lost
	}
	return "file:" + (&url.URL{Path: slash}).EscapedPath() + "?" + q.Encode()
}
