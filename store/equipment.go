package store

import (
	"context"
	"errors"

	"etabli.example/trade/equipment"
)

const toolColumns = `t.house, t.sheet, t.name, t.kind, t.serial, t.place, t.due, t.every, t.instrument, t.stopped, t.withdrawn, t.drifts, t.last, t.seq`

func scanTool(s scanner) (r equipment.Row, err error) {
	var last int64
	err = s.Scan(&r.House, &r.Sheet, &r.Name, &r.Kind, &r.Serial, &r.Place, &r.Due, &r.Interval, &r.Instrument, &r.Stopped, &r.Withdrawn, &r.Drifts, &last, &r.Seq)
	r.Last = instant(last)
	if r.Due == never {
		r.Due = ""
	}
	return r, err
}

const (
	sqlToolPut = `insert into tool_row (house, sheet, name, kind, serial, place, due, every, instrument, stopped, withdrawn, drifts, last, seq)` +
		` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (house, sheet) do update set` +
		` name = excluded.name, kind = excluded.kind, serial = excluded.serial, place = excluded.place, due = excluded.due, every = excluded.every,` +
		` instrument = excluded.instrument, stopped = excluded.stopped, withdrawn = excluded.withdrawn, drifts = excluded.drifts, last = excluded.last, seq = excluded.seq`
	sqlTool  = `select ` + toolColumns + ` from tool_row t where t.house = $1 and t.sheet = $2`
	sqlTools = `select ` + toolColumns + ` from tool_row t where t.house = $1 order by t.withdrawn asc, t.due asc, t.name asc, t.sheet asc limit $2`
)

// PutTool writes a tool's row.
func (t *Tx) PutTool(ctx context.Context, r equipment.Row) error {
	if r.Sheet == "" {
		return t.wrap(errors.New("a tool's row without its sheet"))
	}
	_, err := t.exec(ctx, sqlToolPut, t.house, r.Sheet, r.Name, r.Kind, r.Serial, r.Place, dueOf(r.Due), r.Interval, r.Instrument, r.Stopped, r.Withdrawn, r.Drifts,
		micros(r.Last), r.Seq)
	return err
}

// Tool returns the row of a sheet.
func (t *Tx) Tool(ctx context.Context, sheet string) (equipment.Row, error) {
	return one(ctx, t, "store.Tool", scanTool, sqlTool, t.house, sheet)
}

// Tools returns the tools of the house, those withdrawn last, soonest due first.
func (t *Tx) Tools(ctx context.Context, limit int) ([]equipment.Row, error) {
	return list(ctx, t, scanTool, sqlTools, t.house, limit)
}
