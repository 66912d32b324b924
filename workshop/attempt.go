package workshop

import (
	"context"
	"encoding/json"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/staff"
)

// attemptLife is how long what was refused is kept: addresses are personal data.
const attemptLife = 90 * 24 * time.Hour

// NoteAttempt keeps what was refused, and forgets what is too old.
func (w *Workshop) NoteAttempt(ctx context.Context, a staff.Attempt) error {
	a.ID, a.At = ident.New(), w.Now().UTC()
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.ForgetAttempts(ctx, a.At.Add(-attemptLife)); err != nil {
			return err
		}
		return tx.PutAttempt(ctx, a)
	})
}

// Attempts lists the latest refusals, the latest first, at most 200.
func (w *Workshop) Attempts(ctx context.Context, who staff.Actor) (out []staff.Attempt, err error) {
	if err := who.Must(staff.Operate); err != nil {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { out, err = tx.Attempts(ctx, 200); return err })
	return out, err
}

// TryLimits are how often one network address may try, a minute. Beside them each
// account and each customer's link counts its own failures.
type TryLimits struct {
	SignIn int `json:"sign_in"`
	Link   int `json:"link"`
}

// usualLimits leave room for a whole house behind one address.
var usualLimits = TryLimits{SignIn: 30, Link: 120}

const limitsSetting = "limits"

// TryLimits returns the house's limits.
func (w *Workshop) TryLimits(ctx context.Context) (TryLimits, error) {
	l := usualLimits
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		text, err := tx.Setting(ctx, limitsSetting)
		if err == nil && text != "" {
			err = json.Unmarshal([]byte(text), &l)
		}
		return err
	})
	return l, err
}

// SaveTryLimits sets them: from 3 to 10,000 each.
func (w *Workshop) SaveTryLimits(ctx context.Context, who staff.Actor, l TryLimits) error {
	if err := who.Must(staff.Operate); err != nil {
		return err
	}
	var bad fault.Problems
	for field, n := range map[string]int{"sign_in": l.SignIn, "link": l.Link} {
		if n < 3 || n > 10_000 {
			bad.Add(field, "security.limit_range", 3, 10_000)
		}
	}
	if err := bad.Err(); err != nil {
		return err
	}
	text, err := json.Marshal(l)
	if err != nil {
		return fault.Wrap("workshop.SaveTryLimits", err)
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutSetting(ctx, limitsSetting, string(text)) })
}

// mayEnd refuses who may not look at or end a person's sessions: they may
// themselves, and who keeps the accounts.
func mayEnd(who staff.Actor, person string) error {
	if who.ID == person {
		return nil
	}
	return who.Must(staff.ManagePeople)
}

// Sessions lists where a person is signed in, the latest first.
func (w *Workshop) Sessions(ctx context.Context, who staff.Actor, person string) (out []staff.Session, err error) {
	if err := mayEnd(who, person); err != nil {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		all, err := tx.SessionsOf(ctx, person)
		for _, s := range all {
			if w.Now().Before(s.Expires) {
				out = append(out, s)
			}
		}
		return err
	})
	return out, err
}

// EndSession ends one of a person's sessions, at once.
func (w *Workshop) EndSession(ctx context.Context, who staff.Actor, person, hash string) error {
	if err := mayEnd(who, person); err != nil {
		return err
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		s, err := tx.Session(ctx, hash)
		if err == nil && s.Person != person {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		if err != nil {
			return err
		}
		return tx.DeleteSession(ctx, hash)
	})
}
