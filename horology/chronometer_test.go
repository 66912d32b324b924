package horology

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func fifteen(rates ...float64) []DailyRate {
	var out []DailyRate
	for i, r := range rates {
		out = append(out, DailyRate{Day: i + 1, Rate: r, Observed: true})
	}
	return out
}

func TestISO3159(t *testing.T) {
	t.Parallel()
	// Days 1–10: 2 3 | 0 1 | −1 1 | 4 4 | 5 1; 11–15: −4 2 5 3 4
	// M    = (2+3+0+1−1+1+4+4+5+1)/10 = 20/10 = 2
	// V    = (|3−2| + |1−0| + |1+1| + |4−4| + |1−5|)/5 = (1+1+2+0+4)/5 = 1.6;  Vmax = 4
	// D    = (2+3)/2 − (5+1)/2 = 2.5 − 3 = −0.5
	// P    = largest |r − 2| = |−1 − 2| = |5 − 2| = 3
	// C    = (r13 − r11)/30 = (5 + 4)/30 = 0.3
	// R    = r15 − (r1 + r2)/2 = 4 − 2.5 = 1.5
	days := fifteen(2, 3, 0, 1, -1, 1, 4, 4, 5, 1, -4, 2, 5, 3, 4)
	r := ISO3159(days, Category1)
	want := map[string]float64{"M": 2, "V": 1.6, "Vmax": 4, "D": -0.5, "P": 3, "C": 0.3, "R": 1.5}
	if len(r.Criteria) != 7 {
		t.Fatalf("%d criteria", len(r.Criteria))
	}
	for _, c := range r.Criteria {
		near(t, c.Code, c.Value, want[c.Code], 1e-9)
		if c.Verdict != InTolerance {
			t.Errorf("%s: %s", c.Code, c.Verdict)
		}
	}
	if r.Verdict != InTolerance || !r.Observed || r.Missing != nil {
		t.Errorf("verdict %s, observed %v, missing %v", r.Verdict, r.Observed, r.Missing)
	}

	t.Run("one criterion out is out", func(t *testing.T) {
		bad := fifteen(2, 3, 0, 1, -1, 1, 4, 4, 5, -1, -4, 2, 5, 3, 4) // Vmax = 6 > 5
		r := ISO3159(bad, Category1)
		if r.Verdict != OutOfTolerance || r.Criteria[2].Verdict != OutOfTolerance {
			t.Errorf("%s, Vmax %s", r.Verdict, r.Criteria[2].Verdict)
		}
		if got := ISO3159(bad, Category2).Criteria[2].Verdict; got != InTolerance { // 7 for small movements
			t.Errorf("category 2: %s", got)
		}
	})
	t.Run("a missing day cannot tell", func(t *testing.T) {
		r := ISO3159(append(days[:12:12], days[13:]...), Category1)
		if r.Verdict != CannotTell || !cmp.Equal(r.Missing, []int{13}) {
			t.Errorf("%s, missing %v", r.Verdict, r.Missing)
		}
		for _, c := range r.Criteria {
			if (c.Value == nil) != (c.Code == "C") {
				t.Errorf("%s = %v", c.Code, c.Value)
			}
		}
	})
	t.Run("an acoustic rate is said to be one", func(t *testing.T) {
		mixed := append([]DailyRate(nil), days...)
		mixed[4].Observed = false
		if ISO3159(mixed, Category1).Observed {
			t.Error("called observed")
		}
	})
	t.Run("no days at all", func(t *testing.T) {
		r := ISO3159(nil, Category1)
		if r.Verdict != CannotTell || r.Observed || len(r.Missing) != 15 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("uncertainty makes a close criterion unknown", func(t *testing.T) {
		near := append([]DailyRate(nil), days...)
		for i := range near {
			near[i].U95 = 0.6 // Vmax = 4 ± 1.2 against 5
		}
		if got := ISO3159(near, Category1).Criteria[2].Verdict; got != CannotTell {
			t.Errorf("Vmax: %s", got)
		}
	})
}

func TestProgramme(t *testing.T) {
	t.Parallel()
	want := []ProgrammeDay{
		{1, H6, 23}, {2, H6, 23}, {3, H3, 23}, {4, H3, 23}, {5, H9, 23}, {6, H9, 23}, {7, CB, 23}, {8, CB, 23},
		{9, CH, 23}, {10, CH, 23}, {11, CH, 8}, {12, CH, 23}, {13, CH, 38}, {14, H6, 23}, {15, H6, 23},
	}
	if d := cmp.Diff(want, Programme()); d != "" {
		t.Error(d)
	}
}

func TestDailyRates(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	got := DailyRates([]HandState{
		{At: start, AheadS: 1, U95: 0.3},
		{At: start.Add(24 * time.Hour), AheadS: 4, U95: 0.4},
		{At: start.Add(36 * time.Hour), AheadS: 3, U95: 0.4}, // half a day: −1 s is −2 s/d
		{At: start.Add(36 * time.Hour), AheadS: 3},           // no time passed: no rate
	})
	want := []DailyRate{{Day: 1, Rate: 3, U95: 0.5, Observed: true}, {Day: 2, Rate: -2, Observed: true}}
	if len(got) != 2 || got[0] != want[0] || got[1].Rate != -2 || got[1].Day != 2 {
		t.Errorf("%+v", got)
	}
}

// Only M follows a constant error of the rate; the other six are differences.
func TestAConstantMovesOnlyTheMean(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var a, b []DailyRate
		shift := rapid.Float64Range(-20, 20).Draw(t, "shift")
		for day := 1; day <= 15; day++ {
			r := rapid.Float64Range(-20, 20).Draw(t, "rate")
			a = append(a, DailyRate{Day: day, Rate: r})
			b = append(b, DailyRate{Day: day, Rate: r + shift})
		}
		x, y := ISO3159(a, Category1), ISO3159(b, Category1)
		for i, c := range x.Criteria {
			want := 0.0
			if c.Code == "M" {
				want = shift
			}
			if d := *y.Criteria[i].Value - *c.Value - want; d > 1e-9 || d < -1e-9 {
				t.Fatalf("%s is off by %v", c.Code, d)
			}
		}
	})
}
