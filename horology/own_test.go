package horology

import (
	"testing"
	"time"
)

// A value holds from when it was set until before it ends; the zero time is now.
func TestOwnRulesHoldAtTheirTime(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 11, d, 9, 0, 0, 0, time.UTC) }
	own := []Own{
		{ID: "a", Maker: "ETA", Calibre: "2824-2", Quantity: Rate, Max: ptr(4.), Since: day(1), Until: day(10)},
		{ID: "b", Maker: "eta", Calibre: "2824 2", Quantity: Rate, Max: ptr(3.), Since: day(10)},
		{ID: "c", Maker: "ETA", Calibre: "2824-2", Quantity: Amplitude, Min: ptr(270.), Plane: "H", Winding: Full, Since: day(1)},
		{ID: "d", Maker: "ETA", Calibre: "2824-2", Quantity: LiftAngle, Min: ptr(50.), Max: ptr(50.), Since: day(5), Until: day(6)},
	}
	for _, c := range []struct {
		name string
		q    Quantity
		p    Position
		w    Winding
		at   time.Time
		want string
	}{
		{"before any was set", Rate, CH, Full, day(1).Add(-time.Second), ""},
		{"at the moment the first is set", Rate, CH, Full, day(1), "a"},
		{"just before it ends", Rate, CH, Full, day(10).Add(-time.Second), "a"},
		{"at the moment it ends the next holds", Rate, CH, Full, day(10), "b"},
		{"now", Rate, CH, Full, time.Time{}, "b"},
		{"flat", Amplitude, CH, Full, time.Time{}, "c"},
		{"hanging is another plane", Amplitude, H6, Full, time.Time{}, ""},
		{"24 h is another winding", Amplitude, CH, H24, time.Time{}, ""},
	} {
		got := ""
		if rules := OwnRules(own, "ETA", "2824-2", c.q, c.p, c.w, c.at); len(rules) > 0 {
			got = rules[0].Own.ID
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if len(OwnRules(own, "ETA", "2892-A2", Rate, CH, Full, time.Time{})) != 0 {
		t.Error("another calibre is held to it")
	}
	if _, ok := OwnLift(own, "ETA", "2824-2", time.Time{}); ok {
		t.Error("an angle that ended is still used")
	}
	if deg, ok := OwnLift(own, "ETA", "2824-2", day(5)); !ok || deg != 50 {
		t.Errorf("on the day: %v %v", deg, ok)
	}
}
