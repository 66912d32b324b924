package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"etabli.example/fault"
)

//go:embed schema/*.sql
var schema embed.FS

// migrate brings the tables up to date, forward only. Two processes may start
// at once: whoever loses the race finds the work done.
func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Sub(schema, "schema")
	if err != nil {
		return fault.Wrap("store.migrate", err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.write.db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return s.wrap("store.migrate", err)
	}
	for try := 1; ; try++ {
		if _, err = p.Up(ctx); err == nil {
			break
		}
		if try == tries || ctx.Err() != nil {
			return s.wrap("store.migrate", err)
		}
		if pending, errPending := p.HasPending(ctx); errPending == nil && !pending {
			break
		}
		if err := pause(ctx, try); err != nil {
			return s.wrap("store.migrate", err)
		}
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
