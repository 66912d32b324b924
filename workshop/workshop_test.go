package workshop_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"etabli.example/cli"
	"etabli.example/cli/shoptest"
	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/mail"
	"etabli.example/store"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
	"etabli.example/workshop"
)

// shop is a workshop on a fresh folder with its own clock and two people.
type shop struct {
	*cli.Shop
	t        *testing.T
	at       time.Time
	manager  staff.Actor
	bench    staff.Actor
	customer customer.Customer
}

func open(t *testing.T) *shop {
	t.Helper()
	s := shoptest.Open(t, nil)
	x := &shop{Shop: s, t: t, at: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	s.Now = func() time.Time { x.at = x.at.Add(time.Second); return x.at }
	x.manager = x.hire("paul", staff.Manager)
	x.bench = x.hire("samir", staff.Technician)
	x.customer = customer.Customer{Given: "Claire", Name: "Vasseur", Phone: "06 39 98 10 47", Email: "claire@mail.example"}
	return x
}

func (x *shop) hire(login string, role staff.Role) staff.Actor {
	p, err := x.SavePerson(x.t.Context(), staff.System(), staff.Person{Login: login, Name: "M. " + login, Roles: []staff.Role{role}, Active: true}, "un mot de passe long")
	if err != nil {
		x.t.Fatal(err)
	}
	return p.Actor("")
}

func (x *shop) intake() workshop.Intake {
	in := workshop.Intake{Customer: x.customer, Watch: watch.Watch{Brand: "Tissot", Model: "Le Locle", CalibreMaker: "ETA", Calibre: "2824-2", Kind: watch.Automatic, WaterBar: 3},
		Request: "Elle retarde. Rappelez Claire Vasseur au 06 39 98 10 47."}
	in.Purpose, in.Channel, in.ReadBack = "repair", "counter", true
	return in
}

func (x *shop) receive() order.State {
	x.t.Helper()
	s, err := x.Receive(x.t.Context(), workshop.Act{Who: x.manager, Seen: -1}, x.intake())
	if err != nil {
		x.t.Fatal(err)
	}
	return s
}

func (x *shop) whole() {
	x.t.Helper()
	report, err := x.Store.Verify(x.t.Context(), store.VerifyOptions{})
	if err != nil {
		x.t.Fatal(err)
	}
	for _, f := range report.Flaws {
		x.t.Error(f)
	}
}

func TestReceive(t *testing.T) {
	x := open(t)
	s := x.receive()
	if s.Stage != order.Received || s.Number == "" || s.Customer == "" {
		t.Fatalf("state %+v", order.RowOf(s))
	}
	n, err := ident.ParseNumber(s.Number)
	if err != nil || n.Seq != 1 || n.Site != "PAR" {
		t.Errorf("number %s: %v", s.Number, err)
	}
	for _, words := range []string{s.Number, "1", "vasseur", "tissot loc", "1047"} {
		rows, err := x.Find(t.Context(), x.manager, words)
		if err != nil || len(rows) != 1 {
			t.Errorf("find %q: %d rows, %v", words, len(rows), err)
		}
	}
	x.whole()
}

func TestReceive_NothingIsHalfWritten(t *testing.T) {
	x := open(t)
	in := x.intake()
	in.Watch.Brand, in.Request = "", "  "
	_, err := x.Receive(t.Context(), workshop.Act{Who: x.manager}, in)
	var f *fault.Error
	if !errors.As(err, &f) || f.Fields["watch.brand"].Key == "" || f.Fields["request"].Key == "" {
		t.Fatalf("got %v", err)
	}
	if found, _ := x.FindCustomers(t.Context(), x.manager, "vasseur"); len(found) != 0 {
		t.Error("the customer was written")
	}
	if s := x.receive(); !strings.HasPrefix(s.Number, "PAR-26-000001") {
		t.Errorf("a number was lost: %s", s.Number)
	}
}

func TestReceive_ADoubleClickOpensOneOrder(t *testing.T) {
	x := open(t)
	a := workshop.Act{Who: x.manager, Sheet: ident.New(), Entry: ident.New()}
	first, err := x.Receive(t.Context(), a, x.intake())
	if err != nil {
		t.Fatal(err)
	}
	again, err := x.Receive(t.Context(), a, x.intake())
	if err != nil || again.Number != first.Number || again.Seq != first.Seq {
		t.Errorf("second: %s, %v", again.Number, err)
	}
	if rows, _ := x.Orders(t.Context(), x.manager, order.Query{}); len(rows) != 1 {
		t.Errorf("%d orders", len(rows))
	}
}

// After a lost race facts that touch nothing of each other merge; a move of the
// stage never does.
func TestRace(t *testing.T) {
	x := open(t)
	s := x.receive()
	seen := s.Seq
	if _, err := x.Note(t.Context(), workshop.Act{Who: x.bench, Sheet: s.Sheet, Seen: seen}, "vue", true); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Note(t.Context(), workshop.Act{Who: x.manager, Sheet: s.Sheet, Seen: seen}, "vue aussi", true); err != nil {
		t.Errorf("two notes do not merge: %v", err)
	}
	if _, err := x.Examine(t.Context(), workshop.Act{Who: x.bench, Sheet: s.Sheet, Seen: seen}); err != nil {
		t.Errorf("a move after two notes: %v", err)
	}
	_, err := x.HandBackUnrepaired(t.Context(), workshop.Act{Who: x.manager, Sheet: s.Sheet, Seen: seen}, order.Handover{Why: "refus"})
	if !fault.Is(err, fault.Stale) {
		t.Errorf("two moves merged: %v", err)
	}
	x.whole()
}

func TestTheBenchSeesNoIdentity(t *testing.T) {
	x := open(t)
	s := x.receive()
	v, err := x.Sheet(t.Context(), x.bench, s.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	words := v.Words[s.Request.ID]
	if v.Customer != nil || strings.Contains(words, "Claire") || strings.Contains(words, "Vasseur") || strings.Contains(words, "98 10") || !strings.Contains(words, "retarde") {
		t.Errorf("the bench reads %q", words)
	}
	v, err = x.Sheet(t.Context(), x.manager, s.Sheet)
	if err != nil || v.Customer == nil || !strings.Contains(v.Words[s.Request.ID], "Claire Vasseur") {
		t.Errorf("the counter reads %q, %v", v.Words[s.Request.ID], err)
	}
	if _, err := x.FindCustomers(t.Context(), x.bench, "vasseur"); !fault.Is(err, fault.Denied) {
		t.Errorf("the bench finds customers: %v", err)
	}
}

func TestMask(t *testing.T) {
	c := customer.Customer{Given: "Éloïse", Name: "Le Goff", Phone: "0639981047", City: "Brest"}
	for text, hidden := range map[string]string{
		"appeler éloïse demain": "éloïse", "LE GOFF, 06.39.98.10.47": "GOFF", "écrire à e.legoff@mail.example": "legoff@", "+33 6 39 98 10 47": "98",
		"habite Brest": "Brest",
	} {
		if got := workshop.Mask(text, c); strings.Contains(got, hidden) {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	if got := workshop.Mask("elle retarde de 5 minutes, calibre 2824-2, 28 800 A/h", c); got != "elle retarde de 5 minutes, calibre 2824-2, 28 800 A/h" {
		t.Errorf("too much is hidden: %q", got)
	}
}

func TestErase(t *testing.T) {
	x := open(t)
	s := x.receive()
	if _, err := x.Erase(t.Context(), workshop.Act{Who: x.manager, Sheet: s.Sheet, Seen: -1}, s.Request.ID, "à la demande de la personne"); err != nil {
		t.Fatal(err)
	}
	v, err := x.Sheet(t.Context(), x.manager, s.Sheet)
	if err != nil || v.Words[s.Request.ID] != "" || v.Broken != nil {
		t.Errorf("after erasure: %q, %v, %v", v.Words[s.Request.ID], v.Broken, err)
	}
	x.whole()
}

// quoted brings an order to a sent quote and returns its link's token.
func (x *shop) quoted() (order.State, string) {
	x.t.Helper()
	s := x.receive()
	a := func(who staff.Actor) workshop.Act { return workshop.Act{Who: who, Sheet: s.Sheet, Seen: -1} }
	must := func(_ order.State, err error) {
		x.t.Helper()
		if err != nil {
			x.t.Fatal(err)
		}
	}
	must(x.Examine(x.t.Context(), a(x.bench)))
	must(x.Diagnose(x.t.Context(), a(x.bench), order.Diagnosis{Causes: []string{"OIL_DIRTY"}, Why: "huiles sèches", Operations: []string{"REV-AUTO"}}))
	lines, err := x.SuggestLines(x.t.Context(), order.State{Watch: s.Watch, Diagnosis: &order.Diagnosis{Operations: []string{"REV-AUTO"}}})
	if err != nil || len(lines) != 1 {
		x.t.Fatal(lines, err)
	}
	lines[0].UnitGross = 29000
	must(x.Price(x.t.Context(), a(x.manager), order.Quote{Lines: lines}))
	s, link, err := x.SendQuote(x.t.Context(), a(x.manager), "email")
	must(s, err)
	return s, link[strings.LastIndex(link, "/")+1:]
}

func TestCustomerPage(t *testing.T) {
	x := open(t)
	s, token := x.quoted()
	for range customer.LinkTries {
		if err := x.Prove(t.Context(), token, "000"); !fault.Is(err, fault.Invalid) {
			t.Fatalf("a wrong proof: %v", err)
		}
	}
	if err := x.Prove(t.Context(), token, "047"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("after five wrong proofs the right one opens: %v", err)
	}
	x.at = x.at.Add(customer.LinkLock)
	if err := x.Prove(t.Context(), token, "047"); err != nil {
		t.Fatal(err)
	}
	q := s.LastQuote()
	got, err := x.AnswerByLink(t.Context(), token, ident.New(), true, order.Answering{Version: q.Version, Hash: q.Hash})
	if err != nil || got.Stage != order.Accepted || got.LastQuote().Total != 29000 {
		t.Errorf("accepted: %+v, %v", order.RowOf(got), err)
	}
	if err := x.CheckLink(t.Context(), "no such token"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown link: %v", err)
	}
	x.whole()
}

// A proof of three digits can be guessed: twenty wrong ones in a row close the
// link for good, however patiently they are spread.
func TestCustomerPage_guessing(t *testing.T) {
	x := open(t)
	_, token := x.quoted()
	for range customer.LinkMost {
		if err := x.Prove(t.Context(), token, "000"); !fault.Is(err, fault.Invalid) {
			t.Fatalf("a wrong proof: %v", err)
		}
		x.at = x.at.Add(customer.LinkLock)
	}
	if err := x.Prove(t.Context(), token, "047"); !fault.Is(err, fault.NotFound) {
		t.Errorf("after twenty wrong proofs the link lives: %v", err)
	}
}

// Somebody who left an e-mail address alone is not let in by any proof.
func TestCustomerPage_emailAlone(t *testing.T) {
	x := open(t)
	x.customer = customer.Customer{Name: "Vasseur", Email: "Claire@Mail.example"}
	_, token := x.quoted()
	if err := x.Prove(t.Context(), token, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty proof: %v", err)
	}
	if err := x.Prove(t.Context(), token, " claire@mail.example "); err != nil {
		t.Errorf("their address: %v", err)
	}
}

func TestFollow(t *testing.T) {
	x := open(t)
	s, _ := x.quoted()
	box := mail.NewOutbox(10, x.Now)
	if err := x.SaveFirm(t.Context(), staff.System(), workshop.Firm{Name: "Atelier", Address: []string{"1 rue X"}, Mediator: workshop.Mediator{Name: "M"}}); err != nil {
		t.Fatal(err)
	}
	broken := senderFunc(func(context.Context, mail.Message) error { return errors.New("no network") })
	if _, err := x.Follow(t.Context(), broken); err != nil {
		t.Fatal(err)
	}
	x.at = x.at.Add(time.Hour)
	for range 2 {
		if _, err := x.Follow(t.Context(), box); err != nil {
			t.Fatal(err)
		}
	}
	sent := box.List()
	if len(sent) != 1 || sent[0].To != "claire@mail.example" || !strings.Contains(sent[0].Text, "/c/") {
		t.Fatalf("sent %+v", sent)
	}
	v, err := x.Sheet(t.Context(), x.manager, s.Sheet)
	if err != nil || v.Entries[len(v.Entries)-1].Kind != order.KindMessage {
		t.Errorf("the sheet does not say that it was sent: %v", err)
	}
}

type senderFunc func(context.Context, mail.Message) error

func (f senderFunc) Send(ctx context.Context, m mail.Message) error { return f(ctx, m) }

func TestQuotesRunOut(t *testing.T) {
	x := open(t)
	s, _ := x.quoted()
	if n, err := x.ExpireQuotes(t.Context()); n != 0 || err != nil {
		t.Fatalf("%d ran out at once, %v", n, err)
	}
	x.at = x.at.AddDate(0, 0, 31)
	if n, err := x.ExpireQuotes(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d ran out, %v", n, err)
	}
	row, err := x.OpenOne(t.Context(), s.Number)
	if err != nil || row.Stage != order.Expired {
		t.Errorf("stage %s, %v", row.Stage, err)
	}
}

func TestSignIn(t *testing.T) {
	x := open(t)
	token, err := x.SignIn(t.Context(), " Samir ", "un mot de passe long", "browser")
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := x.Whose(t.Context(), token)
	if err != nil || p.Login != "samir" {
		t.Errorf("%+v, %v", p, err)
	}
	for _, c := range [][2]string{{"samir", "wrong"}, {"nobody", "un mot de passe long"}, {"", ""}} {
		if _, err := x.SignIn(t.Context(), c[0], c[1], ""); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("%v: %v", c, err)
		}
	}
	x.Now = func() time.Time { return x.at }
	for range 4 {
		if _, err := x.SignIn(t.Context(), "samir", "wrong", ""); err == nil {
			t.Fatal("a wrong password signs in")
		}
	}
	if _, err := x.SignIn(t.Context(), "samir", "un mot de passe long", ""); err == nil {
		t.Error("guessing is not slowed down")
	}
	if _, err := x.Choose(t.Context(), p.ID, ""); !fault.Is(err, fault.Denied) {
		t.Errorf("a person is chosen by a click outside the demo: %v", err)
	}
	if err := x.SignOut(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	if _, _, err := x.Whose(t.Context(), token); !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("signed out: %v", err)
	}
}
