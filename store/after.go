package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
)

const afterColumns = `house, id, sheet, seq, kind, data, due, lease, tries, last, dead`

func scanAfter(r scanner) (a journal.After, err error) {
	var data string
	var due, lease int64
	err = r.Scan(&a.House, &a.ID, &a.Sheet, &a.Seq, &a.Kind, &data, &due, &lease, &a.Tries, &a.Last, &a.Dead)
	a.Data, a.Due, a.Lease = json.RawMessage(data), instant(due), instant(lease)
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
	// Whoever finishes names the lease it worked under: a row that ran out of it
	// and was claimed by another is the other's.
	sqlAfterDone   = `delete from after_row where house = $1 and id = $2 and lease = $3`
	sqlAfterRetry  = `update after_row set due = $1, last = $2, dead = $3, tries = tries + 1, lease = 0 where house = $4 and id = $5 and lease = $6`
	sqlAfterRow    = `select ` + afterColumns + ` from after_row where house = $1 and id = $2`
	sqlAfterRevive = `update after_row set due = $1, dead = false, tries = 0, lease = 0 where house = $2 and id = $3 and dead = true`
	sqlAfterDrop   = `delete from after_row where house = $1 and id = $2 and dead = true`
	// What could be done and is not: a row behind another of its sheet waits for that one.
	sqlAfterOldest = `select a.due from after_row a where a.house = $1 and not a.dead and a.due <= $2 and a.lease <= $2` +
		` and (a.sheet = '' or not exists (select 1 from after_row b where b.house = $1 and b.sheet = a.sheet and not b.dead and (b.seq, b.id) < (a.seq, a.id))) order by a.due asc, a.id asc limit 1`
	sqlAfterDead    = `select count(*) from after_row where house = $1 and dead = true`
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

// DoneAfter removes a claimed row. Where it is gone, or another claimed it
// meanwhile, nothing happens: that one will do it again, harmlessly.
func (t *Tx) DoneAfter(ctx context.Context, a journal.After) error {
	_, err := t.exec(ctx, sqlAfterDone, t.house, a.ID, micros(a.Lease))
	return err
}

// RetryAfter puts a claimed row back for later, or marks it dead, and counts the
// try; nothing happens where another claimed it meanwhile.
func (t *Tx) RetryAfter(ctx context.Context, a journal.After, due time.Time, why string, dead bool) error {
	_, err := t.exec(ctx, sqlAfterRetry, micros(due), why, dead, t.house, a.ID, micros(a.Lease))
	return err
}

// AfterRow returns one row of what is not done.
func (t *Tx) AfterRow(ctx context.Context, id string) (journal.After, error) {
	return one(ctx, t, "store.AfterRow", scanAfter, sqlAfterRow, t.house, id)
}

// ReviveAfter gives a dead row a new chance; NotFound where there is no such one.
func (t *Tx) ReviveAfter(ctx context.Context, id string, due time.Time) error {
	return t.deadOnly(ctx, "store.ReviveAfter", sqlAfterRevive, micros(due), t.house, id)
}

// DropAfter removes a dead row undone; NotFound where there is no such one. That
// it was dropped, by whom and why is an entry, which the caller writes.
func (t *Tx) DropAfter(ctx context.Context, id string) error {
	return t.deadOnly(ctx, "store.DropAfter", sqlAfterDrop, t.house, id)
}

func (t *Tx) deadOnly(ctx context.Context, op, text string, args ...any) error {
	n, err := t.exec(ctx, text, args...)
	if err == nil && n == 0 {
		err = notFound(op)
	}
	return err
}

// DeadAfter returns how many rows were given up and wait for a decision.
func (t *Tx) DeadAfter(ctx context.Context) (int, error) {
	return one(ctx, t, "store.DeadAfter", value[int], sqlAfterDead, t.house)
}

// AfterWaiting returns what is not done: what was given up first, then by when it is due.
func (t *Tx) AfterWaiting(ctx context.Context, limit int) ([]journal.After, error) {
	return list(ctx, t, scanAfter, sqlAfterWaiting, t.house, limit)
}

// OldestAfter returns when the oldest row that nothing keeps from being done was
// due; zero where there is none.
func (t *Tx) OldestAfter(ctx context.Context, now time.Time) (time.Time, error) {
	due, err := one(ctx, t, "store.OldestAfter", value[int64], sqlAfterOldest, t.house, micros(now))
	if fault.Is(err, fault.NotFound) {
		return time.Time{}, nil
	}
	return instant(due), err
}
