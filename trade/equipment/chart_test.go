package equipment_test

import (
	"math/rand/v2"
	"testing"

	"etabli.example/trade/equipment"
)

func checksOf(values ...float64) []equipment.Check {
	out := make([]equipment.Check, len(values))
	for i, v := range values {
		out[i] = equipment.Check{Value: v}
	}
	return out
}

// alarmAt is the index of the first alarm, or -1.
func alarmAt(checks []equipment.Check) int {
	for i, p := range equipment.Chart(checks) {
		if p.Alarm {
			return i
		}
	}
	return -1
}

// A drift of 1.5 standard deviations must be caught within ten checks in 90 %
// of simulations, with at most one false alarm in 200 checks.
func TestChartCatchesDriftAndSeldomCriesWolf(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 37858))
	noise := func(n int, mean float64) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = 4.2 + 0.03*(mean+rng.NormFloat64())
		}
		return x
	}
	const runs = 500
	for _, learned := range []int{equipment.ChartLearned, 100} {
		caught, tried := 0, 0
		for tried < runs {
			quiet := noise(learned, 0)
			if alarmAt(checksOf(quiet...)) >= 0 {
				continue // would have been looked at before
			}
			tried++
			shift := 1.5
			if tried%2 == 0 {
				shift = -shift
			}
			if at := alarmAt(checksOf(append(quiet, noise(10, shift)...)...)); at >= learned {
				caught++
			}
		}
		share := float64(caught) / runs
		t.Logf("drift of 1.5 σ after %d checks: caught within ten in %.1f %%", learned, 100*share)
		if share < 0.90 {
			t.Errorf("after %d checks only %.1f %% of drifts were caught", learned, 100*share)
		}
	}
	checks, alarms := 0, 0
	for checks < 40_000 {
		at := alarmAt(checksOf(noise(400, 0)...))
		if at >= 0 {
			alarms++
			checks += at + 1
		} else {
			checks += 400
		}
	}
	t.Logf("one false alarm in %d checks", checks/alarms)
	if checks/alarms < 200 {
		t.Errorf("one false alarm in %d checks", checks/alarms)
	}
}

// A drift shows until a good verification, and not after it.
func TestDriftUntilVerified(t *testing.T) {
	b := tool(t, good("2026-06-01"))
	write := func(d equipment.Decision) {
		if err := b.try(technician, d); err != nil {
			t.Fatal(err)
		}
	}
	for i := range equipment.ChartLearned {
		write(read(4.2 + 0.02*float64(i%3-1)))
	}
	if b.s.Drifts() {
		t.Fatal("a steady instrument drifts")
	}
	for range 4 {
		write(read(4.28))
	}
	if !b.s.Drifts() || !equipment.RowOf(b.s).Drifts {
		t.Error("a drift of several standard deviations is not seen")
	}
	write(good(today))
	if b.s.Drifts() {
		t.Error("still in alarm after a good verification")
	}
	write(read(4.28))
	if b.s.Drifts() {
		t.Error("what was learnt before the verification is still held against the instrument")
	}
}
