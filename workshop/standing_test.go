package workshop_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"etabli.example/diagnosis"
	"etabli.example/trade/order"
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
		Prior: diagnosis.PriorWeight, PerRow: diagnosis.LikelihoodWeight,
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

// What was read off a sheet is read again once something was written on it.
func TestStandingFollowsTheSheet(t *testing.T) {
	x := open(t)
	s := x.receive()
	act := func() workshop.Act { return workshop.Act{Who: x.bench, Sheet: s.Sheet, Seen: -1} }
	if _, err := x.Examine(t.Context(), act()); err != nil {
		t.Fatal(err)
	}
	proofs := 0
	for _, cause := range []string{"OIL_DIRTY", "MAGNETISM", "OIL_DIRTY"} {
		if _, err := x.Diagnose(t.Context(), act(), order.Diagnosis{Causes: []string{cause}, Why: "vu à l’établi", Operations: []string{"REV-AUTO"}}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			got, err := x.Standing(t.Context(), x.manager)
			if err != nil || len(got.ByCause) != 1 || got.ByCause[0].Cause != cause || got.All.Cases != 1 || !got.Whole {
				t.Errorf("%s: %+v, %v", cause, got, err)
			}
		}
		p, err := x.PersonProofs(t.Context(), x.manager, x.bench.ID)
		if err != nil || len(p.Proofs) <= proofs {
			t.Errorf("%d proofs after %d, %v", len(p.Proofs), proofs, err)
		}
		proofs = len(p.Proofs)
	}
}
