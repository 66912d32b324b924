package cli

import (
	"testing"
	"time"

	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop/demo"
)

// The demonstration tells every stage through the acts people use.
func TestDemo(t *testing.T) {
	shop, err := OpenShop(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	began := time.Now()
	if err := demo.Fill(t.Context(), shop.Workshop); err != nil {
		t.Fatal(err)
	}
	t.Logf("filled in %v", time.Since(began))
	who := staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}
	rows, err := shop.Orders(t.Context(), who, order.Query{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	at := map[order.Stage]int{}
	for _, r := range rows {
		at[r.Stage]++
	}
	for _, s := range order.Stages() {
		if at[s] == 0 {
			t.Errorf("no order at %s", s)
		}
	}
	if len(rows) < 55 {
		t.Errorf("%d orders, want about 60", len(rows))
	}
	if err := demo.Fill(t.Context(), shop.Workshop); err != nil {
		t.Errorf("a second time: %v", err)
	}
}
