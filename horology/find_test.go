package horology

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestFindCalibres(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ query, first string }{
		{"2824", "ETA 2824-2"}, {"eta 2824-2", "ETA 2824-2"}, {"ETA2824.2", "ETA 2824-2"}, {"2824 eta", "ETA 2824-2"},
		{"sw200", "Sellita SW200-1"}, {"SW 200", "Sellita SW200-1"}, {"selita sw 200", "Sellita SW200-1"},
		{"nh35a", "Seiko (TMI) NH35"}, {"seiko nh 35", "Seiko (TMI) NH35"}, {"tmi nh35", "Seiko (TMI) NH35"},
		{"rolx 3135", "Rolex 3135"}, {"rolex 3153", "Rolex 3135"}, {"4r36", "Seiko 4R36"},
		{"valjoux 7750", "ETA 7750"}, {"7750 valjoux", "ETA 7750"}, {"miyota8215", "Miyota 8215"},
		{"955412", "ETA 955.412"}, {"F06 115", "ETA F06.115"}, {"505", "Ronda 505"}, {"powermatic", "Tissot Powermatic 80"},
		{"12.68z", "Longines 12.68Z"}, {"frédérique constant", "Frederique Constant FC-303"},
	} {
		t.Run(c.query, func(t *testing.T) {
			got := FindCalibres(c.query, 5)
			names := []string{}
			for _, g := range got {
				names = append(names, g.Maker+" "+g.Name)
			}
			if c.query == "505" { // Omega has a 505 too: both must come before all others
				if len(names) < 2 || !(contains(names[:2], "Ronda 505") && contains(names[:2], "Omega 505")) {
					t.Errorf("got %v", names)
				}
				return
			}
			if len(names) == 0 || names[0] != c.first {
				t.Errorf("got %v, want %s first", names, c.first)
			}
		})
	}
}

func TestFindCalibresFindsNothingInNothing(t *testing.T) {
	t.Parallel()
	for _, q := range []string{"", "  ", "-", "zzzzzzzzzzzz", "montre de ma grand-mère"} {
		if got := FindCalibres(q, 5); len(got) != 0 {
			t.Errorf("%q found %s %s", q, got[0].Maker, got[0].Name)
		}
	}
}

func TestEveryCalibreIsFoundByItsOwnName(t *testing.T) {
	t.Parallel()
	all := Calibres()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(all).Draw(t, "calibre")
		got := FindCalibres(c.Maker+" "+c.Name, 1)
		if len(got) != 1 || got[0].Maker != c.Maker || got[0].Name != c.Name {
			t.Fatalf("%s %s gave %v", c.Maker, c.Name, got)
		}
	})
}

func TestFindCalibresKeepsItsLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q, limit := rapid.String().Draw(t, "query"), rapid.IntRange(1, 20).Draw(t, "limit")
		got, all := FindCalibres(q, limit), FindCalibres(q, 0)
		if len(got) != min(limit, len(all)) {
			t.Fatalf("%d of %d with limit %d", len(got), len(all), limit)
		}
	})
}

func TestFindCalibresIsFast(t *testing.T) {
	FindCalibres("warm", 1)
	best := time.Hour
	for range 5 { // the best of five: the machine is shared
		start := time.Now()
		FindCalibres("selita sw 200", 10)
		best = min(best, time.Since(start))
	}
	if best > 10*time.Millisecond {
		t.Errorf("a search takes %v, want under 10 ms", best)
	}
}

func BenchmarkFindCalibres(b *testing.B) {
	for _, q := range []string{"2824", "eta 2824-2", "selita sw 200", "not a calibre at all"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				FindCalibres(q, 10)
			}
		})
	}
}
