package workshop_test

import (
	"testing"
	"time"

	"etabli.example/cli"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop/demo"
)

// Every open order on its way gets a date that is not past, the late one not
// before the middle one, and the same each time.
func TestForecast(t *testing.T) {
	s, err := cli.OpenShop(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := demo.Fill(t.Context(), s.Workshop); err != nil {
		t.Fatal(err)
	}
	got, err := s.PlayForward(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	today := s.Today()
	rows, err := s.Orders(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, order.Query{Open: true, Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	told := map[order.Stage]int{}
	for _, r := range rows {
		f, ok := got[r.Sheet]
		onWay := r.Stage == order.Received || r.Stage == order.InDiagnosis || r.Stage == order.QuoteSent || r.Stage == order.InWork || r.Stage == order.InControl
		if !ok {
			if onWay && !r.Beyond {
				t.Errorf("%s at %s: no forecast", r.Number, r.Stage)
			}
			continue
		}
		if f.Middle < today || f.Late < f.Middle || f.Rests == 0 {
			t.Errorf("%s at %s: %+v", r.Number, r.Stage, f)
		}
		told[r.Stage]++
	}
	if told[order.InControl] == 0 || told[order.Received] == 0 || told[order.QuoteSent] == 0 {
		t.Errorf("forecasts by stage: %v", told)
	}
	again, err := s.PlayForward(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for sheet, f := range got {
		if again[sheet].Late != f.Late {
			t.Errorf("%s: %+v, then %+v", sheet, f, again[sheet])
		}
	}
	var sheet string
	for sheet = range got {
		break
	}
	for until := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if f, ok := s.Forecast(t.Context(), sheet); ok {
			if f.Late != got[sheet].Late {
				t.Errorf("the page is told %+v, want %+v", f, got[sheet])
			}
			return
		}
		if time.Now().After(until) {
			t.Fatal("no forecast comes")
		}
	}
}
