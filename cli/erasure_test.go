package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/store"
	"etabli.example/store/pgtest"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
	"etabli.example/workshop/demo"
)

// A person is erased from a book, and again from a backup made before, on either
// engine: no name and no word of theirs is left, and every chain is whole.
func TestErasure(t *testing.T) {
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	dir := t.TempDir()
	lost := filepath.Join(dir, "lost")
	shop, err := OpenShop(t.Context(), lost, quiet)
	if err != nil {
		t.Fatal(err)
	}
	shop.Demo = true
	if err := demo.Fill(t.Context(), shop.Workshop); err != nil {
		t.Fatal(err)
	}
	if _, err := Fill(t.Context(), shop, FillOptions{Orders: 4, Light: true, Seed: 5}); err != nil {
		t.Fatal(err)
	}
	boss := staff.Actor{ID: "boss", Roles: []staff.Role{staff.Manager}}
	whom, open := settled(t, shop, boss)
	before, err := shop.ExportCustomer(t.Context(), boss, whom)
	if err != nil || before.Customer.Name == "" || len(before.Orders) == 0 {
		t.Fatal("nothing is known of whom to erase", err)
	}
	words := 0
	for _, e := range before.Orders[0].Entries {
		words += len(e.Words)
	}
	if words == 0 {
		t.Error("no word to erase")
	}
	text, err := json.Marshal(before)
	if err != nil || !bytes.Contains(text, []byte(before.Customer.Phone)) {
		t.Error("the person's own copy lacks their phone", err)
	}
	for _, lang := range locale.Languages() {
		if pdf, err := shop.PersonalPaper(t.Context(), boss, whom, lang); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("their copy on paper in %s: %.10q %v", lang, pdf, err)
		}
	}
	if _, err := shop.PersonalPaper(t.Context(), staff.Actor{Roles: []staff.Role{staff.Counter}}, whom, locale.FR); !fault.Is(err, fault.Denied) {
		t.Errorf("the counter hands out a person's data: %v", err)
	}
	var env Env
	env.Stdout, env.Stderr = io.Discard, os.Stderr
	archive := filepath.Join(dir, "backup.tar")
	if code := runBackup(t.Context(), &env, []string{"--data", lost, "--out", archive}); code != 0 {
		t.Fatal("backup", code)
	}
	if err := shop.EraseCustomer(t.Context(), boss, open, "asked"); !fault.Is(err, fault.Conflict) {
		t.Error("erased while an order is open:", err)
	}
	if err := shop.EraseCustomer(t.Context(), staff.Actor{Roles: []staff.Role{staff.Counter}}, whom, "asked"); !fault.Is(err, fault.Denied) {
		t.Error("the counter erased somebody:", err)
	}
	if err := shop.EraseCustomer(t.Context(), boss, whom, " "); !fault.Is(err, fault.Invalid) {
		t.Error("erased without a reason:", err)
	}
	if err := shop.EraseCustomer(t.Context(), boss, whom, "asked by letter"); err != nil {
		t.Fatal(err)
	}
	forgotten(t, shop, boss, before)
	if err := shop.Close(); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(lost, erasuresFile)
	if b, err := os.ReadFile(list); err != nil || strings.Count(string(b), "\n") != 1 || !strings.Contains(string(b), whom) {
		t.Fatalf("the list of erasures is %q, %v", b, err)
	}
	t.Run("sqlite", func(t *testing.T) { replayed(t, archive, list, "", before) })
	t.Run("postgres", func(t *testing.T) { replayed(t, archive, list, pgtest.URL(t), before) })
}

// replayed restores the backup with the list and looks.
func replayed(t *testing.T, archive, list, db string, before workshop.Personal) {
	env := Env{Stdout: io.Discard, Stderr: os.Stderr}
	fresh := filepath.Join(t.TempDir(), "fresh")
	args := []string{"--data", fresh, "--erasures", list}
	if db != "" {
		args = append(args, "--db", db)
	}
	if code := runRestore(t.Context(), &env, append(args, archive)); code != 0 {
		t.Fatal("restore", code)
	}
	shop, err := OpenShopOn(t.Context(), fresh, db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	forgotten(t, shop, staff.Actor{ID: "boss", Roles: []staff.Role{staff.Manager}}, before)
	if b, err := os.ReadFile(filepath.Join(fresh, erasuresFile)); err != nil || !strings.Contains(string(b), before.Customer.ID) {
		t.Error("the next restore would not know:", err)
	}
}

// forgotten reports what is left of a person, and whether the book is whole.
func forgotten(t *testing.T, shop *Shop, boss staff.Actor, before workshop.Personal) {
	t.Helper()
	after, err := shop.ExportCustomer(t.Context(), boss, before.Customer.ID)
	if err != nil || len(after.Orders) != len(before.Orders) {
		t.Fatal("orders are missing", err)
	}
	if c := after.Customer; c.Phone+c.Email+c.Given+c.Address+c.City != "" || c.Name == before.Customer.Name {
		t.Errorf("left: %+v", c)
	}
	for _, o := range after.Orders {
		for _, e := range o.Entries {
			if len(e.Words) > 0 {
				t.Errorf("%s: words are left: %q", o.Number, e.Words)
			}
		}
	}
	if found, err := shop.FindCustomers(t.Context(), boss, before.Customer.Name+" "+before.Customer.Given); err != nil || len(found) > 0 && found[0].ID == before.Customer.ID {
		t.Error("still found by name", err)
	}
	report, err := shop.Store.Verify(t.Context(), store.VerifyOptions{Source: BlobSource(shop)})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Flaws {
		t.Error(f)
	}
}

// settled finds a customer whose orders are all closed, and one with an open one.
func settled(t *testing.T, shop *Shop, boss staff.Actor) (closed, open string) {
	t.Helper()
	rows, err := shop.Orders(t.Context(), boss, order.Query{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	for _, r := range rows {
		if !r.Closed {
			has[r.Customer], open = true, r.Customer
		}
	}
	for _, r := range rows {
		if r.Closed && !has[r.Customer] {
			closed = r.Customer
		}
	}
	if closed == "" || open == "" {
		t.Fatal("the demonstration has nobody to erase")
	}
	return closed, open
}
