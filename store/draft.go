package store

import (
	"context"

	"etabli.example/trade/staff"
)

func scanDraft(r scanner) (d staff.Draft, err error) {
	var saved int64
	err = r.Scan(&d.House, &d.Person, &d.Form, &d.Text, &saved)
	d.Saved = instant(saved)
	return d, err
}

const (
	sqlDraftPut = `insert into draft (house, person, form, text, saved) values ($1, $2, $3, $4, $5)` +
		` on conflict (house, person, form) do update set text = excluded.text, saved = excluded.saved`
	sqlDraft       = `select house, person, form, text, saved from draft where house = $1 and person = $2 and form = $3`
	sqlDraftDelete = `delete from draft where house = $1 and person = $2 and form = $3`
)

// PutDraft keeps what a person has typed into a form so far.
func (t *Tx) PutDraft(ctx context.Context, d staff.Draft) error {
	_, err := t.exec(ctx, sqlDraftPut, t.house, d.Person, d.Form, d.Text, micros(d.Saved))
	return err
}

// Draft returns what a person had typed into a form.
func (t *Tx) Draft(ctx context.Context, person, form string) (staff.Draft, error) {
	return one(ctx, t, "store.Draft", scanDraft, sqlDraft, t.house, person, form)
}

// DeleteDraft drops a draft; one that is not there is no error.
func (t *Tx) DeleteDraft(ctx context.Context, person, form string) error {
	_, err := t.exec(ctx, sqlDraftDelete, t.house, person, form)
	return err
}
