package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"etabli.example/ident"
	"etabli.example/store"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
)

func foundSheets(t testing.TB, s *store.Store, words string, limit int) (sheets []string) {
	t.Helper()
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.FindOrders(ctx, words, limit)
		for _, r := range rows {
			sheets = append(sheets, r.Sheet)
		}
		return err
	})
	return sheets
}

func foundCustomers(t testing.TB, s *store.Store, words string, limit int) (ids []string) {
	t.Helper()
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.FindCustomers(ctx, words, limit)
		for _, c := range all {
			ids = append(ids, c.ID)
		}
		return err
	})
	return ids
}

func findOrdersTable(t *testing.T, s *store.Store) {
	a := fullRow() // PAR-26-004217-K, Oméga Speedmaster, 145.012-67, customer c1
	b := order.Row{House: house, Sheet: "s2", Number: "LYO-25-000099-X", Site: "LYO", Year: 2025, Ord: 99, Customer: "c2", Brand: "Jaeger-LeCoultre",
		Model: "Große Fliegeruhr", Calibre: "Peseux 7001", CaseNo: "0031942"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []customer.Customer{{ID: "c1", Name: "d’Artagnan", Given: "Zoë", Phone: "+33 6 12 34 56 78"}, {ID: "c2", Name: "Lefèvre", Phone: "04 78 00 11 22"}} {
			if err := tx.PutCustomer(ctx, c); err != nil {
				return err
			}
		}
		for _, r := range []order.Row{a, b} {
			if err := tx.PutOrder(ctx, r, r.Terms()); err != nil {
				return err
			}
		}
		return nil
	})
	for words, want := range map[string]string{
		"omega": "s1", "OMÉGA speed": "s1", "oméga lyo": "", "mega": "",
		"PAR-26-004217-K": "s1", "004217-K": "s1", "004217k": "s1", "4217": "s1", "26 004217": "s1", "PAR26004217K": "s1",
		"145.012": "s1", "145012": "s1", "145 012": "s1", "omega 145 012 67": "s1", "321 145": "s1",
		"grosse flieger": "s2", "große": "s2", "lecoultre": "s2", "jaeger lec": "s2", "jaegerlecoultre": "s2", "31942": "s2", "0031942": "s2", "7001": "s2",
		"zoe": "s1", "artagnan": "s1", "d'artagnan omega": "s1", "dartagnan": "s1", "lefevre jaeger": "s2", "lefevre omega": "",
		"06 12 34 56 78": "s1", "0612345678": "s1", "+33612345678": "s1", "0033 6 12 34 56 78": "s1", "5678": "s1", "56 78": "s1", "omega 5678": "s1", "678": "",
		"": "", "  ' - ": "", "l": "s2", "le": "s2",
	} {
		got := foundSheets(t, s, words, 10)
		if strings.Join(got, " ") != want {
			t.Errorf("%q found %v, want %q", words, got, want)
		}
	}
}

func findOrdersRenamed(t *testing.T, s *store.Store) {
	row := fullRow()
	c := customer.Customer{ID: "c1", Name: "Duval", Phone: "0611223344"}
	put := func() {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutCustomer(ctx, c) })
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutOrder(ctx, row, row.Terms()) })
	put()
	c.Name, c.Phone = "Kovač", ""
	put()
	for words, want := range map[string]int{"duval": 0, "kovac": 1, "3344": 0, "omega kova": 1} {
		if got := foundSheets(t, s, words, 10); len(got) != want {
			t.Errorf("%q found %v", words, got)
		}
	}
}

// The naive search knows how each of these words is folded, and nothing else.
var folded = map[string]string{"Éa": "ea", "eß": "ess", "Œb": "oeb", "ab": "ab", "aB": "ab", "b": "b", "bÀ": "ba", "e": "e", "ø": "o", "Noël": "noel"}

func findOrdersNaive(t *testing.T, s *store.Store) {
	var vocabulary []string
	for w := range folded {
		vocabulary = append(vocabulary, w)
	}
	slices.Sort(vocabulary)
	rapid.Check(t, func(rt *rapid.T) {
		h := s.House(ident.New())
		field := func(label string) []string {
			return rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 3).Draw(rt, label)
		}
		who := map[string][]string{"c1": field("c1"), "c2": field("c2")}
		rows := make([]order.Row, rapid.IntRange(0, 8).Draw(rt, "orders"))
		fields := map[string][][]string{}
		for i := range rows {
			brand, model, c := field("brand"), field("model"), rapid.SampledFrom([]string{"c1", "c2", "c3"}).Draw(rt, "customer")
			rows[i] = order.Row{Sheet: fmt.Sprint("s", i), Year: 2026, Ord: i + 1, Customer: c, Brand: strings.Join(brand, " "), Model: strings.Join(model, "-")}
			fields[rows[i].Sheet] = [][]string{brand, model, who[c]}
		}
		putRows(rt, t.Context(), h, rows)
		err := h.Do(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			for id, name := range who {
				if err := tx.PutCustomer(ctx, customer.Customer{ID: id, Name: strings.Join(name, " ")}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
		asked := rapid.SliceOfN(rapid.StringOfN(rapid.SampledFrom([]rune("abeos")), 1, 3, -1), 1, 3).Draw(rt, "asked")
		limit := rapid.IntRange(1, 4).Draw(rt, "limit")
		slices.SortFunc(rows, newest)
		var want []string
		for _, r := range rows {
			if len(want) < limit && !slices.ContainsFunc(asked, func(w string) bool { return !naive(fields[r.Sheet], w) }) {
				want = append(want, r.Sheet)
			}
		}
		var got []string
		err = h.View(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			found, err := tx.FindOrders(ctx, strings.ToUpper(strings.Join(asked, " ")), limit)
			for _, r := range found {
				got = append(got, r.Sheet)
			}
			return err
		})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			rt.Fatalf("%q: %v %s", asked, err, diff)
		}
	})
}

// naive reports whether a field, read from one of its words on, begins with w.
func naive(fields [][]string, w string) bool {
	for _, field := range fields {
		for i := range field {
			var tail string
			for _, x := range field[i:] {
				tail += folded[x]
			}
			if strings.HasPrefix(tail, w) {
				return true
			}
		}
	}
	return false
}

func findOrdersCommon(t *testing.T, s *store.Store) {
	const old, recent = 600, 2050
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range old + recent {
			r := order.Row{Sheet: fmt.Sprintf("s%05d", i), Year: 2026, Ord: i + 1, Brand: "Yema"}
			if i < old {
				r.Brand = "Zénith"
			}
			if i%700 == 0 {
				r.Model = "Defy"
			}
			if err := tx.PutOrder(ctx, r, []string{r.Brand, r.Model}); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range []struct {
		words, first string
		n            int
	}{
		{"yema", "s02649", 20}, {"zenith", "s00599", 20}, {"yema defy", "s02100", 3}, {"zenith defy", "s00000", 1}, {"defy", "s02100", 4}, {"yema zenith", "", 0},
	} {
		got := foundSheets(t, s, c.words, 20)
		if len(got) != c.n || c.n > 0 && got[0] != c.first {
			t.Errorf("%q: %d found, %v", c.words, len(got), got)
		}
		if !slices.IsSortedFunc(got, func(a, b string) int { return strings.Compare(b, a) }) {
			t.Errorf("%q: not newest first: %v", c.words, got)
		}
	}
}

func findCustomersTable(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, c := range []customer.Customer{
			{ID: "dupont", Name: "Dupont", Given: "Jean-Pierre", Phone: "06 12 34 56 78", City: "Besançon"},
			{ID: "dupond", Name: "Dupond", Given: "Élodie", Phone: "+33 7 98 76 54 32", Email: "elodie.dupond@example.org"},
			{ID: "lefebvre", Name: "Lefebvre", Given: "Anne"},
			{ID: "schmidt", Name: "Schmidt", Given: "Jürgen"},
			{ID: "gautier", Name: "Gautier", Given: "Théo", Postcode: "69001"},
		} {
			c.Created = at(i)
			if err := tx.PutCustomer(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
	for words, want := range map[string]string{
		"dupont": "dupont dupond", "dupond": "dupond dupont", "dupon": "dupond dupont", "dup": "dupond dupont", "dupond jean": "dupont", "dupont elodie": "dupond",
		"jeanpierre": "dupont", "pierre dup": "dupont", "besancon": "dupont", "besançon": "dupont",
		"0612345678": "dupont", "06 12 34": "dupont", "345678": "dupont", "0798765432": "dupond", "0033798765432": "dupond", "5432": "dupond", "432": "",
		"elodie.dupond@example.org": "dupond", "example": "dupond", "lefevre": "lefebvre", "lefèvre anne": "lefebvre", "schmitt": "schmidt", "chmit": "schmidt", "jurgen": "schmidt",
		"upon": "dupond dupont", "chmid": "schmidt", "autie": "gautier", "ierre dupont": "dupont", "sanç": "dupont", // a piece of a name
		"dupnot": "dupont", "lefebre": "lefebvre", "schmdt": "schmidt", "guatier": "gautier", "lefebvre ann": "lefebvre", "elodie dupnd": "dupond", "besncon": "dupont", // a slip
		"xy": "", "zzzz": "", "anne dupnot": "", "gauthier": "gautier", "gotier": "gautier", "69001": "gautier", "xyz": "", "": "",
	} {
		if got := strings.Join(foundCustomers(t, s, words, 10), " "); got != want {
			t.Errorf("%q found %q, want %q", words, got, want)
		}
	}
	if got := foundCustomers(t, s, "dup", 1); len(got) != 1 {
		t.Errorf("limit: %v", got)
	}
}

// A customer entered twice is one person until somebody says otherwise, and a
// name that nobody bears any more is found no more.
func findCustomersMerged(t *testing.T, s *store.Store) {
	a := customer.Customer{House: house, ID: "a", Name: "Weygand", Given: "Luce", Created: at(1)}
	b := customer.Customer{House: house, ID: "b", Name: "Veygan", Given: "L.", Created: at(2)}
	merged := customer.Alias{House: house, ID: "b", Survivor: "a", Who: "p1", At: at(3)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.PutCustomer(ctx, a), tx.PutCustomer(ctx, b), tx.PutAlias(ctx, merged))
	})
	found := func(words, want string) {
		t.Helper()
		if got := strings.Join(foundCustomers(t, s, words, 10), " "); got != want {
			t.Errorf("%q found %q, want %q", words, got, want)
		}
	}
	found("veygan", "a")
	found("weygand", "a")
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Customer(ctx, "b")
		same(t, "the merged", a, got, err)
		all, err := tx.Aliases(ctx, "a")
		same(t, "aliases", []customer.Alias{merged}, all, err)
		return nil
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		b.Name, b.Given = "Kowalik", ""
		return errors.Join(tx.DeleteAlias(ctx, "b"), tx.PutCustomer(ctx, b))
	})
	found("kowalik", "b")
	found("eygan", "a")  // of Weygand; Veygan is gone
	found("veygan", "a") // by ear
	report, err := s.Verify(t.Context(), store.VerifyOptions{})
	if err != nil || len(report.Flaws) > 0 {
		t.Errorf("%v %v", report.Flaws, err)
	}
}
