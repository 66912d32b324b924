package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Progress is told how many rows, or bytes, of how many are done. It is called
// often and must return at once.
type Progress func(done, total int64)

func (p Progress) tell(done, total int64) {
	if p != nil {
		p(done, total)
	}
}

// table is one table of the schema, as a copy from engine to engine needs it.
type table struct {
	name    string
	columns []string
	boolean []bool // SQLite keeps them as numbers
	key     []string
}

// Statements of SQLite alone, outside the portable subset.
const (
	sqliteTables  = `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'goose_%' order by name`
	sqliteColumns = `select name, type, pk from pragma_table_info($1)`
)

// tables reads the schema off a SQLite file.
func tables(ctx context.Context, db *sql.DB) ([]table, error) {
	names, err := column(ctx, db, sqliteTables)
	if err != nil {
		return nil, err
	}
	var all []table
	for _, name := range names {
		t := table{name: name}
		rows, err := db.QueryContext(ctx, sqliteColumns, name)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var column, kind string
			var pk int
			if err := rows.Scan(&column, &kind, &pk); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			t.columns, t.boolean = append(t.columns, column), append(t.boolean, kind == "boolean")
			if pk > 0 {
				t.key = append(t.key, column+" asc")
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// column reads the first column of what a statement answers.
func column(ctx context.Context, db *sql.DB, text string) (out []string, err error) {
	rows, err := db.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Err(), rows.Close()) }()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func (t table) countSQL() string { return `select count(*) from ` + t.name }

func (t table) readSQL() string {
	return `select ` + strings.Join(t.columns, ", ") + ` from ` + t.name + ` order by ` + strings.Join(t.key, ", ")
}

// writeSQL inserts so many rows at once.
func (t table) writeSQL(rows int) string {
	var b strings.Builder
	b.WriteString(`insert into ` + t.name + ` (` + strings.Join(t.columns, ", ") + `) values `)
	p := places(0)
	for i := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(")
		for j := range t.columns {
			if j > 0 {
				b.WriteString(", ")
			}
			b.WriteString(p.next())
		}
		b.WriteString(")")
	}
	return b.String()
}

// copyRows is how many rows are written by one statement: under every engine's
// limit of places, and long enough that the way there costs nothing.
const copyRows = 200

// copyBook copies every row from one engine's transaction into another's.
func copyBook(ctx context.Context, all []table, from, to *sql.Tx, tell Progress) error {
	var total, done int64
	for _, t := range all {
		var n int64
		if err := from.QueryRowContext(ctx, t.countSQL()).Scan(&n); err != nil {
			return err
		}
		total += n
	}
	tell.tell(0, total)
	for _, t := range all {
		err := t.copy(ctx, from, to, func(n int) {
			done += int64(n)
			tell.tell(done, total)
		})
		if err != nil {
			return fmt.Errorf("copy %s: %w", t.name, err)
		}
	}
	return nil
}

func (t table) copy(ctx context.Context, from, to *sql.Tx, wrote func(rows int)) (err error) {
	whole, err := to.PrepareContext(ctx, t.writeSQL(copyRows))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, whole.Close()) }()
	rows, err := from.QueryContext(ctx, t.readSQL())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Err(), rows.Close()) }()
	var args []any
	for rows.Next() {
		row, err := t.scan(rows)
		if err != nil {
			return err
		}
		if args = append(args, row...); len(args) == copyRows*len(t.columns) {
			if _, err := whole.ExecContext(ctx, args...); err != nil {
				return err
			}
			wrote(copyRows)
			args = args[:0]
		}
	}
	if n := len(args) / len(t.columns); n > 0 && rows.Err() == nil {
		_, err = to.ExecContext(ctx, t.writeSQL(n), args...)
		wrote(n)
	}
	return err
}

// scan reads one row as every engine takes it.
func (t table) scan(rows *sql.Rows) ([]any, error) {
	row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range row {
		into[i] = &row[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	for i, v := range row {
		if b, ok := v.([]byte); ok {
			row[i] = string(b)
		}
		if n, ok := v.(int64); ok && t.boolean[i] {
			row[i] = n != 0
		}
	}
	return row, nil
}
