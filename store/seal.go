package store

import (
	"context"
	"encoding/json"

	"etabli.example/fault"
	"etabli.example/journal"
)

const (
	sqlSealDay  = `select text from seal where house = $1 and day = $2`
	sqlSealPut  = `insert into seal (house, day, text) values ($1, $2, $3)`
	sqlSealLast = `select text from seal where house = $1 order by day desc limit $2`
	sqlHashAt   = `select hash from entry where house = $1 and sheet = $2 and seq = $3`
)

// Heads calls f with the head of every sheet, in ascending order.
func (t *Tx) Heads(ctx context.Context, f func(journal.Head) error) error {
	return t.eachBatch(ctx, func(heads []sheetHead, _ span) error {
		for _, h := range heads {
			if err := f(journal.Head{Sheet: h.sheet, Seq: h.seq, Hash: journal.Hash(h.hash)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// PutSeal keeps the seal of a day, ISO; false where the day has one already.
func (t *Tx) PutSeal(ctx context.Context, day string, s journal.Seal) (bool, error) {
	text, err := jsonText(s)
	if err != nil {
		return false, err
	}
	there, err := list(ctx, t, value[string], sqlSealDay, t.house, day)
	if err != nil || len(there) > 0 {
		return false, err
	}
	n, err := t.exec(ctx, sqlSealPut, t.house, day, text)
	return n > 0, err
}

// Seals returns the latest seals, the latest first.
func (t *Tx) Seals(ctx context.Context, limit int) ([]journal.Seal, error) {
	texts, err := list(ctx, t, value[string], sqlSealLast, t.house, limit)
	var out []journal.Seal
	for _, text := range texts {
		var s journal.Seal
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			return nil, t.wrap(err)
		}
		out = append(out, s)
	}
	return out, err
}

// FlawSeal is a sheet that is not what a seal says it was.
const FlawSeal FlawKind = "seal"

// CheckHead returns what is wrong with a sheet that a seal says stood at the
// head h: it was cut short, or rewritten. That the chain up to there holds is for
// Verify to say.
func (h *House) CheckHead(ctx context.Context, head journal.Head) (flaw *Flaw, err error) {
	err = h.View(ctx, func(ctx context.Context, tx *Tx) error {
		flaw = nil
		hash, err := one(ctx, tx, "store.CheckHead", value[string], sqlHashAt, tx.house, head.Sheet, head.Seq)
		switch {
		case fault.Is(err, fault.NotFound):
			flaw = &Flaw{FlawSeal, h.house, head.Sheet, head.Seq, "was sealed and is gone: the sheet was cut short"}
		case err != nil:
			return err
		case hash != string(head.Hash):
			flaw = &Flaw{FlawSeal, h.house, head.Sheet, head.Seq, "is not the entry that was sealed: the sheet was rewritten"}
		}
		return nil
	})
	return flaw, err
}
