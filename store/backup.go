package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"etabli.example/fault"
)

// Backup writes one consistent copy of the whole book to a new file while the
// store is in use. The file appears under its name only when it is complete and
// durable; Conflict where it is there already. Blobs are copied by whoever holds
// them, after this: what a copy's entries name was durable before them.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	if err := absent(path); err != nil {
		return err
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return s.wrap("store.Backup", err)
	}
	defer func() { _ = os.Remove(part) }()
	db, err := sql.Open("sqlite", dsn(s.engine.path, false))
	if err != nil {
		return s.wrap("store.Backup", err)
	}
	defer func() { err = errors.Join(err, s.wrap("store.Backup", db.Close())) }()
	if _, err := db.ExecContext(ctx, sqliteBackup, part); err != nil {
		return s.wrap("store.Backup", err)
	}
	return s.wrap("store.Backup", settle(part, path))
}

// Statements of SQLite alone, outside the portable subset.
const (
	sqliteBackup = `vacuum into $1`
	sqliteCheck  = `pragma quick_check(1)`
	sqliteKnown  = `select max(version_id) from goose_db_version`
)

// Restore makes a new book at path from a backup, which is checked first. The
// faults are Conflict where there is a book already, Invalid where the file is
// no backup of ours or is damaged. Open then brings it up to date.
func Restore(ctx context.Context, backup, path string) error {
	if err := absent(path); err != nil {
		return err
	}
	if err := checkBackup(ctx, backup); err != nil {
		return &fault.Error{Kind: fault.Invalid, Op: "store.Restore", Key: "store.not_a_backup", Args: []any{filepath.Base(backup)}, Err: err}
	}
	part := path + ".part"
	defer func() { _ = os.Remove(part) }()
	if err := copyFile(ctx, backup, part); err != nil {
		return fault.Wrap("store.Restore", err)
	}
	return fault.Wrap("store.Restore", settle(part, path))
}

func absent(path string) error {
	for _, p := range []string{path, path + "-wal"} {
		if _, err := os.Lstat(p); err == nil {
			return &fault.Error{Kind: fault.Conflict, Op: "store", Key: "store.exists", Args: []any{filepath.Base(p)}}
		} else if !errors.Is(err, os.ErrNotExist) {
			return fault.Wrap("store", err)
		}
	}
	return nil
}

func checkBackup(ctx context.Context, backup string) (err error) {
	if _, err := os.Stat(backup); err != nil {
		return err
	}
	slash := filepath.ToSlash(backup)
	if filepath.IsAbs(backup) && !strings.HasPrefix(slash, "/") {
		slash = "/" + slash
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: slash}).EscapedPath()+"?mode=ro&immutable=1")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var answer string
	if err := db.QueryRowContext(ctx, sqliteCheck).Scan(&answer); err != nil {
		return err
	}
	if answer != "ok" {
		return fmt.Errorf("damaged: %s", answer)
	}
	var version int64
	return db.QueryRowContext(ctx, sqliteKnown).Scan(&version)
}

// copyFile copies a file that nobody else may read.
func copyFile(ctx context.Context, from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	_, err = io.Copy(out, readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return in.Read(p)
	}))
	return err
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// settle makes the bytes durable, then the name.
func settle(part, path string) error {
	f, err := os.OpenFile(part, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Chmod(0o600), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = dir.Sync() // Windows cannot sync a folder, and needs not
	return dir.Close()
}
