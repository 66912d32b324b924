package store

import (
	"context"

	"etabli.example/journal"
)

const (
	sqlRebuildRows  = `delete from order_row where house = $1`
	sqlRebuildTerms = `delete from term where house = $1`
)

// Rebuild makes the lists and search words anew from the sheets and the
// customers' rows, each house in one unit of work. A sheet that does not fold
// ends it, and that house's lists stay as they were.
func (s *Store) Rebuild(ctx context.Context, fold func([]journal.Entry) (Folded, error)) error {
	if fold == nil {
		fold = FoldOrder
	}
	var houses []string
	err := s.House("").View(ctx, func(ctx context.Context, tx *Tx) (err error) {
		houses, err = tx.houses(ctx)
		return err
	})
	if err != nil {
		return err
	}
	for _, house := range houses {
		err := s.House(house).Do(ctx, func(ctx context.Context, tx *Tx) error { return tx.rebuild(ctx, fold) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) rebuild(ctx context.Context, fold func([]journal.Entry) (Folded, error)) error {
	for _, text := range []string{sqlRebuildRows, sqlRebuildTerms, sqlForgetAll, sqlRebuildLots, sqlRebuildTools} {
		if _, err := t.exec(ctx, text, t.house); err != nil {
			return err
		}
	}
	err := t.eachBatch(ctx, func(heads []sheetHead, _ span) error {
		for _, h := range heads {
			if h.kind != SheetOfOrder {
				if err := t.rebuildBackroom(ctx, h.kind, h.sheet); err != nil {
					return err
				}
				continue
			}
			entries, err := t.Sheet(ctx, h.sheet)
			if err != nil {
				return err
			}
			f, err := fold(entries)
			if err != nil {
				return t.wrap(err)
			}
			if err := t.PutOrder(ctx, f.Row, f.Terms); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return t.eachCustomerBatch(ctx, func(b customerBatch) error {
		for _, c := range b.customers {
			if err := t.setTerms(ctx, domainCustomer, c.ID, customerTerms(c)); err != nil {
				return err
			}
			if err := t.learn(ctx, vocabularyOf(c)); err != nil {
				return err
			}
		}
		return nil
	})
}
