package competence_test

import (
	"encoding/json"
	"testing"
	"time"

	"etabli.example/journal"
	"etabli.example/trade/competence"
	"etabli.example/trade/order"
)

func TestNineteenCompetencesOfNineActivities(t *testing.T) {
	if n := len(competence.All()); n != 19 {
		t.Errorf("%d competences", n)
	}
	if n := len(competence.Activities()); n != 9 {
		t.Errorf("%d activities", n)
	}
	known := map[string]bool{}
	for _, a := range competence.Activities() {
		known[a.Code] = true
	}
	codes := map[string]bool{}
	for _, c := range competence.All() {
		if !known[c.Activity] || c.FR == "" || c.EN == "" || c.Evidence == "" {
			t.Errorf("%s is incomplete", c.Code)
		}
		codes[c.Code] = true
	}
	for _, k := range order.Kinds() {
		for _, c := range order.Competences(k) {
			if !codes[c] {
				t.Errorf("%s is evidence of %s, which does not exist", k, c)
			}
		}
	}
}

// C12 is the upkeep of tools, which is on the tools' own sheets.
func TestEveryCompetenceButC12CanBeProvedByAnOrder(t *testing.T) {
	proved := map[string]bool{}
	for _, k := range order.Kinds() {
		for _, c := range order.Competences(k) {
			proved[c] = true
		}
	}
	for _, c := range competence.All() {
		if !proved[c.Code] && c.Code != "C12" {
			t.Errorf("no entry of an order is evidence of %s", c.Code)
		}
	}
}

func TestOf(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var entries []journal.Entry
	var prev journal.Entry
	write := func(k journal.Kind, data any) {
		b, err := json.Marshal(data)
		if err != nil {
			t.Fatal(err)
		}
		e, err := journal.Write("main", "s", prev, journal.Draft{ID: string(k) + string(b), Kind: k, Version: 1, By: "p1", Happened: at, Data: b}, at)
		if err != nil {
			t.Fatal(err)
		}
		entries, prev = append(entries, e), e
	}
	write(order.KindReceived, order.Reception{Number: "PAR-26-000001-A", Watch: order.WatchFacts{Kind: "quartz"}})
	write(order.KindNote, order.NoteRef{})
	write(order.KindExamined, order.Examination{})
	proofs, err := competence.Of(entries)
	if err != nil {
		t.Fatal(err)
	}
	if len(proofs) != 2 || proofs[0].Competence != "C1" || proofs[1].Competence != "C5" || proofs[1].Seq != 3 || proofs[0].Watch != "quartz" {
		t.Errorf("proofs %+v", proofs)
	}
}
