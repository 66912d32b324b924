package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"etabli.example/fault"
)

// Connections of one process: units of work beyond these wait in Go, where
// waiting costs nothing, instead of losing races against each other. Two
// processes of 25 writers each lost 2.0 races an entry with eight and no turns
// (see Store.turn), 0.5 with eight, 0.3 with four.
const (
	usualWriters = 4
	idleFor      = 5 * time.Minute
)

// openPostgres opens a database on PostgreSQL, or on what speaks its protocol.
// Units of work are serializable; readings are one snapshot and never fail for
// a race. Where the URL names several hosts, the one that takes writes is used.
func openPostgres(ctx context.Context, o Options) (*Store, error) {
	s := &Store{engine: engine{name: "postgres", tries: 40, classify: postgresClass,
		writeOpts: &sql.TxOptions{Isolation: sql.LevelSerializable},
		readOpts:  &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}}}
	config, err := pgx.ParseConfig(writable(o.URL))
	if err != nil { // it may quote the password: not to be passed on
		return nil, &fault.Error{Kind: fault.Invalid, Op: "store.Open", Key: "store.bad_url", Err: errors.New("the database's URL cannot be read")}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "etabli"
	}
	open := func(most int) *pool {
		db := stdlib.OpenDB(*config)
		db.SetMaxOpenConns(most)
		db.SetMaxIdleConns(most)
		db.SetConnMaxIdleTime(idleFor)
		p := newPool(db)
		p.plain = true // the driver prepares, on each connection
		return p
	}
	if o.Writers <= 0 {
		o.Writers = usualWriters
	}
	// Migrating takes a connection beside the one that keeps its turn.
	s.write, s.read = open(max(o.Writers, 3)), open(o.Readers)
	if err = s.collated(ctx); err == nil {
		err = s.migrate(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.write.db.SetMaxOpenConns(o.Writers)
	return s, nil
}

// writable asks for the host that takes writes, unless the URL says otherwise.
func writable(url string) string {
	if strings.Contains(url, "target_session_attrs=") {
		return url
	}
	if strings.Contains(url, "?") {
		return url + "&target_session_attrs=read-write"
	}
	return url + "?target_session_attrs=read-write"
}

// Statements of PostgreSQL alone, outside the portable subset.
const (
	// Text must be ordered byte by byte, as SQLite orders it: capitals before small
	// letters before accents, punctuation not skipped. Asked of the database
	// itself, since there are many ways to name a collation.
	postgresCollation = `select 'Z' < 'a' and 'z' < 'é' and 'a b' < 'aa' and 'a-b' < 'aB' and 'é' < U&'\+10FFFF'`
	postgresEncoding  = `show server_encoding`
	postgresAnalyze   = `analyze`
)

// collated refuses a database that would list and find otherwise than SQLite.
func (s *Store) collated(ctx context.Context) error {
	var ordered bool
	var encoding string
	err := s.patiently(ctx, func() error { return s.write.db.QueryRowContext(ctx, postgresEncoding).Scan(&encoding) })
	if err != nil {
		return s.wrap("store.Open", err)
	}
	if encoding == "UTF8" {
		if err := s.write.db.QueryRowContext(ctx, postgresCollation).Scan(&ordered); err != nil {
			return s.wrap("store.Open", err)
		}
	}
	if !ordered {
		return &fault.Error{Kind: fault.Invalid, Op: "store.Open", Key: "store.collation",
			Err: errors.New("the database was not made with: encoding 'UTF8' lc_collate 'C' template template0")}
	}
	return nil
}
