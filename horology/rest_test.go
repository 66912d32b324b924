package horology_test

import (
	"testing"
	"time"

	"etabli.example/horology"
)

func TestRestAfterWinding(t *testing.T) {
	for _, c := range []struct {
		maker, name string
		min, max    time.Duration
	}{
		{"Sellita", "SW200-1", time.Hour, 3 * time.Hour},
		{"ETA", "2824-2", 20 * time.Minute, 30 * time.Minute},
		{"", "", 20 * time.Minute, 30 * time.Minute},
	} {
		cal, ok := horology.CalibreOf(c.maker, c.name)
		p := &cal
		if !ok {
			p = nil
		}
		got := horology.RestAfterWinding(p)
		if got.Min != c.min || got.Max != c.max || got.Source == "" {
			t.Errorf("%s %s rests %v to %v (%s), want %v to %v with a source", c.maker, c.name, got.Min, got.Max, got.Source, c.min, c.max)
		}
	}
}

func TestCalendarEngaged(t *testing.T) {
	for _, c := range []struct {
		functions []string
		hour      int
		want      bool
	}{
		{[]string{"h", "m", "s", "date"}, 22, true}, {[]string{"h", "m", "date"}, 2, true}, {[]string{"h", "m", "date"}, 3, false},
		{[]string{"h", "m", "date"}, 20, false}, {[]string{"h", "m", "s"}, 23, false}, {nil, 21, true}, {nil, 12, false},
	} {
		if got := horology.CalendarEngaged(c.functions, c.hour); got != c.want {
			t.Errorf("%v at %d h: %v", c.functions, c.hour, got)
		}
	}
}
