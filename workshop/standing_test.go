package workshop_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"etabli.example/diagnosis"
	"etabli.example/workshop"
)

// TestStandingOf counts what was proposed first and among three, by cause and
// by the month at the counter.
func TestStandingOf(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	on := func(s string) time.Time {
		at, err := time.Parse(time.DateTime, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	got := workshop.StandingOf([]workshop.Confirmed{
		{Kind: diagnosis.Automatic, Cause: "OIL_DIRTY", Place: 1, At: on("2026-10-03 09:00:00")},
		{Kind: diagnosis.Automatic, Cause: "OIL_DIRTY", Place: 3, At: on("2026-10-31 23:30:00")}, // November in Paris
		{Kind: diagnosis.Quartz, Cause: "BATT_FLAT", Place: 4, At: on("2026-11-02 09:00:00")},
		{Kind: diagnosis.Quartz, Cause: "Q_CONTACT", At: on("2026-11-03 09:00:00")},
	}, paris)
	want := workshop.Standing{
		All:   diagnosis.Standing{Cases: 4, First: 1, FirstThree: 2},
		Prior: diagnosis.PriorWeight,
		ByCause: []workshop.CauseStanding{
			{Cause: "OIL_DIRTY", Standing: diagnosis.Standing{Cases: 2, First: 1, FirstThree: 2}},
			{Cause: "BATT_FLAT", Standing: diagnosis.Standing{Cases: 1}},
			{Cause: "Q_CONTACT", Standing: diagnosis.Standing{Cases: 1}},
		},
		ByMonth: []workshop.MonthStanding{
			{Month: "2026-10", Standing: diagnosis.Standing{Cases: 1, First: 1, FirstThree: 1}},
			{Month: "2026-11", Standing: diagnosis.Standing{Cases: 3, FirstThree: 1}},
		},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if w := got.OwnWeight(); w <= 0 || w > 0.05 {
		t.Errorf("four watches weigh %g", w)
	}
}
