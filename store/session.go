package store

import (
	"context"

	"etabli.example/trade/staff"
)

const sessionColumns = `house, hash, person, bench, created, expires, agent`

func scanSession(r scanner) (s staff.Session, err error) {
	var created, expires int64
	err = r.Scan(&s.House, &s.Hash, &s.Person, &s.Bench, &created, &expires, &s.Agent)
	s.Created, s.Expires = instant(created), instant(expires)
	return s, err
}

const (
	sqlSessionPut = `insert into session (` + sessionColumns + `) values ($1, $2, $3, $4, $5, $6, $7) on conflict (house, hash) do update set` +
		` person = excluded.person, bench = excluded.bench, created = excluded.created, expires = excluded.expires, agent = excluded.agent`
	sqlSession       = `select ` + sessionColumns + ` from session where house = $1 and hash = $2`
	sqlSessionDelete = `delete from session where house = $1 and hash = $2`
	sqlSessionsOf    = `select ` + sessionColumns + ` from session where house = $1 and person = $2 order by created desc, hash asc`
)

// PutSession writes a session.
func (t *Tx) PutSession(ctx context.Context, s staff.Session) error {
	_, err := t.exec(ctx, sqlSessionPut, t.house, s.Hash, s.Person, s.Bench, micros(s.Created), micros(s.Expires), s.Agent)
	return err
}

// Session returns the session of a token's hash, run out or not: the store has no clock.
func (t *Tx) Session(ctx context.Context, hash string) (staff.Session, error) {
	return one(ctx, t, "store.Session", scanSession, sqlSession, t.house, hash)
}

// DeleteSession ends a session; one that is not there is no error.
func (t *Tx) DeleteSession(ctx context.Context, hash string) error {
	_, err := t.exec(ctx, sqlSessionDelete, t.house, hash)
	return err
}

// SessionsOf returns a person's sessions, newest first.
func (t *Tx) SessionsOf(ctx context.Context, person string) ([]staff.Session, error) {
	return list(ctx, t, scanSession, sqlSessionsOf, t.house, person)
}
