package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/money"
	"etabli.example/store"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/price"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// same fails where got is not want.
func same[T any](t testing.TB, what string, want, got T, err error) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s: %v %s", what, err, diff)
	}
}

func absent(t testing.TB, what string, err error) {
	t.Helper()
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("%s: %v, want not found", what, err)
	}
}

func customers(t *testing.T, s *store.Store) {
	c := customer.Customer{House: house, ID: "c1", Name: "Weiß", Given: "Inès", Phone: "06 1", Email: "i@example.org", Address: "1 rue d’Alésia", Postcode: "75014",
		City: "Paris", Lang: "fr", Channel: "sms", Business: true, Created: at(0)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutCustomer(ctx, c) })
	c.Name, c.Business = "Weiss", false
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutCustomer(ctx, c) })
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Customer(ctx, "c1")
		same(t, "customer", c, got, err)
		_, err = tx.Customer(ctx, "c2")
		absent(t, "another customer", err)
		return nil
	})
}

func watches(t *testing.T, s *store.Store) {
	w := watch.Watch{House: house, ID: "w1", Customer: "c1", Brand: "Universal Genève", Model: "Polerouter", Reference: "869111", CaseNo: "2 114-387", MovementNo: "m",
		CalibreMaker: "Universal", Calibre: "69", Kind: watch.Automatic, BPH: 19800, LiftDeg: 52.5, WaterBar: 3, Material: "steel",
		Functions: []string{"date", "chronograph"}, Year: 1965, Created: at(1)}
	bare := watch.Watch{House: house, ID: "w2", Customer: "c1", Brand: "Lip", Created: at(2)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.PutWatch(ctx, watch.Watch{ID: "w1"}), tx.PutWatch(ctx, w), tx.PutWatch(ctx, bare))
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Watch(ctx, "w1")
		same(t, "watch", w, got, err)
		all, err := tx.WatchesOf(ctx, "c1")
		same(t, "of a customer", []watch.Watch{bare, w}, all, err)
		all, err = tx.WatchesOf(ctx, "c2")
		same(t, "of nobody", nil, all, err)
		for _, typed := range [][2]string{{"Universal Genève", "2 114-387"}, {"UNIVERSAL GENEVE", "2114387"}} {
			got, err = tx.WatchBySerial(ctx, typed[0], typed[1])
			same(t, typed[1], w, got, err)
		}
		_, err = tx.Watch(ctx, "w3")
		absent(t, "another watch", err)
		_, err = tx.WatchBySerial(ctx, "Lip", "2114387")
		absent(t, "another brand", err)
		_, err = tx.WatchBySerial(ctx, "Lip", "")
		absent(t, "no number", err)
		return nil
	})
}

func people(t *testing.T, s *store.Store) {
	p := staff.Person{House: house, ID: "p1", Login: "ines", Name: "Inès Morel", Email: "i@example.org", Lang: "fr",
		Roles: []staff.Role{staff.Technician, staff.Manager}, Bench: "b2", Secret: "$argon2id$…", Active: true}
	q := staff.Person{House: house, ID: "p2", Login: "ana", Name: "Ana"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.PutPerson(ctx, p), tx.PutPerson(ctx, q))
	})
	p.Active, p.Bench = false, ""
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutPerson(ctx, p) })
	taken := s.House(house).Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return tx.PutPerson(ctx, staff.Person{ID: "p3", Login: "ines"})
	})
	if !fault.Is(taken, fault.Conflict) {
		t.Errorf("a login twice: %v", taken)
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Person(ctx, "p1")
		same(t, "person", p, got, err)
		got, err = tx.PersonByLogin(ctx, "ines")
		same(t, "by login", p, got, err)
		all, err := tx.People(ctx)
		same(t, "all", []staff.Person{q, p}, all, err)
		_, err = tx.Person(ctx, "p3")
		absent(t, "another person", err)
		_, err = tx.PersonByLogin(ctx, "INES")
		absent(t, "another login", err)
		return nil
	})
}

func sessions(t *testing.T, s *store.Store) {
	a := staff.Session{House: house, Hash: "h1", Person: "p1", Bench: "b1", Created: at(0), Expires: at(60), Agent: "Firefox"}
	b := staff.Session{House: house, Hash: "h2", Person: "p1", Created: at(1), Expires: at(61)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.PutSession(ctx, a), tx.PutSession(ctx, b))
	})
	a.Bench, a.Expires = "b2", at(99)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutSession(ctx, a) })
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Session(ctx, "h1")
		same(t, "session", a, got, err)
		all, err := tx.SessionsOf(ctx, "p1")
		same(t, "of a person", []staff.Session{b, a}, all, err)
		return nil
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := errors.Join(tx.DeleteSession(ctx, "h1"), tx.DeleteSession(ctx, "h1")); err != nil {
			return err
		}
		_, err := tx.Session(ctx, "h1")
		absent(t, "an ended session", err)
		return nil
	})
}

func drafts(t *testing.T, s *store.Store) {
	d := staff.Draft{House: house, Person: "p1", Form: "reception", Text: `{"name":"Élodie"}`, Saved: at(0)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutDraft(ctx, d) })
	d.Text, d.Saved = `{}`, at(1)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PutDraft(ctx, d); err != nil {
			return err
		}
		got, err := tx.Draft(ctx, "p1", "reception")
		same(t, "draft", d, got, err)
		_, err = tx.Draft(ctx, "p2", "reception")
		absent(t, "another person's", err)
		if err := errors.Join(tx.DeleteDraft(ctx, "p1", "reception"), tx.DeleteDraft(ctx, "p1", "reception")); err != nil {
			return err
		}
		_, err = tx.Draft(ctx, "p1", "reception")
		absent(t, "a dropped draft", err)
		return nil
	})
}

func smallRows(t *testing.T, s *store.Store) {
	t.Run("text that is none is refused", func(t *testing.T) { unkeepable(t, s) })
	l := customer.Link{House: house, Hash: "h1", Sheet: "s1", Until: at(60)}
	p := price.Price{House: house, Operation: "service", For: price.For{Kind: "automatic", Family: "2824", Case: "precious"}, Gross: money.Cents(32000), VAT: 2000, From: "2026-01-01", Until: "2027-12-31"}
	q := price.Price{House: house, Operation: "battery", Gross: 1500, VAT: 2000, From: "2026-01-01"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := errors.Join(tx.PutLink(ctx, l), tx.PutPrice(ctx, p), tx.PutPrice(ctx, q), tx.PutSetting(ctx, "name", "Atelier"), tx.PutBlob(ctx, "b1", "image/jpeg", 1)); err != nil {
			return err
		}
		l.Wrong, l.Locked, p.Gross = 5, at(9), 33000
		return errors.Join(tx.PutLink(ctx, l), tx.PutPrice(ctx, p), tx.PutSetting(ctx, "name", "Établi"), tx.PutBlob(ctx, "b1", "image/png", 1<<40))
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		link, err := tx.Link(ctx, "h1")
		same(t, "link", l, link, err)
		_, err = tx.Link(ctx, "h2")
		absent(t, "another link", err)
		prices, err := tx.Prices(ctx)
		same(t, "prices", price.List{q, p}, prices, err)
		name, err := tx.Setting(ctx, "name")
		same(t, "setting", "Établi", name, err)
		none, err := tx.Setting(ctx, "none")
		same(t, "a setting never set", "", none, err)
		media, size, err := tx.Blob(ctx, "b1")
		same(t, "blob", "image/png", media, err)
		same(t, "its size", 1<<40, size, err)
		_, _, err = tx.Blob(ctx, "b2")
		absent(t, "another blob", err)
		return nil
	})
}

// cameras: a telephone's leave, and the pictures that wait for an order.
func cameras(t *testing.T, s *store.Store) {
	c := order.Camera{House: house, Hash: "h1", Sheet: "s1", Person: "p1", Until: at(15)}
	a := order.Snapshot{House: house, Sheet: "s1", ID: "e1", Hash: "a", Thumb: "b", Width: 640, Height: 480, Taken: at(1)}
	b := order.Snapshot{House: house, Sheet: "s1", ID: "e0", Hash: "c", Thumb: "d", Width: 1, Height: 2, Taken: at(2)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		again := a
		again.Hash = "changed"
		return errors.Join(tx.PutCamera(ctx, c), tx.PutSnapshot(ctx, a), tx.PutSnapshot(ctx, b), tx.PutSnapshot(ctx, again))
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Camera(ctx, "h1")
		same(t, "camera", c, got, err)
		_, err = tx.Camera(ctx, "h2")
		absent(t, "another camera", err)
		all, err := tx.Snapshots(ctx, "s1")
		same(t, "pictures", []order.Snapshot{b, a}, all, err)
		return nil
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.DeleteSnapshot(ctx, "s1", "e0"); err != nil {
			return err
		}
		left, err := tx.Snapshots(ctx, "s1")
		same(t, "what is left", []order.Snapshot{a}, left, err)
		if err := tx.DeleteSnapshots(ctx, "s1"); err != nil {
			return err
		}
		left, err = tx.Snapshots(ctx, "s1")
		same(t, "after all went", 0, len(left), err)
		return nil
	})
}

// unkeepable is text that some engine would refuse or change.
func unkeepable(t *testing.T, s *store.Store) {
	for _, bad := range []string{"a\x00b", "a\xffb"} {
		for what, work := range map[string]func(context.Context, *store.Tx) error{
			"a setting": func(ctx context.Context, tx *store.Tx) error { return tx.PutSetting(ctx, "a", bad) },
			"a customer": func(ctx context.Context, tx *store.Tx) error {
				return tx.PutCustomer(ctx, customer.Customer{ID: "c", Name: bad})
			},
			"a question": func(ctx context.Context, tx *store.Tx) error { _, err := tx.Person(ctx, bad); return err },
		} {
			if err := s.House(house).Do(t.Context(), work); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s with %q: %v", what, bad, err)
			}
		}
		if got := foundSheets(t, s, bad, 5); len(got) != 0 {
			t.Errorf("found %v", got)
		}
	}
}

func sayings(t *testing.T, s *store.Store) {
	said := journal.Said{House: house, ID: "y1", Person: "c1", Text: "elle s’arrête la nuit", Salt: "s", Expiry: "2031-01-01"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PutSaid(ctx, said); err != nil {
			return err
		}
		got, err := tx.Said(ctx, "y1")
		same(t, "words", said, got, err)
		absent(t, "erasing other words", tx.EraseSaid(ctx, "y2"))
		return errors.Join(tx.EraseSaid(ctx, "y1"), tx.EraseSaid(ctx, "y1"))
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Said(ctx, "y1")
		absent(t, "erased words", err)
		if err := tx.PutSaid(ctx, said); !fault.Is(err, fault.Conflict) {
			t.Errorf("erased words came back: %v", err)
		}
		_, err = tx.Said(ctx, "y1")
		absent(t, "erased words put again", err)
		_, err = tx.Said(ctx, "y2")
		absent(t, "other words", err)
		return nil
	})
}

func houses(t *testing.T, s *store.Store) {
	row := fullRow()
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, _, err := tx.Append(ctx, "s1", 0, []journal.Draft{draft("a")}, at(0))
		return errors.Join(err, tx.PutOrder(ctx, row, row.Terms()), tx.PutCustomer(ctx, customer.Customer{ID: "c1", Name: "Dupont"}),
			tx.PutWatch(ctx, watch.Watch{ID: "w1", Customer: "c1", Brand: "Lip", CaseNo: "1"}), tx.PutSetting(ctx, "a", "1"),
			tx.PutAfter(ctx, journal.After{ID: "f1", Sheet: "s1", Due: at(0)}), tx.PutPerson(ctx, staff.Person{ID: "p1", Login: "a"}))
	})
	err := s.House("other").Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Sheet(ctx, "s1")
		absent(t, "sheet", err)
		_, err = tx.OrderByNumber(ctx, row.Number)
		absent(t, "order", err)
		rows, err1 := tx.Orders(ctx, order.Query{})
		found, err2 := tx.FindOrders(ctx, "omega", 10)
		who, err3 := tx.FindCustomers(ctx, "dupont", 10)
		_, counts, err4 := tx.Board(ctx, "", 10)
		claimed, err5 := tx.ClaimAfter(ctx, at(9), 1, 10)
		staff, err6 := tx.People(ctx)
		if n := len(rows) + len(found) + len(who) + len(counts) + len(claimed) + len(staff); n != 0 {
			t.Errorf("%d things of another house", n)
		}
		_, _, err7 := tx.Append(ctx, "s1", 0, []journal.Draft{draft("a")}, at(0)) // the same names are free here
		return errors.Join(err1, err2, err3, err4, err5, err6, err7, tx.PutOrder(ctx, row, row.Terms()))
	})
	if err != nil {
		t.Fatal(err)
	}
}
