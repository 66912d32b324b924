package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"etabli.example/store"
	"etabli.example/web"
)

// What readiness asks for: room for a morning's photos, and that nothing which
// could be done has waited longer than the follower's longest pause by far.
const (
	leastRoom   = 200 << 20 // bytes
	longestWait = 10 * time.Minute
)

// ready tells whether what the house rests on holds. ctx ends when the process
// is told to stop: from then on a proxy sends people elsewhere.
func ready(ctx context.Context, shop *Shop) func(context.Context) []web.Checked {
	return func(asked context.Context) []web.Checked {
		late, err := overdue(asked, shop)
		checks := []web.Checked{{Name: "book", Err: err}, {Name: "disk", Err: room(shop.Data)}}
		if err == nil && late > longestWait {
			err = fmt.Errorf("cli: what follows an entry has waited %s", late.Round(time.Second))
		}
		return append(checks, web.Checked{Name: "after", Err: err}, web.Checked{Name: "serving", Err: ctx.Err()})
	}
}

func room(dir string) error {
	free, err := freeSpace(dir)
	if err == nil && free < leastRoom {
		err = fmt.Errorf("cli: %d MB left on the disk of %s", free>>20, dir)
	}
	return err
}

// overdue is how long the oldest row that could be done has waited; 0 where
// there is none. It is also the question that shows that the book answers.
func overdue(ctx context.Context, shop *Shop) (late time.Duration, err error) {
	now := shop.Now().UTC()
	err = shop.Store.House(house).View(ctx, func(ctx context.Context, tx *store.Tx) error {
		due, err := tx.OldestAfter(ctx, now)
		if err == nil && !due.IsZero() {
			late = now.Sub(due)
		}
		return err
	})
	return late, err
}

// gauges are what Prometheus asks of the house beside its requests.
type gauges struct {
	shop          *Shop
	free          *prometheus.Desc
	waiting, dead *prometheus.Desc
	late, up      *prometheus.Desc
}

func newGauges(shop *Shop) *gauges {
	desc := func(name, help string) *prometheus.Desc { return prometheus.NewDesc("etabli_"+name, help, nil, nil) }
	return &gauges{shop: shop, free: desc("disk_free_bytes", "Room left where the data lie."),
		waiting: desc("after_waiting", "What follows entries and is not done, at most 1000."), dead: desc("after_given_up", "What follows entries and waits for a decision."),
		late: desc("after_overdue_seconds", "How long the oldest that could be done has waited."), up: desc("book_answers", "1 where the book answers.")}
}

// Describe implements prometheus.Collector.
func (g *gauges) Describe(out chan<- *prometheus.Desc) { prometheus.DescribeByCollect(g, out) }

// Collect implements prometheus.Collector.
func (g *gauges) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	tell := func(d *prometheus.Desc, v float64) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v)
	}
	if free, err := freeSpace(g.shop.Data); err == nil {
		tell(g.free, float64(free))
	}
	var waiting, dead int
	err := g.shop.Store.House(house).View(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		rows, err := tx.AfterWaiting(ctx, 1000)
		if err != nil {
			return err
		}
		dead, err = tx.DeadAfter(ctx)
		waiting = len(rows)
		return err
	})
	late, errLate := overdue(ctx, g.shop)
	if err != nil || errLate != nil {
		tell(g.up, 0)
		return
	}
	tell(g.up, 1)
	tell(g.waiting, float64(waiting))
	tell(g.dead, float64(dead))
	tell(g.late, late.Seconds())
}
