package store

import (
	"context"
	"time"

	"etabli.example/trade/staff"
)

const attemptColumns = `house, id, at, why, person, address, route, number`

func scanAttempt(r scanner) (a staff.Attempt, err error) {
	var at int64
	err = r.Scan(&a.House, &a.ID, &at, &a.Why, &a.Person, &a.Address, &a.Route, &a.Number)
	a.At = instant(at)
	return a, err
}

const (
	sqlAttemptPut  = `insert into attempt (` + attemptColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8)`
	sqlAttempts    = `select ` + attemptColumns + ` from attempt where house = $1 order by at desc, id desc limit $2`
	sqlAttemptsOld = `delete from attempt where house = $1 and at < $2`
)

// PutAttempt keeps what was refused.
func (t *Tx) PutAttempt(ctx context.Context, a staff.Attempt) error {
	_, err := t.exec(ctx, sqlAttemptPut, t.house, a.ID, micros(a.At), a.Why, a.Person, a.Address, a.Route, a.Number)
	return err
}

// Attempts returns the latest, the latest first.
func (t *Tx) Attempts(ctx context.Context, limit int) ([]staff.Attempt, error) {
	return list(ctx, t, scanAttempt, sqlAttempts, t.house, limit)
}

// ForgetAttempts removes those before an instant.
func (t *Tx) ForgetAttempts(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, sqlAttemptsOld, t.house, micros(before))
	return err
}
