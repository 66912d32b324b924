package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"etabli.example/fault"
)

// scanner is a row: of *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

// exec runs a statement and returns how many rows it changed.
func (t *Tx) exec(ctx context.Context, text string, args ...any) (int64, error) {
	if t.u.readOnly {
		return 0, t.wrap(errors.New("writing inside a reading"))
	}
	if err := storable(args); err != nil {
		return 0, err
	}
	ctx = t.u.calm(ctx)
	t.u.writes++
	var res sql.Result
	var err error
	if st := t.u.pool.prepared(text); st != nil {
		res, err = t.u.tx.StmtContext(ctx, st).ExecContext(ctx, args...)
	} else {
		res, err = t.u.tx.ExecContext(ctx, text, args...)
	}
	if err != nil {
		return 0, t.refused(err)
	}
	n, err := res.RowsAffected()
	return n, t.refused(err)
}

// execEach runs a statement once for each run of so many values, prepared once
// for all of them.
func (t *Tx) execEach(ctx context.Context, text string, values []any, wide int) error {
	if len(values) == 0 {
		return nil
	}
	if t.u.readOnly {
		return t.wrap(errors.New("writing inside a reading"))
	}
	if err := storable(values); err != nil {
		return err
	}
	ctx = t.u.calm(ctx)
	t.u.writes++
	st, err := t.u.tx.PrepareContext(ctx, text)
	if err != nil {
		return t.refused(err)
	}
	defer func() { _ = st.Close() }()
	for ; len(values) > 0; values = values[wide:] {
		if _, err := st.ExecContext(ctx, values[:wide]...); err != nil {
			return t.refused(err)
		}
	}
	return nil
}

// rows runs a statement that returns rows.
func (t *Tx) rows(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if err := storable(args); err != nil {
		return nil, err
	}
	ctx = t.u.calm(ctx)
	if st := t.u.pool.prepared(text); st != nil {
		return t.u.tx.StmtContext(ctx, st).QueryContext(ctx, args...)
	}
	return t.u.tx.QueryContext(ctx, text, args...)
}

// list returns every row of a statement as scan reads it.
func list[T any](ctx context.Context, t *Tx, scan func(scanner) (T, error), text string, args ...any) (out []T, err error) {
	rows, err := t.rows(ctx, text, args...)
	if err != nil {
		return nil, t.refused(err)
	}
	defer func() { err = errors.Join(err, t.refused(rows.Close())) }()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, t.refused(err)
		}
		out = append(out, v)
	}
	return out, t.refused(rows.Err())
}

// one returns the first row of a statement; NotFound where there is none.
func one[T any](ctx context.Context, t *Tx, op string, scan func(scanner) (T, error), text string, args ...any) (T, error) {
	var zero T
	all, err := list(ctx, t, scan, text, args...)
	if err != nil {
		return zero, err
	}
	if len(all) == 0 {
		return zero, notFound(op)
	}
	return all[0], nil
}

// value scans a row of one column.
func value[T any](r scanner) (v T, err error) { return v, r.Scan(&v) }

func (t *Tx) wrap(err error) error { return t.u.store.wrap("store", err) }

// refused wraps what the engine said, which dooms the unit of work. A fault is
// ours and dooms nothing.
func (t *Tx) refused(err error) error {
	var known *fault.Error
	if err != nil && !errors.As(err, &known) && t.u.doomed == nil {
		t.u.doomed = t.wrap(err)
	}
	return t.wrap(err)
}

// storable refuses text that not every engine keeps: NUL, or what is not UTF-8.
func storable(args []any) error {
	for _, a := range args {
		if s, ok := a.(string); ok && (strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s)) {
			return &fault.Error{Kind: fault.Invalid, Op: "store", Key: "fault.invalid", Err: errors.New("text with NUL or not UTF-8")}
		}
	}
	return nil
}

// micros is how an instant is kept: microseconds since 1970 UTC; 0 where it is not set.
func micros(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMicro()
}

// instant reads what micros wrote.
func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// jsonText is how a list of words is kept in one column.
func jsonText(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	return string(b), nil
}

// changed is list for a statement that writes and returns what it wrote.
func changed[T any](ctx context.Context, t *Tx, scan func(scanner) (T, error), text string, args ...any) ([]T, error) {
	if t.u.readOnly {
		return nil, t.wrap(errors.New("writing inside a reading"))
	}
	t.u.writes++
	return list(ctx, t, scan, text, args...)
}

// change is one for a statement that writes and returns what it wrote.
func change[T any](ctx context.Context, t *Tx, op string, scan func(scanner) (T, error), text string, args ...any) (T, error) {
	var zero T
	all, err := changed(ctx, t, scan, text, args...)
	if err != nil {
		return zero, err
	}
	if len(all) == 0 {
		return zero, notFound(op)
	}
	return all[0], nil
}
