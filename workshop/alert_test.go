package workshop_test

import (
	"strings"
	"testing"
	"time"

	"etabli.example/mail"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// An alert is written to those it is for, stays on the page until it is settled,
// goes further up when nobody reads it, and a broken promise raises one of its own,
// once.
func TestAlerts(t *testing.T) {
	x := open(t)
	s := x.receive()
	if _, err := x.Promise(t.Context(), workshop.Act{Who: x.manager, Sheet: s.Sheet, Seen: -1}, order.Promise{Date: x.at.AddDate(0, 0, 2).Format(time.DateOnly), Why: "délai"}); err != nil {
		t.Fatal(err)
	}
	if err := x.SaveFirm(t.Context(), staff.System(), workshop.Firm{Name: "Atelier", Address: []string{"1 rue X"}, Email: "atelier@mail.example", Mediator: workshop.Mediator{Name: "M"}}); err != nil {
		t.Fatal(err)
	}
	box := mail.NewOutbox(20, x.Now)
	mails := func() int {
		t.Helper()
		if _, err := x.Follow(t.Context(), box); err != nil {
			t.Fatal(err)
		}
		return len(box.List())
	}
	act := workshop.Act{Who: x.bench, Sheet: s.Sheet, Seen: -1, Entry: "01aryz6s41tsv4rrffq69g5fav"}
	for range 2 { // sent twice, written once
		if _, err := x.RaiseAlert(t.Context(), act, order.Alert{About: "part_missing", Note: "couronne introuvable"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := mails(); n != 1 || !strings.Contains(box.List()[0].Text, "couronne introuvable") {
		t.Fatalf("%d messages: %+v", n, box.List())
	}
	all, _, err := x.Alerts(t.Context(), x.bench)
	if err != nil || len(all) != 1 || all[0].Alert.Told != staff.Manager {
		t.Fatalf("%+v %v", all, err)
	}
	over := func() int {
		t.Helper()
		n, err := x.WatchOver(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := over(); n != 0 {
		t.Errorf("%d written at once", n)
	}
	x.at = x.at.AddDate(0, 0, 8)
	if n, again := over(), over(); n != 2 || again != 0 {
		t.Errorf("%d written, then %d: want the escalation and the broken promise, once", n, again)
	}
	if n := mails(); n != 3 {
		t.Errorf("%d messages", n)
	}
	all, _, _ = x.Alerts(t.Context(), x.manager)
	for _, r := range all {
		a := workshop.Act{Who: x.manager, Sheet: s.Sheet, Seen: -1}
		if _, err := x.AcknowledgeAlert(t.Context(), a, r.Alert.Seq); err != nil {
			t.Error(err)
		}
		if _, err := x.SettleAlert(t.Context(), a, order.AlertAnswer{Of: r.Alert.Seq, Outcome: "go_on", Note: "vu"}); err != nil {
			t.Error(err)
		}
	}
	if left, _, _ := x.Alerts(t.Context(), x.manager); len(left) != 0 {
		t.Errorf("settled, and still open: %+v", left)
	}
	x.whole()
}
