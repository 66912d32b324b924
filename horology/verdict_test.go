package horology

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	two := &Tolerance{Min: ptr(-5), Max: ptr(15)}
	low, high := &Tolerance{Min: ptr(200)}, &Tolerance{Max: ptr(0.5)}
	for _, c := range []struct {
		name       string
		value, u95 float64
		t          *Tolerance
		want       Verdict
	}{
		{"inside", 3, 1, two, InTolerance},
		{"exactly on a limit, exactly known", 15, 0, two, InTolerance},
		{"the interval touches the limit from inside", 14, 1, two, InTolerance},
		{"the interval straddles the upper limit", 14.5, 1, two, CannotTell},
		{"the interval straddles the lower limit", -5.5, 1, two, CannotTell},
		{"the interval touches the limit from outside", 16, 1, two, CannotTell},
		{"the interval touches the lower limit from outside", -6, 1, two, CannotTell},
		{"outside above", 16.1, 1, two, OutOfTolerance},
		{"outside below", -7, 1, two, OutOfTolerance},
		{"an interval wider than the tolerance", 5, 50, two, CannotTell},
		{"only a lower limit", 220, 10, low, InTolerance},
		{"below the only limit", 180, 10, low, OutOfTolerance},
		{"only an upper limit", 0.2, 0.1, high, InTolerance},
		{"no tolerance", 3, 1, nil, CannotTell},
		{"a tolerance without limits", 3, 1, &Tolerance{}, CannotTell},
		{"the uncertainty is not known", 3, math.NaN(), two, CannotTell},
		{"an infinite uncertainty", 3, math.Inf(1), two, CannotTell},
		{"a negative uncertainty is nonsense", 3, -1, two, CannotTell},
		{"the value is not a number", math.NaN(), 1, two, CannotTell},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Judge(c.value, c.u95, c.t); got != c.want {
				t.Errorf("Judge(%v ± %v) = %s, want %s", c.value, c.u95, got, c.want)
			}
		})
	}
}

func drawTolerance(t *rapid.T) *Tolerance {
	low := rapid.Float64Range(-100, 100).Draw(t, "low")
	high := low + rapid.Float64Range(0, 100).Draw(t, "width")
	tol := &Tolerance{}
	switch rapid.IntRange(0, 2).Draw(t, "sides") {
	case 0:
		tol.Min, tol.Max = &low, &high
	case 1:
		tol.Min = &low
	case 2:
		tol.Max = &high
	}
	return tol
}

func TestJudgeIsMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tol := drawTolerance(t)
		value := rapid.Float64Range(-200, 200).Draw(t, "value")
		u := rapid.Float64Range(0, 50).Draw(t, "u")
		more := u + rapid.Float64Range(0, 50).Draw(t, "more")
		was, now := Judge(value, u, tol), Judge(value, more, tol)
		if now != was && now != CannotTell {
			t.Fatalf("more uncertainty turned %s into %s", was, now)
		}
		// Tightening a tolerance never turns a fail into a pass.
		tight := *tol
		if tight.Min != nil {
			tight.Min = ptr(*tight.Min + 1)
		}
		if tight.Max != nil {
			tight.Max = ptr(*tight.Max - 1)
		}
		if Judge(value, u, tol) != InTolerance && Judge(value, u, &tight) == InTolerance {
			t.Fatalf("a tighter tolerance passed what the wider one did not")
		}
	})
}

func TestStraddlingALimitCannotTell(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tol := drawTolerance(t)
		limit := tol.Max
		if limit == nil {
			limit = tol.Min
		}
		u := rapid.Float64Range(0.01, 50).Draw(t, "u")
		part := rapid.Float64Range(-0.99, 0.99).Draw(t, "part")
		// The interval holds the limit inside it, so it can be neither in nor, for the
		// side it straddles, surely out; only the other limit could still refuse it.
		got := Judge(*limit+part*u, u, tol)
		if got == InTolerance {
			t.Fatalf("passed with the limit %v inside the interval", *limit)
		}
		if got == OutOfTolerance {
			t.Fatalf("refused although part of the interval is inside the limit %v", *limit)
		}
	})
}

func TestPlausible(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		q    Quantity
		v    float64
		want bool
	}{
		{Amplitude, 285, true}, {Amplitude, 3400, false}, {Amplitude, -1, false},
		{Pressure, 10, true}, {Pressure, 600, false}, {Pressure, -0.7, true}, {Pressure, -2, false},
		{Rate, -45, true}, {Rate, 86400, false}, {BeatError, 0.4, true}, {BatteryVoltage, 155, false},
		{Consumption, math.NaN(), false}, {HandClearance, 0.3, true},
	} {
		if got := Plausible(c.q, c.v); got != c.want {
			t.Errorf("%s %v: %v", c.q, c.v, got)
		}
	}
}

// A bound of sense must never refuse a value some tolerance allows.
func TestPlausibleHoldsEveryTolerance(t *testing.T) {
	t.Parallel()
	for _, r := range AllTolerances() {
		for _, limit := range []*float64{r.Min, r.Max} {
			if limit != nil && !Plausible(r.Quantity, *limit) {
				t.Errorf("%s of %q: %v is called impossible", r.Quantity, r.Of, *limit)
			}
		}
	}
}
