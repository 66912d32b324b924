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
// store is in use: a SQLite file whatever the engine, so that it can be restored
// onto either. The file appears under its name only when it is complete and
// durable; Conflict where it is there already. Blobs are copied by whoever holds
// them, after this: what a copy's entries name was durable before them.
func (s *Store) Backup(ctx context.Context, path string, tell Progress) (err error) {
	if err := absent(path); err != nil {
		return err
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return s.wrap("store.Backup", err)
	}
	defer func() { _ = errors.Join(os.Remove(part), os.Remove(part+"-wal"), os.Remove(part+"-shm")) }()
	if s.engine.name == "sqlite" {
		err = s.vacuumInto(ctx, part)
	} else {
		err = s.copyInto(ctx, part, tell)
	}
	if err != nil {
		return s.wrap("store.Backup", err)
	}
	return s.wrap("store.Backup", settle(part, path))
}

func (s *Store) vacuumInto(ctx context.Context, part string) (err error) {
	db, err := sql.Open("sqlite", dsn(s.engine.path, false))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, sqliteBackup, part)
	return err
}

// copyInto copies one snapshot of a database into a new SQLite file.
func (s *Store) copyInto(ctx context.Context, part string, tell Progress) (err error) {
	file, err := Open(ctx, Options{Path: part})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return moveBook(ctx, file, s, file, tell)
}

// moveBook copies the whole book from one open store into another, empty one,
// in one transaction of each.
func moveBook(ctx context.Context, file, from, to *Store, tell Progress) error {
	all, err := tables(ctx, file.write.db)
	if err != nil {
		return err
	}
	read, err := from.read.db.BeginTx(ctx, from.engine.readOpts)
	if err != nil {
		return err
	}
	defer func() { _ = read.Rollback() }()
	write, err := to.write.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = write.Rollback() }()
	if err := copyBook(ctx, all, read, write, tell); err != nil {
		return err
	}
	return write.Commit()
}

// Statements of SQLite alone, outside the portable subset.
const (
	sqliteBackup = `vacuum into $1`
	sqliteCheck  = `pragma quick_check(1)`
	sqliteWhole  = `pragma integrity_check(1)`
	sqliteKnown  = `select max(version_id) from goose_db_version`
)

// damage says what is wrong with the pages of a SQLite file, indexes included;
// it is empty where they are whole, and on PostgreSQL, which looks after its own.
func (s *Store) damage(ctx context.Context) (string, error) {
	if s.engine.name != "sqlite" {
		return "", nil
	}
	var answer string
	err := s.read.db.QueryRowContext(ctx, sqliteWhole).Scan(&answer)
	switch {
	case Damaged(err):
		return err.Error(), nil
	case err != nil:
		return "", s.wrap("store.Verify", err)
	case answer != "ok":
		return strings.ReplaceAll(answer, "\n", " "), nil
	}
	return "", nil
}

// Restore makes a new book from a backup, which is checked first: in a new file,
// or in a database that holds no book yet. The faults are Conflict where there is
// a book already, Invalid where the file is no backup of ours or is damaged.
// Open then brings it up to date.
func Restore(ctx context.Context, backup string, to Options, tell Progress) error {
	if to.URL == "" {
		if err := absent(to.Path); err != nil {
			return err
		}
	}
	if err := checkBackup(ctx, backup); err != nil {
		return &fault.Error{Kind: fault.Invalid, Op: "store.Restore", Key: "store.not_a_backup", Args: []any{filepath.Base(backup)}, Err: err}
	}
	if to.URL != "" {
		return restoreInto(ctx, backup, to, tell)
	}
	part := to.Path + ".part"
	defer func() { _ = os.Remove(part) }()
	if err := copyFile(ctx, backup, part, tell); err != nil {
		return fault.Wrap("store.Restore", err)
	}
	return fault.Wrap("store.Restore", settle(part, to.Path))
}

// restoreInto copies a backup into a database, all of it or nothing. The backup
// itself is left as it is: a copy of it is brought up to date first.
func restoreInto(ctx context.Context, backup string, o Options, tell Progress) (err error) {
	aside, err := os.MkdirTemp(filepath.Dir(backup), ".etabli-restore-")
	if err != nil {
		return fault.Wrap("store.Restore", err)
	}
	defer func() { _ = os.RemoveAll(aside) }()
	path := filepath.Join(aside, "book.db")
	if err := copyFile(ctx, backup, path, nil); err != nil {
		return fault.Wrap("store.Restore", err)
	}
	from, err := Open(ctx, Options{Path: path})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if err := to.empty(ctx, from); err != nil {
		return err
	}
	if err := moveBook(ctx, from, from, to, tell); err != nil {
		return to.wrap("store.Restore", err)
	}
	_, err = to.write.db.ExecContext(ctx, postgresAnalyze)
	return to.wrap("store.Restore", err)
}

// empty refuses a database that holds any row of a book.
func (s *Store) empty(ctx context.Context, file *Store) error {
	all, err := tables(ctx, file.write.db)
	if err != nil {
		return s.wrap("store.Restore", err)
	}
	for _, t := range all {
		var n int64
		if err := s.write.db.QueryRowContext(ctx, t.countSQL()).Scan(&n); err != nil {
			return s.wrap("store.Restore", err)
		}
		if n > 0 {
			return &fault.Error{Kind: fault.Conflict, Op: "store.Restore", Key: "store.not_empty"}
		}
	}
	return nil
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
func copyFile(ctx context.Context, from, to string, tell Progress) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	var done int64
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	_, err = io.Copy(out, readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		n, err := in.Read(p)
		done += int64(n)
		tell.tell(done, info.Size())
		return n, err
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
