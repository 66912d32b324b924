package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"etabli.example/store"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop/fill"
)

// fillGC is how much more than what it needs a filling program may hold, in percent.
const fillGC = 400

// together is how many orders are written in one unit of work.
const together = 1000

// fillTeam is who works in a house that has nobody yet; invented, and unable to
// sign in until they are given a password.
var fillTeam = []staff.Person{
	{Login: "nadia", Name: "Nadia Kaci", Roles: []staff.Role{staff.Counter}, Bench: "comptoir"},
	{Login: "samir", Name: "Samir Benali", Roles: []staff.Role{staff.Technician}, Bench: "poste 2"},
	{Login: "aude", Name: "Aude Lemaire", Roles: []staff.Role{staff.Technician}, Bench: "poste 3"},
	{Login: "jeanne", Name: "Jeanne Morel", Roles: []staff.Role{staff.Watchmaker}, Bench: "poste 1"},
	{Login: "paul", Name: "Paul Morel", Roles: []staff.Role{staff.Manager}, Bench: "bureau"},
}

// FillOptions says what etabli fill makes.
type FillOptions struct {
	Orders   int
	Light    bool // twelve or thirteen entries, closed
	Open     bool // none of those that are not light is closed
	Seed     uint64
	Progress func(orders int) // called with how many were written
}

// Filled is what was made.
type Filled struct {
	Orders, Entries int
	Took            time.Duration
}

// runFill is etabli fill: any number of plausible orders, for trying a house
// under load.
func runFill(ctx context.Context, env *Env, args []string) int {
	f := newFlags("fill")
	data := f.String("data", "", "cli.flag.data")
	db := databaseFlag(f)
	orders := f.Int("orders", 0, "cli.flag.orders")
	light := f.Bool("light", false, "cli.flag.light")
	open := f.Bool("open", false, "cli.flag.open")
	seed := f.Uint64("seed", uint64(time.Now().UnixNano()), "cli.flag.fill_seed")
	err := parseFlags(f, args, 0)
	if err == nil && *data == "" {
		err = missing("--data")
	}
	if err == nil {
		err = within("--orders", float64(*orders), 1, 1e8)
	}
	if err != nil {
		return misused(env, speak(), speak().T("cli.fill_usage"), f, err)
	}
	shop, err := OpenShopOn(ctx, *data, *db, nil)
	if err != nil {
		return fail(env, err, 2)
	}
	defer shop.Close()
	before := folderSize(*data)
	bar := newBar(env.Stderr, *orders, speak().T("cli.filling"))
	done, err := Fill(ctx, shop, FillOptions{Orders: *orders, Light: *light, Open: *open, Seed: *seed, Progress: func(n int) { _ = bar.Add(n) }})
	_ = bar.Finish()
	if err != nil {
		return fail(env, err, 2)
	}
	seconds := max(done.Took.Seconds(), 1e-3)
	fmt.Fprintln(env.Stdout, speak().T("cli.filled", done.Orders, done.Entries, int(float64(done.Orders)/seconds), int(float64(done.Entries)/seconds)))
	if *db == "" { // how much a database takes is for whoever keeps it to say
		fmt.Fprintln(env.Stdout, speak().T("cli.filled_size", int((folderSize(*data)-before)/int64(done.Orders))))
	}
	return 0
}

// newBar draws how far a long command is, on a terminal; elsewhere it is silent.
func newBar(w io.Writer, most int, what string) *progressbar.ProgressBar {
	if file, ok := w.(*os.File); !ok || !term.IsTerminal(int(file.Fd())) {
		w = io.Discard
	}
	return progressbar.NewOptions(most, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionOnCompletion(func() { fmt.Fprintln(w) }))
}

// Fill writes made-up orders into a shop, the oldest first: light ones over the
// ten years before last year's end, others over the last weeks.
func Fill(ctx context.Context, shop *Shop, o FillOptions) (done Filled, err error) {
	began := time.Now()
	defer debug.SetGCPercent(debug.SetGCPercent(fillGC)) // one program that fills and ends: room is cheaper than sweeping
	team, err := teamOf(ctx, shop)
	if err != nil {
		return done, err
	}
	now := shop.Now().UTC().Truncate(time.Microsecond)
	from, until := now.AddDate(-10, 0, 0), now.AddDate(0, 0, -45)
	if !o.Light {
		from, until = now.AddDate(0, 0, -60), now.AddDate(0, 0, -25)
	}
	batches := make(chan gathered, 2)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var failed error
	go func() {
		defer close(batches)
		n := &numbers{ctx: ctx, shop: shop}
		t := &fill.Teller{House: house, Site: shop.Site, Zone: shop.Zone, Team: team, Light: o.Light, Open: o.Open, Number: n.next}
		t.Start(o.Seed)
		failed = tell(ctx, shop.Store.House(house), t, o.Orders, from, until, batches)
	}()
	for batch := range batches {
		if err := shop.Store.House(house).Do(ctx, func(ctx context.Context, tx *store.Tx) error { return tx.PutGathered(ctx, batch.Gathered) }); err != nil {
			return done, err
		}
		done.Orders += batch.orders
		done.Entries += batch.entries
		if o.Progress != nil {
			o.Progress(batch.orders)
		}
	}
	done.Took = time.Since(began)
	return done, failed
}

// gathered is one batch, ready to be written.
type gathered struct {
	store.Gathered
	orders, entries int
}

// tell makes orders while those before are being written.
func tell(ctx context.Context, h *store.House, t *fill.Teller, orders int, from, until time.Time, out chan<- gathered) error {
	step := until.Sub(from) / time.Duration(orders)
	for i := 0; i < orders; {
		var batch []store.Whole
		entries := 0
		for ; i < orders && len(batch) < together; i++ {
			told, err := t.Next(from.Add(time.Duration(i) * step).Truncate(time.Microsecond))
			if err != nil {
				return err
			}
			row := order.RowOf(told.State)
			batch = append(batch, store.Whole{Customer: told.Customer, Watch: told.Watch, Said: told.Said, Entries: told.Entries,
				Folded: store.Folded{Row: row, Terms: row.Terms()}})
			entries += len(told.Entries)
		}
		rows, err := h.Gather(batch)
		if err != nil {
			return err
		}
		select {
		case out <- gathered{rows, len(batch), entries}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// numbers takes a series' numbers many at a time: what an interrupted run took
// and did not use leaves a gap, which only made-up orders may have.
type numbers struct {
	ctx        context.Context
	shop       *Shop
	year       int
	last, have int
}

func (n *numbers) next(year int) (int, error) {
	if n.have == 0 || n.year != year {
		err := n.shop.Store.House(house).Do(n.ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			n.last, err = tx.NextNumbers(ctx, n.shop.Site, year, "order", together)
			return err
		})
		if err != nil {
			return 0, err
		}
		n.year, n.have = year, together
	}
	n.have--
	return n.last - n.have, nil
}

func teamOf(ctx context.Context, shop *Shop) ([]staff.Person, error) {
	team, err := shop.People(ctx)
	if err != nil || len(team) > 0 {
		return team, err
	}
	for _, p := range fillTeam {
		p.Active, p.Lang = true, "fr"
		p, err := shop.SavePerson(ctx, staff.System(), p, "")
		if err != nil {
			return nil, err
		}
		team = append(team, p)
	}
	return team, nil
}

// folderSize is how many bytes the files of a folder have.
func folderSize(dir string) (size int64) {
	_ = filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
		return nil
	})
	return size
}
