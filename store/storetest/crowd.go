package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/store"
	"etabli.example/trade/order"
	"etabli.example/trade/stock"
)

// Crowd is many people at work on one book at once, in one process of several.
type Crowd struct {
	Clients int  // at once
	Entries int  // to write, all clients together
	Plain   bool // on orders only, each once
}

// Told is what a crowd was told is written.
type Told struct{ Entries, Taken, Repeats int }

// crowdLots is how many lots a crowd takes from; each holds crowdPieces.
const crowdLots, crowdPieces = 20, 25

// PrepareCrowd makes the sheets a crowd writes on.
func PrepareCrowd(ctx context.Context, h *store.House, sheets int) error {
	if err := Fill(ctx, h, sheets, 2); err != nil {
		return err
	}
	return h.Do(ctx, func(ctx context.Context, tx *store.Tx) error {
		for i := range crowdLots {
			if err := receiveLot(ctx, tx, lotName(i), aReceipt("PIL", fmt.Sprint("L", i), "", crowdPieces)); err != nil {
				return err
			}
		}
		return nil
	})
}

func lotName(i int) string { return fmt.Sprintf("lot%03d", i) }

// Work writes until the entries are written: most on orders, some off lots until
// those are empty, some twice as after a double click. The first error ends it.
func (c Crowd) Work(ctx context.Context, h *store.House) (Told, error) {
	sheets, err := orderSheets(ctx, h)
	if err != nil {
		return Told{}, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var left, entries, taken, repeats atomic.Int64
	left.Store(int64(c.Entries))
	var wg sync.WaitGroup
	for range c.Clients {
		wg.Go(func() {
			for ctx.Err() == nil && left.Add(-1) >= 0 {
				took, repeated, err := c.act(ctx, h, sheets[rand.IntN(len(sheets))])
				if err != nil {
					cancel(err)
					return
				}
				entries.Add(1)
				taken.Add(int64(took))
				repeats.Add(int64(repeated))
			}
		})
	}
	wg.Wait()
	err = context.Cause(ctx)
	return Told{int(entries.Load()), int(taken.Load()), int(repeats.Load())}, err
}

func orderSheets(ctx context.Context, h *store.House) (sheets []string, err error) {
	err = h.View(ctx, func(ctx context.Context, tx *store.Tx) error {
		q := order.Query{Limit: 200}
		for {
			rows, err := tx.Orders(ctx, q)
			if err != nil || len(rows) == 0 {
				return err
			}
			for _, r := range rows {
				sheets = append(sheets, r.Sheet)
			}
			q.After = rows[len(rows)-1].Number
		}
	})
	return sheets, err
}

// act writes one entry.
func (c Crowd) act(ctx context.Context, h *store.House, sheet string) (took, repeated int, err error) {
	switch dice := rand.IntN(100); {
	case c.Plain:
		return 0, 0, assign(ctx, h, sheet)
	case dice < 10:
		if took, err = takeOne(ctx, h, lotName(rand.IntN(crowdLots))); took == 1 || err != nil {
			return took, 0, err
		}
		fallthrough
	case dice < 90:
		return 0, 0, assign(ctx, h, sheet)
	}
	return 0, 1, twice(ctx, h, sheet)
}

// assign writes who is to work on an order.
func assign(ctx context.Context, h *store.House, sheet string) error {
	return h.Do(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := Add(ctx, tx, sheet, order.KindAssigned, order.Assignment{Person: fmt.Sprint("p", rand.IntN(8))}, at(0))
		return err
	})
}

// takeOne takes a piece off a lot, where there is one: row and entry.
func takeOne(ctx context.Context, h *store.House, lot string) (took int, err error) {
	err = h.Do(ctx, func(ctx context.Context, tx *store.Tx) error {
		took = 0
		ok, err := tx.TakeLot(ctx, lot, 1)
		if err != nil || !ok {
			return err
		}
		row, err := tx.Lot(ctx, lot)
		if err != nil {
			return err
		}
		entries, err := write(ctx, tx, lot, row.Seq, stock.KindUsed, stock.Use{Quantity: 1})
		if err != nil {
			return err
		}
		s, err := stock.Fold(entries)
		if err != nil {
			return err
		}
		if row = stock.RowOf(s); row.OnHand < 0 {
			return fmt.Errorf("storetest: %s holds %d", lot, row.OnHand)
		}
		took = 1
		return tx.PutLot(ctx, row)
	})
	return took, err
}

// twice writes one entry as a double click does: the same id by two people at once.
func twice(ctx context.Context, h *store.House, sheet string) error {
	d := draft(ident.New())
	d.Kind, d.Data, d.Keys = order.KindAssigned, json.RawMessage(`{"person":"p9"}`), []string{"stage"}
	var errs [2]error
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = click(ctx, h, sheet, d) })
	}
	wg.Wait()
	return errors.Join(errs[:]...)
}

func click(ctx context.Context, h *store.House, sheet string, d journal.Draft) error {
	return h.Do(ctx, func(ctx context.Context, tx *store.Tx) error {
		row, err := tx.Order(ctx, sheet)
		if err != nil {
			return err
		}
		_, repeated, err := tx.Append(ctx, sheet, row.Seq, []journal.Draft{d}, at(0))
		if err != nil || repeated {
			return err
		}
		entries, err := tx.Sheet(ctx, sheet)
		if err != nil {
			return err
		}
		s, err := order.Fold(entries)
		if err != nil {
			return err
		}
		row = order.RowOf(s)
		return tx.PutOrder(ctx, row, row.Terms())
	})
}

// CheckCrowd says what does not hold after crowds wrote on so many sheets and
// were told so; nil where all of it does.
func CheckCrowd(ctx context.Context, s *store.Store, sheets int, told Told) error {
	r, err := s.Verify(ctx, store.VerifyOptions{})
	if err != nil {
		return err
	}
	var errs []error
	for _, f := range r.Flaws {
		errs = append(errs, errors.New(f.String()))
	}
	if want := 2*sheets + crowdLots + told.Entries; r.Entries != want {
		errs = append(errs, fmt.Errorf("%d entries, %d were told to be written", r.Entries, want))
	}
	err = s.House(house).View(ctx, func(ctx context.Context, tx *store.Tx) error {
		left := 0
		for i := range crowdLots {
			row, err := tx.Lot(ctx, lotName(i))
			if err != nil {
				return err
			}
			if row.OnHand < 0 {
				errs = append(errs, fmt.Errorf("lot %d holds %d", i, row.OnHand))
			}
			left += row.OnHand
		}
		if left+told.Taken != crowdLots*crowdPieces {
			errs = append(errs, fmt.Errorf("%d taken, %d left of %d", told.Taken, left, crowdLots*crowdPieces))
		}
		return nil
	})
	return errors.Join(append(errs, err)...)
}
