package store

import (
	"context"
	"errors"

	"etabli.example/fault"
	"etabli.example/journal"
)

// said is a row of a person's words, erased or not.
type said struct {
	journal.Said
	erased bool
}

func scanSaid(r scanner) (s said, err error) {
	return s, r.Scan(&s.House, &s.ID, &s.Person, &s.Text, &s.Salt, &s.Expiry, &s.erased)
}

const (
	sqlSaidPut = `insert into saying (house, id, person, text, salt, expiry, erased) values ($1, $2, $3, $4, $5, $6, false)` +
		` on conflict (house, id) do update set person = excluded.person, text = excluded.text, salt = excluded.salt, expiry = excluded.expiry` +
		` where not saying.erased`
	sqlSaid      = `select house, id, person, text, salt, expiry, erased from saying where house = $1 and id = $2`
	sqlSaidErase = `update saying set text = '', salt = '', erased = true where house = $1 and id = $2`
)

// PutSaid keeps a person's words. Words once erased do not come back: Conflict.
func (t *Tx) PutSaid(ctx context.Context, s journal.Said) error {
	if s.ID == "" || s.Salt == "" {
		return t.wrap(errors.New("words without id or salt"))
	}
	n, err := t.exec(ctx, sqlSaidPut, t.house, s.ID, s.Person, s.Text, s.Salt, s.Expiry)
	if err == nil && n == 0 {
		err = &fault.Error{Kind: fault.Conflict, Op: "store.PutSaid", Key: "fault.conflict"}
	}
	return err
}

// Said returns a person's words; NotFound also where they were erased.
func (t *Tx) Said(ctx context.Context, id string) (journal.Said, error) {
	s, err := one(ctx, t, "store.Said", scanSaid, sqlSaid, t.house, id)
	if err == nil && s.erased {
		err = notFound("store.Said")
	}
	if err != nil {
		return journal.Said{}, err
	}
	return s.Said, nil
}

// EraseSaid erases text and salt. That it was done, by whom and why is an entry,
// which the caller writes in the same unit of work.
func (t *Tx) EraseSaid(ctx context.Context, id string) error {
	n, err := t.exec(ctx, sqlSaidErase, t.house, id)
	if err == nil && n == 0 {
		err = notFound("store.EraseSaid")
	}
	return err
}
