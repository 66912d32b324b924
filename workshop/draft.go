package workshop

import (
	"context"
	"time"

	"etabli.example/fault"
	"etabli.example/trade/staff"
)

// mostDraft bounds what one form may keep: a reception with forty marks has 6 kB.
const mostDraft = 64 << 10

// KeepDraft keeps what a person has typed into a form and not yet sent. It is
// no entry: it is theirs alone, and the next one replaces it.
func (w *Workshop) KeepDraft(ctx context.Context, person, form, text string) error {
	if form == "" || len(form) > 100 {
		return fault.New(fault.Invalid, "order.draft_form")
	}
	if len(text) > mostDraft {
		return fault.New(fault.TooLarge, "order.draft_large")
	}
	d := staff.Draft{Person: person, Form: form, Text: text, Saved: w.Now().UTC().Truncate(time.Microsecond)}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutDraft(ctx, d) })
}

// Draft returns what a person had typed into a form, "" where there is nothing.
func (w *Workshop) Draft(ctx context.Context, person, form string) (text string, saved time.Time, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		d, err := tx.Draft(ctx, person, form)
		text, saved = d.Text, d.Saved
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return "", time.Time{}, nil
	}
	return text, saved, err
}

// DropDraft forgets a draft, once its form was sent or given up.
func (w *Workshop) DropDraft(ctx context.Context, person, form string) error {
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.DeleteDraft(ctx, person, form) })
}
