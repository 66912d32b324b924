package web

import (
	"strings"
	"testing"

	"etabli.example/locale"
	"etabli.example/workshop"
)

// A vario says how long, on average, and between what; a figure nobody could tell
// is left out, and two points draw nothing.
func TestVarioIsTold(t *testing.T) {
	p := locale.For(locale.FR)
	var points []workshop.VarioPoint
	for i := range 61 {
		r := float64(i%3) - 1
		points = append(points, workshop.VarioPoint{S: float64(60 * i), R: &r})
	}
	charts := varioCharts(p, points)
	if len(charts) != 1 || len(charts[0].Chart.Values) != 61 {
		t.Fatalf("%+v", charts)
	}
	for _, want := range []string{"1\u00a0h", "−1,0", "+1,0"} {
		if !strings.Contains(charts[0].Say, want) {
			t.Errorf("%q lacks %q", charts[0].Say, want)
		}
	}
	if got := varioCharts(p, points[:2]); got != nil {
		t.Errorf("two points draw %+v", got)
	}
}
