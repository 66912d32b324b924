package store

import (
	"context"
	"errors"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
)

// SheetOfOrder is the kind of an order's sheet.
const SheetOfOrder = "order"

const entryColumns = `house, sheet, seq, id, kind, who, bench, happened, recorded, text, prev, hash`

// A sheet is read off its text alone: the columns are for questions, and cost
// more to fetch than to leave.
const sqlSheet = `select text, prev, hash from entry where house = $1 and sheet = $2 order by seq asc`

// Sheet returns every entry of a sheet, in order; NotFound where it has none.
func (t *Tx) Sheet(ctx context.Context, sheet string) ([]journal.Entry, error) {
	entries, err := list(ctx, t, scanText, sqlSheet, t.house, sheet)
	if err == nil && len(entries) == 0 {
		err = notFound("store.Sheet")
	}
	return entries, err
}

// scanEntry reads an entry off its text; prev and hash are what was stored, for
// journal.Check to prove.
func scanEntry(r scanner) (journal.Entry, error) {
	c, err := scanColumns(r)
	if err != nil {
		return journal.Entry{}, err
	}
	return c.entry()
}

// scanText reads an entry off its text, where nothing else was asked for.
func scanText(r scanner) (journal.Entry, error) {
	var c columns
	if err := r.Scan(&c.text, &c.prev, &c.hash); err != nil {
		return journal.Entry{}, err
	}
	return c.entry()
}

func (c columns) entry() (journal.Entry, error) {
	e, err := journal.Read(c.text, journal.Hash(c.prev))
	if err != nil {
		return journal.Entry{}, err
	}
	e.Hash = journal.Hash(c.hash)
	return e, nil
}

// columns is an entry as its columns say it.
type columns struct {
	house, sheet         string
	seq                  int64
	id, kind, who, bench string
	happened, recorded   int64
	text, prev, hash     string
}

func scanColumns(r scanner) (c columns, err error) {
	return c, r.Scan(&c.house, &c.sheet, &c.seq, &c.id, &c.kind, &c.who, &c.bench, &c.happened, &c.recorded, &c.text, &c.prev, &c.hash)
}

// columnsOf is what an entry's columns must say.
func columnsOf(e journal.Entry) columns {
	return columns{e.House, e.Sheet, e.Seq, e.ID, string(e.Kind), e.By, e.Bench,
		micros(e.Happened), micros(e.Recorded), e.Text, string(e.Prev), string(e.Hash)}
}

// head is the last entry of a sheet, as far as the next one needs it.
type head struct {
	seq  int64
	hash string
}

func scanHead(r scanner) (h head, err error) { return h, r.Scan(&h.seq, &h.hash) }

const (
	sqlHead     = `select seq, hash from sheet where house = $1 and sheet = $2`
	sqlHeadNew  = `insert into sheet (house, sheet, kind, seq, hash, recorded) values ($1, $2, $3, $4, $5, $6)`
	sqlHeadMove = `update sheet set seq = $1, hash = $2, recorded = $3 where house = $4 and sheet = $5 and seq = $6`
	sqlEntryNew = `insert into entry (` + entryColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	sqlEntry    = `select ` + entryColumns + ` from entry where house = $1 and id = $2`
)

// Append writes the drafts after entry number after and returns them as they
// stand. The fault is Stale where the sheet has another head. A draft whose ID is
// already on the sheet is not written again: the entry that stands is returned
// in its place and repeated is true; on another sheet it is a Conflict.
//
// Ids are looked for only where the head has moved on, or where writing met one
// and the unit of work is run again: looking for what is not there costs a read
// each time, and on PostgreSQL makes every two appends a race.
func (t *Tx) Append(ctx context.Context, sheet string, after int64, drafts []journal.Draft, recorded time.Time) (written []journal.Entry, repeated bool, err error) {
	written = make([]journal.Entry, len(drafts))
	if len(drafts) == 0 {
		return written, false, nil
	}
	prev, err := t.head(ctx, sheet, after)
	moved := fault.Is(err, fault.Stale)
	if err != nil && !moved {
		return nil, false, err
	}
	missing := len(drafts)
	if moved || t.u.careful {
		stale := err
		if missing, err = t.standing(ctx, sheet, drafts, written); err != nil {
			return nil, false, err
		}
		repeated = missing < len(drafts)
		if missing == 0 || moved {
			if missing > 0 {
				return nil, false, stale
			}
			return written, repeated, nil
		}
	}
	for i, d := range drafts {
		if written[i].Seq != 0 {
			continue
		}
		e, err := journal.Write(t.house, sheet, prev, d, recorded)
		if err != nil {
			return nil, false, t.wrap(err)
		}
		if err := t.putEntry(ctx, e); err != nil {
			return nil, false, err
		}
		written[i], prev = e, e
	}
	return written, repeated, t.moveHead(ctx, sheet, after, prev, sheetKind(drafts[0].Kind))
}

// standing fills in the drafts that are on the sheet already and counts the
// others; one that is on another sheet is a Conflict.
func (t *Tx) standing(ctx context.Context, sheet string, drafts []journal.Draft, written []journal.Entry) (missing int, err error) {
	for i, d := range drafts {
		e, err := one(ctx, t, "store.Append", scanEntry, sqlEntry, t.house, d.ID)
		switch {
		case fault.Is(err, fault.NotFound):
			missing++
		case err != nil:
			return 0, err
		case e.Sheet != sheet:
			return 0, &fault.Error{Kind: fault.Conflict, Op: "store.Append", Key: "fault.conflict"}
		default:
			written[i] = e
		}
	}
	return missing, nil
}

// SheetHead returns the hash of a sheet's last entry, which stands for all of it:
// where the hash is the same, so is the sheet. NotFound where it has none.
func (t *Tx) SheetHead(ctx context.Context, sheet string) (journal.Hash, error) {
	h, err := one(ctx, t, "store.SheetHead", scanHead, sqlHead, t.house, sheet)
	return journal.Hash(h.hash), err
}

// head returns the entry that the next one follows, as far as it needs it.
func (t *Tx) head(ctx context.Context, sheet string, after int64) (journal.Entry, error) {
	h, err := one(ctx, t, "store.Append", scanHead, sqlHead, t.house, sheet)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return journal.Entry{}, err
	}
	if h.seq != after {
		return journal.Entry{}, stale()
	}
	return journal.Entry{Sheet: sheet, Seq: h.seq, Hash: journal.Hash(h.hash)}, nil
}

func stale() error {
	return &fault.Error{Kind: fault.Stale, Op: "store.Append", Key: "fault.stale"}
}

func (t *Tx) putEntry(ctx context.Context, e journal.Entry) error {
	c := columnsOf(e)
	_, err := t.exec(ctx, sqlEntryNew, c.house, c.sheet, c.seq, c.id, c.kind, c.who, c.bench, c.happened, c.recorded, c.text, c.prev, c.hash)
	if err != nil && !t.u.careful && t.u.store.classOf(err) == duplicate {
		t.u.doomed = errors.Join(errRepeated, err)
		return t.u.doomed
	}
	return err
}

func (t *Tx) moveHead(ctx context.Context, sheet string, after int64, last journal.Entry, kind string) error {
	if after == 0 {
		_, err := t.exec(ctx, sqlHeadNew, t.house, sheet, kind, last.Seq, string(last.Hash), micros(last.Recorded))
		return err
	}
	n, err := t.exec(ctx, sqlHeadMove, last.Seq, string(last.Hash), micros(last.Recorded), t.house, sheet, after)
	if err == nil && n != 1 {
		err = stale()
	}
	return err
}
