package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/store"
	"etabli.example/trade/order"
)

// BenchAppend measures entries appended one by one, each durable before the next.
func BenchAppend(b *testing.B, open func(testing.TB) *store.Store) {
	s := open(b)
	sheets := make([]int64, 50)
	for i := 0; b.Loop(); i++ {
		k := i % len(sheets)
		d := draft(ident.New())
		d.Data = json.RawMessage(`{"position":"CH","rate":3.2,"amplitude":281.5,"beat_error":0.3,"confident":true}`)
		do(b, s, func(ctx context.Context, tx *store.Tx) error {
			_, _, err := tx.Append(ctx, fmt.Sprint("s", k), sheets[k], []journal.Draft{d}, at(i))
			return err
		})
		sheets[k]++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// BenchAppendAsDone measures what one act costs: sheet read and folded, entry
// appended, row and words brought up to date, by several people at once.
func BenchAppendAsDone(b *testing.B, open func(testing.TB) *store.Store) {
	s := open(b)
	if err := Fill(b.Context(), s.House(house), 100, 12); err != nil {
		b.Fatal(err)
	}
	var rows []order.Row
	view(b, s, func(ctx context.Context, tx *store.Tx) (err error) {
		rows, err = tx.Orders(ctx, order.Query{Limit: 100})
		return err
	})
	var turn atomic.Int64
	b.ResetTimer()
	b.SetParallelism(4)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := int(turn.Add(1))
			do(b, s, func(ctx context.Context, tx *store.Tx) error {
				_, err := Add(ctx, tx, rows[i%len(rows)].Sheet, order.KindAssigned, order.Assignment{Person: fmt.Sprint("p", i%8)}, at(i))
				return err
			})
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// BenchPages measures what the pages read with so many orders in the book, nine
// in ten of them closed.
func BenchPages(b *testing.B, open func(testing.TB) *store.Store, orders int) {
	s := open(b)
	start := time.Now()
	if err := Fill(b.Context(), s.House(house), orders, 3); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d orders of 3 entries written in %s, %.0f orders/s", orders, time.Since(start).Round(time.Millisecond), float64(orders)/time.Since(start).Seconds())
	var middle order.Row
	view(b, s, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.OrdersBySequence(ctx, orders/2)
		middle = slices.Clone(rows)[0]
		return err
	})
	read := func(name string, f func(context.Context, *store.Tx) (int, error)) {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				view(b, s, func(ctx context.Context, tx *store.Tx) (err error) {
					n, err = f(ctx, tx)
					return err
				})
			}
			b.ReportMetric(float64(n), "rows")
		})
	}
	page := func(q order.Query) func(context.Context, *store.Tx) (int, error) {
		return func(ctx context.Context, tx *store.Tx) (int, error) {
			rows, err := tx.Orders(ctx, q)
			return len(rows), err
		}
	}
	find := func(words string) func(context.Context, *store.Tx) (int, error) {
		return func(ctx context.Context, tx *store.Tx) (int, error) {
			rows, err := tx.FindOrders(ctx, words, 20)
			return len(rows), err
		}
	}
	who := func(words string) func(context.Context, *store.Tx) (int, error) {
		return func(ctx context.Context, tx *store.Tx) (int, error) {
			all, err := tx.FindCustomers(ctx, words, 20)
			return len(all), err
		}
	}
	read("board", func(ctx context.Context, tx *store.Tx) (int, error) {
		rows, _, err := tx.Board(ctx, "", 50)
		return len(rows), err
	})
	read("sheet", func(ctx context.Context, tx *store.Tx) (int, error) {
		entries, err := tx.Sheet(ctx, middle.Sheet)
		return len(entries), err
	})
	read("page/newest", page(order.Query{}))
	read("page/middle", page(order.Query{After: middle.Number}))
	read("page/returned", page(order.Query{Stages: []order.Stage{order.ReturnedUnrepaired, order.Returned, order.InDiagnosis}}))
	read("page/mine", page(order.Query{Technician: "p2", Open: true}))
	read("find/number", find(middle.Number))
	read("find/brand", find("omega"))
	read("find/two", find("omega dupont"))
	read("find/letter", find("l"))
	read("find/phone", find("06 00 00 12 34"))
	read("find/none", find("rolex submariner"))
	read("find/never-together", find("omega polerouter lip"))
	read("customer/name", who("dupont elo"))
	read("customer/ear", who("gotier tibo"))
	read("customer/letter", who("d"))
}

// BenchSustained measures entries written by 50 people at once, each durable
// before it is acknowledged, first alone and then while others read pages; and
// what the 95th percentile of those pages is without and with the writers.
func BenchSustained(b *testing.B, open func(testing.TB) *store.Store) {
	s := open(b)
	h := s.House(house)
	if err := Fill(b.Context(), h, 1000, 12); err != nil {
		b.Fatal(err)
	}
	const people, readers = 50, 4
	quiet := readPages(b, h, readers, func() { time.Sleep(2 * time.Second) })
	b.ResetTimer()
	busy := readPages(b, h, readers, func() {
		if _, err := (Crowd{Clients: people, Entries: b.N, Plain: true}).Work(b.Context(), h); err != nil {
			b.Error(err)
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
	b.ReportMetric(float64(quiet.Microseconds())/1000, "quiet-p95-ms")
	b.ReportMetric(float64(busy.Microseconds())/1000, "busy-p95-ms")
}

// readPages has readers look at the board, one each 20 ms as people do, while
// work is done, and returns the 95th percentile of what a look took.
func readPages(b *testing.B, h *store.House, readers int, work func()) time.Duration {
	var mu sync.Mutex
	var took []time.Duration
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range readers {
		wg.Go(func() {
			for tick := time.NewTicker(20 * time.Millisecond); ; {
				select {
				case <-stop:
					tick.Stop()
					return
				case <-tick.C:
				}
				began := time.Now()
				err := h.View(b.Context(), func(ctx context.Context, tx *store.Tx) error {
					_, _, err := tx.Board(ctx, "", 50)
					return err
				})
				mu.Lock()
				if took = append(took, time.Since(began)); err != nil {
					b.Error(err)
				}
				mu.Unlock()
			}
		})
	}
	work()
	close(stop)
	wg.Wait()
	if len(took) == 0 { // the work was over before anybody looked
		return 0
	}
	slices.Sort(took)
	return took[len(took)*95/100]
}
