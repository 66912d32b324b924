package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"etabli.example/fault"
)

//go:embed schema/*.sql
var schema embed.FS

// migrate brings the tables up to date, forward only. Several processes may
// start at once: on PostgreSQL a row in a table says whose turn it is, on SQLite
// whoever loses the race finds the work done.
func (s *Store) migrate(ctx context.Context) error {
	var p *goose.Provider
	err := s.patiently(ctx, func() (err error) {
		if p, err = s.provider(); err != nil {
			return err
		}
		pending, err := p.HasPending(ctx)
		if err == nil && pending {
			_, err = p.Up(ctx)
		}
		return err
	})
	if err != nil {
		return s.wrap("store.migrate", err)
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return s.wrap("store.migrate", err)
	}
	if have > want {
		return &fault.Error{Kind: fault.Conflict, Op: "store.Open", Key: "store.newer",
			Err: fmt.Errorf("tables are at version %d, this program knows %d", have, want)}
	}
	return nil
}

// A process that dies while migrating holds up the others for so long.
const (
	migrationLease = 15 * time.Second
	migrationBeat  = 3 * time.Second
	migrationLook  = 100 * time.Millisecond
	migrationLooks = 3000
)

// provider is made anew for each try: its lock counts what is left of its patience.
func (s *Store) provider() (*goose.Provider, error) {
	files, err := fs.Sub(schema, "schema")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if s.engine.name == "sqlite" {
		return goose.NewProvider(goose.DialectSQLite3, s.write.db, files, options...)
	}
	locker, err := lock.NewPostgresTableLocker(lock.WithTableLeaseDuration(migrationLease), lock.WithTableHeartbeatInterval(migrationBeat),
		lock.WithTableLockTimeout(migrationLook, migrationLooks), lock.WithTableLogger(slog.New(slog.DiscardHandler)))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, s.write.db, files, append(options, goose.WithLocker(locker))...)
}

// patiently tries what opens a book until it succeeds, a few times.
func (s *Store) patiently(ctx context.Context, open func() error) error {
	for try := 1; ; try++ {
		err := open()
		if err == nil || try == openTries || ctx.Err() != nil {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
}

// openTries is how often opening is tried: at most about a second altogether.
const openTries = 8
