// Package storetest holds what every engine of the store must do, as one suite,
// and fills a store with plausible orders for tests and benchmarks. It is a suite
// for tests and keeps nothing itself.
package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/store"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

// Test runs the suite on stores that open makes, each of them empty.
func Test(t *testing.T, open func(*testing.T) *store.Store) {
	for name, check := range map[string]func(*testing.T, *store.Store){
		"nested units of work join":                       joins,
		"a joined part that failed dooms what it wrote":   dooms,
		"hooks run once, after the commit":                hooks,
		"a reading writes nothing":                        readingIsReadOnly,
		"a reading is one snapshot":                       snapshot,
		"a cancelled unit of work leaves nothing":         cancelled,
		"an append comes back":                            appendComesBack,
		"a stale append is refused":                       appendStale,
		"a repeated append is recognised":                 appendRepeated,
		"an entry's id is of one sheet":                   appendElsewhere,
		"one of many appends wins":                        appendRace,
		"numbers have no gaps":                            numbers,
		"numbers are taken once by many":                  numbersRace,
		"an order's row comes back":                       orderComesBack,
		"a number belongs to one sheet":                   orderNumberTaken,
		"orders page completely, without repeats":         ordersPage,
		"the board is what is open":                       board,
		"an order is found by its words":                  findOrdersTable,
		"an order is found by its customer's new name":    findOrdersRenamed,
		"search finds what a naive search finds":          findOrdersNaive,
		"common words are found however old":              findOrdersCommon,
		"a customer is found by name, phone and ear":      findCustomersTable,
		"a customer entered twice is found as one":        findCustomersMerged,
		"customers are rows":                              customers,
		"watches are rows":                                watches,
		"people are rows":                                 people,
		"sessions are rows":                               sessions,
		"drafts are rows":                                 drafts,
		"links, prices, settings and blobs are rows":      smallRows,
		"a telephone takes pictures for an order to come": cameras,
		"the makers' documents are a shelf":               shelfDocuments,
		"words are erased for good":                       sayings,
		"what follows is claimed in order, once":          afterOrder,
		"what follows survives its worker":                afterLease,
		"what follows is claimed once by many":            afterRace,
		"what follows is not undone by a late worker":     afterOvertaken,
		"houses see nothing of each other":                houses,
		"verify finds nothing wrong with a sound book":    verifySound,
		"verify finds lists that are not the sheets'":     verifyLists,
		"verify finds words missing, changed, not erased": verifySayings,
		"verify looks for blobs":                          verifyBlobs,
		"rebuild makes the lists anew":                    rebuild,
		"lots are rows of their sheets":                   lots,
		"a lot is never taken below nothing":              lotRace,
		"a year's register is a sheet of its own":         registers,
		"minimums are rows":                               minimums,
		"tools are rows of their sheets":                  tools,
		"verify and rebuild know the back room":           verifyBackroom,
		"figures count what is in their window":           figures,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, open(t))
		})
	}
}

// at is when everything in the suite happens, plus n seconds.
func at(n int) time.Time {
	return time.Date(2026, 11, 24, 8, 0, 0, 123456000, time.UTC).Add(time.Duration(n) * time.Second)
}

const house = "main"

func do(t testing.TB, s *store.Store, work func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := s.House(house).Do(t.Context(), work); err != nil {
		t.Fatal(err)
	}
}

func view(t testing.TB, s *store.Store, read func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := s.House(house).View(t.Context(), read); err != nil {
		t.Fatal(err)
	}
}

// draft is a note that touches nothing.
func draft(id string) journal.Draft {
	return journal.Draft{ID: id, Kind: order.KindNote, Version: 1, By: "p1", Bench: "b2", Happened: at(0), Data: json.RawMessage(`{"internal":true}`)}
}

// Receive opens an order as the counter does: number, words, first entry, row.
// Empty fields of r are made up.
func Receive(ctx context.Context, tx *store.Tx, r order.Reception, when time.Time) (order.Row, error) {
	if r.Site == "" {
		r.Site = "PAR"
	}
	n, err := tx.NextNumber(ctx, r.Site, when.Year(), "order")
	if err != nil {
		return order.Row{}, err
	}
	r.Number = ident.Number{Site: r.Site, Year: when.Year(), Seq: n}.String()
	said := journal.Said{ID: ident.New(), Person: r.Customer, Text: "elle retarde depuis l’été", Salt: ident.Token()}
	if err := tx.PutSaid(ctx, said); err != nil {
		return order.Row{}, err
	}
	r.Request, r.ReadBack = said.Saying(), true
	if r.Purpose == "" {
		r.Purpose = "repair"
	}
	return Add(ctx, tx, ident.New(), order.KindReceived, r, when)
}

// Add appends one entry to a sheet and brings the order's row up to date.
func Add(ctx context.Context, tx *store.Tx, sheet string, kind journal.Kind, data any, when time.Time, blobs ...string) (order.Row, error) {
	b, err := json.Marshal(data)
	if err != nil {
		return order.Row{}, err
	}
	var after int64
	if row, err := tx.Order(ctx, sheet); err == nil {
		after = row.Seq
	}
	d := journal.Draft{ID: ident.New(), Kind: kind, Version: 1, By: "p1", Bench: "b2", Happened: when, Keys: []string{"stage"}, Blobs: blobs, Data: b}
	if _, _, err := tx.Append(ctx, sheet, after, []journal.Draft{d}, when); err != nil {
		return order.Row{}, err
	}
	entries, err := tx.Sheet(ctx, sheet)
	if err != nil {
		return order.Row{}, err
	}
	s, err := order.Fold(entries)
	if err != nil {
		return order.Row{}, err
	}
	row := order.RowOf(s)
	return row, tx.PutOrder(ctx, row, row.Terms())
}

var (
	brands = []string{"Oméga", "Lip", "Zénith", "Longines", "Seiko", "Tissot", "Jaeger-LeCoultre", "Universal Genève", "Breguet", "Yema"}
	models = []string{"Speedmaster", "Nautic-Ski", "Defy", "Conquest", "5 Actus", "Gentleman", "Reverso", "Polerouter", "Type XX", "Superman"}
	names  = []string{"Dupont", "Lefèvre", "Müller", "Gauthier", "Martin", "Besançon", "Nguyễn", "d’Artagnan", "Schmitt", "Ørsted", "Weiß", "Le Gall"}
	givens = []string{"Élodie", "Jean-Pierre", "Noémie", "Zoë", "François", "Ana", "Thibault", "Inès", "Loïc", "Chloé", "Hervé", "Maud"}
)

// Fill writes n orders of as many customers and watches, nine in ten of them
// closed, with entries a sheet each.
func Fill(ctx context.Context, h *store.House, n, entries int) error {
	if entries < 2 {
		return errors.New("storetest: a closed order has two entries at least")
	}
	const together = 100
	for from := 0; from < n; from += together {
		err := h.Do(ctx, func(ctx context.Context, tx *store.Tx) error {
			for i := from; i < min(n, from+together); i++ {
				if err := fillOne(ctx, tx, i, entries); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func fillOne(ctx context.Context, tx *store.Tx, i, entries int) error {
	c := customer.Customer{ID: ident.New(), Name: names[i%len(names)], Given: givens[i/len(names)%len(givens)],
		Phone: fmt.Sprintf("06 %02d %02d %02d %02d", i/1000000%100, i/10000%100, i/100%100, i%100), Lang: "fr", City: "Lyon", Postcode: "69001", Created: at(i)}
	w := watch.Watch{ID: ident.New(), Customer: c.ID, Brand: brands[i%len(brands)], Model: models[i/3%len(models)], CaseNo: fmt.Sprintf("C%07d", i*7919%10000000),
		Kind: watch.Automatic, Created: at(i)}
	if err := errors.Join(tx.PutCustomer(ctx, c), tx.PutWatch(ctx, w)); err != nil {
		return err
	}
	row, err := Receive(ctx, tx, order.Reception{Customer: c.ID, WatchID: w.ID, Watch: order.FactsOf(w, ""), Promised: at(i + 864000).Format("2006-01-02")}, at(i))
	if err != nil {
		return err
	}
	for k := 2; k < entries; k++ {
		if row, err = Add(ctx, tx, row.Sheet, order.KindAssigned, order.Assignment{Person: fmt.Sprintf("p%d", (i+k)%8)}, at(i+k)); err != nil {
			return err
		}
	}
	if i%10 == 0 {
		_, err = Add(ctx, tx, row.Sheet, order.KindExamined, order.Examination{}, at(i+entries))
	} else {
		_, err = Add(ctx, tx, row.Sheet, order.KindReturnedUnrepaired, order.Handover{}, at(i+entries))
	}
	return err
}
