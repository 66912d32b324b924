package workshop

import (
	"context"
	"sync"

	"etabli.example/journal"
)

// readOff remembers what was read off sheets, by the hash of their last entry: a
// page that reads hundreds of whole sheets reads again only those written on
// since. What it hands out is shared, and not to be changed.
type readOff[T any] struct {
	mu    sync.Mutex
	known map[journal.Hash]T
}

// mostReadOff is how many sheets are remembered; then all are forgotten.
const mostReadOff = 2000

// of returns what read gives of the sheet.
func (r *readOff[T]) of(ctx context.Context, tx Tx, sheet string, read func([]journal.Entry) (T, error)) (v T, err error) {
	head, err := tx.SheetHead(ctx, sheet)
	if err != nil {
		return v, err
	}
	r.mu.Lock()
	v, ok := r.known[head]
	r.mu.Unlock()
	if ok {
		return v, nil
	}
	entries, err := tx.Sheet(ctx, sheet)
	if err != nil {
		return v, err
	}
	if v, err = read(entries); err != nil {
		return v, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) >= mostReadOff {
		r.known = map[journal.Hash]T{}
	}
	r.known[head] = v
	return v, nil
}
