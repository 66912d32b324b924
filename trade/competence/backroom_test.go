package competence_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"etabli.example/journal"
	"etabli.example/trade/competence"
	"etabli.example/trade/equipment"
	"etabli.example/trade/stock"
)

func sheet(t *testing.T, facts ...any) (entries []journal.Entry) {
	t.Helper()
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var prev journal.Entry
	for i := 0; i < len(facts); i += 2 {
		b, err := json.Marshal(facts[i+1])
		if err != nil {
			t.Fatal(err)
		}
		e, err := journal.Write("main", "s", prev, journal.Draft{ID: fmt.Sprint(i), Kind: facts[i].(journal.Kind), Version: 1, By: "p1", Happened: at, Data: b}, at)
		if err != nil {
			t.Fatal(err)
		}
		entries, prev = append(entries, e), e
	}
	return entries
}

// C12 is proved by the tools' own sheets, failures included.
func TestOfTool(t *testing.T) {
	proofs, err := competence.OfTool(sheet(t, equipment.KindRegistered, equipment.Registration{Name: "multimètre"},
		equipment.KindVerified, equipment.Verification{Result: equipment.Failed}, equipment.KindVerified, equipment.Verification{Result: equipment.Passed}))
	if err != nil || len(proofs) != 3 {
		t.Fatalf("%v %v", proofs, err)
	}
	for i, p := range proofs {
		if p.Competence != "C12" || p.Thing != "multimètre" || p.Number != "" || p.Seq != int64(i+1) || p.Failed != (i == 1) {
			t.Errorf("proof %+v", p)
		}
	}
	if _, err := competence.OfTool(sheet(t, journal.Kind("received"), struct{}{})); err == nil {
		t.Error("an order's sheet was read as a tool's")
	}
}

func TestOfLot(t *testing.T) {
	proofs, err := competence.OfLot(sheet(t, stock.KindReceived, stock.Receipt{Label: "Pile 377", Quantity: 5}, stock.KindUsed, stock.Use{Quantity: 1}, stock.KindCounted, stock.Count{Found: 3}))
	if err != nil || len(proofs) != 2 || proofs[0].Competence != "C11" || proofs[0].Thing != "Pile 377" || proofs[1].Seq != 3 {
		t.Fatalf("%+v %v", proofs, err)
	}
	if _, err := competence.OfLot(sheet(t, stock.KindUsed, stock.Use{Quantity: 1})); err == nil {
		t.Error("a lot below nothing was read")
	}
}
