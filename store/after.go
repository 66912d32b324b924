package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"etabli.example/journal"
)

const afterColumns = `house, id, sheet, seq, kind, data, due, tries, last, dead`

func scanAfter(r scanner) (a journal.After, err error) {
	var data string
	var due int64
	err = r.Scan(&a.House, &a.ID, &a.Sheet, &a.Seq, &a.Kind, &data, &due, &a.Tries, &a.Last, &a.Dead)
	a.Data, a.Due = json.RawMessage(data), instant(due)
	if data == "" {
		a.Data = nil
	}
	return a, err
}

const (
	sqlAfterPut = `insert into after_row (house, id, sheet, seq, kind, data, due, tries, last, dead, lease) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)` +
		` on conflict (house, id) do update set sheet = excluded.sheet, seq = excluded.seq, kind = excluded.kind, data = excluded.data,` +
		` due = excluded.due, tries = excluded.tries, last = excluded.last, dead = excluded.dead, lease = excluded.lease`
	// A row given up does not hold back those behind it; one leased or waiting does.
	sqlAfterClaim = `update after_row set lease = $1 where house = $2 and id in (select a.id from after_row a` +
		` where a.house = $2 and not a.dead and a.due <= $3 and a.lease <= $3` +
		` and (a.sheet = '' or not exists (select 1 from after_row b where b.house = $2 and b.sheet = a.sheet and not b.dead and (b.seq, b.id) < (a.seq, a.id)))` +
		` order by a.due asc, a.id asc limit $4) returning ` + afterColumns
	sqlAfterDone    = `delete from after_row where house = $1 and id = $2`
	sqlAfterRetry   = `update after_row set due = $1, last = $2, dead = $3, tries = tries + 1, lease = 0 where house = $4 and id = $5`
	sqlAfterWaiting = `select ` + afterColumns + ` from after_row where house = $1 order by dead desc, due asc, id asc limit $2`
)

// PutAfter writes what follows an entry, in the entry's own unit of work. The
// same id again puts it back as new: how a dead row is given another chance.
func (t *Tx) PutAfter(ctx context.Context, a journal.After) error {
	_, err := t.exec(ctx, sqlAfterPut, t.house, a.ID, a.Sheet, a.Seq, a.Kind, string(a.Data), micros(a.Due), a.Tries, a.Last, a.Dead)
	return err
}

// ClaimAfter leases up to limit due rows until now+lease, oldest first, at most
// the first of each sheet; rows of no sheet wait for nobody.
func (t *Tx) ClaimAfter(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]journal.After, error) {
	claimed, err := changed(ctx, t, scanAfter, sqlAfterClaim, micros(now.Add(lease)), t.house, micros(now), limit)
	slices.SortFunc(claimed, func(a, b journal.After) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
	return claimed, err
}

// DoneAfter removes a row; one that is gone already is no error.
func (t *Tx) DoneAfter(ctx context.Context, id string) error {
	_, err := t.exec(ctx, sqlAfterDone, t.house, id)
	return err
}

// RetryAfter puts a row back for later, or marks it dead, and counts the try.
func (t *Tx) RetryAfter(ctx context.Context, id string, due time.Time, why string, dead bool) error {
	n, err := t.exec(ctx, sqlAfterRetry, micros(due), why, dead, t.house, id)
	if err == nil && n == 0 {
		err = notFound("store.RetryAfter")
	}
	return err
}

// AfterWaiting returns what is not done: what was given up first, then by when it is due.
func (t *Tx) AfterWaiting(ctx context.Context, limit int) ([]journal.After, error) {
	return list(ctx, t, scanAfter, sqlAfterWaiting, t.house, limit)
}
